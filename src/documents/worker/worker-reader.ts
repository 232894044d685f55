import type { Sentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Worker } from 'node:worker_threads';
import { Semaphore } from '../../lib/limits.ts';
import { messageOf } from '../../lib/errors.ts';
import { startThread } from '../../lib/thread.ts';
import type { Problem } from '../../model/problem.ts';
import type { Format } from '../formats/format.ts';
import { limits } from '../limits.ts';
import type { RawBytes } from '../text/raw-document.ts';
import { type FileAccess, parserOfNone, readDocument, type ReadOutcome } from '../read.ts';
import { Assembly, type FromWorker, type ToWorker } from './protocol.ts';
import { fileComplaint, fileHint } from '../../messages/syntax.ts';

/** Documents that are larger, with all their files, are read on another thread; YAML takes thirty times as long as JSON. */
export interface OwnThread {
  readonly jsonBytes: number;
  readonly otherBytes: number;
}

/** Beside running checks: what is smaller is read in a few milliseconds, whatever it holds. */
const besideOthers: OwnThread = { jsonBytes: 16 * 1024, otherBytes: 2 * 1024 };

/** When nothing else is going on: a thread takes longer to start than it takes to read these. */
export const nobodyElse: OwnThread = { jsonBytes: 256 * 1024, otherBytes: 48 * 1024 };

/** Threads that read at once. */
const maxThreads = 2;
/** An idle one is kept so long: to start another takes more than a second of CPU, and services are read one after the other. */
const idleMs = 30_000;
const threadMemoryMb = 2048;
const thread = new URL('./thread.ts', import.meta.url);

export interface DocumentReader {
  read(raw: RawBytes, files: FileAccess, signal: AbortSignal): Promise<ReadOutcome>;
  /** Ends the threads; a later `read` starts new ones. */
  close(): Promise<void>;
}

/**
 * Reads small documents at once and large ones on a thread of their own, so that no document holds up running
 * checks, and one that never ends or eats all memory takes only its thread with it. No thread waits for a server.
 */
export function createReader(formats: readonly Format[], ownThread = besideOthers): DocumentReader {
  /** With what ends each of them. */
  const idle = new Map<Worker, NodeJS.Timeout>();
  const places = new Semaphore(maxThreads);
  const onThread = async (raw: RawBytes, files: FileAccess, withinMs: number, signal: AbortSignal) => {
    const leave = await places.acquire();
    const began = performance.now();
    const worker = takeIdle(idle) ?? startThread(thread, threadMemoryMb);
    worker.ref();
    const job = new ReadJob(worker, raw, files, formats);
    const outcome = await job.run(withinMs, signal);
    if (job.broken) await worker.terminate();
    else keep(worker, idle);
    leave();
    return { outcome, tookMs: performance.now() - began };
  };
  return {
    async read(raw, files, signal) {
      if (share(raw, ownThread) <= 1) {
        const small = new SmallFiles(files, raw, ownThread);
        const outcome = await readDocument(raw, formats, small, signal);
        if (!small.exceeded) return outcome;
      }
      if (files.isRemote !== true) return (await onThread(raw, files, limits.readMs, signal)).outcome;
      const atHand = new FilesAtHand(files);
      let restMs: number = limits.readMs;
      for (;;) {
        const { outcome, tookMs } = await onThread(raw, atHand, restMs, signal);
        restMs = Math.max(0, restMs - tookMs);
        if (outcome.kind === 'interrupted' || !(await atHand.more())) return outcome;
      }
    },
    async close() {
      await Promise.all([...idle.keys()].map((worker) => worker.terminate()));
      for (const ending of idle.values()) clearTimeout(ending);
      idle.clear();
    },
  };
}

/** How much of what may be read on the caller's own thread it is. */
function share({ bytes }: RawBytes, { jsonBytes, otherBytes }: OwnThread): number {
  const first = bytes.find((byte) => byte > 0x20);
  const isJson = first === 0x7b || first === 0x5b || first === 0xef;
  return bytes.length / (isJson ? jsonBytes : otherBytes);
}

/** The files that a small document refers to, as long as all of them together are small. */
class SmallFiles implements FileAccess {
  readonly #files: FileAccess;
  readonly #ownThread: OwnThread;
  readonly #seen: Set<string>;
  #share: number;

  constructor(files: FileAccess, entry: RawBytes, ownThread: OwnThread) {
    this.#files = files;
    this.#ownThread = ownThread;
    this.#seen = new Set([entry.uri]);
    this.#share = share(entry, ownThread);
  }

  get exceeded(): boolean {
    return this.#share > 1;
  }

  async load(reference: string, from: string): Promise<RawBytes | Problem> {
    const loaded = this.exceeded ? tooMuch(from) : await this.#files.load(reference, from);
    if ('level' in loaded || this.#seen.has(loaded.uri)) return loaded;
    this.#seen.add(loaded.uri);
    this.#share += share(loaded, this.#ownThread);
    return this.exceeded ? tooMuch(from) : loaded;
  }

  list(glob: string, from: string): Promise<readonly string[]> {
    return this.#files.list(glob, from);
  }
}

/** Ends a reading that is begun anew on another thread: nobody sees it. */
function tooMuch(file: string): Problem {
  return { level: 'error', code: 'too-large-here', message: '', file };
}

function keep(worker: Worker, idle: Map<Worker, NodeJS.Timeout>): void {
  worker.unref();
  const end = (): void => {
    if (idle.delete(worker)) void worker.terminate();
  };
  idle.set(worker, setTimeout(end, idleMs).unref());
}

function takeIdle(idle: Map<Worker, NodeJS.Timeout>): Worker | undefined {
  const [first] = idle;
  if (first === undefined) return undefined;
  const [worker, ending] = first;
  clearTimeout(ending);
  idle.delete(worker);
  return worker;
}

/** One document on one thread. */
class ReadJob {
  /** The thread has ended or is beyond control. */
  broken = false;
  readonly #worker: Worker;
  readonly #raw: RawBytes;
  readonly #files: FileAccess;
  readonly #formats: readonly Format[];
  readonly #assembly = new Assembly();

