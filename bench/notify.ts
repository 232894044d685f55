import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ManualClock } from '../src/lib/time/clock.ts';
import { silentLogger } from '../src/lib/logger.ts';
import type { Incident, Transition } from '../src/model/incident.ts';
import { wecomRobot } from '../src/notify/channels/wecom/wecom-robot.ts';
import { compose } from '../src/notify/messages/compose.ts';
import { scenarios } from '../src/notify/test-message/scenarios.ts';
import { openStore } from '../src/store/open.ts';
import type { Store } from '../src/store/store.ts';
import type { Figure } from './figure.ts';

const count = 1000;
const start = Date.UTC(2026, 0, 5, 8);
const rounds = 20;
const options = wecomRobot.options.parse({ webhook: 'key' });

/** What it costs to tell of a thousand incidents, at once and one by one, and what is left of it in memory. */
export async function benchNotify(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'apipatrol-bench-'));
  const clock = new ManualClock(start);
  const store = await openStore(join(folder, 'patrol.db'), { clock, log: silentLogger });
  const told = transitions(start);
  try {
    await store.record({ open: told.map(({ incident }) => incident), transitions: [], messages: [] });
    await tell(store, [told]);
    const together = await cpuSeconds(() => tell(store, [told], 'together'));
    const apart = await cpuSeconds(() =>
      tell(
        store,
        told.map((one) => [one]),
        'apart',
      ),
    );
    const before = heapBytes();
    for (let round = 0; round < rounds; round++) await tell(store, [told], `round ${round}`);
    const grown = heapBytes() - before;
    return [
      {
        name: 'CPU to enqueue and render 1,000 incidents, a message for each',
        value: apart,
        unit: 's',
        aim: 1,
      },
      {
        name: 'CPU to enqueue and render 1,000 incidents in one message',
        value: together,
        unit: 's',
        aim: 1,
      },
      { name: `memory after ${rounds} more such messages`, value: grown / 2 ** 20, unit: 'MiB more', aim: 2 },
    ];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** A message for each group: composed, committed, leased, rendered and frozen. */
async function tell(store: Store, groups: readonly (readonly Transition[])[], salt = 'first'): Promise<void> {
  const messages = groups.flatMap((group) => {
    const totals = { failing: group.length, checks: count };
    return compose({
      transitions: group,
      routes: [{ to: ['ops'] }],
      cycleId: 1,
      at: start,
      totals: () => totals,
    });
  });
  await store.outbox.insert(messages.map((one) => ({ ...one, dedupKey: `${salt} ${one.dedupKey}` })));
  for (;;) {
    const leased = await store.outbox.lease('ops', start, 60_000);
    if (leased === undefined) return;
    const { parts } = wecomRobot.render(leased.entry.content, options, {
      language: 'zh',
      timeZone: 'Asia/Shanghai',
    });
    await store.outbox.freeze(leased.id, parts);
    await store.outbox.settle(leased.id, { state: 'sent', at: start });
  }
}

function transitions(at: number): readonly Transition[] {
  const [sample] = scenarios.failure(at).transitions;
  if (sample === undefined) throw new Error('the scenario tells nothing');
  return Array.from({ length: count }, (_, no): Transition => {
    const id = no.toString(36).toUpperCase().padStart(4, 'A');
    const incident: Incident = { ...sample.incident, id, fingerprint: `operation:${no}` };
    return { ...sample, incident };
  });
}

async function cpuSeconds(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
