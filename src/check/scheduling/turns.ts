import type { CheckJob } from './run.ts';

/** Jobs of one service, in the order of their starts. */
interface Line {
  jobs: CheckJob[];
  /** Where the first of those stands that have not been taken. */
  head: number;
  /** Which turn it had last. */
  turn: number;
}

/**
 * Jobs that wait for their first call of one origin. Services take turns, a start each, so that a service of ten thousand
 * operations does not keep another one of the same host from its three.
 */
export class Turns {
  readonly #lines = new Map<string, Line>();
  #turn = 0;

  get isEmpty(): boolean {
    return this.#lines.size === 0;
  }

  /** Jobs that may be due later wait behind those that are due before, and what hung the last time behind the others. */
  add(service: string, jobs: readonly CheckJob[]): void {
    const line = this.#lines.get(service);
    const all = [...(line === undefined ? [] : waitingIn(line)), ...jobs];
    all.sort((a, b) => a.startAt - b.startAt || Number(a.hasHung) - Number(b.hasHung));
    this.#lines.set(service, { jobs: all, head: 0, turn: line?.turn ?? 0 });
  }

  /** Whether something of another service is due. */
  hasOther(service: string, now: number): boolean {
    return [...this.#lines].some(
      ([name, line]) => name !== service && (line.jobs[line.head]?.startAt ?? Infinity) <= now,
    );
  }

  /**
   * The next one that is due.
   *
   * @param but A service whose turn it is not.
   */
  take(now: number, but?: string): CheckJob | undefined {
    let [next, service]: [Line | undefined, string] = [undefined, ''];
    for (const [name, line] of this.#lines) {
      const isDue = name !== but && (line.jobs[line.head]?.startAt ?? Infinity) <= now;
      if (isDue && (next === undefined || line.turn < next.turn)) [next, service] = [line, name];
    }
    const job = next?.jobs[next.head];
    if (next === undefined || job === undefined) return undefined;
    next.head++;
    next.turn = ++this.#turn;
    if (next.head === next.jobs.length) this.#lines.delete(service);
    else if (next.head > 1024 && next.head * 2 > next.jobs.length)
      [next.jobs, next.head] = [waitingIn(next), 0];
    return job;
  }

  /** The earliest of those that are free to go. */
  first(isFree: (job: CheckJob) => boolean): CheckJob | undefined {
    let first: CheckJob | undefined;
    for (const line of this.#lines.values()) {
      const own = line.jobs.find((job, index) => index >= line.head && isFree(job));
      if (own !== undefined && (first === undefined || own.startAt < first.startAt)) first = own;
    }
    return first;
  }

  /** All of them, service by service. */
  all(): readonly CheckJob[] {
    return [...this.#lines.values()].flatMap(waitingIn);
  }

  remove(gone: ReadonlySet<CheckJob>): void {
    for (const [service, line] of this.#lines) {
      const jobs = waitingIn(line).filter((job) => !gone.has(job));
      if (jobs.length === 0) this.#lines.delete(service);
      else this.#lines.set(service, { ...line, jobs, head: 0 });
    }
  }
}

function waitingIn({ jobs, head }: Line): CheckJob[] {
  return jobs.slice(head);
}