  constructor(worker: Worker, raw: RawBytes, files: FileAccess, formats: readonly Format[]) {
    this.#worker = worker;
    this.#raw = raw;
    this.#files = files;
    this.#formats = formats;
  }

  run(withinMs: number, signal: AbortSignal): Promise<ReadOutcome> {
    const worker = this.#worker;
    return new Promise((resolve) => {
      const end = (outcome: ReadOutcome): void => {
        clearTimeout(timer);
        worker.off('message', hear);
        worker.off('error', broke);
        worker.off('exit', ended);
        signal.removeEventListener('abort', abort);
        resolve(outcome);
      };
      const give = (outcome: ReadOutcome): void => {
        this.broken = true;
        end(outcome);
      };
      const hear = (message: FromWorker): void => this.#handle(message, end);
      const broke = (error: Error): void => give(this.#failed(error));
      const ended = (): void => give(this.#interrupted('reader-failed', sentence('threadEnded')));
      const abort = (): void => give(this.#interrupted('aborted', sentence('notReadToItsEnd')));
      const timer = setTimeout(() => give(this.#interrupted('too-slow', tooSlow)), withinMs);
      worker.on('message', hear);
      worker.on('error', broke);
      worker.on('exit', ended);
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) abort();
      else this.#tell({ kind: 'read', raw: this.#raw });
    });
  }

  #tell(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
    this.#worker.postMessage(message);
  }

  #handle(message: FromWorker, end: (outcome: ReadOutcome) => void): void {
    switch (message.kind) {
      case 'call':
        void this.#answer(message);
        return;
      case 'pieces':
        this.#assembly.take(message.json);
        setImmediate(() => this.#tell({ kind: 'more' }));
        return;
      case 'outcome':
        end(this.#complete(JSON.parse(message.json) as ReadOutcome));
        return;
    }
  }

  async #answer({ call, method, reference, from }: Extract<FromWorker, { kind: 'call' }>): Promise<void> {
    const value = await this.#files[method](reference, from).catch(
      (error: unknown): Problem => unreadable(error, reference),
    );
    this.#tell({ kind: 'answer', call, value });
  }

  #complete(outcome: ReadOutcome): ReadOutcome {
    if (outcome.kind !== 'read') return outcome;
    const { operations, schemas } = this.#assembly;
    return { ...outcome, document: { ...outcome.document, operations, schemas } };
  }

  #failed(error: Error): ReadOutcome {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') {
      return this.#interrupted('reader-failed', sentence('couldNotBeRead', { why: messageOf(error) }));
    }
    const message = sentence('needsMoreMemory', { n: threadMemoryMb });
    return {
      kind: 'refused',
      parser: parserOfNone(this.#formats),
      problem: this.#problem('too-large', message),
    };
  }

  #interrupted(code: string, message: Sentence): ReadOutcome {
    return { kind: 'interrupted', problem: this.#problem(code, message) };
  }

  #problem(code: string, message: Sentence): Problem {
    return { level: 'error', code, message, file: this.#raw.uri };
  }
}

const tooSlow = sentence('notReadWithin', { seconds: limits.readMs / 1000 });

/**
 * The files of a document on a server, for a reading that waits for none of them: what has not come yet is asked for, and the
 * reading begun anew once it is there.
 */
class FilesAtHand implements FileAccess {
  readonly #files: FileAccess;
  readonly #here = new Map<string, RawBytes | Problem>();
  readonly #coming = new Map<string, Promise<void>>();

  constructor(files: FileAccess) {
    this.#files = files;
  }

  load(reference: string, from: string): Promise<RawBytes | Problem> {
    const key = JSON.stringify([reference, from]);
    const here = this.#here.get(key);
    if (here !== undefined) return Promise.resolve(here);
    if (!this.#coming.has(key)) this.#coming.set(key, this.#ask(key, reference, from));
    return Promise.resolve(notHereYet(reference));
  }

  list(glob: string, from: string): Promise<readonly string[]> {
    return this.#files.list(glob, from);
  }

  /** Whether there is more at hand than there was when the reading began; resolves when all it asked for has come. */
  async more(): Promise<boolean> {
    const coming = [...this.#coming.values()];
    await Promise.all(coming);
    this.#coming.clear();
    return coming.length > 0;
  }

  async #ask(key: string, reference: string, from: string): Promise<void> {
    try {
      this.#here.set(key, await this.#files.load(reference, from));
    } catch (error) {
      this.#here.set(key, unreadable(error, reference));
    }
  }
}

/** Ends a reading that is begun anew: nobody sees it. */
function notHereYet(file: string): Problem {
  return { level: 'error', code: 'not-here-yet', message: '', file };
}

function unreadable(error: unknown, file: string): Problem {
  return {
    level: 'error',
    code: 'file-unreadable',
    message: sentence('notReadable', { why: fileComplaint(error) }),
    file,
    hint: fileHint(error),
  };
}
