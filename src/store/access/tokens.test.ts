import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { openStore } from '../open.ts';
import type { Store } from '../store.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apipatrol-tokens-'));
  store = await open();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function open(): Promise<Store> {
  return openStore(join(folder, 'patrol.db'), { clock: new ManualClock(0), log: silentLogger });
}

it('keeps the latest sealed token of each credential over a restart', async () => {
  await store.tokens.save('a', 'v1.one');
  await store.tokens.save('b', 'v1.other');
  await store.tokens.save('a', 'v1.two');
  await store.close();
  store = await open();
  expect(await store.tokens.load('a')).toBe('v1.two');
  expect(await store.tokens.load('b')).toBe('v1.other');
  expect(await store.tokens.load('c')).toBeUndefined();
});

it('forgets one, or all of them, and says how many there were', async () => {
  for (const name of ['a', 'b', 'c']) await store.tokens.save(name, 'v1.sealed');
  expect(await store.tokens.clear('b')).toBe(1);
  expect(await store.tokens.clear('b')).toBe(0);
  expect(await store.tokens.clear()).toBe(2);
  expect(await store.tokens.load('a')).toBeUndefined();
});
