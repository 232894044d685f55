import type { Sentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import { saidBy } from '../../messages/said-error.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Check, Plan } from '../../model/check.ts';
import { isLimited, type Result } from '../../model/result.ts';
import type { Settings } from '../../model/settings.ts';
import type { UnderWay } from '../cycle/running.ts';
import type { Assignment } from '../run-cycle.ts';
import type { ScheduleSlot } from '../../schedule/scheduler.ts';

/** A service that is not being patrolled as it should be. */
export interface NotPatrolled {
  readonly service: string;
  /**
   * `failed`: its last cycle could not be completed; `overdue`: none has closed for more than two intervals; `empty`: its
   * operations have been called before, and none is any more; `working`: none has closed for as long because the one that
   * is going on takes its time: results come in, be it that calls get no answer; `behind`: cycles close, and ticks are left
   * out again and again; `limited`: most of its operations are answered that they are called too often, or wait because
   * others were, so that nothing is known of them.
   */
  readonly why: 'failed' | 'overdue' | 'empty' | 'working' | 'behind' | 'limited';
  /**
   * Epoch ms; of `working`: when that cycle began; of `behind`: the first tick that was left out; of `limited`: the first
   * such answer since none was.
   */
  readonly since: number;
  readonly problem: Sentence;
}

/** A cycle has a little longer than its interval before anybody is alarmed. */
const slackMs = 30_000;
/** Servers of documents, repositories and what is looked through for documents have an end before that. */
const readingMs = 10 * 60_000;

/** So many ticks left out in a row, or some before each of several cycles, are more than a hiccup. */
const enoughTicks = 3;
const enoughCycles = 2;
/** Of the latest answers: more of them say that they come too often than that an operation is well or is not. */
const limitedShare = 0.5;
/** As long as the caller pauses when it is asked to, and a little more. */
const pauseMs = 90_000;

/** A cycle that has begun, as `begun` gives it. */
export interface Progress {
  readonly service: string;
  readonly wall: number;
  /** Monotonic. */
  readonly at: number;
  /** When it began, or something came in last; monotonic. */
  movedAt: number;
  /** Operations to be called; absent: nobody knows yet. */
  planned?: number;
  settled: number;
  unanswered: number;
  /** That were answered that they come too often. */
  limited: number;
}

/** Ticks that were left out, without a cycle in between that had none before it. */
interface Behind {
  /** Epoch ms. */
  readonly since: number;
  ticks: number;
  /** That have begun meanwhile. */
  cycles: number;
  /** All that was due had had no answer to an earlier call. */
  heldUpBy?: HeldUpBy;
}

/** What the operations of a service have been answered last, as far as they are called too often. */
interface Limits {
  /** Ids of checks. */
  readonly limited: Set<string>;
  readonly others: Set<string>;
  /** Epoch ms. */
  since: number;
}

interface Seen {
  /** When it closed last, or was first waited for. */
  readonly at: number;
  readonly wall: number;
  readonly failure?: { readonly problem: Sentence; readonly since: number };
  /** Something was called. */
  readonly hadChecks?: boolean;
  readonly empty?: { readonly problem: Sentence; readonly since: number };
}

/** Whether cycles close: a patrol that goes on saying that all is well while none does is worse than none. */
export class CycleHealth {
  readonly #clock: Clock;
  readonly #seen = new Map<string, Seen>();
  /** By service, those that have not come to their end, the oldest first. */
  readonly #running = new Map<string, Set<Progress>>();
  readonly #behind = new Map<string, Behind>();
  /** How long the last cycle took to call everything once, and how many operations that were. */
  readonly #calling = new Map<string, { readonly ms: number; readonly operations: number }>();
  readonly #limits = new Map<string, Limits>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** From now on a cycle of these services, and of no others, is waited for. */
  follow(services: readonly string[]): void {
    for (const service of this.#seen.keys()) {
      if (services.includes(service)) continue;
      for (const known of [this.#seen, this.#running, this.#behind, this.#calling, this.#limits])
        known.delete(service);
    }
    for (const service of services) if (!this.#seen.has(service)) this.#seen.set(service, this.#now());
  }

  /** @param missed Ticks that were left out before it. */
  begun(service: string, missed = 0): Progress {
    const { wall, at } = this.#now();
    const progress = { service, wall, at, movedAt: at, settled: 0, unanswered: 0, limited: 0 };
    const behind = this.#behind.get(service);
    if (missed === 0) this.#behind.delete(service);
    else if (behind !== undefined) behind.cycles++;
    this.#running.set(service, new Set([...(this.#running.get(service) ?? []), progress]));
    return progress;
  }

  /** All of it has been called once. */
  called({ service, at, planned = 0 }: Progress): void {
    this.#calling.set(service, { ms: this.#clock.monotonic() - at, operations: planned });
  }

  /**
   * A tick was left out. Whether that is the first one of several.
   *
   * @param heldUpBy What all that was due waits for; absent: not all of it has been called.
   */
  leftOut(service: string, dueAt: number, heldUpBy?: HeldUpBy): boolean {
    const behind = this.#behind.get(service) ?? { since: dueAt, ticks: 0, cycles: 0 };
    behind.ticks++;
    behind.heldUpBy = heldUpBy;
    this.#behind.set(service, behind);
    return behind.ticks === 1;
  }

  /** Something has come of calling one of its operations. */
  settled(progress: Progress, result: Pick<Result, 'checkId' | 'status' | 'verdict' | 'reason'>): void {
    progress.movedAt = this.#clock.monotonic();
    progress.settled++;
    if (result.status === undefined) progress.unanswered++;
    if (isLimited(result)) progress.limited++;
    this.#noteLimits(progress.service, result);
  }

  #noteLimits(service: string, result: Pick<Result, 'checkId' | 'verdict' | 'reason'>): void {
    const known = this.#limits.get(service) ?? { limited: new Set(), others: new Set(), since: 0 };
    this.#limits.set(service, known);
    const [into, outOf] = isLimited(result) ? [known.limited, known.others] : [known.others, known.limited];
    if (into === known.limited && into.size === 0) known.since = this.#clock.now();
    outOf.delete(result.checkId);
    into.add(result.checkId);
  }

  /** Operations that are not called any more have no limits. */
  #keepLimitsOf(service: string, { checks }: Pick<Plan, 'checks'>): void {
    const ids = new Set(checks.map(({ id }) => id));
    for (const known of [this.#limits.get(service)?.limited, this.#limits.get(service)?.others])
      for (const id of known ?? []) if (!ids.has(id)) known?.delete(id);
  }

  /** Why little is known of a service whose operations are answered. */
  #limitOf(
    service: string,
    intervalMs: number,
  ): { readonly since: number; readonly problem: Sentence } | undefined {
    const known = this.#limits.get(service);
    if (known === undefined) return undefined;
    const { limited, others, since } = known;
    const n = limited.size + others.size;
    const areOthersWaiting = this.#isPaused(service, intervalMs);
    if (limited.size === 0 || (limited.size < n * limitedShare && !areOthersWaiting)) return undefined;
    const code = areOthersWaiting ? 'calledTooOftenOthersWait' : 'calledTooOften';
    return { since, problem: sentence(code, { limited: limited.size, n }) };
  }

  /** Its cycle takes longer than it should for having been asked to come back later. */
  #isPaused(service: string, intervalMs: number): boolean {
    const now = this.#clock.monotonic();
    return [...(this.#running.get(service) ?? [])].some(
      ({ limited, settled, planned = 0, at, movedAt }) =>
        limited > 0 && settled < planned && now - at > intervalMs && now - movedAt <= pauseMs,
    );
  }

  /** @param plan What was planned for the cycle; absent: nothing is known of it. */
  closed(progress: Progress, plan?: Pick<Plan, 'checks' | 'skipped'>): void {
    const { service } = progress;
    this.#running.get(service)?.delete(progress);
    if (plan !== undefined) this.#keepLimitsOf(service, plan);
    const before = this.#seen.get(service);
    const now = this.#now();
    const hadChecks = before?.hadChecks === true || (plan?.checks.length ?? 0) > 0;
    const isEmpty = hadChecks && plan?.checks.length === 0;
    const empty = isEmpty
      ? { problem: whyNothing(plan), since: before?.empty?.since ?? now.wall }
      : undefined;
    this.#seen.set(service, { ...now, hadChecks, empty });
  }

  failed(progress: Progress, error: unknown): void {
    const { service } = progress;
    this.#running.get(service)?.delete(progress);
    const before = this.#seen.get(service);
    const since = before?.failure?.since ?? this.#clock.now();
    const failure = { problem: saidBy(error), since };
    this.#seen.set(service, { ...this.#now(), ...before, failure });
  }

  /** In the order of the configuration. */
  notPatrolled({ services }: Pick<Settings, 'services'>): readonly NotPatrolled[] {
    const now = this.#clock.monotonic();
    return services.flatMap(({ name: service, intervalMs }): readonly NotPatrolled[] => {
      const seen = this.#seen.get(service);
      if (seen?.failure !== undefined)
        return [{ service, why: 'failed', since: seen.failure.since, problem: seen.failure.problem }];
      if (seen?.empty !== undefined) return [{ service, why: 'empty', ...seen.empty }];
      const patienceMs = 2 * intervalMs + slackMs;
      if (seen === undefined) return [];
      const limit = this.#limitOf(service, intervalMs);
      if (limit !== undefined) return [{ service, why: 'limited', ...limit }];
      const behind = this.#fallingBehind(service, intervalMs);
      if (now - seen.at <= patienceMs) return behind;
      const [running] = this.#running.get(service) ?? [];
      if (running !== undefined && now - running.movedAt <= patienceFor(running, patienceMs))
        return this.#calling.has(service) && behind.length > 0
          ? behind
          : [{ service, why: 'working', since: running.wall, problem: progressOf(running) }];
      return [{ service, why: 'overdue', since: seen.wall, problem: sentence('noCycleClosed') }];
    });
  }

  #fallingBehind(service: string, intervalMs: number): readonly NotPatrolled[] {
    const behind = this.#behind.get(service);
    if (behind === undefined || (behind.ticks < enoughTicks && behind.cycles < enoughCycles)) return [];
    const problem = this.#whyLeftOut(behind, service, intervalMs);
    return [{ service, why: 'behind', since: behind.since, problem }];
  }

  #whyLeftOut({ ticks, heldUpBy }: Behind, service: string, intervalMs: number): Sentence {
    if (heldUpBy === 'called') return sentence('ticksUnanswered', { ticks });
    if (heldUpBy === 'confirmed') return sentence('ticksUnconfirmed', { ticks });
    const calling = this.#calling.get(service);
    const interval = formatDuration(intervalMs);
    if (calling === undefined || calling.ms < intervalMs)
      return sentence('ticksNotAllCalled', { ticks, interval });
    const duration = formatDuration(Math.round(calling.ms / 1000) * 1000);
    return sentence('ticksTooShort', { ticks, interval, n: calling.operations, duration });
  }

  #now(): { readonly at: number; readonly wall: number } {
    return { at: this.#clock.monotonic(), wall: this.#clock.now() };
  }
}

/** A document that does not come is a fault of its service, and none of the patrol. */
function patienceFor({ planned }: Progress, patienceMs: number): number {
  return planned === undefined ? Math.max(patienceMs, readingMs) : patienceMs;
}

function progressOf({ planned, settled, unanswered }: Progress): Sentence {
  if (planned === undefined) return sentence('stillReading');
  const done = { settled, n: planned };
  return unanswered === 0
    ? sentence('operationsDone', done)
    : sentence('operationsDoneUnanswered', { ...done, unanswered });
}

function whyNothing({ skipped }: Pick<Plan, 'skipped'>): Sentence {
  if (skipped.length === 0) return sentence('nothingDescribed');
  const byReason = [...groupBy(skipped, ({ reason }) => inEnglish(reason))].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  return sentence('noneCalledAnyMore', { n: skipped.length, why: byReason[0]?.[1][0]?.reason ?? '' });
}

/** What the grid starts: the services with their intervals, and the intervals that operations have of their own. */
export function slotsOf(
  { services }: Pick<Settings, 'services'>,
  planned: Iterable<readonly Check[]> = [],
): readonly ScheduleSlot[] {
  const lanes = new Map<string, ScheduleSlot>();
  const add = (service: string, intervalMs: number) =>
    lanes.set(`${service} ${intervalMs}`, { service, intervalMs });
  for (const { name, intervalMs } of services) add(name, intervalMs);
  for (const checks of planned) for (const { service, intervalMs } of checks) add(service, intervalMs);
  return [...lanes.values()];
}

/** Short intervals are for those who want to see something happen. */
const shortestPacedMs = 5 * 60_000;

/** On the grid, checks of a host are a second apart, all within a quarter of the shortest interval that is due. */
export function paceOf(intervalsMs: readonly number[]): Pick<Assignment, 'pace'> {
  const shortest = Math.min(...intervalsMs);
  return shortest < shortestPacedMs ? {} : { pace: { apartMs: 1000, withinMs: shortest / 4 } };
}

/** All that is due is still being called, or has been answered and is being confirmed. */
export type HeldUpBy = Exclude<UnderWay, 'hangs'>;

/**
 * Whether all that is due is still being called from before, and what for: `confirmed` where all of it has been answered. Absent
 * intervals: all of it is due.
 */
export function heldUpBy(
  planned: readonly Check[],
  underWay: ReadonlyMap<string, UnderWay>,
  intervalsMs?: readonly number[],
): HeldUpBy | undefined {
  const due = planned.filter((one) => intervalsMs?.includes(one.intervalMs) ?? true);
  if (due.length === 0 || !due.every(({ id }) => underWay.has(id))) return undefined;
  return due.every(({ id }) => underWay.get(id) === 'confirmed') ? 'confirmed' : 'called';
}
