import { sentence } from '../messages/sentence.ts';
import type { Sentence } from '../model/sentence.ts';
import { setMaxListeners } from 'node:events';
import type { Clock } from '../lib/time/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import { createLoopDelay } from '../lib/time/loop-delay.ts';
import { createYielder } from '../lib/yielder.ts';
import type { ProxyEnvironment } from '../lib/net/proxy.ts';
import type { Redactor } from '../lib/secrets/secret.ts';
import type { CertificateSighting } from '../model/certificate.ts';
import type { Check } from '../model/check.ts';
import { type Finding, isUnconnected, type Result } from '../model/result.ts';
import type { LimitSettings } from '../model/settings.ts';
import { type Attempt, attempt } from './attempt.ts';
import { type AttemptContext, givenSessions, send } from './send.ts';
import { lookAtCertificate } from './certificate-look.ts';
import { Detours } from './redirects/detours.ts';
import { expectations } from './expectations/registry.ts';
import { type Held, heldTo } from './judge.ts';
import { Judging } from './judging/judging.ts';
import type { AlwaysThere } from './schema/always.ts';
import type { Authorizer } from './ports.ts';
import type { Runner } from './runner.ts';
import { type CheckJob, Run } from './scheduling/run.ts';
import { CheckScheduler } from './scheduling/scheduler.ts';
import type { ConnectivityCheck } from './connectivity-check.ts';
import { AddressPolicy } from '../lib/net/addresses.ts';
import type { Handshake } from './http/handshake.ts';
import type { Route } from './http/pool.ts';
import { createHttpTransport } from './http/transport.ts';
import { LazyAnswer } from './answer/answer.ts';

export interface EngineOptions {
  readonly authorizer: Authorizer;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  readonly limits: LimitSettings;
  /** Between 0 and 1; spreads retries. */
  readonly random?: () => number;
  /** Origins that may have internal addresses because the config names them; absent: all may. */
  readonly trustedOrigins?: ReadonlySet<string>;
  /** For `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`; absent: no proxy but those that the config names. */
  readonly environment?: ProxyEnvironment;
  /** Checks of which people have been told, before this process began, that they break their schema; absent: none. */
  readonly brokenSchemas?: ReadonlySet<string>;
  /** What checks came to when they were called last, before this process began; absent: nothing is known of that. */
  readonly last?: readonly Result[];
  /** What all good answers have had, also before this process began; absent: nothing is known of that. */
  readonly always?: AlwaysThere;
  /** Asked when nobody answers whether that is our own fault; absent: it never is. */
  readonly connectivityCheck?: ConnectivityCheck;
}

