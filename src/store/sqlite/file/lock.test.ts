import { link, mkdir, mkdtemp, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StoreLock, lockStore } from './lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-claim-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function claimed(file: string): Promise<StoreLock> {
  const claim = await lockStore(file);
  await writeFile(file, '', { flag: 'a' });
  await claim.lock().catch((error: unknown) => {
    claim.release();
    throw error;
  });
  return claim;
}

it('gives a store to one patrol at a time', async () => {
  const file = path.join(folder, 'patrol.db');
  const first = await claimed(file);
  await expect(claimed(file)).rejects.toThrow(`another patrol is at work on the database ${file}`);
  first.release();
  (await claimed(file)).release();
});

it.runIf(process.platform === 'linux')('gives it to nobody else when its folder is deleted', async () => {
  const file = path.join(folder, 'data', 'patrol.db');
  await mkdir(path.dirname(file));
  const first = await claimed(file);
  await rm(path.dirname(file), { recursive: true });
  await expect(lockStore(file)).rejects.toThrow('another patrol is at work');
  await mkdir(path.dirname(file));
  await expect(lockStore(path.join(folder, 'data', '..', 'data', 'patrol.db'))).rejects.toThrow(
    'another patrol',
  );
  await writeFile(file, '');
  await first.lock();
  first.release();
  (await claimed(file)).release();
});

describe.runIf(process.platform === 'linux')('gives it to nobody else by another path', () => {
  it.each([
    ['a hard link', link],
    ['a symbolic link', symlink],
  ])('%s', async (_, make) => {
    const file = path.join(folder, 'patrol.db');
    const first = await claimed(file);
    await mkdir(path.join(folder, 'other'));
    const other = path.join(folder, 'other', 'alias.db');
    await make(file, other);
    await expect(claimed(other)).rejects.toThrow('another patrol is at work');
    first.release();
    (await claimed(other)).release();
  });

  it('also when it was moved', async () => {
    const file = path.join(folder, 'patrol.db');
    const first = await claimed(file);
    await rename(file, path.join(folder, 'moved.db'));
    await expect(claimed(path.join(folder, 'moved.db'))).rejects.toThrow('another patrol is at work');
    first.release();
  });
});

it.skipIf(process.platform === 'win32')('lets nobody else hold the lock', async () => {
  const before = process.umask(0);
  try {
    const claim = await claimed(path.join(folder, 'patrol.db'));
    expect((await stat(path.join(folder, 'patrol.lock'))).mode & 0o777).toBe(0o600);
    claim.release();
  } finally {
    process.umask(before);
  }
});

it('lets everybody have a store in memory', async () => {
  const [one, other] = [await lockStore(':memory:'), await lockStore(':memory:')];
  await expect(Promise.all([one.lock(), other.lock()])).resolves.toEqual([undefined, undefined]);
});

it('says when the folder cannot be written', async () => {
  const claim = await lockStore(path.join(folder, 'nowhere', 'patrol.db'));
  await expect(claim.lock()).rejects.toThrow(/cannot be read or written/);
  claim.release();
});
