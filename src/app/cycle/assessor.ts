import { type CycleEnd, defaultAnalysisSettings } from '../../incidents/analysis.ts';
import { SlowAnswers } from '../../incidents/latency/slow-share.ts';
import type { Round } from '../../incidents/observation.ts';
import { toHear } from '../../incidents/unheard.ts';
import { Absence } from '../../lib/time/absence.ts';
import { ClockJump } from '../../lib/time/clock-jump.ts';
import { groupBy } from '../../lib/group-by.ts';
import { Semaphore } from '../../lib/limits.ts';
import type { CertificateSighting } from '../../model/certificate.ts';
import type { Check, Skipped } from '../../model/check.ts';
import type { CredentialFailure } from '../../model/credential-failure.ts';
import type { UnreadableDocument } from '../../model/document.ts';
import type { Incident } from '../../model/incident.ts';
import { isUnconnected, type Result } from '../../model/result.ts';
import type { Settings } from '../../model/settings.ts';
import type { TokenManager } from '../../auth/manager.ts';
import type { Ask } from './ask.ts';
import {
  type Conclusion,
  concludeCycle,
  concludeLook,
  concludeStep,
  type CycleConclusion,
  type Findings,
  failedCredentials,
} from './conclude.ts';
import { Fresh, type Settled } from './fresh.ts';
import { Known } from './known.ts';
import type { Memory } from './memory.ts';
import { type Found, Hearing, isFailing } from './others.ts';
import { Redating, type Running, RunningCycles, type UnderWay } from './running.ts';

/**
 * So long after something bad has been found it is judged: by then what fails for the same reason has mostly been found
 * as well, in this service and in those that share something with it.
 */
export const correlationMs = 5000;
/**
 * No longer than this it waits for those of the same service that are about to be found to fail in the same way. With the time
 * in which others are heard people are told within half a minute of the confirming call.
 */
const settlingMs = 18_000;
/** By then a call that fails has been confirmed. */
const confirmedMs = 30_000;
const stepMs = 500;
/** Judging takes no more than this share of the time. */
const restPerWork = 10;

interface AssessorParts extends Memory {
  readonly tokens: Pick<TokenManager, 'status'>;
  /** Checks that a cycle calls and that have no result of it yet, by id. */
  readonly underWay: ReadonlyMap<string, UnderWay>;
}

/** The end of a cycle of one or several services. */
export interface CycleFindings {
  /** As `begin` gave it. */
  readonly cycle: Running;
  readonly services: readonly string[];
  readonly end: CycleEnd;
  readonly results: readonly Result[];
  readonly notStored: readonly Result[];
  /** By id, with the values that they were called with; absent: as they were planned. */
  readonly called?: ReadonlyMap<string, Check>;
  /** What of the plan is not called; absent: only a selection was called. */
  readonly skipped?: readonly Skipped[];
}

/**
 * Judges results as they settle: the cycles of all services bring them here, and what several services share (a host, a
 * gateway, a credential, our own network) is judged over what is known of all of them now. One judgement at a time, from
 * reading the open incidents until what became of them is stored; what could not be stored is judged again with the next.
 */
export class Assessor {
  readonly #parts: AssessorParts;
  readonly #turn = new Semaphore(1);
  /** The latest plan of each service. */
  readonly #plans = new Map<string, readonly Check[]>();
  /** With the values that they were called with, which a list may have given after the plan was made; by check id. */
  readonly #called = new Map<string, Check>();
  readonly #cycles = new RunningCycles();
  #begun = 0;
  /** By service, the number of the last cycle that told what its documents are like. */
  readonly #read = new Map<string, number>();
  /** As they were judged, by check id. */
  readonly #known = new Known();
  readonly #fresh = new Fresh();
  readonly #hearing: Hearing;
  readonly #jump: ClockJump;
  /** By how many ms the wall clock was set and nothing has followed it yet. */
  #jumpedMs = 0;
  readonly #downMs: number;
  /** While a daemon judges. */
  #absence: Absence | undefined;
  /** So long nobody looked, and nothing has been judged since. */
  #awayMs = 0;
  #open: readonly Incident[] = [];
  /** Those of now, while a daemon judges: a cycle may end under others than it has begun with. */
  #settings: (() => Settings) | undefined;
  #wake: () => void = () => undefined;

