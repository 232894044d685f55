import type { Clock } from '../../lib/time/clock.ts';
import type { CycleStatistics } from '../../model/cycle.ts';
import type { Result } from '../../model/result.ts';
import type { PictureOutcome } from '../../store/outbox/gallery.ts';
import type { Store } from '../../store/store.ts';

export interface Memory {
  /** Of one check in a cycle that started then. */
  outcome(outcome: PictureOutcome, at: number): void;
  /** The newest first. */
  lastCycle(cycle: CycleStatistics): void;
  /** The last of each check; each check comes once. */
  lastResults(results: readonly Result[]): void;
  /** Ids of the checks that are planned by now; empty before the first plan. */
  planned(): Iterable<string>;
}

const dayMs = 86_400_000;
/** What is asked for one by one, before whoever waits gets a turn. */
const aTurn = 100;

/**
 * What a process that starts wants to know of the last day and of each check: the newest cycle first, a cycle at a
 * time, so that whoever asks meanwhile waits for one of them and not for the whole day. Returns from when on it knows everything,
 * epoch ms.
 */
export async function restore(store: Store, clock: Clock, memory: Memory): Promise<number> {
  const now = clock.now();
  const from = now - dayMs;
  const cycles = await store.cycles({ from, to: now });
  for (const cycle of cycles) memory.lastCycle(cycle);
  const seen = new Set<string>();
  for (const { cycleId, startedAt } of cycles) {
    const fresh: string[] = [];
    for (const outcome of await store.gallery.outcomes(cycleId)) {
      memory.outcome(outcome, startedAt);
      if (!seen.has(outcome.checkId)) fresh.push(outcome.checkId);
    }
    await recallResults(store, clock, memory, cycleId, fresh);
    for (const id of fresh) seen.add(id);
    await clock.sleep(1);
  }
  await recallOlder(store, clock, memory, seen);
  return from;
}

async function recallResults(
  store: Store,
  clock: Clock,
  memory: Memory,
  cycleId: number,
  checkIds: readonly string[],
): Promise<void> {
  if (checkIds.length === 0) return;
  const results: Result[] = [];
  for (let from = 0; from < checkIds.length; from += aTurn) {
    results.push(...(await store.results(cycleId, checkIds.slice(from, from + aTurn))));
    await clock.sleep(1);
  }
  memory.lastResults(results);
}

/** Of checks that no cycle of the last day has called: their interval is longer, or nothing ran. */
async function recallOlder(
  store: Store,
  clock: Clock,
  memory: Memory,
  seen: ReadonlySet<string>,
): Promise<void> {
  const known = new Set((await store.checks()).map(({ id }) => id));
  const planned = [...memory.planned()];
  const missing = (planned.length > 0 ? planned : [...known]).filter((id) => known.has(id) && !seen.has(id));
  const range = { from: 0, to: clock.now(), limit: 1 };
  for (let from = 0; from < missing.length; from += aTurn) {
    const found: Result[] = [];
    for (const id of missing.slice(from, from + aTurn)) found.push(...(await store.history(id, range)));
    memory.lastResults(found);
    await clock.sleep(1);
  }
}
