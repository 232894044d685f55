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
