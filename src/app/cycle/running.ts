import type { Round } from '../../incidents/observation.ts';
import type { UnreadableDocument } from '../../model/document.ts';
import { type Result, shiftResult } from '../../model/result.ts';

/** What a cycle found that closed longer ago than this says nothing of what happens now. */
const freshMs = 60_000;

/**
 * A check is about to be called or has just been; its answer does not come, or did not in time and it is called again; or it
 * was answered wrongly and is called again before that counts.
 */
export type UnderWay = 'called' | 'hangs' | 'confirmed';

/** A cycle that has begun and not closed. */
export interface Running {
  /** Counted over all cycles in the order in which they begin. */
  readonly no: number;
  round: Round;
  /** Checks that were due and are still being called by a cycle before. */
  readonly heldUp: ReadonlySet<string>;
  /** What its documents were found to be like; absent: nobody has looked at them since the last cycle. */
  readonly unreadable?: readonly UnreadableDocument[];
  /** What has been judged while the cycle goes on, as it counts, by check id. */
  readonly judged: Map<string, Result>;
}

/** The calls that go on or have just ended, as `Evidence` has them. */
export interface Rounds {
  readonly rounds: ReadonlyMap<string, Round>;
  readonly heldUp: ReadonlySet<string>;
}

/**
 * The cycles that go on, by service, and the last one of each that has closed. The next one of a service begins while calls
 * of the one before hang or are to be confirmed.
 */
export class RunningCycles {
  /** The oldest first. */
  readonly #running = new Map<string, Set<Running>>();
  readonly #closed = new Map<string, Running>();

  begin(services: readonly string[], cycle: Running): void {
    for (const service of services)
      this.#running.set(service, new Set([...(this.#running.get(service) ?? []), cycle]));
  }

  end(services: readonly string[], cycle: Running): void {
    for (const service of services) {
      const running = this.#running.get(service);
      if (running?.delete(cycle) !== true) continue;
      this.#closed.set(service, cycle);
      if (running.size === 0) this.#running.delete(service);
    }
  }

  /** Its cycles that have closed say nothing any more. */
  forget(service: string): void {
    this.#closed.delete(service);
  }

  isRunning(service: string): boolean {
    return this.#running.has(service);
  }

  has(service: string, cycle: Running): boolean {
    return this.#running.get(service)?.has(cycle) === true;
  }

  /** By service, the latest that has begun and not closed. */
  latest(): ReadonlyMap<string, Running> {
    return new Map(
      [...this.#running].flatMap(([service, cycles]): [string, Running][] =>
        [...cycles].slice(-1).map((cycle) => [service, cycle]),
      ),
    );
  }

  redate(redating: Redating): void {
    for (const cycle of this.#all()) {
      cycle.round = redating.round(cycle.round);
      for (const [id, result] of cycle.judged) cycle.judged.set(id, redating.result(result));
    }
  }

  /** Of those of a service that go on the oldest counts: what it has found and the others have not called is no older. */
  rounds(now: number): Rounds {
    const closed = [...this.#closed].map(([service, { round }]): [string, Round] => [
      service,
      { ...round, startedAt: Math.max(round.startedAt, now - freshMs) },
    ]);
    const running = [...this.#running].flatMap(([service, cycles]) =>
      [...cycles].slice(0, 1).map(({ round }): [string, Round] => [service, round]),
    );
    return {
      rounds: new Map([...closed, ...running]),
      heldUp: new Set(this.#all().flatMap(({ heldUp }) => [...heldUp])),
    };
  }

  #all(): readonly Running[] {
    return [...this.#closed.values(), ...[...this.#running.values()].flatMap((cycles) => [...cycles])];
  }
}

/**
 * What was dated by the wall clock before it was set on by `ms` and showed `now`, as it would have been dated since. What is
 * nearer to the time of now than to that of before was dated afterwards.
 */
export class Redating {
  readonly #ms: number;
  readonly #now: number;

  constructor(ms: number, now: number) {
    this.#ms = ms;
    this.#now = now;
  }

  result(result: Result): Result {
    return this.#isOld(result.at) ? shiftResult(result, this.#ms) : result;
  }

  round(round: Round): Round {
    return this.#isOld(round.startedAt) ? { ...round, startedAt: round.startedAt + this.#ms } : round;
  }

  #isOld(at: number): boolean {
    return Math.abs(this.#now - at) > Math.abs(this.#ms) / 2;
  }
}
