import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFile } from './files.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-files-'));
  file = path.join(folder, 'patrol.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('takes no lock from whoever has the file open in this process', () => {
  const sqlite = new DatabaseSync(file);
  sqlite.exec('create table a (b); begin immediate');
  createFile(file);
  const other = `const { DatabaseSync } = require('@photostructure/sqlite');
    new DatabaseSync(${JSON.stringify(file)}).exec('begin immediate');`;
  const { stderr } = spawnSync(process.execPath, ['-e', other], { encoding: 'utf8' });
  sqlite.close();
  expect(stderr).toContain('locked');
});

it('leaves what somebody else has made to the owner alone, its logs as well', () => {
  const files = ['', '-wal', '-shm'].map((log) => `${file}${log}`);
  for (const one of files) {
    writeFileSync(one, '');
    chmodSync(one, 0o644);
  }
  createFile(file);
  expect(files.map((one) => statSync(one).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
});
