import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Baselines } from '../incidents/latency/baselines.ts';
import { ErrorBudgets } from '../incidents/slo/budgets.ts';
import type { RecentLatencies } from '../incidents/latency/recent.ts';
import { createTokenManager, type TokenManager } from '../auth/manager.ts';
import type { SignInSheets } from '../auth/ports.ts';
import { runCommand } from '../auth/run.ts';
import type { SharedOptions } from '../auth/scheme.ts';
import { schemes } from '../auth/schemes/registry.ts';
import { createSend } from '../auth/token/send.ts';
import type { SealedTokenStore } from '../auth/persistence/sealed-token-store.ts';
import { createEngine, type Engine } from '../check/engine.ts';
import type { Runner } from '../check/runner.ts';
import type { Locations } from './locations/locations.ts';
import { expectations } from '../check/expectations/registry.ts';
import { AlwaysThere } from '../check/schema/always.ts';
import { AddressPolicy } from '../lib/net/addresses.ts';
import { createConnectivityCheck, type ConnectivityCheck, networkBy } from '../check/connectivity-check.ts';
import type { Guard } from '../lib/net/guarded-agent.ts';
import { Dispatchers } from '../documents/sources/dispatchers.ts';
import { createYielder, inSteps } from '../lib/yielder.ts';
import { askBy } from './cycle/ask.ts';
import { SignInWays } from './ways-out.ts';
import { Assessor } from './cycle/assessor.ts';
import { recallLatencies } from './cycle/memory.ts';
import type { UnderWay } from './cycle/running.ts';
import { Proofs } from './cycle/proofs.ts';
import { SetUps } from './cycle/set-ups.ts';
import type { MayBlame } from '../model/proof.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { ProxyEnvironment } from '../lib/net/proxy.ts';
import type { Redactor } from '../lib/secrets/secret.ts';
import { isPlain } from '../lib/secrets/sent-secrets.ts';
import type { Check, Plan } from '../model/check.ts';
import type { Incident } from '../model/incident.ts';
import type { Document, SecurityScheme } from '../model/document.ts';
import type { Json } from '../model/json.ts';
import type { Settings, ServiceSettings } from '../model/settings.ts';
import type { Refusal } from '../plan/candidate.ts';
import type { PlanFilter } from '../plan/match.ts';
import { type CapturedValues, Captures } from '../plan/captures.ts';
import { Trials } from '../plan/values/trials.ts';
import { isObject } from '../model/json.ts';
import { CredentialHosts, trustedOrigins } from '../plan/request/credential-hosts.ts';
import type { ReadExpectation } from '../plan/extension/patrol-extension.ts';
import { signInProposals } from '../plan/request/sign-in-proposals.ts';
import type { SignInProposal } from '../model/sign-in.ts';
import { Planner } from '../plan/plan.ts';
import { issueSentence } from '../config/validation/issues.ts';
import { sentence } from '../messages/sentence.ts';
import { createScanner, type Scanner } from '../documents/scan.ts';
import type { Store } from '../store/store.ts';
import { packageVersion } from '../lib/version.ts';

