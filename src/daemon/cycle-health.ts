import type { Clock } from '../kit/clock.ts';
import { messageOf } from '../kit/errors.ts';
import { groupBy } from '../kit/group-by.ts';
import type { Plan } from '../model/check.ts';
import type { Result } from '../model/result.ts';
import type { Settings } from '../model/settings.ts';

/** A source that is not being patrolled as it should be. */
export interface NotPatrolled {
  readonly source: string;
  /**
   * `failed`: its last cycle could not be completed; `overdue`: none has closed for more than two intervals; `empty`: its
   * operations have been called before, and none is any more; `working`: none has closed for as long because the one that
   * is going on takes its time: results come in, be it that calls get no answer.
   */
  readonly why: 'failed' | 'overdue' | 'empty' | 'working';
  /** Epoch ms; of `working`: when that cycle began. */
  readonly since: number;
  /** For a person. */
  readonly problem: string;
}

/** A cycle has a little longer than its interval before anybody is alarmed. */
const slackMs = 30_000;
/** Servers of documents, repositories and what is looked through for documents have an end before that. */
const readingMs = 10 * 60_000;

/** A cycle that has not come to its end. */
interface Running {
  readonly wall: number;
  /** When it began, or something came in last; monotonic. */
  movedAt: number;
  /** Operations to be called; absent: nobody knows yet. */
  planned?: number;
  settled: number;
  unanswered: number;
}

interface Seen {
  /** When it closed last, or was first waited for. */
  readonly at: number;
  readonly wall: number;
  readonly failure?: { readonly problem: string; readonly since: number };
  /** Something was called. */
  readonly hadChecks?: boolean;
  readonly empty?: { readonly problem: string; readonly since: number };
}

/** Whether cycles close: a patrol that goes on saying that all is well while none does is worse than none. */
export class CycleHealth {
  readonly #clock: Clock;
  readonly #seen = new Map<string, Seen>();
  readonly #running = new Map<string, Running>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** From now on a cycle of these sources, and of no others, is waited for. */
  follow(sources: readonly string[]): void {
    for (const source of this.#seen.keys()) {
      if (sources.includes(source)) continue;
      this.#seen.delete(source);
      this.#running.delete(source);
    }
    for (const source of sources) if (!this.#seen.has(source)) this.closed(source);
  }

  begun(source: string): void {
    const { wall, at: movedAt } = this.#now();
    this.#running.set(source, { wall, movedAt, settled: 0, unanswered: 0 });
  }

  /** The cycle that has begun calls so many operations. */
  planned(source: string, operations: number): void {
    const running = this.#running.get(source);
    if (running !== undefined) running.planned = operations;
  }

  /** Something has come of calling one of them. */
  settled(source: string, { status }: Pick<Result, 'status'>): void {
    const running = this.#running.get(source);
    if (running === undefined) return;
    running.movedAt = this.#clock.monotonic();
    running.settled++;
    if (status === undefined) running.unanswered++;
  }

  /** @param plan What was planned for the cycle; absent: nothing is known of it. */
  closed(source: string, plan?: Pick<Plan, 'checks' | 'skipped'>): void {
    this.#running.delete(source);
    const before = this.#seen.get(source);
    const now = this.#now();
    const hadChecks = before?.hadChecks === true || (plan?.checks.length ?? 0) > 0;
    const isEmpty = hadChecks && plan?.checks.length === 0;
    const empty = isEmpty
      ? { problem: whyNothing(plan), since: before?.empty?.since ?? now.wall }
      : undefined;
    this.#seen.set(source, { ...now, hadChecks, ...(empty === undefined ? {} : { empty }) });
  }

  failed(source: string, error: unknown): void {
    this.#running.delete(source);
    const before = this.#seen.get(source);
    const since = before?.failure?.since ?? this.#clock.now();
    const failure = { problem: messageOf(error), since };
    this.#seen.set(source, { ...this.#now(), ...before, failure });
  }

  /** In the order of the configuration. */
  notPatrolled({ sources }: Pick<Settings, 'sources'>): readonly NotPatrolled[] {
    const now = this.#clock.monotonic();
    return sources.flatMap(({ name: source, intervalMs }): readonly NotPatrolled[] => {
      const seen = this.#seen.get(source);
      if (seen?.failure !== undefined)
        return [{ source, why: 'failed', since: seen.failure.since, problem: seen.failure.problem }];
      if (seen?.empty !== undefined) return [{ source, why: 'empty', ...seen.empty }];
      const patienceMs = 2 * intervalMs + slackMs;
      if (seen === undefined || now - seen.at <= patienceMs) return [];
      const running = this.#running.get(source);
      if (running !== undefined && now - running.movedAt <= patienceFor(running, patienceMs))
        return [{ source, why: 'working', since: running.wall, problem: progressOf(running) }];
      return [{ source, why: 'overdue', since: seen.wall, problem: 'no cycle has closed since then' }];
    });
  }

  #now(): { readonly at: number; readonly wall: number } {
    return { at: this.#clock.monotonic(), wall: this.#clock.now() };
  }
}

/** A document that does not come is a fault of its source, and none of the patrol. */
function patienceFor({ planned }: Running, patienceMs: number): number {
  return planned === undefined ? Math.max(patienceMs, readingMs) : patienceMs;
}

function progressOf({ planned, settled, unanswered }: Running): string {
  if (planned === undefined) return 'its documents are still being read';
  const done = `${settled} of ${planned} operations are done`;
  return unanswered === 0 ? done : `${done}, ${unanswered} of them got no answer`;
}

function whyNothing({ skipped }: Pick<Plan, 'skipped'>): string {
  if (skipped.length === 0) return 'its documents describe no operation any more';
  const byReason = [...groupBy(skipped, ({ reason }) => reason)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  return `none of its ${skipped.length} operations is called any more, most of them because: ${byReason[0]?.[0] ?? ''}`;
}
