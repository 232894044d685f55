import type { Yielder } from '../../lib/yielder.ts';
import type { Check } from '../../model/check.ts';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../../lib/thread.ts';
import type { SchemaPool } from '../../model/document.ts';
import type { Judgement } from '../judge.ts';
import { closureOf } from '../schema/closure.ts';
import type { Reply } from '../http/port.ts';
import { aside, type FromThread, type Question, type SchemaEntry, type ToThread } from './protocol.ts';

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

const module = new URL('./thread.ts', import.meta.url);

/** Parts of schemas that are sent in one message: more would hold up everything else. */
const nodesAtOnce = 2_000;
/** Documents and checks that a thread keeps; it is replaced when there are more. */
const mostKept = 5_000;

interface Asked {
  readonly check: Check;
  readonly reply: Reply;
  readonly maxBytes: number;
  readonly now: number;
  readonly known: readonly string[];
}

/** What the thread found; `undefined`: not within the time, or not at all. */
type Found = { readonly judgement: Judgement; readonly news: readonly string[] } | undefined;

/** One thread and what it has been told. It is asked one thing at a time. */
class JudgingThread {
  /** It has ended, or is beyond control. */
  isOver = false;
  readonly #worker: Worker;
  readonly #tellProblem: (problem: string) => void;
  readonly #ready: Promise<void>;
  readonly #pools = new Map<SchemaPool, { readonly number: number; readonly refs: Set<string> }>();
  readonly #checks = new WeakMap<Check, number>();
  #checkCount = 0;
  #questions = 0;

  /** @param tell Told of what is a fault of ours. */
  constructor(tell: (problem: string) => void) {
    this.#tellProblem = tell;
    this.#worker = startThread(module, aside.memoryMb);
    this.#ready = new Promise((resolve) => {
      this.#worker.once('message', () => resolve());
      this.#worker.once('exit', () => {
        this.isOver = true;
        resolve();
      });
    });
    this.#worker.on('error', () => (this.isOver = true));
    this.#worker.unref();
  }

  /** Told too much to be kept any longer. */
  get isFull(): boolean {
    return this.#checkCount > mostKept;
  }

  async ask(asked: Asked, breathe: Yielder): Promise<Found> {
    this.#worker.ref();
    try {
      await this.#ready;
      const pool = await this.#tellSchemas(asked.check, breathe);
      if (pool === undefined || this.isOver) return undefined;
      return await this.#answerTo(this.#question(asked, pool));
    } finally {
      if (!this.isOver) this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    this.isOver = true;
    await this.#worker.terminate();
  }

  /** Sends what the thread does not have yet of all that the check's schemas lead to; gives its document's number. */
  async #tellSchemas({ promises, schemas }: Check, breathe: Yielder): Promise<number | undefined> {
    const roots = promises.flatMap(({ schema }) => (schema === undefined ? [] : [schema]));
    const closure = closureOf(roots, schemas, aside.nodes);
    if (closure === undefined) return undefined;
    const told = this.#pools.get(schemas) ?? { number: this.#pools.size, refs: new Set() };
    this.#pools.set(schemas, told);
    let part: SchemaEntry[] = [];
    let nodes = 0;
    const send = async (): Promise<void> => {
      if (part.length > 0) this.#tell({ kind: 'schemas', pool: told.number, entries: part });
      [part, nodes] = [[], 0];
      await breathe();
    };
    for (const ref of closure.refs) {
      const schema = schemas[ref];
      if (schema === undefined || told.refs.has(ref)) continue;
      told.refs.add(ref);
      part.push([ref, schema]);
      nodes += closureOf([schema], {}, nodesAtOnce)?.nodes ?? nodesAtOnce;
      if (nodes >= nodesAtOnce) await send();
    }
    await send();
    return told.number;
  }

  #question({ check, reply, maxBytes, now, known }: Asked, pool: number): Question {
    const key = this.#checks.get(check);
    this.#questions++;
    const question = { kind: 'judge', number: this.#questions, pool, maxBytes, now, known } as const;
    const sent = copyOf(reply);
    if (key !== undefined) return { ...question, check: { key }, reply: sent };
    this.#checkCount++;
    this.#checks.set(check, this.#checkCount);
    return { ...question, check: { key: this.#checkCount, value: { ...check, schemas: {} } }, reply: sent };
  }

  #answerTo(question: Question): Promise<Found> {
    return new Promise((resolve) => {
      const end = (found: Found, isOver: boolean): void => {
        clearTimeout(timer);
        this.#worker.off('message', hear);
        this.#worker.off('exit', ended);
        this.isOver ||= isOver;
        resolve(found);
      };
      const hear = (message: FromThread): void => {
        if (message.kind === 'judged' && message.number === question.number) end(message, false);
        if (message.kind !== 'broken') return;
        this.#tellProblem(message.message);
        end(undefined, true);
      };
      const ended = (): void => end(undefined, true);
      const timer = setTimeout(() => end(undefined, true), aside.judgeMs);
      this.#worker.on('message', hear);
      this.#worker.on('exit', ended);
      this.#tell(question);
    });
  }

  #tell(message: ToThread): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
    this.#worker.postMessage(message);
  }
}

/** A view of a shared slab would take the whole slab along. */
function copyOf(reply: Reply): Reply {
  return {
    ...reply,
    body: Uint8Array.from(reply.body) as Buffer,
    rawHeaders: reply.rawHeaders.map((bytes) => Uint8Array.from(bytes)),
  };
}
