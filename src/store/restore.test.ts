import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../kit/clock.ts';
import { silentLogger } from '../kit/logger.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';

let folder: string;
let file: string;
let store: Store;
const clock = new ManualClock();

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-restore-'));
  file = path.join(folder, 'data', 'patrol.db');
  store = await openStore(file, { clock, log: silentLogger, alone: true });
  await note('before');
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const note = (subject: string) => store.desk.note({ at: clock.now(), by: 'test', action: 'check', subject });
async function storedSubjects(): Promise<readonly string[]> {
  const reader = await openStore(file, { clock, log: silentLogger, readOnly: true });
  const entries = await reader.desk.audit({ from: 0, to: Number.MAX_SAFE_INTEGER });
  await reader.close();
  return entries.map(({ subject }) => subject).toSorted();
}

describe('a database in use', () => {
  it('is let be while it is in its place', async () => {
    expect(await store.watch()).toBeUndefined();
  });

  it.each([
    ['that is deleted', () => rmSync(file)],
    [
      'whose files are all deleted',
      () => {
        for (const name of readdirSync(path.dirname(file))) rmSync(path.join(path.dirname(file), name));
      },
    ],
    ['whose folder is deleted', () => rmSync(path.dirname(file), { recursive: true })],
    ['whose folder is moved away', () => renameSync(path.dirname(file), path.join(folder, 'elsewhere'))],
  ])('%s is put back with everything in it, also what came meanwhile', async (_, remove) => {
    remove();
    await note('meanwhile');
    expect(await store.watch()).toEqual({ was: 'deleted' });
    await note('after');
    expect(await storedSubjects()).toEqual(['after', 'before', 'meanwhile']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await store.watch()).toBeUndefined();
    await expect(openStore(file, { clock, log: silentLogger, alone: true })).rejects.toThrow(
      'another patrol',
    );
  });

  it.each([
    ['by nothing', ''],
    ['by something else', 'not a database'],
  ])('that is replaced %s is put back, and what stood there is kept', async (_, text) => {
    rmSync(file);
    writeFileSync(file, text);
    const restored = await store.watch();
    expect(restored).toMatchObject({ was: 'replaced' });
    expect(restored?.was === 'replaced' && existsSync(restored.aside)).toBe(true);
    await note('after');
    expect(await storedSubjects()).toEqual(['after', 'before']);
  });

  it('that cannot be put back is told, and goes on until it can be', async () => {
    rmSync(path.dirname(file), { recursive: true });
    writeFileSync(path.dirname(file), 'in the way');
    await expect(store.watch()).rejects.toMatchObject({ code: 'io' });
    await note('meanwhile');
    rmSync(path.dirname(file));
    expect(await store.watch()).toEqual({ was: 'deleted' });
    expect(await storedSubjects()).toEqual(['before', 'meanwhile']);
  });
});
