import type { Worker } from 'node:worker_threads';
import type { Yielder } from '../../lib/yielder.ts';
import { startThread } from '../../lib/thread.ts';
import type { Check } from '../../model/check.ts';
import type { SchemaPool } from '../../model/document.ts';
import type { Judgement } from '../judge.ts';
import { closureOf } from '../schema/closure.ts';
import type { Reply } from '../http/port.ts';
import { aside } from './bounds.ts';
import type { FromThread, Question, SchemaEntry, ToThread } from './protocol.ts';

const module = new URL('./thread.ts', import.meta.url);

/** Parts of schemas that are sent in one message: more would hold up everything else. */
const nodesAtOnce = 2_000;
/** Documents and checks that a thread keeps; it is replaced when there are more. */
const mostKept = 5_000;

export interface Asked {
  readonly check: Check;
  readonly reply: Reply;
  readonly maxBytes: number;
  readonly now: number;
  readonly known: readonly string[];
}

/** What the thread found; `undefined`: not within the time, or not at all. */
export type Found = { readonly judgement: Judgement; readonly news: readonly string[] } | undefined;

/** One thread and what it has been told. It is asked one thing at a time. */
export class JudgingThread {
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
