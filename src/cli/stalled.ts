import { sentence } from '../messages/sentence.ts';
import type { NotPatrolled } from '../app/daemon/cycle-health.ts';
import type { Language, Settings } from '../model/settings.ts';
import { getOverview, type Overview } from '../server/api/overview.ts';
import { listNodes, type NodesView } from '../server/api/nodes.ts';
import { socketOf } from '../server/listen.ts';
import type { Store } from '../store/store.ts';
import { apiOver } from './api/client.ts';
import { type Shown, viewAsShown } from './shown-incident.ts';
import { isListening, overSocket } from './api/transport.ts';
import type { CycleStatistics } from '../model/cycle.ts';

/** A cycle has a little longer than its interval before anybody is alarmed. */
const slackMs = 30_000;
/** Where no patrol runs nobody is at work on the next cycle; one that is being restarted is back by then. */
const restartMs = 5000;
const patienceMs = 3000;

/** What only the patrol that runs knows, and what can be told without one. */
export interface Running {
  readonly notPatrolled: readonly NotPatrolled[];
  /** There is a patrol, whether it answers or not. */
  readonly isRunning: boolean;
  /** Why nothing can be stored now. */
  readonly storage?: Overview['storage'];
  /** What is wrong, worst first, while nothing can be stored: the store knows less. */
  readonly open?: readonly Shown[];
  /** As in `Overview`; absent: no patrol has said. */
  readonly toSetUp?: number;
  /** As in `Overview`: why not all is well although no incident says so. */
  readonly concerns?: Overview['concerns'];
  /** As in `Overview`: which of several nodes runs here. */
  readonly node?: Overview['node'];
  /** As the API has them; absent: there can be one only. */
  readonly nodes?: NodesView | undefined;
}

/**
 * Services that are not being patrolled: as the patrol that runs says, or as the cycles that are stored do when none runs
 * or it does not answer. Of a database without any cycle nothing is said: nothing has been patrolled yet.
 */
export async function runningState(
  store: Pick<Store, 'cycles'>,
  settings: Pick<Settings, 'services' | 'store'>,
  asking: { readonly user: string; readonly language: Language },
  now: number,
): Promise<Running> {
  const socket = socketOf(settings.store.path);
  const isRunning = await isListening(socket);
  if (isRunning) {
    try {
      const api = apiOver(overSocket(socket, patienceMs), asking.user, asking.language);
      const { notPatrolled, storage, open, toSetUp, concerns, node } = await api.call(getOverview);
      // While the database is away nobody knows of the others.
      const nodes = node && (await api.call(listNodes).catch(() => undefined));
      const inMemory = storage === undefined ? {} : { open: open.map(viewAsShown) };
      return { notPatrolled, storage, isRunning, toSetUp, concerns, node, nodes, ...inMemory };
    } catch {
      // One that hangs is judged by what it has stored.
    }
  }
  const dueMs = (intervalMs: number): number =>
    isRunning ? 2 * intervalMs + slackMs : intervalMs + restartMs;
  return { notPatrolled: await overdueInStore(store, settings, { now, dueMs }), isRunning };
}

interface Due {
  readonly now: number;
  /** So long after the end of a cycle, in ms, the next one of that interval is closed. */
  readonly dueMs: (intervalMs: number) => number;
}

async function overdueInStore(
  store: Pick<Store, 'cycles'>,
  { services }: Pick<Settings, 'services'>,
  { now, dueMs }: Due,
): Promise<readonly NotPatrolled[]> {
  const longestMs = Math.max(...services.map(({ intervalMs }) => intervalMs), 0);
  const [newest] = await store.cycles({ from: 0, to: now, limit: 1 });
  if (newest === undefined) return [];
  const recent = await store.cycles({ from: now - 2 * longestMs - slackMs, to: now });
  const closedAt = new Map<string, number>();
  for (const { scope = [], byService, startedAt, durationMs } of recent)
    for (const service of [...scope, ...Object.keys(byService)])
      closedAt.set(service, Math.max(closedAt.get(service) ?? 0, startedAt + durationMs));
  return services.flatMap(({ name: service, intervalMs }): readonly NotPatrolled[] => {
    const last = closedAt.get(service);
    if (last !== undefined && now - last <= dueMs(intervalMs)) return [];
    const since = last ?? newest.startedAt + newest.durationMs;
    return [{ service, why: 'overdue', since, problem: sentence('noCycleClosed') }];
  });
}

/** Older ones are named as not patrolled. */
const intervalsBack = 3;
/** More lines than this hide what is wrong. */
const shownMost = 20;

export interface LastCycle {
  readonly service: string;
  readonly cycle: CycleStatistics;
}

/**
 * Each service has cycles of its own, and the one that closed last says nothing of the others: the last one of each, the
 * oldest first and no more than can be read. Empty when they are all the same one.
 */
export async function lastCycles(
  store: Pick<Store, 'cycles'>,
  { services }: Pick<Settings, 'services'>,
  now: number,
): Promise<readonly LastCycle[]> {
  const longestMs = Math.max(...services.map(({ intervalMs }) => intervalMs), 0);
  const newestFirst = await store.cycles({ from: now - intervalsBack * longestMs, to: now });
  const last = services.flatMap(({ name }): readonly LastCycle[] => {
    const cycle = newestFirst.find(({ scope = [], byService }) => scope.includes(name) || name in byService);
    return cycle === undefined ? [] : [{ service: name, cycle }];
  });
  if (new Set(last.map(({ cycle }) => cycle.cycleId)).size < 2) return [];
  return last.toSorted((a, b) => a.cycle.startedAt - b.cycle.startedAt).slice(0, shownMost);
}