  /** @param downMs So long no patrol ran before this one, as far as is known. */
  constructor(parts: AssessorParts, ask: Ask, downMs = 0) {
    this.#parts = parts;
    this.#downMs = downMs;
    this.#jump = new ClockJump(parts.clock);
    this.#hearing = new Hearing({
      clock: parts.clock,
      ask,
      plans: this.#plans,
      heardAt: (checkId) => this.#heardAt(checkId),
      heard: (found) => this.#heard(found),
    });
  }

  /** What an earlier process came to know. */
  remember(last: readonly Result[]): void {
    for (const result of last) this.#known.set(result);
  }

  /** The first cycle of the service begins later: looks at what is wrong know its checks already. */
  foresee(service: string, checks: readonly Check[]): void {
    if (!this.#plans.has(service)) this.#plans.set(service, checks);
  }

  /** A cycle of the services begins, with these plans. */
  begin(
    services: readonly string[],
    checks: readonly Check[],
    round: Round,
    heldUp: ReadonlySet<string> = new Set(),
    unreadable?: readonly UnreadableDocument[],
  ): Running {
    const plans = groupBy(checks, ({ service }) => service);
    const cycle = { no: ++this.#begun, round, heldUp, unreadable, judged: new Map<string, Result>() };
    for (const service of services) {
      for (const { id } of this.#plans.get(service) ?? []) this.#called.delete(id);
      this.#plans.set(service, plans.get(service) ?? []);
    }
    this.#cycles.begin(services, cycle);
    return cycle;
  }

  /** It came in during a cycle. */
  settled(result: Result, check: Check, cycle: Running): void {
    const { service } = check;
    if (!this.#cycles.has(service, cycle)) return;
    this.#called.set(check.id, check);
    this.#bring({ result, service, check, at: this.#parts.clock.monotonic(), cycle });
    if (this.#isNews(result)) this.#wake();
  }

  /** Services that are no longer patrolled are forgotten. */
  keepOnly(services: readonly string[]): void {
    const kept = new Set(services);
    for (const service of this.#plans.keys()) {
      if (kept.has(service)) continue;
      for (const { id } of this.#plans.get(service) ?? []) {
        this.#known.delete(id);
        this.#called.delete(id);
      }
      this.#plans.delete(service);
      this.#cycles.forget(service);
      this.#read.delete(service);
    }
  }

  /** Judges what has come in while cycles go on, of each service a short while after the first of it; told of each outcome. */
  async run(
    signal: AbortSignal,
    settings: () => Settings,
    told: (work: () => Promise<Conclusion>) => Promise<void>,
  ): Promise<void> {
    const { clock } = this.#parts;
    this.#settings = settings;
    this.#absence = new Absence(clock, this.#downMs);
    void this.#absence.run(signal);
    while (!signal.aborted) {
      await this.#news(signal);
      await clock.sleep(this.#ripensAt() - clock.monotonic(), signal);
      const ripe = this.#ripe();
      await this.#hearOthers(ripe, signal);
      if (signal.aborted) return;
      // Timers are early by a fraction, and a cycle that has ended meanwhile has taken its own.
      if (this.#ripe().size === 0) continue;
      const began = clock.monotonic();
      await told(() => this.#step(settings()));
      await clock.sleep((clock.monotonic() - began) * restPerWork, signal);
    }
  }

  /** The end of a cycle: its results, what they mean and whom to tell, stored together or not at all. */
  async close(settings: Settings, findings: CycleFindings, signal: AbortSignal): Promise<CycleConclusion> {
    const { cycle, services, end, results, notStored, called, skipped } = findings;
    await this.#waitForOthers(services, cycle, signal);
    const isWhole = skipped !== undefined;
    const around = isWhole && this.#begunOf(services).length > 0 ? this.#beside(services) : services;
    await this.#hearOthers(around, signal);
    return this.#inTurn(async () => {
      // All those behind a gateway are not gone through at the end of each of them to find that nothing is wrong.
      const mayBeWell = isWhole && this.#mayBeWellAround(services, cycle);
      const isWell = mayBeWell && (await this.#isWellAround(services, cycle));
      const before = [...cycle.judged.values()];
      // What others have found by now is the same trouble, or is none: it is not told in pieces.
      const settling = this.#settlingBeside(services);
      const fresh = this.#fresh.take(around, (one) => one.cycle === cycle || !settling.has(one.service));
      const judged = [...new Set([...services, ...fresh.map(({ service }) => service)])];
      const readings = this.#readingsWith(cycle, services);
      const concerned = [...judged, ...readings.keys()];
      const checks = isWell ? this.#checksOf(new Set(concerned)) : this.#checksBeside(concerned);
      const conclusion = await this.#judge(fresh, () =>
        concludeCycle(this.#parts, this.#asOfNow(settings), {
          end,
          before,
          cycleResults: results,
          notStored,
          called,
          checks,
          results: fresh.map(({ result }) => result),
          beside: new Set(fresh.flatMap((one) => (one.cycle === cycle ? [] : [one.check.id]))),
          known: this.#knownOf(checks),
          ...this.#everywhere(),
          ...this.#cycles.rounds(this.#parts.clock.now()),
          failures: this.#failuresOf(judged),
          ...(readings.size === 0 ? {} : readBy(readings)),
          ...(skipped === undefined
            ? {}
            : {
                skipped,
                scope: services,
                planned: isWell ? services : this.#beside(services),
              }),
        }),
      ).finally(() => this.#cycles.end(services, cycle));
      for (const [service, { no }] of readings) this.#read.set(service, no);
      return conclusion;
    });
  }

  /** What a look between two cycles found. */
  look(settings: Settings, results: readonly Result[]): Promise<Conclusion> {
    return this.#inTurn(async () => {
      const called = new Set(results.map(({ checkId }) => checkId));
      const services = [...this.#plans].flatMap(([service, checks]) =>
        checks.some(({ id }) => called.has(id)) ? [service] : [],
      );
      const checks = this.#checksBeside(services);
      const known = this.#knownOf(checks);
      const conclusion = await concludeLook(this.#parts, this.#asOfNow(settings), {
        checks,
        results,
        known,
        ...this.#everywhere(),
        failures: this.#failuresOf(services),
      });
      this.#learn(conclusion);
      return conclusion;
    });
  }

  /** Of what begins to answer well: what is to be called before it may be said to be over, as things stand now. */
  unheard(): (incident: Incident) => readonly Check[] {
    const standing = { checks: this.#everything(), open: this.#open, known: this.#known.results };
    const now = this.#parts.clock.now();
    return (incident) => toHear(incident, standing, now);
  }

  /** What handshakes have shown of certificates; beside the calls that fail for the same reason. */
  async sighted(
    settings: Settings,
    certificates: readonly CertificateSighting[],
    signal: AbortSignal,
  ): Promise<Conclusion> {
    const broken = new Set(
      certificates.flatMap(({ origin, trouble }) =>
        trouble?.code === 'tls' && !this.#isOpen(origin) ? [origin] : [],
      ),
    );
    if (broken.size > 0) await this.#waitForCalls(broken, signal);
    return this.#inTurn(async () => {
      const failing = this.#badAt(broken).map(({ service }) => service);
      if (failing.length > 0)
        return await this.#judgeFresh(this.#beside(failing), this.#asOfNow(settings), certificates);
      const checks = this.#everything();
      const findings = { ...this.#everywhere(), checks, results: [], failures: [], certificates };
      const conclusion = await concludeLook(this.#parts, this.#asOfNow(settings), findings);
      this.#learn(conclusion);
      return conclusion;
    });
  }

  /**
   * The documents of the services as the cycle has read them, and as those have that go on and have one of them in common: one
   * document of two services is not told in pieces. None when a later cycle has read them before this one ends.
   */
  #readingsWith(cycle: Running, services: readonly string[]): ReadonlyMap<string, Running> {
    const isLater = services.some((service) => (this.#read.get(service) ?? 0) > cycle.no);
    if (cycle.unreadable === undefined || isLater) return new Map();
    const uris = new Set(services.flatMap((service) => this.#brokenOf(service, cycle)));
    const others = [...this.#cycles.latest()].filter(
      ([service, other]) =>
        other.unreadable !== undefined &&
        (this.#read.get(service) ?? 0) < other.no &&
        this.#brokenOf(service, other).some((uri) => uris.has(uri)),
    );
    return new Map([...others, ...services.map((service) => [service, cycle] as const)]);
  }

  /** Addresses of its documents that cannot be read, or could not be. */
  #brokenOf(name: string, { unreadable = [] }: Running): readonly string[] {
    const told = this.#open.filter(
      ({ fingerprint, services }) => fingerprint.startsWith('document:') && services.includes(name),
    );
    return [
      ...unreadable.flatMap(({ service, uri }) => (service === name ? [uri] : [])),
      ...told.map(({ subjectLabel }) => subjectLabel),
    ];
  }

  #asOfNow(settings: Settings): Settings {
    return this.#settings?.() ?? settings;
  }

  /** That it ends soon is not that nobody connects any more. */
  #isOpen(origin: string): boolean {
    return this.#open.some(
      ({ fingerprint, reason }) =>
        fingerprint === `origin:${origin}` ||
        (fingerprint === `certificate:${origin}` && reason.code === 'tls'),
    );
  }

  /** Until calls of the origins that are under way, or begin within a moment, have come to an end, and the others as well. */
  async #waitForCalls(origins: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    const seenAt = clock.monotonic();
    await clock.sleep(correlationMs, signal);
    const isCalled = (): boolean =>
      [...this.#plans].some(
        ([service, checks]) =>
          this.#cycles.isRunning(service) && checks.some(({ origin }) => origins.has(origin)),
      );
    while (
      !signal.aborted &&
      isCalled() &&
      this.#badAt(origins).length === 0 &&
      clock.monotonic() - seenAt < confirmedMs
    )
      await clock.sleep(stepMs, signal);
    const first = Math.min(...this.#badAt(origins).map(({ at }) => at));
    if (first < Infinity) await clock.sleep(first + correlationMs - clock.monotonic(), signal);
  }

  #badAt(origins: ReadonlySet<string>): readonly Settled[] {
    return this.#fresh.bad().filter(({ check }) => origins.has(check.origin));
  }

  #step(settings: Settings): Promise<Conclusion> {
    return this.#inTurn(() => this.#judgeFresh([...this.#ripe()], settings));
  }

  /** Monotonic: when the first of what has come in is to be judged. */
  #ripensAt(): number {
    let first = Infinity;
    for (const [, found] of this.#fresh.firstAndBad()) first = Math.min(first, this.#ripeningOf(found));
    return first;
  }

  /** Services of which what has come in is to be judged now, with those that share something with them. */
  #ripe(): ReadonlySet<string> {
    const now = this.#parts.clock.monotonic();
    const ripe = [...this.#fresh.firstAndBad()].flatMap(([service, found]) =>
      this.#ripeningOf(found) <= now ? [service] : [],
    );
    return new Set([...ripe, ...this.#beside(ripe)]);
  }

  /**
   * Services of which more of what has just begun is about to be found. What these have waited for, because it fails where their
   * own does, is told with them.
   */
  #settlingBeside(services: readonly string[]): ReadonlySet<string> {
    const now = this.#parts.clock.monotonic();
    const origins = new Set(this.#begunOf(services).map(({ check }) => check.origin));
    return new Set(
      [...this.#fresh.firstAndBad()].flatMap(([service, found]) => {
        const begun = found.filter(({ result }) => this.#isBegun(result));
        const isBeside = !services.includes(service) && begun.length > 0;
        if (isBeside && begun.every(({ check }) => origins.has(check.origin))) return [];
        return this.#isSettling(begun) && this.#ripeningOf(found) > now ? [service] : [];
      }),
    );
  }

  /** What has just begun to be wrong has its whole time, whatever has been known for long or has been found of others. */
  #ripeningOf(found: readonly Settled[]): number {
    const news = found.filter(({ result }) => this.#isNews(result));
    const begun = news.filter(({ result }) => this.#isBegun(result));
    const first = Math.min(...(begun.length > 0 ? begun : news).map(({ at }) => at));
    const soon = this.#parts.clock.monotonic() + stepMs;
    const isSettling = soon > first + correlationMs && this.#isSettling(begun);
    return isSettling ? Math.min(first + settlingMs, soon) : first + correlationMs;
  }

  /**
   * Others of the service, or of those that share the host where these fail, are about to be found to fail as these do: without an
   * answer, or by the one that is asked for again.
   */
  #isSettling(begun: readonly Settled[]): boolean {
    const ways = new Set<UnderWay | undefined>(
      begun.map(({ result }) => (result.status === undefined ? 'hangs' : 'confirmed')),
    );
    const services = new Set(begun.map(({ service }) => service));
    const origins = new Set(begun.map(({ check }) => check.origin));
    const isSettling = ({ id, service, origin }: Check): boolean =>
      (services.has(service) || origins.has(origin)) &&
      ways.has(this.#parts.underWay.get(id)) &&
      !this.#isFound(id);
    return this.#beside([...services]).some((service) => this.#plans.get(service)?.some(isSettling));
  }

  /** It has been found to fail, judged or not. */
  #isFound(checkId: string): boolean {
    const found = this.#fresh.get(checkId)?.result;
    return this.#known.get(checkId)?.verdict === 'fail' || (found !== undefined && this.#isBegun(found));
  }

  #judgeFresh(
    services: readonly string[],
    settings: Settings,
    certificates?: readonly CertificateSighting[],
  ): Promise<Conclusion> {
    const fresh = this.#fresh.take(services);
    const judged = [...new Set(fresh.map(({ service }) => service))];
    const besides = this.#checksBeside(judged);
    const checks = certificates === undefined ? besides : this.#everything();
    return this.#judge(fresh, () =>
      concludeStep(this.#parts, settings, {
        checks,
        results: fresh.map(({ result }) => result),
        known: this.#knownOf(checks),
        ...this.#everywhere(),
        ...this.#cycles.rounds(this.#parts.clock.now()),
        failures: this.#failuresOf(judged),
        certificates,
      }),
    );
  }

  async #judge<T extends Conclusion>(fresh: readonly Settled[], conclude: () => Promise<T>): Promise<T> {
    try {
      const conclusion = await conclude();
      const cycles = new Map(fresh.map(({ result, cycle }) => [result.checkId, cycle]));
      for (const result of conclusion.results) cycles.get(result.checkId)?.judged.set(result.checkId, result);
      this.#learn(conclusion);
      return conclusion;
    } catch (error) {
      const at = this.#parts.clock.monotonic();
      for (const one of fresh) if (!this.#fresh.has(one.result.checkId)) this.#fresh.put({ ...one, at });
      throw error;
    }
  }

  #learn({ results, open }: Conclusion): void {
    const now = this.#parts.clock.now();
    for (const result of results) {
      const { at = result.at } = this.#known.get(result.checkId) ?? {};
      // What comes in late is no news of what was called since, unless the wall clock was put back.
      if (at <= result.at || at > now) this.#known.set(result);
    }
    this.#open = open;
  }

  /** Resolves when something has come in that is worth judging before its cycle ends. */
  #news(signal: AbortSignal): Promise<void> {
    const isThere = this.#open.length > 0 ? !this.#fresh.isEmpty : this.#fresh.bad().length > 0;
    if (signal.aborted || isThere) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', end);
        this.#wake = () => undefined;
        resolve();
      };
      signal.addEventListener('abort', end, { once: true });
      this.#wake = end;
    });
  }

  /** Nothing is to be said of what is well while nothing is wrong. */
  #isNews({ verdict }: Result): boolean {
    return verdict !== 'pass' || this.#open.length > 0;
  }

  /** Bad, and not known to be bad in this way: more of the same may be about to be found. */
  #isBegun({ checkId, verdict, reason, status }: Result): boolean {
    if (verdict === 'pass' || (verdict === 'unknown' && reason.code !== 'origin-down')) return false;
    const known = this.#known.get(checkId);
    if (known === undefined) return true;
    const before = known.unproven ?? { verdict: known.verdict, code: known.reason.code };
    // Not called for want of a connection, or called in vain: the host does not answer.
    if (reason.code === 'origin-down' || before.code === 'origin-down')
      return !isUnconnected(reason.code) || !isUnconnected(before.code);
    return before.verdict !== verdict || before.code !== reason.code || known.status !== status;
  }

  /**
   * What others that share something with the services are just finding out belongs to the same judgement, and so does what the
   * next cycle of the services themselves is finding out by then.
   */
  async #waitForOthers(services: readonly string[], cycle: Running, signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    const isAlone = !this.#beside(services).some(
      (one) => !services.includes(one) && this.#cycles.isRunning(one),
    );
    for (
      let own = this.#begunOf(services);
      own.length > 0 && !signal.aborted;
      own = this.#begunOf(services)
    ) {
      const leftMs = this.#ripeningOf(own) - clock.monotonic();
      const isNext = own.some((one) => one.cycle === cycle) && this.#isSettling(own);
      if (leftMs <= 0 || (isAlone && !isNext)) return;
      await clock.sleep(Math.min(leftMs, isAlone ? stepMs : leftMs), signal);
    }
  }

  #begunOf(services: readonly string[]): readonly Settled[] {
    return this.#fresh.bad(services).filter(({ result }) => this.#isBegun(result));
  }

  #hearOthers(services: Iterable<string>, signal: AbortSignal): Promise<void> {
    return this.#hearing.others(this.#fresh.bad(services), this.#open, signal);
  }

  #heard({ result, check }: Found): void {
    const { service } = check;
    if (!this.#plans.has(service) || this.#heardAt(check.id) >= result.at) return;
    const at = this.#parts.clock.monotonic();
    this.#bring({ result, service, check, at });
  }

  #bring(one: Settled): void {
    const before = this.#fresh.get(one.check.id);
    // What the cycle before has found out counts for it, and says nothing of now.
    if (before?.cycle !== one.cycle) before?.cycle?.judged.set(one.check.id, before.result);
    this.#fresh.put(one);
  }

  #heardAt(checkId: string): number {
    const [fresh, known] = [this.#fresh.get(checkId)?.result, this.#known.get(checkId)];
    return Math.max(fresh?.at ?? -Infinity, known?.at ?? -Infinity);
  }

  /** Of all services that have begun. */
  #everywhere(): Required<
    Pick<Findings, 'everything' | 'begun' | 'last' | 'waiting' | 'underWay' | 'suspected' | 'awayMs'>
  > {
    const { underWay } = this.#parts;
    const waiting: string[] = [];
    for (const [id, state] of underWay) if (state !== 'called') waiting.push(id);
    const notJudged = this.#fresh.bad().flatMap(({ check, result }) => (isFailing(result) ? [check.id] : []));
    return {
      everything: () => this.#everything(),
      begun: [...this.#plans.keys()],
      last: this.#known.results,
      waiting: new Set(waiting),
      suspected: new Set([...waiting, ...notJudged]),
      awayMs: this.#awayMs,
      // What waits to be judged is no more known than what is being called.
      underWay: { has: (id) => underWay.has(id) || this.#fresh.has(id) },
    };
  }

  #everything(): readonly Check[] {
    return [...this.#plans.values()].flat();
  }

  #knownOf(checks: readonly Check[]): readonly Result[] {
    return checks.flatMap(({ id }) => this.#known.get(id) ?? []);
  }

  /**
   * Of credentials that these services need: of another that one beside them needs, not all who need it are in the
   * judgement, and those who are would count as all.
   */
  #failuresOf(services: readonly string[]): readonly CredentialFailure[] {
    return failedCredentials(
      this.#parts,
      services.flatMap((service) => this.#plans.get(service) ?? []),
    );
  }

  /** One that they need has failed. */
  #isWithoutToken(services: readonly string[]): boolean {
    const failed = this.#parts.tokens
      .status()
      .flatMap(({ credential, state, failure }) =>
        state !== 'ready' && failure !== undefined ? [`credential ${credential}`] : [],
      );
    return services.some((service) => failed.some((one) => this.#sharedOf(service).has(one)));
  }

  #checksBeside(services: readonly string[]): readonly Check[] {
    return this.#checksOf(this.#beside(services));
  }

  #checksOf(services: Iterable<string>): readonly Check[] {
    const planned = [...services].flatMap((service) => this.#plans.get(service) ?? []);
    return planned.map((check) => this.#called.get(check.id) ?? check);
  }

  /** As far as is known without asking anybody. Not asked of services that share nothing. */
  #mayBeWellAround(services: readonly string[], cycle: Running): boolean {
    const around = this.#beside(services);
    return (
      around.length > services.length &&
      this.#open.length === 0 &&
      // Whom it concerns that an objective of all is missed depends on who is looked at.
      this.#parts.budgets.objectives.every((one) => one.services !== undefined) &&
      this.#hasPassed(around, cycle)
    );
  }

  /**
   * Whether nothing is wrong with the services and with what shares something with them, and has not been: then what others came to
   * changes nothing in what the end of their cycle says.
   */
  async #isWellAround(services: readonly string[], cycle: Running): Promise<boolean> {
    const around = this.#beside(services);
    const { store, clock, recent, baselines } = this.#parts;
    const now = clock.now();
    const [open, lately] = await Promise.all([
      store.openIncidents(),
      store.incidents({ from: now - defaultAnalysisSettings.flapping.windowMs, to: now }),
    ]);
    if (open.length > 0 || !this.#mayBeWellAround(services, cycle)) return false;
    const answers = new SlowAnswers({
      open,
      ended: lately,
      results: this.#fresh.of(services).map(({ result }) => result),
      timed: (checkId) => recent.timed(checkId),
      usual: (check, at) => baselines.usual(check.service, check.id, at),
      now,
    });
    const own = services.flatMap((service) => this.#plans.get(service) ?? []);
    const all = around.flatMap((service) => this.#plans.get(service) ?? []);
    const groups = [
      ...groupBy(own, ({ service }) => service).values(),
      ...groupBy(own, ({ origin }) => origin).values(),
      ...groupBy(all, ({ origin }) => origin).values(),
    ];
    return !groups.some((group) => answers.mayBeSlow(group));
  }

  #hasPassed(around: readonly string[], { judged, unreadable }: Running): boolean {
    return (
      this.#fresh.bad(around).length === 0 &&
      (unreadable ?? []).length === 0 &&
      [...judged.values()].every(({ verdict }) => verdict === 'pass') &&
      around.every((service) => this.#known.isWell(this.#plans.get(service) ?? [])) &&
      !this.#isWithoutToken(around)
    );
  }

  /** The services, and those that share an origin or a credential with them. */
  #beside(services: readonly string[]): readonly string[] {
    const shared = new Set(services.flatMap((service) => [...this.#sharedOf(service)]));
    return [...this.#plans.keys()].filter(
      (service) => services.includes(service) || [...this.#sharedOf(service)].some((one) => shared.has(one)),
    );
  }

  readonly #shared = new WeakMap<readonly Check[], ReadonlySet<string>>();

  #sharedOf(service: string): ReadonlySet<string> {
    const checks = this.#plans.get(service) ?? [];
    const known = this.#shared.get(checks);
    if (known !== undefined) return known;
    const shared = new Set<string>();
    for (const { origin, credential } of checks) {
      shared.add(`origin ${origin}`);
      if (credential !== undefined) shared.add(`credential ${credential}`);
    }
    this.#shared.set(checks, shared);
    return shared;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.#turn.acquire();
    try {
      await this.#followClock();
      this.#awayMs += this.#absence?.take() ?? 0;
      const done = await work();
      this.#awayMs = 0;
      return done;
    } finally {
      leave();
    }
  }

  /** Whatever the wall clock was set to, what goes on has lasted as long as it has. */
  async #followClock(): Promise<void> {
    const { clock, recent, store } = this.#parts;
    this.#jumpedMs += this.#jump.take();
    const ms = this.#jumpedMs;
    if (ms === 0) return;
    await store.shiftIncidents(ms);
    this.#jumpedMs = 0;
    recent.shift(ms);
    const redating = new Redating(ms, clock.now());
    this.#fresh.redate((result) => redating.result(result));
    this.#known.redate((result) => redating.result(result));
    this.#cycles.redate(redating);
  }
}

function readBy(
  readings: ReadonlyMap<string, Running>,
): Required<Pick<Findings, 'unreadable' | 'documentsRead'>> {
  const cycles = new Set(readings.values());
  return {
    unreadable: [...cycles].flatMap(({ unreadable = [] }) => unreadable),
    documentsRead: [...readings.keys()],
  };
}
