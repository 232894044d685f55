import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const text = readFileSync(new URL('docs/security.md', root), 'utf8');
const head = '| who | boundary | promise | test |';

/** Rows of its tables: who, boundary, promise, test. */
const rows = text.split('\n').flatMap((line) => {
  const cells = line.split(/(?<!\\)\|/).slice(1, -1);
  const isRow = cells.length > 0 && line !== head && !/^\|[-|]+\|$/.test(line);
  return isRow ? [cells.map((cell) => cell.trim())] : [];
});

const filesIn = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([\w./-]+\.ts)`/g)].map(([, file = '']) => file);

describe('every promise about security', () => {
  it('is in a table of who, boundary, promise and test', () => {
    const sections = text.split('\n## ').filter((section) => section.includes('\n|'));
    expect(sections.length).toBeGreaterThan(2);
    for (const section of sections) expect(section).toContain(head);
    expect(rows.map(({ length }) => length)).toEqual(rows.map(() => 4));
  });

  it.each(rows)('%s: %s', (_who, boundary, promise, test) => {
    expect(promise).not.toBe('');
    const tests = filesIn(test);
    expect(tests).not.toEqual([]);
    const places = filesIn(boundary).filter((file) => file.includes('/'));
    const missing = [...tests, ...places.map((file) => `src/${file}`)].filter(
      (file) => !existsSync(new URL(file, root)),
    );
    expect(missing).toEqual([]);
    expect(tests.filter((file) => !/\.(test|contract)\.ts$/.test(file))).toEqual([]);
  });

  it('stands there once', () => {
    const said = rows.map(([who, boundary]) => `${who}: ${boundary}`);
    expect(said.filter((row, at) => said.indexOf(row) !== at)).toEqual([]);
  });

  it('names every test that tries one', () => {
    const tried = readdirSync(new URL('test/attack/', root)).filter((file) => file.endsWith('.test.ts'));
    const named = new Set(rows.flatMap(([, , , test]) => filesIn(test)));
    expect(tried.filter((file) => !named.has(`test/attack/${file}`))).toEqual([]);
  });
});
