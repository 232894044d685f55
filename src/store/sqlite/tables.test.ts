import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Database } from './database.ts';
import { inMemory } from './file/files.ts';

/** As `tables.md` has them: the table's name → those of its columns. */
function described(): Readonly<Record<string, readonly string[]>> {
  const [, ...sections] = readFileSync(path.join(import.meta.dirname, 'tables.md'), 'utf8').split(/^## /m);
  return Object.fromEntries(
    sections.map((section) => [
      section.split('\n', 1)[0],
      [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, column = '']) => column).toSorted(),
    ]),
  );
}

it('the tables are described as the migrations leave them: see `tables.md`', async () => {
  const database = Database.open(inMemory, {});
  const columns = database
    .statement(
      `select t.name as tab, c.name as col from sqlite_master t, pragma_table_info(t.name) c
       where t.type = 'table' and t.name not like 'sqlite_%' order by t.name, c.name`,
    )
    .all();
  await database.close();
  const made: Record<string, string[]> = {};
  for (const { tab, col } of columns) (made[String(tab)] ??= []).push(String(col));
  expect(described()).toEqual(made);
});
