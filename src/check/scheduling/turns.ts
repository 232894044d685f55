import type { CheckJob, Run } from './run.ts';

/** Jobs of one service and one run, in the order of their starts. */
interface Line {
  readonly service: string;
  readonly run: Run;
  jobs: CheckJob[];
  /** Where the first of those stands that have not been taken. */
  head: number;
  /** Which turn it had last. */
  turn: number;
}

/**
 * Jobs that wait for their first call of one origin. Services take turns, a start each, so that a service of ten thousand
 * operations does not keep another one of the same host from its three; nor does its cycle keep a look at what is wrong with
 * it waiting for a whole round.
 */
export class Turns {
  readonly #lines = new Set<Line>();
  #turn = 0;

  get isEmpty(): boolean {
    return this.#lines.size === 0;
  }

  /** Jobs that may be due later wait behind those that are due before, and what hung the last time behind the others. */
  add(service: string, run: Run, jobs: readonly CheckJob[]): void {
    const line = [...this.#lines].find((one) => one.service === service && one.run === run) ?? {
      service,
      run,
      jobs: [],
      head: 0,
      turn: 0,
    };
    line.jobs = [...waitingIn(line), ...jobs];
    line.head = 0;
    line.jobs.sort((a, b) => a.startAt - b.startAt || Number(a.hasHung) - Number(b.hasHung));
    this.#lines.add(line);
  }

  /** Whether something of another service is due. */
  hasOther(service: string, now: number): boolean {
    return [...this.#lines].some(
      (line) => line.service !== service && (line.jobs[line.head]?.startAt ?? Infinity) <= now,
    );
  }

  /**
   * The next one that is due.
   *
   * @param but A service whose turn it is not.
   */
  take(now: number, but?: string): CheckJob | undefined {
    let next: Line | undefined;
    for (const line of this.#lines) {
      const isDue = line.service !== but && (line.jobs[line.head]?.startAt ?? Infinity) <= now;
      if (isDue && (next === undefined || line.turn < next.turn)) next = line;
    }
    const job = next?.jobs[next.head];
    if (next === undefined || job === undefined) return undefined;
    next.head++;
    next.turn = ++this.#turn;
    if (next.head === next.jobs.length) this.#lines.delete(next);
    else if (next.head > 1024 && next.head * 2 > next.jobs.length)
      [next.jobs, next.head] = [waitingIn(next), 0];
    return job;
  }

  /** The earliest of those that are free to go. */
  first(isFree: (job: CheckJob) => boolean): CheckJob | undefined {
    let first: CheckJob | undefined;
    for (const line of this.#lines) {
      const own = line.jobs.find((job, index) => index >= line.head && isFree(job));
      if (own !== undefined && (first === undefined || own.startAt < first.startAt)) first = own;
    }
    return first;
  }

  /** All of them, service by service. */
  all(): readonly CheckJob[] {
    return [...this.#lines].flatMap(waitingIn);
  }

  remove(gone: ReadonlySet<CheckJob>): void {
    for (const line of this.#lines) {
      line.jobs = waitingIn(line).filter((job) => !gone.has(job));
      line.head = 0;
      if (line.jobs.length === 0) this.#lines.delete(line);
    }
  }
}

function waitingIn({ jobs, head }: Line): CheckJob[] {
  return jobs.slice(head);
}
