import path from 'node:path';
import { Agent } from 'undici';
import { RecentLatencies } from './analyze/recent.ts';
import { createTokenManager, type TokenManager } from './auth/manager.ts';
import { schemes } from './auth/schemes/registry.ts';
import { createSend } from './auth/send.ts';
import { createEngine, type Engine } from './check/engine.ts';
import { expectations } from './check/expectations/registry.ts';
import type { Clock } from './kit/clock.ts';
import { Semaphore } from './kit/limits.ts';
import type { Logger } from './kit/logger.ts';
import type { Redactor } from './kit/secret.ts';
import type { Plan } from './model/check.ts';
import type { Document, SecurityScheme } from './model/document.ts';
import type { Json } from './model/json.ts';
import type { Expectation, Settings } from './model/settings.ts';
import type { PlanFilter } from './plan/filter.ts';
import { Planner } from './plan/plan.ts';
import { createScanner, type Scanner } from './scan/scan.ts';
import type { Store } from './store/store.ts';
import { packageVersion } from './version.ts';

/** What lives longer than a cycle. */
export interface Parts {
  readonly scanner: Scanner;
  readonly plan: (documents: readonly Document[], settings: Settings, filter?: PlanFilter) => Plan;
  readonly tokens: TokenManager;
  readonly engine: Engine;
  readonly store: Store;
  readonly recent: RecentLatencies;
  /** Held from reading the open incidents until what became of them is stored: cycles may overlap. */
  readonly ledger: Semaphore;
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
  /** The working folder. */
  readonly root: string;
}

/** Latency windows reach this far back over a restart. */
const recentMs = 24 * 3_600_000;
const recentPerCheck = 20;

export interface BuiltParts extends Parts {
  /** Takes over a new configuration between two cycles. */
  configure(settings: Settings): void;
  close(): Promise<void>;
}

/** Builds everything that lives longer than a cycle and wires it. */
export async function buildParts(foundation: Foundation): Promise<BuiltParts> {
  const { settings, store, clock, log, redactor } = foundation;
  const http = new Agent({ connect: { timeout: 10_000 }, keepAliveTimeout: 1000 });
  const send = createSend({ clock, limits: { totalMs: 15_000, bodyBytes: 1 << 20 } });
  const tokens = createTokenManager({ credentials: settings.credentials, send, clock, log, redactor });
  const engine = createEngine({ authorizer: tokens, clock, log, redactor, limits: settings.limits });
  const version = packageVersion();
  const planner = new Planner();
  const recent = await store.recentLatencies(clock.now() - recentMs, recentPerCheck);
  return {
    scanner: createScanner({ cache: store.documents, clock, log, http, root: path.resolve(foundation.root) }),
    plan: (documents, current, filter) =>
      planner.plan(documents, current, {
        now: clock.now(),
        version,
        satisfies: (name) => satisfiedBy(current, name),
        readExpectation,
        ...(filter === undefined ? {} : { filter }),
      }),
    tokens,
    engine,
    store,
    recent: new RecentLatencies(recent),
    ledger: new Semaphore(1),
    clock,
    log,
    configure(next) {
      tokens.reconfigure(next.credentials);
      engine.configure(next.limits);
    },
    async close() {
      await Promise.all([engine.close(), tokens.close(), send.close(), http.close()]);
    },
  };
}

function satisfiedBy(settings: Settings, credential: string): readonly SecurityScheme['kind'][] {
  const kind = settings.credentials[credential]?.scheme;
  return schemes.find((scheme) => scheme.kind === kind)?.satisfies ?? [];
}

/** An expectation as a document's `x-patrol` has it; the text says what is wrong with it. */
function readExpectation(kind: string, settings: Json): Expectation | string {
  const expectation = expectations.find((one) => one.kind === kind);
  if (expectation === undefined) {
    return `knows no expectation "${kind}"; there are ${expectations.map((one) => one.kind).join(', ')}`;
  }
  const read = expectation.settings.safeParse(settings);
  return read.success
    ? { kind, settings: read.data }
    : `${kind}: ${read.error.issues[0]?.message ?? 'is not valid'}`;
}
