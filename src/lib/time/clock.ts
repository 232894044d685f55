import { setTimeout as delay } from 'node:timers/promises';

/** Time as the program sees it; handed in everywhere so that tests own it. */
export interface Clock {
  /** Wall clock, epoch ms. May jump. */
  now(): number;
  /** Never jumps; ms with fractions, from an origin that the processes of a machine share until it starts anew. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when `signal` aborts: callers look at the signal, nothing throws. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Runs `work` once after `ms` unless the returned function is called before; cheaper than a promise. */
  after(ms: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic() {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + nanoseconds / 1e6;
  },
  async sleep(ms, signal) {
    if (signal?.aborted === true) return;
    const nextMs = Math.min(longestTimerMs, wholeMs(ms));
    await delay(nextMs, undefined, { signal }).catch(() => undefined);
    if (ms > longestTimerMs) await systemClock.sleep(ms - longestTimerMs, signal);
  },
  after(ms, work) {
    let timer: NodeJS.Timeout;
    const arm = (left: number): void => {
      const next = left > longestTimerMs ? () => arm(left - longestTimerMs) : work;
      timer = setTimeout(next, Math.min(longestTimerMs, wholeMs(left)));
    };
    arm(ms);
    return () => clearTimeout(timer);
  },
};

/** A timer that is to take longer goes off at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Timers count whole milliseconds, at least one, and so go off up to one before their time. */
function wholeMs(ms: number): number {
  return Math.max(1, Math.trunc(ms));
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until told to move; wakes sleepers in order of their due time. */
export class ManualClock implements Clock {
  #wall: number;
  /** Its origin is arbitrary and no whole number, as that of a process. */
  #monotonic = 8.613;
  #sleepers: Sleeper[] = [];

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#wall = start;
  }

  now(): number {
    return Math.floor(this.#wall);
  }

  monotonic(): number {
    return this.#monotonic;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const leave = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        resolve();
      };
      const wake = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const sleeper: Sleeper = { at: this.#monotonic + wholeMs(ms), wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  after(ms: number, work: () => void): () => void {
    const sleeper: Sleeper = { at: this.#monotonic + wholeMs(ms), wake: work };
    this.#sleepers.push(sleeper);
    return () => {
      this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
    };
  }

  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** Moves both clocks on and lets everything that was woken run before it resolves. */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    for (;;) {
      await settle();
      const next = this.#sleepers.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.#move(next.at - this.#monotonic);
      this.#sleepers = this.#sleepers.filter((other) => other !== next);
      next.wake();
    }
    this.#move(end - this.#monotonic);
    await settle();
  }

  /** Moves the wall clock alone, as an operator or NTP would. */
  jump(ms: number): void {
    this.#wall += ms;
  }

  /** Both clocks go on while the process stands still: nobody who sleeps is woken in time. */
  standStill(ms: number): void {
    this.#move(ms);
  }

  #move(ms: number): void {
    this.#wall += ms;
    this.#monotonic += ms;
  }
}

/** Lets promise chains and immediates run dry. */
async function settle(): Promise<void> {
  for (let round = 0; round < 5; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** The time of day alone. */
export type WallClock = Pick<Clock, 'now'>;

/** Writes times (epoch ms) as a wall clock of the zone (IANA name) shows them: `2026-11-24 08:15:03`. */
export function wallTime(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (at) => format.format(at);
}
