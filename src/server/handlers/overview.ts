import type { NotPatrolled } from '../../app/daemon/cycle-health.ts';
import { type Incident, isFailure } from '../../model/incident.ts';
import { waitingIn } from '../../model/set-up.ts';
import type { Overview } from '../api/overview.ts';
import type { HandlerContext, Handlers } from '../context.ts';
import { rateOf } from '../live/rate.ts';
import { told } from '../live/operation-rows.ts';
import { type SlowFinder, slowFinder, stateNow } from '../../incidents/latency/slow-now.ts';
import { type Concern, concernsOf } from '../views/concerns.ts';
import { openNow } from '../views/open-now.ts';
import { cycleView } from '../views/last-round.ts';
import { worstFirst } from '../views/incident.ts';
import { channelView } from '../views/queue.ts';
import { storageView } from '../views/storage.ts';
import { viewer } from './incidents.ts';
import { setUpsNow } from './set-up.ts';
import { kindOf } from './channels.ts';

type States = Overview['counts'];

const listed = 20;

export const overviewHandlers: Handlers<'getMeta' | 'getOverview' | 'getServiceDays' | 'runCycle'> = {
  async getMeta({ context }) {
    const { language, timeZone, server } = context.patrol.config.settings;
    const statusPage = server.statusPage !== undefined;
    const signIn = [...(await context.identity.ways())];
    return { version: context.version, language, timeZone, setup: false, signIn, statusPage };
  },

  async getOverview({ context }) {
    const { board, patrol, clock, version } = context;
    const now = clock.now();
    const { settings } = patrol.config;
    const open = told(await openNow(patrol.store));
    const unexplained = open.filter(({ inhibitedBy }) => inhibitedBy === undefined).toSorted(worstFirst);
    const view = await viewer(context);
    const hushed = await context.hushed();
    const next = patrol.nextCycles();
    const notPatrolled = patrol.notPatrolled();
    const limited = new Map(
      notPatrolled.flatMap(({ service, why, since }) => (why === 'limited' ? [[service, since]] : [])),
    );
    const slow = slowFinder(open);
    const states = settings.services.map(({ name }) => ({
      name,
      counts: statesOf(context, name, slow, limited.get(name)),
    }));
    const lastCycle = board.lastRound(settings.services.map(({ name }) => name));
    const queued = await patrol.store.gallery.queued();
    const channels = Object.entries(patrol.sender.health()).map(([name, health]) => ({
      name,
      ...kindOf(settings, name),
      state: channelView(name, health, queued).state,
    }));
    const counts = sum(states.map((one) => one.counts));
    const concerns = concernsOf({
      open,
      channels,
      blocked: counts.blocked,
      credentials: patrol.tokens.status(),
      isRefused: board.refused !== undefined,
    });
    return {
      now,
      version,
      timeZone: settings.timeZone,
      language: settings.language,
      state: stateOf(lastCycle !== undefined, open, notPatrolled, concerns),
      concerns: [...concerns],
      notPatrolled: [...notPatrolled],
      counts,
      services: states.map((one) => {
        const at = next.find(({ service }) => service === one.name)?.at;
        const { halves, ...day } = board.serviceDay.of(one.name, now);
        const openCount = unexplained.filter(({ services }) => services.includes(one.name)).length;
        return { ...one, nextAt: at, ...day, halves: [...halves], p95s: [...day.p95s], openCount };
      }),
      open: unexplained.slice(0, listed).map(view),
      openCount: unexplained.length,
      silencedCount: unexplained.filter(hushed).length,
      toSetUp: (await setUpsNow(context)).reduce((count, { groups }) => count + waitingIn(groups), 0),
      running: board.isRunning(settings.services.map(({ name }) => name)),
      nextCycles: [...next],
      ...(lastCycle === undefined ? {} : { lastCycle: cycleView(lastCycle) }),
      lastDay: [
        ...board.serviceDay.quarters(
          settings.services.map(({ name }) => name),
          now,
        ),
      ],
      channels,
      credentials: patrol.tokens
        .status()
        .map(({ credential, scheme, state, failure, expiresAt, nextTryAt }) => ({
          name: credential,
          scheme,
          state,
          message: failure?.message,
          ...(expiresAt === undefined ? {} : { expiresAt: Math.round(expiresAt) }),
          ...(nextTryAt === undefined || failure === undefined ? {} : { nextTryAt: Math.round(nextTryAt) }),
        })),
      problems: await problemCounts(context),
      silences: (await patrol.store.desk.silences(now)).length,
      node: nodeOf(patrol.role),
      ...(patrol.distress?.trouble === undefined ? {} : { storage: storageView(patrol.distress.trouble) }),
    };
  },

  async getServiceDays({ context, query }) {
    const { settings } = context.patrol.config;
    const names = settings.services.map(({ name }) => name);
    const byService = await context.days.of(names, settings.timeZone, query.days);
    return {
      items: names.map((service) => {
        const days = byService.get(service) ?? [];
        return { service, rate: rateOf(days), days: [...days] };
      }),
    };
  },

  async runCycle({ context, caller }) {
    const { patrol, clock } = context;
    const services = patrol.config.settings.services.map(({ name }) => name);
    patrol.runNow();
    await patrol.store.desk.note({
      at: clock.now(),
      by: caller.name,
      action: 'run-cycle',
      subject: caller.services === undefined ? 'all services' : services.join(', '),
    });
    return { started: true, services };
  },
};

