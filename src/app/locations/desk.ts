import { createHash, randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import type { z } from 'zod';
import type { TokenManager } from '../../auth/manager.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { whicheverEnds } from '../../lib/time/deadline.ts';
import { Semaphore } from '../../lib/limits.ts';
import { SaidError } from '../../messages/said-error.ts';
import { sentence } from '../../messages/sentence.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Settings } from '../../model/settings.ts';
import { isObject } from '../../model/json.ts';
import type { JoinRefusal, StoredWorker, TakenBatch, WorkStore } from '../../work/ports.ts';
import { type AtRest, isPublicKey, sealFor } from '../../work/sealing.ts';
import {
  type aliveAnswer,
  type aliveRequest,
  type joinAnswer,
  type joinRequest,
  type leaseAnswer,
  leaseMs,
  type leaseRequest,
  longPollMs,
  mayWorkTogether,
  type Order,
  type partRequest,
  type rejectedRequest,
  type releaseRequest,
  type Signed,
  type signRequest,
  withOwnBody,
  withTextBody,
} from '../../work/wire.ts';

/** How often somebody who waits looks whether there is a batch that another server has put, or given back. */
const lookMs = 1000;
/** The same where batches are put: what another server has given back can wait for longer. */
const lookAtOwnMs = 3000;
/** What a worker may hold is asked of the database once in so long. */
const heldKnownMs = 3000;

/** A worker is refused; `status` of HTTP. */
export class WorkerRefusal extends SaidError {
  readonly status: number;
  readonly hint: Sentence;

  constructor(status: number, said: Sentence, hint: Sentence) {
    super(said);
    this.name = 'WorkerRefusal';
    this.status = status;
    this.hint = hint;
  }
}

/** Puts credentials on requests. Rejects when nobody can at the moment. */
export interface Signer {
  authorize(credential: string, request: OutgoingRequest, signal: AbortSignal): Promise<Signed>;
  /** `headers`: of the answer that refused the token, by lower-case name. */
  rejected(
    credential: string,
    generation: number,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<boolean | 'later'>;
  clientCertificate(credential: string): Promise<OutgoingRequest['tls']>;
}

export function signerOf(tokens: Pick<TokenManager, 'authorize' | 'rejected' | 'clientCertificate'>): Signer {
  return {
    authorize: (credential, request, signal) => tokens.authorize(credential, request, signal),
    rejected: (credential, generation, headers, signal) =>
      tokens.rejected(credential, generation, signal, (name) => headers[name]),
    clientCertificate: async (credential) => tokens.clientCertificate(credential),
  };
}

export interface DeskOptions {
  readonly work: WorkStore;
  readonly atRest: AtRest;
  readonly signer: Signer;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly version: string;
  /** Results have come. */
  readonly wake: () => void;
  /** Batches are put by this process, which nudges. */
  readonly isPutHere: () => boolean;
}

/** Where workers ask for work, and bring what came of it: any server of the patrol has one. */
export class Desk {
  readonly #options: DeskOptions;
  /** At each location one looks at a time; the others wait behind it. */
  readonly #queues = new Map<string, Semaphore>();
  readonly #held = new Map<string, { readonly at: number; readonly held: ReturnType<WorkStore['held']> }>();

  #nudge = new AbortController();
  #isStopping = false;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** Whoever waits asks another server. */
  stop(): void {
    this.#isStopping = true;
    this.nudge();
  }

  /** There is a batch by what this process did: whoever waits looks at once. */
  nudge(): void {
    this.#nudge.abort();
    this.#nudge = new AbortController();
  }

  async join(asked: z.output<typeof joinRequest>): Promise<z.input<typeof joinAnswer>> {
    const { work, clock } = this.#options;
    this.#requireVersion(asked.version);
    this.#requireLocation(asked.location);
    const key = asked.publicKey as unknown as JWK;
    if (!isPublicKey(key))
      throw new WorkerRefusal(422, sentence('workerKeyUnusable'), sentence('joinWithProgram'));
    const id = randomBytes(9).toString('base64url');
    const secret = randomBytes(32).toString('base64url');
    const { location, name, version } = asked;
    const publicKey = JSON.stringify(key);
    const refusal = await work.join(hashOf(asked.token), {
      id,
      location,
      name,
      version,
      publicKey,
      secretHash: hashOf(secret),
      joinedAt: clock.now(),
    });
    if (refusal !== undefined) throw joinRefused(refusal, location);
    return { id, sealed: await sealFor(publicKey, { secret }) };
  }

  /** Who asks, by the token that it sends along. */
  async workerOf(bearer: string | undefined): Promise<StoredWorker> {
    const [id = '', secret = ''] = (bearer ?? '').split('.');
    const found = bearer === undefined ? undefined : await this.#options.work.worker(id, hashOf(secret));
    if (found === undefined) throw new WorkerRefusal(401, sentence('workerUnknown'), sentence('joinAnew'));
    return found;
  }

  /** Waits for a batch; absent: there was none for a while. */
  async lease(
    worker: StoredWorker,
    { location, version, at }: z.output<typeof leaseRequest>,
    signal: AbortSignal,
  ): Promise<z.input<typeof leaseAnswer> | undefined> {
    const { work, clock } = this.#options;
    this.#requireVersion(version);
    if (location !== worker.location)
      throw new WorkerRefusal(
        403,
        sentence('workerOfOther', { own: worker.location, location }),
        sentence('joinThere', { location }),
      );
    this.#requireLocation(location);
    await work.seen(worker.id, { at: clock.now(), skewMs: at - clock.now(), version });
    const until = clock.monotonic() + longPollMs;
    const queue = this.#queues.get(location) ?? new Semaphore(1);
    this.#queues.set(location, queue);
    const release = await queue.acquire();
    try {
      while (!signal.aborted && !this.#isStopping && clock.monotonic() < until) {
        const either = whicheverEnds(signal, this.#nudge.signal);
        const taken = await work.take(location, worker.id, leaseMs);
        if (taken !== undefined) {
          either.done();
          return await this.#handOut(worker, taken);
        }
        await clock.sleep(this.#options.isPutHere() ? lookAtOwnMs : lookMs, either.signal);
        either.done();
      }
      if (!this.#isStopping) return undefined;
      throw new WorkerRefusal(503, sentence('serverStops'), sentence('askAnotherServer'));
    } finally {
      release();
    }
  }

  async #handOut(worker: StoredWorker, taken: TakenBatch): Promise<z.input<typeof leaseAnswer>> {
    const { work, atRest, clock } = this.#options;
    const { id, attempt, done } = taken;
    try {
      const order = await this.#withCertificates((await atRest.open(taken.order)) as Order);
      const sealed = await sealFor(worker.publicKey, order);
      return { id, attempt, done: [...done], now: clock.now(), sealed };
    } catch (error) {
      await work.release(worker.id, [{ id, attempt }]);
      throw error;
    }
  }

  async alive(
    worker: StoredWorker,
    { at, version, held }: z.output<typeof aliveRequest>,
  ): Promise<z.input<typeof aliveAnswer>> {
    const { work, clock } = this.#options;
    this.#requireVersion(version);
    await work.seen(worker.id, { at: clock.now(), skewMs: at - clock.now(), version });
    return { now: clock.now(), lost: [...(await work.renew(worker.id, held, leaseMs))] };
  }

  async release(worker: StoredWorker, { held }: z.output<typeof releaseRequest>): Promise<void> {
    await this.#options.work.release(worker.id, held);
    this.nudge();
  }

  async document(hash: string): Promise<Uint8Array | undefined> {
    return this.#options.work.document(hash);
  }

  /** False: the batch is another's by now, and nothing was kept. */
  async part(
    worker: StoredWorker,
    { id, attempt, no, isLast, done, found }: z.output<typeof partRequest>,
  ): Promise<boolean> {
    const { work, atRest, wake } = this.#options;
    const data = await atRest.seal(found);
    const isYours = await work.addPart(worker.id, { id, attempt, no, isLast, done, data });
    if (isYours) wake();
    return isYours;
  }

  /** A request of a batch that the worker holds, with its credential on it: for the worker alone. */
  async sign(
    worker: StoredWorker,
    { id, attempt, credential, request }: z.output<typeof signRequest>,
    signal: AbortSignal,
  ): Promise<string> {
    const asked = requestOf(request);
    const { origin, isAllowed } = await this.#credentialOf(worker, { id, attempt }, credential);
    if (asked === undefined || originOf(asked.url) !== origin)
      throw new WorkerRefusal(403, sentence('notOfBatch'), sentence('joinWithProgram'));
    const { location } = worker;
    const signed: Signed = isAllowed
      ? await this.#options.signer.authorize(credential, withOwnBody(asked), signal)
      : { ok: false, message: sentence('credentialKeptFrom', { credential, location }) };
    return sealFor(
      worker.publicKey,
      signed.ok ? { ...signed, request: withTextBody(signed.request) } : signed,
    );
  }

  async rejected(
    worker: StoredWorker,
    { id, attempt, credential, generation, headers }: z.output<typeof rejectedRequest>,
    signal: AbortSignal,
  ): Promise<boolean | 'later'> {
    const { isAllowed } = await this.#credentialOf(worker, { id, attempt }, credential);
    if (!isAllowed) return false;
    return this.#options.signer.rejected(credential, generation, headers, signal);
  }

  async #credentialOf(
    worker: StoredWorker,
    hold: { readonly id: string; readonly attempt: number },
    credential: string,
  ): Promise<{ readonly origin: string; readonly isAllowed: boolean }> {
    const held = await this.#heldBy(worker, hold);
    if (held?.credentials.includes(credential) !== true)
      throw new WorkerRefusal(409, sentence('batchLost'), sentence('joinWithProgram'));
    const allowed = this.#options.settings().locations?.[worker.location]?.credentials ?? [];
    return { origin: held.origin, isAllowed: allowed.includes(credential) };
  }

  #heldBy(worker: StoredWorker, hold: { readonly id: string; readonly attempt: number }) {
    const { work, clock } = this.#options;
    const key = `${worker.id} ${hold.id} ${hold.attempt}`;
    const known = this.#held.get(key);
    if (known !== undefined && clock.monotonic() - known.at < heldKnownMs) return known.held;
    for (const [old, { at }] of this.#held) {
      if (clock.monotonic() - at < heldKnownMs) break;
      this.#held.delete(old);
    }
    const held = work.held(worker.id, hold);
    this.#held.delete(key);
    this.#held.set(key, { at: clock.monotonic(), held });
    return held;
  }

  /** Connections are opened with them before anything is signed. */
  async #withCertificates(order: Order): Promise<Order> {
    const { signer } = this.#options;
    const credentials = Object.entries(order.credentials).map(async ([name, one]) => {
      const tls = one.hasCertificate ? await signer.clientCertificate(name) : undefined;
      return [name, { ...one, tls }] as const;
    });
    return { ...order, credentials: Object.fromEntries(await Promise.all(credentials)) };
  }

  #requireVersion(version: string): void {
    const { version: own } = this.#options;
    if (mayWorkTogether(version, own)) return;
    throw new WorkerRefusal(
      409,
      sentence('workerVersion', { version, own }),
      sentence('updateWorker', { own }),
    );
  }

  #requireLocation(location: string): void {
    const known = Object.keys(this.#options.settings().locations ?? {});
    if (known.includes(location)) return;
    throw new WorkerRefusal(
      403,
      known.length === 0
        ? sentence('noLocationAtAll', { name: location })
        : sentence('noSuchLocationOf', { name: location, defined: known }),
      sentence('nameLocation'),
    );
  }
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function joinRefused(refusal: JoinRefusal, location: string): WorkerRefusal {
  const hint = sentence('makeJoinToken', { location });
  if (typeof refusal !== 'string')
    return new WorkerRefusal(403, sentence('joinTokenOfOther', { ...refusal, location }), hint);
  const codes = { unknown: 'joinTokenUnknown', expired: 'joinTokenExpired', used: 'joinTokenUsed' } as const;
  return new WorkerRefusal(401, sentence(codes[refusal]), hint);
}

function requestOf(given: unknown): OutgoingRequest | undefined {
  const { method, url, headers } = (isObject(given) ? given : {}) as Partial<OutgoingRequest>;
  const isRequest = typeof method === 'string' && typeof url === 'string' && typeof headers === 'object';
  return isRequest ? (given as OutgoingRequest) : undefined;
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
