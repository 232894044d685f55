import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { silentLogger } from '../../lib/logger.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { Settings } from '../../model/settings.ts';
import type { Member } from '../../store/nodes.ts';
import { openStore } from '../../store/open.ts';
import { inMemory } from '../../store/sqlite/file/files.ts';
import type { Store } from '../../store/store.ts';
import { ClockWatch } from './clock-watch.ts';

let store: Store;
let settings: Settings;
const clock = new ManualClock();

beforeEach(async () => {
  const yaml = JSON.stringify({
    language: 'en',
    services: [{ name: 's', docs: './x.yaml' }],
    channels: { ops: { kind: 'webhook', url: 'https://example.com/hook' } },
  });
  const loaded = await loadConfig('apipatrol.yaml', { env: {}, readFile: () => Promise.resolve(yaml) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  settings = loaded.settings;
  store = await openStore(inMemory, { clock, log: silentLogger });
});
afterEach(() => store.close());

const node = (host: string, aheadMs: number, lagMs = 100): Member => ({
  id: host,
  host,
  told: `${host}, process 1`,
  version: '1',
  forMs: 1000,
  lagMs,
  aheadMs,
});

function watching(seen: () => readonly Member[]): ClockWatch {
  const nodes = { members: async () => ({ nodes: seen(), failovers: 0 }) };
  const wake = (): void => undefined;
  return new ClockWatch({ nodes, store, settings: () => settings, clock, log: silentLogger, wake });
}

async function told(): Promise<readonly string[]> {
  return (await store.ownIncidents()).map(
    ({ subjectLabel, reason }) => `${subjectLabel}: ${inEnglish(reason.message)}`,
  );
}

describe('a clock that differs from that of the database', () => {
  it.each([
    [[], []],
    [[node('a', 4900), node('b', -4900)], []],
    [
      [node('a', 20), node('b', -90_000)],
      ['the clock of b: its clock is 1 min 30 s behind that of the database'],
    ],
    [[node('a', 12_000)], ['the clock of a: its clock is 12 s ahead of that of the database']],
    // What was last known of one that is gone is no news.
    [[node('a', 12_000, 20_000)], []],
  ])('of %j is told as %j', async (seen, expected) => {
    await watching(() => seen).look();
    expect(await told()).toEqual(expected);
  });

  it('is told once, whoever leads, and is over when it is clearly right again', async () => {
    const steps: readonly (readonly [number, number, number])[] = [
      // Off by, told so far, going on.
      [6000, 1, 1],
      [7000, 1, 1],
      [4000, 1, 1],
      [2600, 1, 1],
      [2400, 2, 0],
      [4000, 2, 0],
    ];
    for (const [aheadMs, count, going] of steps) {
      // As another one that leads by now.
      await watching(() => [node('a', aheadMs)]).look();
      expect([await store.gallery.queued().then(({ length }) => length), (await told()).length]).toEqual([
        count,
        going,
      ]);
      await clock.advance(1000);
    }
  });

  it('ends with the node that had it', async () => {
    await watching(() => [node('a', 6000)]).look();
    await watching(() => [node('b', 0)]).look();
    expect(await told()).toEqual([]);
  });
});