function nodeOf(role: HandlerContext['patrol']['role']): Overview['node'] {
  return role === undefined ? undefined : { role: role.role, leader: role.leader, differs: role.differs };
}

/** Cycles go on, though they find less than they should, or later. */
const stillPatrolled: ReadonlySet<NotPatrolled['why']> = new Set(['working', 'behind', 'limited']);

/** What answers well again does not fail, also before it has held. */
function stateOf(
  hasClosed: boolean,
  open: readonly Incident[],
  notPatrolled: readonly NotPatrolled[],
  concerns: readonly Concern[],
): Overview['state'] {
  if (notPatrolled.some(({ why }) => !stillPatrolled.has(why))) return 'stalled';
  if (open.some((one) => isFailure(one) && one.state === 'firing')) return 'failing';
  const isWrong = concerns.some(({ kind }) => kind !== 'no-channel');
  if (open.length + notPatrolled.length > 0 || isWrong) return 'degraded';
  if (!hasClosed) return 'starting';
  return concerns.length === 0 ? 'ok' : 'degraded';
}

/** @param limitedSince Since when it has been called too often, epoch ms: whether what was well before still is, nobody knows. */
function statesOf(
  { board, clock }: HandlerContext,
  service: string,
  slow: SlowFinder,
  limitedSince: number | undefined,
): States {
  const { checks = [], skipped = [] } = board.services.get(service) ?? {};
  const counts = none();
  counts.skipped = skipped.length;
  const now = clock.now();
  for (const check of checks) {
    const { id, intervalMs } = check;
    const last = board.lastResult(id);
    const isOutdated =
      limitedSince !== undefined &&
      last?.verdict === 'pass' &&
      last.at < limitedSince &&
      now - last.at > intervalMs;
    counts[isOutdated ? 'unknown' : stateNow(last, slow(check, last))]++;
  }
  return counts;
}

function none(): States {
  return { pass: 0, degraded: 0, fail: 0, blocked: 0, unknown: 0, waiting: 0, skipped: 0 };
}

function sum(all: readonly States[]): States {
  const total = none();
  for (const counts of all)
    for (const state of Object.keys(total) as (keyof States)[]) total[state] += counts[state];
  return total;
}

async function problemCounts({ board, problems }: HandlerContext): Promise<Overview['problems']> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const service of board.services.keys())
    for (const { level } of await problems(service)) counts[level]++;
  return counts;
}
