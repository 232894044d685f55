import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';

/** What is written into a configuration, and nothing else is tuned. */
export interface Place {
  /** Where its configuration and its documents go. */
  readonly folder: string;
  /** Where the service answers. */
  readonly baseUrl: string;
  readonly documents: readonly { readonly name: string; readonly text: string }[];
  /** A credential, as in the configuration. */
  readonly credential?: Readonly<Record<string, unknown>>;
}

/** The part of the JSON report of `apipatrol check` that is measured. */
export interface CheckedReport {
  readonly results: readonly CheckedResult[];
  readonly setUp: readonly { readonly items: readonly SetUpLine[] }[];
  readonly skipped: readonly unknown[];
}

export interface CheckedResult {
  readonly checkId: string;
  readonly operation: string;
  readonly url: string;
  readonly verdict: 'pass' | 'degraded' | 'fail' | 'blocked' | 'unknown';
  readonly reason: { readonly code: string; readonly message: string };
  readonly status?: number;
  readonly findings: readonly { readonly kind: string; readonly level: string; readonly message: string }[];
}

export interface SetUpLine {
  readonly checkId: string;
  readonly kind: string;
  readonly why: string;
  readonly lines: readonly string[];
}

export const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Writes the documents and a configuration that says where they are, where the service answers and who asks. */
export async function configure(
  { folder, baseUrl, documents, credential }: Place,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  await mkdir(path.join(folder, 'documents'), { recursive: true });
  for (const { name, text } of documents) await writeFile(path.join(folder, 'documents', name), text);
  const service = { name: 'service', docs: 'documents', baseUrl };
  const config = {
    ...(credential === undefined ? {} : { credentials: { own: credential } }),
    services: [{ ...service, ...(credential === undefined ? {} : { credential: 'own' }) }],
    ...more,
  };
  const file = path.join(folder, 'apipatrol.yaml');
  await writeFile(file, stringify(config));
  return file;
}

/** One cycle by the built command. */
export async function checkOnce(config: string): Promise<CheckedReport> {
  const folder = path.dirname(config);
  const report = path.join(folder, 'check.json');
  const child = spawn(
    process.execPath,
    [program, 'check', '--config', config, '--reporter', 'json', '--output', report, '--language', 'en'],
    { cwd: folder, env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0 && code !== 1) throw new Error(`apipatrol check ended with ${code}: ${said}`);
  return JSON.parse(await readFile(report, 'utf8')) as CheckedReport;
}
