import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { fileURLToPath } from 'node:url';

const results = fileURLToPath(new URL('RESULTS.md', import.meta.url));

export interface Section {
  readonly name: string;
  readonly about: string;
  /** What measured it. */
  readonly command: string;
  /** Markdown. */
  readonly lines: readonly string[];
}

/** Replaces the section of this name in `RESULTS.md`, or adds it. */
export async function recordSection({ name, about, command, lines }: Section): Promise<void> {
  const before = await readFile(results, 'utf8');
  const [cpu] = os.cpus();
  const machine = `${os.cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}, load ${(os.loadavg()[0] ?? 0).toFixed(1)}`;
  const section = [
    `## ${name}`,
    '',
    about,
    '',
    `\`${command}\` · ${new Date().toISOString().slice(0, 10)} · ${machine}`,
    '',
    ...lines,
    '',
  ].join('\n');
  const sections = before.split(/^(?=## )/m);
  const index = sections.findIndex((one) => one.startsWith(`## ${name}\n`));
  const after = index < 0 ? [...sections, section] : sections.with(index, section);
  await writeFile(results, `${after.map((one) => one.trimEnd()).join('\n\n')}\n`);
}
