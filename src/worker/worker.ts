import { createEngine, type Engine } from '../check/engine.ts';
import { createConnectivityCheck } from '../check/connectivity-check.ts';
import { messageOf } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { ProxyEnvironment } from '../lib/net/proxy.ts';
import { Redactor } from '../lib/secrets/secret.ts';
import type { Clock } from '../lib/time/clock.ts';
import { whicheverEnds } from '../lib/time/deadline.ts';
import type { LimitSettings } from '../model/settings.ts';
import type { BatchHold } from '../work/ports.ts';
import { openSealed, unpacked } from '../work/sealing.ts';
import {
  aliveAnswer,
  aliveEveryMs,
  idleAliveEveryMs,
  leaseAnswer,
  longPollMs,
  type Order,
  type SentDocument,
} from '../work/wire.ts';
import { BatchRun } from './batch-run.ts';
import type { WorkerIdentity } from './identity.ts';
import { RemoteAuthorizer } from './remote-authorizer.ts';
import { Refused, type ServerLink } from './server-link.ts';

const [leastPauseMs, mostPauseMs] = [500, 5000];
/** Beside those of the batches in hand. */
const documentsKept = 20;
/** Below it a difference of clocks is the time that an answer takes. */
const leastSkewMs = 250;
const longestSkewMs = 1000;

export interface WorkerOptions {
  readonly identity: WorkerIdentity;
  readonly link: ServerLink;
  readonly version: string;
  /** Batches at once. */
  readonly capacity: number;
  readonly env: ProxyEnvironment;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
}

