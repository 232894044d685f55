import type { Settings } from '../../model/settings.ts';
import type { StoredWorker, WorkStore } from '../../work/ports.ts';
import type { Workers, WorkerView } from '../api/workers.ts';

/** A worker asks more often than this. */
const silentMs = 30_000;

export const workerStates = [
  'working',
  'idle',
  'silent',
  'new',
] as const satisfies readonly WorkerView['state'][];

/** Who works where, and what waits there. Rejects with a `StoreError`. */
export async function workersView(
  work: Pick<WorkStore, 'workers' | 'queues'> | undefined,
  { services, locations = {} }: Settings,
  now: number,
): Promise<Workers> {
  const items = ((await work?.workers()) ?? []).map((one) => viewOf(one, now));
  const queues = new Map(((await work?.queues()) ?? []).map((one) => [one.location, one]));
  return {
    items,
    locations: Object.entries(locations).map(([name, { credentials }]) => ({
      name,
      credentials: [...credentials],
      services: services.filter((one) => one.locations?.includes(name) === true).map((one) => one.name),
      waiting: queues.get(name)?.waiting ?? 0,
      lagMs: queues.get(name)?.oldestMs ?? 0,
      isSilent: !items.some(({ location, state }) => location === name && isThere(state)),
    })),
  };
}

function isThere(state: WorkerView['state']): boolean {
  return state === 'working' || state === 'idle';
}

function viewOf(worker: StoredWorker, now: number): WorkerView {
  const { id, location, name, version, batches, skewMs, joinedAt, seenAt } = worker;
  return { id, location, name, version, batches, skewMs, joinedAt, seenAt, state: stateOf(worker, now) };
}

function stateOf({ seenAt, batches }: StoredWorker, now: number): WorkerView['state'] {
  if (seenAt === undefined) return 'new';
  if (now - seenAt > silentMs) return 'silent';
  return batches > 0 ? 'working' : 'idle';
}
