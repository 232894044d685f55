import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimStore } from './claim.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-claim-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('gives a store to one patrol at a time', () => {
  const file = path.join(folder, 'patrol.db');
  const first = claimStore(file);
  expect(() => claimStore(file)).toThrow(`another patrol is at work on the database ${file}`);
  first.release();
  claimStore(file).release();
});

it('lets everybody have a store in memory', () => {
  claimStore(':memory:');
  claimStore(':memory:').release();
});

it.skipIf(process.platform === 'win32')('lets nobody else hold the lock', async () => {
  const before = process.umask(0);
  try {
    const claim = claimStore(path.join(folder, 'patrol.db'));
    expect((await stat(path.join(folder, 'patrol.lock'))).mode & 0o777).toBe(0o600);
    claim.release();
  } finally {
    process.umask(before);
  }
});

it('says when the folder cannot be written', () => {
  expect(() => claimStore(path.join(folder, 'nowhere', 'patrol.db'))).toThrow(/cannot be read or written/);
});