/** Calls what servers hand out for its location. It keeps nothing and knows no one else. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #bearer: string;
  readonly #authorizer: RemoteAuthorizer;
  readonly #engine: Engine;
  readonly #runs = new Map<string, BatchRun>();
  readonly #orders = new Map<string, Order>();
  readonly #documents = new Map<string, Promise<SentDocument>>();
  readonly #idle = new Set<() => void>();
  readonly #fatal = new AbortController();
  #connectivityUrl: string | undefined;
  #aheadMs = 0;
  #isReached = true;
  #isEnding = false;
  #refused: Refused | undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
    const { identity, link, redactor, clock } = options;
    this.#bearer = `${identity.id}.${identity.secret}`;
    redactor.add(identity.secret);
    this.#authorizer = new RemoteAuthorizer({ link, identity, redactor, clock, bearer: this.#bearer });
    this.#engine = this.#engineWith({ concurrency: 64, perOrigin: 4, ratePerOrigin: 20, bodyBytes: 1 << 20 });
  }

  /** Works until `signal` aborts. Rejects with `Refused` when no server lets it work. */
  async run(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#fatal.signal]);
    const beat = this.#beat();
    await this.#lease(either);
    await this.#giveBack();
    this.#fatal.abort();
    await beat;
    await this.#engine.close();
    if (this.#refused !== undefined) throw this.#refused;
  }

  async #lease(signal: AbortSignal): Promise<void> {
    const { clock, version, identity, link, capacity } = this.#options;
    let pauseMs = leastPauseMs;
    while (!signal.aborted) {
      if (this.#runs.size >= capacity) {
        await new Promise<void>((resolve) => {
          this.#idle.add(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
        continue;
      }
      const { moved } = link;
      // A server that is frozen does not even hang up: that another request has found it so is enough.
      const either = whicheverEnds(signal, moved);
      try {
        const answer = await link.json('/lease', {
          body: { location: identity.location, version, at: clock.now() },
          bearer: this.#bearer,
          signal: either.signal,
          patienceMs: longPollMs + 10_000,
        });
        this.#reached();
        pauseMs = leastPauseMs;
        if (answer !== undefined) await this.#begin(leaseAnswer.parse(answer));
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Refused && isFinal(error)) return this.#giveUp(error);
        if (!moved.aborted) this.#unreached(error);
        await clock.sleep(pauseMs, signal);
        pauseMs = Math.min(mostPauseMs, pauseMs * 2);
      } finally {
        either.done();
      }
    }
  }

  async #begin(leased: {
    id: string;
    attempt: number;
    done: number[];
    now: number;
    sealed: string;
  }): Promise<void> {
    const { identity, link, clock, log } = this.#options;
    this.#learnClock(leased.now);
    const { id, attempt, done } = leased;
    const hold = { id, attempt };
    const order = (await openSealed(identity.privateKey, leased.sealed)) as Order;
    this.#orders.set(id, order);
    this.#configure(order);
    const origin = order.checks[0]?.origin ?? '';
    this.#authorizer.hold({ origin, hold, credentials: order.credentials });
    const own = order.shares > 1 ? this.#engineWith(shareOf(order.limits, order.shares)) : undefined;
    own?.configure(shareOf(order.limits, order.shares), new Set(order.trustedOrigins));
    const run = new BatchRun({
      hold,
      order,
      done,
      aheadMs: this.#aheadMs,
      engine: own ?? this.#engine,
      document: (hash) => this.#document(hash),
      link,
      bearer: this.#bearer,
      clock,
      log,
    });
    this.#runs.set(id, run);
    log.info('batch begun', { batch: id, attempt, origin, checks: order.checks.length - done.length });
    void run.run().then(async (isOver) => {
      if (this.#runs.get(id) === run) {
        this.#runs.delete(id);
        this.#orders.delete(id);
        this.#authorizer.drop(id);
      }
      if (!isOver && !this.#isEnding) await this.#release([hold]);
      for (const wake of this.#idle) wake();
      this.#idle.clear();
      await own?.close();
    });
  }

  async #release(held: readonly BatchHold[]): Promise<void> {
    const { link, log } = this.#options;
    await link
      .ask('/release', { body: { held }, bearer: this.#bearer, patienceMs: 5000 })
      .catch((error: unknown) => log.warn('batches could not be given back', { problem: messageOf(error) }));
  }

  /** Says that it is there and goes on with what it holds, and hears what is not its own any more. */
  async #beat(): Promise<void> {
    const { clock, link, version } = this.#options;
    const { signal } = this.#fatal;
    let saidAt = clock.monotonic();
    while (!signal.aborted) {
      await clock.sleep(aliveEveryMs, signal);
      const held = [...this.#runs.values()].map(({ hold }) => hold);
      const isIdle = held.length === 0 && clock.monotonic() - saidAt < idleAliveEveryMs;
      if (isIdle || signal.aborted) continue;
      saidAt = clock.monotonic();
      try {
        const body = { version, at: clock.now(), held };
        const answer = await link.json('/alive', { body, bearer: this.#bearer, signal, patienceMs: 5000 });
        const { now, lost } = aliveAnswer.parse(answer);
        this.#reached();
        this.#learnClock(now);
        for (const id of lost) this.#runs.get(id)?.lose();
      } catch (error) {
        if (error instanceof Refused && isFinal(error)) this.#giveUp(error);
        else if (!signal.aborted) this.#unreached(error);
      }
    }
  }

  /** Hands over what has come of its batches, and lets others have the rest. */
  async #giveBack(): Promise<void> {
    const { log } = this.#options;
    const runs = [...this.#runs.values()];
    this.#isEnding = true;
    if (runs.length === 0) return;
    log.info('giving batches back', { n: runs.length });
    for (const run of runs) {
      if (this.#refused === undefined) run.stop();
      else run.lose();
    }
    const patience = AbortSignal.timeout(10_000);
    while ([...this.#runs.values()].some((one) => runs.includes(one)) && !patience.aborted)
      await this.#options.clock.sleep(50);
    if (this.#refused === undefined) await this.#release(runs.map(({ hold }) => hold));
  }

  #giveUp(error: Refused): void {
    this.#refused ??= error;
    this.#fatal.abort();
  }

  #unreached(error: unknown): void {
    if (this.#isReached) this.#options.log.warn('no server can be reached', { problem: messageOf(error) });
    this.#isReached = false;
  }

  #reached(): void {
    const { log, link } = this.#options;
    if (!this.#isReached) log.info('a server can be reached again', { server: link.server });
    this.#isReached = true;
  }

  /** By its clock results are dated, and windows begin. */
  #learnClock(now: number): void {
    const aheadMs = now - this.#options.clock.now();
    const next = Math.abs(aheadMs) < leastSkewMs ? 0 : aheadMs;
    if (Math.abs(next - this.#aheadMs) > longestSkewMs)
      this.#options.log.warn('the clocks of the worker and the server differ', { aheadMs: Math.round(next) });
    this.#aheadMs = next;
  }

  #configure({ limits, connectivityUrl }: Order): void {
    const trusted = [...this.#orders.values()].flatMap(({ trustedOrigins }) => trustedOrigins);
    this.#connectivityUrl = connectivityUrl;
    this.#engine.configure(limits, new Set(trusted));
  }

  #engineWith(limits: LimitSettings): Engine {
    const { clock, log, redactor, env } = this.#options;
    let check = createConnectivityCheck({ clock });
    let url: string | undefined;
    return createEngine({
      authorizer: this.#authorizer,
      clock,
      log,
      redactor,
      limits,
      trustedOrigins: new Set(),
      environment: env,
      connectivityCheck: {
        problem: (code) => {
          if (url !== this.#connectivityUrl) {
            url = this.#connectivityUrl;
            check = createConnectivityCheck({ clock, ...(url === undefined ? {} : { url }) });
          }
          return check.problem(code);
        },
      },
    });
  }

  #document(hash: string): Promise<SentDocument> {
    const known = this.#documents.get(hash);
    if (known !== undefined) {
      // The last one that was used is the last one to go.
      this.#documents.delete(hash);
      this.#documents.set(hash, known);
      return known;
    }
    const { link } = this.#options;
    const asked = link
      .ask('/documents', { body: { hash }, bearer: this.#bearer, patienceMs: 60_000 })
      .then((data) => unpacked(data ?? new Uint8Array()) as Promise<SentDocument>);
    asked.catch(() => this.#documents.delete(hash));
    this.#documents.set(hash, asked);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > documentsKept + this.#runs.size && oldest !== undefined)
      this.#documents.delete(oldest);
    return asked;
  }
}

/** It was removed, is of another version, or asks at the wrong place: a person has to do something. */
function isFinal({ status }: Refused): boolean {
  return status === 401 || status === 403 || status === 404 || status === 409;
}

function shareOf(limits: LimitSettings, shares: number): LimitSettings {
  return {
    ...limits,
    perOrigin: Math.max(1, Math.floor(limits.perOrigin / shares)),
    ratePerOrigin: limits.ratePerOrigin / shares,
  };
}
