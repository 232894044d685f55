import { sentence } from '../../messages/sentence.ts';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import { configTemplate, schemaReference } from '../../config/template.ts';
import type { Redactor } from '../../lib/secrets/secret.ts';
import { HttpProblem } from '../http/http-problem.ts';

/** What the first-run page has asked so far. */
export interface SetupDraft {
  readonly docs: string;
  readonly baseUrl?: string | undefined;
  readonly webhook?: string | undefined;
  readonly credential?:
    | { readonly scheme: string; readonly options: Readonly<Record<string, unknown>> }
    | undefined;
}

/** Where the first run happens. */
export interface SetupFolder {
  /** The configuration that is going to be written. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly redactor: Redactor;
}

/** The commented configuration that the answers make. */
export function draftText({ docs, baseUrl, webhook, credential }: SetupDraft, { file }: SetupFolder): string {
  const text = configTemplate({
    docs,
    schema: schemaReference(path.dirname(path.resolve(file))),
    ...(webhook === undefined ? {} : { webhook }),
    ...(credential === undefined ? {} : { credential }),
  });
  const withBase =
    baseUrl === undefined
      ? text
      : text.replace(/^ {4}# baseUrl:.*$/m, () => `    baseUrl: ${stringify(baseUrl).trim()}`);
  // Nobody is told yet: the line stays as a comment to be filled in.
  return webhook === undefined ? withBase.replace(/^(?=webhook: )/m, '# ') : withBase;
}

/** The answers as a configuration that is read and checked as if it stood in the file already. */
export async function draftConfig(draft: SetupDraft, place: SetupFolder): Promise<LoadedConfig> {
  const self = path.resolve(place.file);
  const text = draftText(draft, place);
  const loaded = await loadConfig(place.file, {
    env: place.env,
    readFile: async (file) => (path.resolve(file) === self ? text : readFile(file, 'utf8')),
  });
  if (!loaded.ok) {
    const errors = loaded.problems.map((problem) => ({
      pointer: `/body/${(problem.pointer ?? '').replace(/^credentials\.main/, 'credential.options').replaceAll('.', '/')}`,
      message: problem.message,
    }));
    const [first] = loaded.problems;
    const hint = first?.hint === undefined ? {} : { hint: first.hint };
    throw new HttpProblem(422, first?.message ?? sentence('givenNotValid'), { errors, ...hint });
  }
  for (const secret of loaded.secrets) place.redactor.add(secret);
  return loaded;
}