/** What lives longer than a cycle. */
export interface Parts {
  readonly scanner: Scanner;
  readonly plan: (documents: readonly Document[], settings: Settings, filter?: PlanFilter) => Promise<Plan>;
  /** Ways to sign in to what documents describe, as they say it. */
  readonly signIns: (documents: readonly Document[], settings: Settings) => readonly SignInProposal[];
  /** Has the captures and the habits take over a new plan of some services. */
  readonly follow: (checks: readonly Check[], services: readonly string[]) => Promise<void>;
  /** Checks of the last plan with what has been captured for them since. */
  readonly refill: (checks: readonly Check[], settings: Settings) => readonly Check[];
  readonly captures: Captures;
  readonly trials: Trials;
  readonly habits: AlwaysThere;
  readonly tokens: TokenManager;
  readonly engine: Engine;
  /** Calls checks, from here or from locations. */
  readonly runner: Runner;
  /** Absent: nothing can be called from anywhere but here. */
  readonly locations?: Locations | undefined;
  readonly store: Store;
  readonly recent: RecentLatencies;
  readonly baselines: Baselines;
  readonly proofs: Proofs;
  readonly setUps: SetUps;
  /** Another one when the objectives change. */
  readonly budgets: ErrorBudgets;
  /** Checks that a cycle calls and that have no result of it yet, by id. */
  readonly underWay: Map<string, UnderWay>;
  /** Judges what cycles and looks bring. */
  readonly assessor: Assessor;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What a patrol is built from. */
export interface Foundation {
  readonly settings: Settings;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  /** Of the installation: what workers are sent is kept sealed with it; absent: there are none. */
  readonly key?: Uint8Array | undefined;
  /** Keeps tokens over restarts. */
  readonly vault?: SealedTokenStore;
  /** Coordinates sign-ins with other processes. */
  readonly sheets?: SignInSheets;
  /** The working folder. */
  readonly root: string;
  /** Names the proxies. */
  readonly env: ProxyEnvironment;
  /** So long no patrol ran before this one, as far as is known. Default: not at all. */
  readonly downMs?: number;
  /** Of operations that have never worked before; default: nothing. */
  readonly mayBlame?: MayBlame;
  /** What another process has captured; absent: what is captured here. */
  readonly captured?: () => CapturedValues;
  /** For a command that ends by itself: nothing else has to be kept going. */
  readonly alone?: boolean;
}

/** Latency windows, and what was found last, reach this far back over a restart. */
const recentMs = 24 * 3_600_000;

/** A shorter one may as well be somebody's name. */
const leastSecret = 8;

export interface BuiltParts extends Parts {
  /** Takes over a new configuration between two cycles. */
  configure(settings: Settings): void;
  close(): Promise<void>;
}

/** Builds everything that lives longer than a cycle and wires it. */
export async function buildParts(foundation: Foundation): Promise<BuiltParts> {
  const { store, clock, log, redactor, vault, sheets } = foundation;
  let { settings } = foundation;
  const signIns = new SignInWays(
    () => settings,
    foundation.env,
    signInGuard(() => settings),
  );
  const version = packageVersion();
  const send = createSend({
    reach: signIns.reach,
    clock,
    limits: { totalMs: 15_000, bodyBytes: 1 << 20 },
    userAgent: `apipatrol/${version}`,
  });
  const tokens = createTokenManager({
    credentials: settings.credentials,
    send,
    clock,
    log,
    redactor,
    vault,
    sheets,
    guest: foundation.alone === true,
    run: () => (settings.allowExec === true ? runCommand : undefined),
  });
  let connectivityCheck = connectivityCheckOf(settings, clock);
  let refusal = refusalBy(settings);
  let hosts = hostsOf(settings);
  let budgets = new ErrorBudgets(settings.slo ?? [], await store.budgetMemories());
  const habits = new AlwaysThere(await store.habits());
  const last = await store.lastResults(lastReachMs(settings));
  const engine = createEngine({
    authorizer: tokens,
    clock,
    log,
    redactor,
    limits: settings.limits,
    trustedOrigins: trustedOrigins(settings.services),
    environment: foundation.env,
    brokenSchemas: brokenSchemasIn(await store.openIncidents()),
    last,
    always: habits,
    connectivityCheck: { problem: (code) => connectivityCheck.problem(code) },
  });
  const locations = await locationsOf(foundation, engine, tokens, () => settings);
  const planner = new Planner();
  const trials = new Trials(await store.trials());
  // An id is whole: that it ends as a secret begins does not make it one that was cut.
  const captures = new Captures(
    trials,
    (text) => text.length >= leastSecret && redactor.hides(JSON.stringify(text)),
  );
  const planOptions = (current: Settings) => ({
    now: clock.now(),
    version,
    satisfies: (name: string) => satisfiedBy(current, name),
    hosts,
    readExpectation,
    refusal,
    captured: foundation.captured?.() ?? captures.values,
    trials,
  });
  const recent = await recallLatencies(store, clock.now());
  const root = path.resolve(foundation.root);
  const readers = new Dispatchers(readerGuard, foundation.env);
  const scanner = createScanner({
    cache: store.documents,
    clock,
    log,
    http: (service, pair) => readers.of(service, pair),
    root,
    authorizer: tokens,
    secrets: () => redactor.knownOnly((value) => !isPlain(value)),
    alone: foundation.alone === true,
  });
  const parts: Omit<BuiltParts, 'assessor'> = {
    scanner,
    plan: (documents, current, filter) =>
      inSteps(
        planner.plan(documents, current, {
          ...planOptions(current),
          filter,
        }),
        createYielder(() => clock.monotonic()),
      ),
    signIns: (documents, current) =>
      current.services.flatMap((service) =>
        signInProposals(
          documents.filter((one) => one.service === service.name),
          service,
          refusal,
        ),
      ),
    follow: async (checks, services) => {
      for (const service of services) {
        const own = checks.filter((check) => check.service === service);
        habits.follow(service, new Set(own.map(({ id }) => id)));
      }
      await inSteps(
        captures.follow(checks, services),
        createYielder(() => clock.monotonic()),
      );
    },
    refill: (checks, current) => planner.refill(checks, current, planOptions(current)),
    captures,
    trials,
    habits,
    tokens,
    engine,
    runner: locations?.runner ?? engine,
    locations,
    store,
    recent,
    baselines: new Baselines(),
    proofs: new Proofs(await store.proofs(), foundation.mayBlame, (check) => trials.isExhausted(check)),
    setUps: new SetUps(await store.setUps(), redactor),
    underWay: new Map(),
    get budgets() {
      return budgets;
    },
    clock,
    log,
    configure(next) {
      if (!isDeepStrictEqual(next.slo ?? [], budgets.objectives))
        budgets = new ErrorBudgets(next.slo ?? [], budgets.memories);
      settings = next;
      tokens.reconfigure(next.credentials);
      engine.configure(next.limits, trustedOrigins(next.services));
      connectivityCheck = connectivityCheckOf(next, clock);
      refusal = refusalBy(next);
      hosts = hostsOf(next);
    },
    async close() {
      await Promise.all([engine.close(), tokens.close(), send.close(), scanner.close()]);
      await Promise.all([signIns.close(), readers.close()]);
    },
  };
  const assessor = new Assessor(
    parts,
    askBy(parts, () => settings),
    foundation.downMs,
  );
  assessor.remember(last);
  return Object.assign(parts, { assessor });
}

/** What it takes to call from elsewhere; it is loaded where that can be. */
async function locationsOf(
  { store, key, clock, log, redactor }: Foundation,
  here: Runner,
  tokens: TokenManager,
  settings: () => Settings,
): Promise<Locations | undefined> {
  const { work, outbox, desk } = store;
  if (work === undefined || key === undefined) return undefined;
  const { Locations } = await import('./locations/locations.ts');
  const seen = { ownIncidents: () => store.ownIncidents(), outbox, desk, work };
  return new Locations({ store: seen, key, here, tokens, settings, clock, log, redactor });
}

/** What hangs is called for minutes before it has a result. */
const hangingMs = 10 * 60_000;

/** Within this every operation has come to something. */
function lastReachMs({ services }: Settings): number {
  const longestMs = Math.max(...services.map(({ intervalMs }) => intervalMs), 0);
  return Math.min(recentMs, 2 * longestMs + hangingMs);
}

/** Documents of a service are read where that service's settings lead, and nowhere internal else. */
function readerGuard(service: ServiceSettings): Guard {
  return {
    policy: new AddressPolicy(withSecured(trustedOrigins([service]))),
    internal: service.network?.internal,
  };
}

/** Signing in leads through hosts of the company, but to cloud metadata only where a credential names it. */
function signInGuard(settings: () => Settings): Guard {
  return {
    internal: ['*'],
    get policy() {
      const written = JSON.stringify(settings().credentials).matchAll(/https?:\/\/[^\s"'\\/?#]+/gi);
      return new AddressPolicy(new Set([...written].flatMap(([url]) => originOf(url))));
    },
  };
}

function originOf(url: string): readonly string[] {
  return URL.canParse(url) ? [new URL(url).origin] : [];
}

/** A host that is named as `http://` often sends to its own `https://`. */
function withSecured(origins: ReadonlySet<string>): ReadonlySet<string> {
  const plain = [...origins].filter((origin) => /^http:\/\/(?:[^:[]|\[[^\]]*\])+$/.test(origin));
  return new Set([...origins, ...plain.map((origin) => origin.replace('http:', 'https:'))]);
}

function brokenSchemasIn(open: readonly Incident[]): ReadonlySet<string> {
  const own = open.filter(({ cause, reason }) => cause.level === 'operation' && reason.code === 'schema');
  return new Set(own.map(({ cause }) => cause.subject));
}

/** What the engine would refuse, so that it is not planned at all. */
function refusalBy({ services }: Settings): Refusal {
  const policy = new AddressPolicy(trustedOrigins(services));
  return (...asked) => policy.refusal(...asked)?.message;
}

/** Of the whole configuration, also when only some of its services are planned. */
function hostsOf({ services, credentials }: Settings): CredentialHosts {
  const named = (credential: string) =>
    (credentials[credential]?.options as SharedOptions | undefined)?.hosts;
  const signIns = (credential: string) => signInsOf(credentials[credential]?.options);
  return new CredentialHosts(services, (credential) => named(credential) ?? [], signIns);
}

/** Where a login or a token endpoint is, as schemes call it. */
function signInsOf(options: unknown): readonly string[] {
  if (!isObject(options)) return [];
  return [options['url'], options['tokenUrl'], options['issuer']].filter((url) => typeof url === 'string');
}

function connectivityCheckOf({ connectivityUrl: url, network }: Settings, clock: Clock): ConnectivityCheck {
  return createConnectivityCheck({ clock, url, network: networkBy(network) });
}

function satisfiedBy(settings: Settings, credential: string): readonly SecurityScheme['kind'][] {
  const kind = settings.credentials[credential]?.scheme;
  return schemes.find((scheme) => scheme.kind === kind)?.satisfies ?? [];
}

/** An expectation as a document's `x-patrol` has it, or what is wrong with it. */
function readExpectation(kind: string, settings: Json): ReturnType<ReadExpectation> {
  const expectation = expectations.find((one) => one.kind === kind);
  if (expectation === undefined) {
    const kinds = expectations.map((one) => one.kind);
    return { why: sentence('expectationUnknown', { kind, kinds }) };
  }
  const read = expectation.settings.safeParse(settings);
  if (read.success) return { kind, settings: read.data };
  const [issue] = read.error.issues;
  const why = issue === undefined ? sentence('notValid') : issueSentence(issue, settings);
  return { why: sentence('expectationWrong', { kind, why }) };
}