export interface Engine extends Runner {
  /** Origins that were called more slowly since this was last asked, and why. */
  takeSlowed(): Readonly<Record<string, Sentence>>;
  /** By a connection of its own, as the checks of one origin would open it. */
  certificateOf(checks: readonly Check[], signal: AbortSignal): Promise<CertificateSighting | undefined>;
  /** From now on somebody asks for `certificateOf`, and calls are not held to it. */
  holdCertificatesApart(): void;
  /** Origins to which no connection could be opened since this was last asked. */
  takeUnconnected(): ReadonlySet<string>;
  /** Takes effect at the next start of a check. */
  configure(limits: LimitSettings, trustedOrigins?: ReadonlySet<string>): void;
  /** Closes all connections; runs must have ended. */
  close(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  const { authorizer, clock, log, redactor } = options;
  let limits = options.limits;
  let policy = new AddressPolicy(options.trustedOrigins);
  let unconnected = new Set<string>();
  const transport = createHttpTransport({
    clock,
    policy: () => policy,
    environment: options.environment ?? {},
  });
  const judging = new Judging(clock, log, {
    broken: options.brokenSchemas,
    always: options.always,
  });
  const detours = new Detours();
  const given = givenSessions(redactor);
  let certificatesApart = false;
  const loopDelay = createLoopDelay();
  const breathe = createYielder(() => clock.monotonic());
  const held = memoize((check: Check): readonly Held[] => heldTo(check, expectations));

  const call = async (job: CheckJob): Promise<Attempt> => {
    const { check } = job.state;
    const date = (): number => job.run.dateOf(clock.monotonic());
    const context: AttemptContext = {
      authorizer,
      transport,
      clock,
      date,
      given: given(check.credential),
      judging,
      detours,
      loopDelay,
      breathe,
      certificatesApart,
      maxBytes: limits.bodyBytes,
      signal: job.run.cutoff,
      reader: job.run.options.reader,
      track: (sending) => {
        job.sending = sending;
      },
    };
    try {
      await breathe();
      const promised = held(check);
      const made = await attempt(check, promised, context);
      if (isUnconnected(made.reason.code)) unconnected.add(check.origin);
      return await probe(check, promised, context, made);
    } catch (error) {
      const message = redactor.scrub(messageOf(error));
      log.error('a check broke inside the patrol', {
        check: check.operation,
        service: check.service,
        error: message,
      });
      return broken(date(), message);
    }
  };
  const routeOf = ({ origin, network, credential }: Check): Route => {
    const tls = credential === undefined ? undefined : authorizer.clientCertificate?.(credential);
    return { origin, network, tls };
  };
  const shake = (route: Route, { timeouts }: Check): Promise<Handshake> =>
    transport.shakeHands(route, timeouts.connectMs);
  const scheduler = new CheckScheduler({
    clock,
    log,
    random: options.random ?? Math.random,
    limits,
    attempt: call,
    last: options.last,
    connectivityCheck: options.connectivityCheck,
  });

  return {
    async run(checks, runOptions) {
      transport.sweep();
      const unwatch = loopDelay.watch();
      try {
        return await runAll(scheduler, new Run(checks, clock, runOptions));
      } finally {
        unwatch();
      }
    },
    takeSlowed: () => scheduler.takeSlowed(),
    certificateOf: (checks, signal) => lookAtCertificate(checks, { clock, routeOf, shake }, signal),
    holdCertificatesApart() {
      certificatesApart = true;
    },
    takeUnconnected() {
      const taken = unconnected;
      unconnected = new Set();
      return taken;
    },
    configure(next, trustedOrigins) {
      limits = next;
      policy = new AddressPolicy(trustedOrigins);
      scheduler.configure(next);
    },
    async close() {
      await Promise.all([transport.close(), judging.close()]);
    },
  };
}

async function runAll(scheduler: CheckScheduler, run: Run): Promise<readonly Result[]> {
  const { signal, graceMs } = run.options;
  let cancelCut: (() => void) | undefined;
  const stop = (): void => {
    scheduler.stop(run);
    cancelCut = run.clock.after(graceMs, () => run.cut());
  };
  if (signal.aborted) return [];
  // The runs of a whole cycle, side by side, listen to one signal: that is no leak to be warned of.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', stop, { once: true });
  scheduler.start(run);
  const results = await run.finished;
  signal.removeEventListener('abort', stop);
  cancelCut?.();
  return results;
}

function broken(at: number, message: string): Attempt {
  return {
    at,
    verdict: 'unknown',
    reason: { code: 'internal', message: sentence('patrolFailed', { why: message }) },
    bytes: 0,
    phases: { totalMs: 0 },
    sent: 0,
    findings: [],
    transient: false,
  };
}

function memoize<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = compute(key);
      known.set(key, value);
    }
    return value;
  };
}

/** Sends the further requests that some promises need, after one that went well. */
async function probe(
  check: Check,
  held: readonly Held[],
  context: AttemptContext,
  attempt: Attempt,
): Promise<Attempt> {
  if (attempt.verdict !== 'pass' && attempt.verdict !== 'degraded') return attempt;
  let result = attempt;
  for (const { kind } of held) {
    const request = kind.probe?.request(check);
    if (kind.probe === undefined || request === undefined) continue;
    const outcome = await send(check, request, context);
    const findings = outcome.ok ? kind.probe.judge(new LazyAnswer(outcome, context.maxBytes)) : [];
    result = withFindings({ ...result, sent: result.sent + outcome.sent }, findings, kind.code);
  }
  return result;
}

function withFindings(attempt: Attempt, found: readonly Finding[], code: Attempt['reason']['code']): Attempt {
  const [first] = found;
  if (first === undefined) return attempt;
  const findings = [...attempt.findings, ...found];
  return { ...attempt, verdict: 'fail', reason: { code, message: first.message }, findings };
}
