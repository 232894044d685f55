import type { Check } from '../../model/check.ts';
import type { CycleStatistics } from '../../model/cycle.ts';
import type { Transition } from '../../model/incident.ts';
import type { Recheck } from '../../model/recheck.ts';
import type { OutboxEntry } from '../../model/message.ts';
import { hourMs } from '../../model/rollup.ts';
import type { Settings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import { Course, type Moment } from './course.ts';

/** Before the time that is asked for, so that it begins with what was suspected and how things stood. */
const warmUpMs = 6 * hourMs;
/** Latency windows reach this far back. */
const recentMs = 24 * hourMs;

export interface ReplayInput {
  readonly store: Pick<Store, 'cycles' | 'results' | 'rollups' | 'incidents' | 'desk' | 'past'>;
  /** As the other configuration plans them. */
  readonly checks: readonly Check[];
  readonly settings: Settings;
  /** Epoch ms. */
  readonly range: { readonly from: number; readonly to: number };
}

export interface Replay {
  readonly cycles: number;
  readonly looks: number;
  /** Cycles from before looks were kept: there, what a second look would have confirmed counts at once. */
  readonly withoutLooks: number;
  /** Results of operations that the other configuration does not call: left out. */
  readonly leftOut: number;
  /** What would have been told, oldest first. */
  readonly alerts: readonly Transition[];
  readonly messages: readonly OutboxEntry[];
}

/**
 * Stored results, of cycles and of looks between them, through the analysis and the routes of another configuration,
 * with what people had silenced and acknowledged. Changes nothing, sends nothing.
 */
export async function replay(input: ReplayInput): Promise<Replay> {
  const { store, range } = input;
  const begin = range.from - warmUpMs;
  const course = await Course.begin(input, begin);
  const counts = { cycles: 0, looks: 0, withoutLooks: 0 };
  for (const happening of await happenings(store, { from: begin - recentMs, to: range.to })) {
    const moment = await momentOf(happening, store);
    if (moment.at < begin) {
      course.remember(moment);
      continue;
    }
    const isAsked = moment.at >= range.from;
    await course.play(moment, isAsked);
    if (!isAsked) continue;
    if (moment.cycleId === 0) counts.looks++;
    else counts.cycles++;
    if (!moment.looksKept) counts.withoutLooks++;
  }
  return { ...counts, leftOut: course.leftOut, alerts: course.alerts, messages: course.messages };
}

type Happening = { readonly at: number } & (
  | { readonly kind: 'cycle'; readonly cycle: CycleStatistics }
  | { readonly kind: 'look'; readonly look: Recheck }
);

/** Cycles and looks in the order in which they were judged. */
async function happenings(
  store: ReplayInput['store'],
  range: ReplayInput['range'],
): Promise<readonly Happening[]> {
  const cycles = (await store.cycles(range)).toReversed().filter(wasJudged);
  const looks = await store.past.looks(range);
  // Sorting is stable: a cycle comes before a look of the same moment.
  return [
    ...cycles.map((cycle): Happening => ({ kind: 'cycle', at: judgedAt(cycle), cycle })),
    ...looks.map((look): Happening => ({ kind: 'look', at: look.at, look })),
  ].toSorted((a, b) => a.at - b.at);
}

/** One that a crash cut short was closed without anybody having judged it. */
function wasJudged({ judgedAt: at, outcome }: CycleStatistics): boolean {
  return at !== undefined || outcome === 'complete';
}

function judgedAt({ judgedAt: at, startedAt, durationMs }: CycleStatistics): number {
  return at ?? startedAt + durationMs;
}

async function momentOf(happening: Happening, store: ReplayInput['store']): Promise<Moment> {
  if (happening.kind === 'look') return { ...happening.look, cycleId: 0, looksKept: true };
  const { cycle, at } = happening;
  const { cycleId, scope = Object.keys(cycle.byService), credentialFailures = [], unreadable } = cycle;
  const results = await store.results(cycleId);
  if (cycle.judgedAt === undefined) return { at, cycleId, results, scope, looksKept: false };
  return {
    at,
    cycleId,
    results,
    credentialFailures,
    ...(unreadable === undefined ? {} : { unreadable }),
    ...(cycle.scope === undefined ? {} : { scope: cycle.scope }),
    looksKept: true,
  };
}
