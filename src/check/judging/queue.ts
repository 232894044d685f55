import type { Yielder } from '../../lib/yielder.ts';
import type { Check } from '../../model/check.ts';
import { type Asked, type Found, JudgingThread } from './judging-thread.ts';

const maxThreads = 2;
const idleMs = 30_000;

/** An answer that was too much even so is not tried again for this long, twice as long each time. */
const pauseMs = 10 * 60_000;
const longestPauseMs = 24 * 3_600_000;
/** As many in a row, and the service's other large answers wait as well: each of them may cost the whole time. */
const mostInARow = 2;
const servicePauseMs = 2 * 60_000;

interface Waiting {
  readonly asked: Asked;
  readonly resolve: (found: Found) => void;
}

/** How often something was too much, and until when it is left alone (monotonic). */
interface Trouble {
  readonly times: number;
  readonly until: number;
}

/**
 * Hands answers to the judging threads. One of a service at a time, the services in turn: whoever sends what takes
 * long waits for it alone.
 */
export class Queue {
  readonly #monotonic: () => number;
  readonly #breathe: Yielder;
  readonly #tellProblem: (problem: string) => void;
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #busy = new Set<string>();
  readonly #idle = new Set<JudgingThread>();
  readonly #threads = new Set<JudgingThread>();
  readonly #ofChecks = new WeakMap<Check, Trouble>();
  readonly #ofServices = new Map<string, Trouble>();

  constructor(monotonic: () => number, breathe: Yielder, tellProblem: (problem: string) => void) {
    this.#tellProblem = tellProblem;
    this.#monotonic = monotonic;
    this.#breathe = breathe;
  }

  /** `undefined`: it takes too much work, or there is no time left. */
  judge(asked: Asked, signal: AbortSignal): Promise<Found> {
    if (signal.aborted || this.#isLeftAlone(asked.check)) return Promise.resolve(undefined);
    const { service } = asked.check;
    return new Promise((resolve) => {
      const give = (found: Found): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(found);
      };
      const one: Waiting = { asked, resolve: give };
      const giveUp = (): void => {
        const queue = this.#waiting.get(service) ?? [];
        this.#waiting.set(
          service,
          queue.filter((other) => other !== one),
        );
        resolve(undefined);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.set(service, [...(this.#waiting.get(service) ?? []), one]);
      this.#next();
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.end()));
    this.#threads.clear();
    this.#idle.clear();
  }

  #isLeftAlone(check: Check): boolean {
    const now = this.#monotonic();
    const service = this.#ofServices.get(check.service);
    return (
      (this.#ofChecks.get(check)?.until ?? -Infinity) > now ||
      (service !== undefined && service.times >= mostInARow && service.until > now)
    );
  }

  #next(): void {
    while (this.#busy.size < maxThreads) {
      const service = [...this.#waiting.keys()].find((name) => !this.#busy.has(name));
      const [first, ...rest] = service === undefined ? [] : (this.#waiting.get(service) ?? []);
      if (service === undefined) return;
      // Behind the others: its turn comes again after theirs.
      this.#waiting.delete(service);
      if (first === undefined) continue;
      if (rest.length > 0) this.#waiting.set(service, rest);
      this.#busy.add(service);
      void this.#serve(first).then(() => {
        this.#busy.delete(service);
        this.#next();
      });
    }
  }

  async #serve({ asked, resolve }: Waiting): Promise<void> {
    if (this.#isLeftAlone(asked.check)) return resolve(undefined);
    const thread = this.#take();
    const found = await thread.ask(asked, this.#breathe);
    this.#note(asked.check, found);
    resolve(found);
    await this.#giveBack(thread);
  }

  #note(check: Check, found: Found): void {
    const { service } = check;
    if (found !== undefined) {
      this.#ofChecks.delete(check);
      this.#ofServices.delete(service);
      return;
    }
    const now = this.#monotonic();
    const times = (this.#ofChecks.get(check)?.times ?? 0) + 1;
    this.#ofChecks.set(check, { times, until: now + Math.min(longestPauseMs, pauseMs * 2 ** (times - 1)) });
    const inARow = (this.#ofServices.get(service)?.times ?? 0) + 1;
    this.#ofServices.set(service, { times: inARow, until: now + servicePauseMs });
  }

  #take(): JudgingThread {
    const [idle] = this.#idle;
    if (idle !== undefined) {
      this.#idle.delete(idle);
      return idle;
    }
    const thread = new JudgingThread(this.#tellProblem);
    this.#threads.add(thread);
    return thread;
  }

  async #giveBack(thread: JudgingThread): Promise<void> {
    if (thread.isOver || thread.isFull) return this.#drop(thread);
    this.#idle.add(thread);
    setTimeout(() => {
      if (this.#idle.delete(thread)) void this.#drop(thread);
    }, idleMs).unref();
  }

  async #drop(thread: JudgingThread): Promise<void> {
    this.#threads.delete(thread);
    await thread.end();
  }
}
