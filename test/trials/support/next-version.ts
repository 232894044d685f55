import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const changes = 'dist/store/postgres/migrations.js';

export interface NextVersion {
  /** As in `Command`. */
  readonly program: string;
  remove(): void;
}

/**
 * The built program as its next version, `99.0.0`, would be: it knows one change of the tables more.
 *
 * @param breaks What knows nothing of that change cannot work on such tables.
 */
export async function buildNext(breaks: boolean): Promise<NextVersion> {
  const folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-next-'));
  cpSync(path.join(root, 'dist'), path.join(folder, 'dist'), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: 'module', version: '99.0.0' }));
  const { migrations } = (await import(path.join(root, changes))) as { readonly migrations: unknown[] };
  const text = readFileSync(path.join(root, changes), 'utf8');
  const added = text.replace(/\];\s*$/, '  `alter table cycle add column of_next bigint;`,\n];\n');
  const next = breaks ? added.replace(/worksFrom = \d+/, `worksFrom = ${migrations.length + 1}`) : added;
  if (added === text || breaks === (next === added)) throw new Error(`${changes} is written in another way`);
  writeFileSync(path.join(folder, changes), next);
  return {
    program: path.join(folder, 'dist/cli/main.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
