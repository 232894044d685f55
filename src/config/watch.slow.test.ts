import { appendFile, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/time/clock.ts';
import { type ConfigWatcher, watchConfig } from './watch.ts';

let folder: string;
let watcher: ConfigWatcher | undefined;
let changes = 0;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-watch-'));
  changes = 0;
});

afterEach(async () => {
  await watcher?.close();
  await rm(folder, { recursive: true });
});

const at = (name: string) => path.join(folder, name);
const counted = () => {
  changes++;
};

/** Nobody tells: what is found is found by looking. */
async function watchByLooking(...files: string[]): Promise<(expected: number) => Promise<void>> {
  const clock = new ManualClock();
  watcher = watchConfig(files, counted, { clock });
  await expect.poll(() => clock.sleeping).toBeGreaterThan(0);
  return async (expected) => {
    // Events may come between, so that one look is not always enough.
    const look = async () => {
      await clock.advance(10_000);
      return changes;
    };
    await look();
    await expect.poll(look).toBe(expected);
  };
}

describe('a watched configuration', () => {
  it('is told as changed when it is written in place, renamed over, removed and written again', async () => {
    await writeFile(at('a.yaml'), 'docs: 1');
    const look = await watchByLooking(at('a.yaml'));
    await look(0);
    await appendFile(at('a.yaml'), '\nlanguage: en');
    await look(1);
    await writeFile(at('a.yaml.tmp'), 'docs: 2');
    await rename(at('a.yaml.tmp'), at('a.yaml'));
    await look(2);
    await rm(at('a.yaml'));
    await look(3);
    await writeFile(at('a.yaml'), 'docs: 3');
    await look(4);
  });

  it('is left alone when it was only touched or written with the same content', async () => {
    await writeFile(at('a.yaml'), 'docs: 1');
    const look = await watchByLooking(at('a.yaml'));
    await writeFile(at('a.yaml'), 'docs: 1');
    await look(0);
  });

  it('may be a mounted config map, whose folder is swapped as a whole', async () => {
    await mkdir(at('..one'));
    await mkdir(at('..two'));
    await writeFile(at('..one/a.yaml'), 'docs: 1');
    await writeFile(at('..two/a.yaml'), 'docs: 2');
    await symlink('..one', at('..data'));
    await symlink('..data/a.yaml', at('a.yaml'));
    const look = await watchByLooking(at('a.yaml'));
    await symlink('..two', at('..data_tmp'));
    await rename(at('..data_tmp'), at('..data'));
    await look(1);
  });

  it('may turn to other files', async () => {
    await writeFile(at('a.yaml'), 'docs: 1');
    await writeFile(at('secret'), 'one');
    const clock = new ManualClock();
    watcher = watchConfig([at('a.yaml')], counted, { clock });
    watcher.follow([at('a.yaml'), at('secret')]);
    watcher.follow([at('a.yaml'), at('secret')]);
    // What a file says when it is first looked at is not a change, so write until it has been.
    let count = 0;
    const writeAndLook = async () => {
      await writeFile(at('secret'), `number ${count++}`);
      await clock.advance(10_000);
      return changes;
    };
    await expect.poll(writeAndLook).toBeGreaterThan(0);
  });

  it('is told at once by the file system where that can tell', async () => {
    await mkdir(at('..one'));
    await mkdir(at('..two'));
    await writeFile(at('..one/a.yaml'), 'docs: 1');
    await writeFile(at('..two/a.yaml'), 'docs: 2');
    await symlink('..one', at('..data'));
    await symlink('..data/a.yaml', at('a.yaml'));
    await writeFile(at('b.yaml'), 'docs: 1');
    watcher = watchConfig([at('a.yaml'), at('b.yaml')], counted);
    await untilListening(at('b.yaml'));
    const seen = changes;
    await symlink('..two', at('..data_tmp'));
    await rename(at('..data_tmp'), at('..data'));
    await expect.poll(() => changes).toBeGreaterThanOrEqual(seen + 1);
    await writeFile(at('b.yaml.tmp'), 'docs: renamed');
    await rename(at('b.yaml.tmp'), at('b.yaml'));
    await expect.poll(() => changes).toBeGreaterThanOrEqual(seen + 2);
  });

  it('is told no more after the end', async () => {
    await writeFile(at('a.yaml'), 'docs: 1');
    watcher = watchConfig([at('a.yaml')], counted);
    await watcher.close();
    watcher.follow([at('b.yaml')]);
    await writeFile(at('a.yaml'), 'docs: 2');
    expect(changes).toBe(0);
  });
});

/** Writes until the first change is seen. */
async function untilListening(file: string): Promise<void> {
  let count = 0;
  await expect
    .poll(
      async () => {
        await writeFile(file, `docs: ${count++}`);
        return changes;
      },
      { interval: 400 },
    )
    .toBeGreaterThan(0);
}
