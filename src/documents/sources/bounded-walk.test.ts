import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { walk } from './bounded-walk.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'walk-'));
  for (let index = 0; index < 30; index++) {
    mkdirSync(path.join(folder, `d${index}`));
    writeFileSync(path.join(folder, `d${index}`, 'a.json'), '{}');
  }
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a walk sees everything within its limits', async () => {
  const walked = await walk('**/*.json', { cwd: folder, ignore: [], most: { entries: 1000, ms: 10_000 } });
  expect(walked).toMatchObject({ outside: [] });
  expect(walked.files).toHaveLength(30);
  expect(walked.ended).toBeUndefined();
});

test('a walk ends after so many entries, or after so long', async () => {
  const few = await walk('**/*.json', { cwd: folder, ignore: [], most: { entries: 20, ms: 10_000 } });
  expect(few.ended).toBe('entries');
  expect(few.files).toEqual([]);
  const late = await walk('**/*.json', { cwd: folder, ignore: [], most: { entries: 1000, ms: -1 } });
  expect(late).toEqual({ files: [], outside: [], ended: 'time' });
});

test.each([
  ['d1/a.json', 'd1/*a*.json'],
  ['d1/a.json', '{d1,d2}/*[a-c]*.j*n', 'd2/a.json'],
  ['d17/a.json', '**/?17/*a*'],
])('a pattern with many stars finds what it says: %s', async (first, pattern, ...more) => {
  const options = { cwd: folder, ignore: [], most: { entries: 1000, ms: 10_000 } };
  expect((await walk(pattern, options)).files.toSorted()).toEqual([first, ...more]);
  const { files } = await walk(pattern, { ...options, absolute: true });
  expect(files.toSorted()).toEqual([first, ...more].map((file) => path.join(folder, file)));
});

test('a long name is held against a pattern with many stars in no time', async () => {
  writeFileSync(path.join(folder, `${'a'.repeat(240)}.json`), '{}');
  const options = { cwd: folder, ignore: [], most: { entries: 1000, ms: 10_000 } };
  expect((await walk(`**/${'*a'.repeat(30)}b.json`, options)).files).toEqual([]);
  await expect(walk('**/*(a*)b.json', options)).rejects.toThrow('can fit in too many ways');
});
