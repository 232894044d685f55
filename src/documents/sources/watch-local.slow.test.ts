import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serviceSettings } from '../../../test/support/scan.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { type LocalWatcher, watchLocal } from './watch-local.ts';

let folder: string;
let watcher: LocalWatcher;
let told: string[];
let wake: () => void;

/** Resolves when the watcher tells next. */
const next = (): Promise<void> =>
  new Promise((resolve) => {
    wake = resolve;
  });

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-watch-'));
  await mkdir(path.join(folder, 'docs', 'node_modules'), { recursive: true });
  told = [];
  watcher = watchLocal((service) => {
    told.push(service);
    wake();
  }, systemClock);
});
afterEach(async () => {
  await watcher.close();
  await rm(folder, { recursive: true });
});

const service = (name: string, docs: string) =>
  serviceSettings({ name, docs: [path.join(folder, docs), 'https://x.example/a.json'], root: folder });

/** Writes until it has been told: a watcher needs a moment before it hears anything. */
async function writeUntilTold(file: string): Promise<void> {
  const heard = next();
  let count = 0;
  const write = (): void => void writeFile(path.join(folder, file), String(count++));
  write();
  const again = setInterval(write, 1500);
  await heard;
  clearInterval(again);
}

it('tells of the service whose documents have changed, and not of what is none', async () => {
  watcher.follow([service('orders', 'docs/**/*.yaml'), service('users', 'users.json')]);
  await writeFile(path.join(folder, 'docs', 'node_modules', 'a.yaml'), '1');
  await writeFile(path.join(folder, 'docs', 'notes.log'), '1');
  await writeUntilTold('docs/orders.yaml');
  expect(new Set(told)).toEqual(new Set(['orders']));
});

it('tells of a single file, however it is replaced', async () => {
  await writeFile(path.join(folder, 'users.json'), '{}');
  watcher.follow([service('users', 'users.json')]);
  await writeUntilTold('users.json');
  for (const round of [1, 2]) {
    const heard = next();
    await writeFile(path.join(folder, 'new'), `{"round": ${round}}`);
    await rename(path.join(folder, 'new'), path.join(folder, 'users.json'));
    await heard;
  }
  expect(new Set(told)).toEqual(new Set(['users']));
});

it('follows other folders when the services are others', async () => {
  watcher.follow([service('orders', 'docs')]);
  watcher.follow([service('users', 'docs')]);
  await writeUntilTold('docs/users.json');
  expect(new Set(told)).toEqual(new Set(['users']));
});
