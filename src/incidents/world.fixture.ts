import { envelopeSays } from '../../test/support/sentences.ts';
import { sentence } from '../messages/sentence.ts';
import type { Check } from '../model/check.ts';
import type { Incident, Transition } from '../model/incident.ts';
import type { ReasonCode, Result, Verdict } from '../model/result.ts';
import {
  type Analysis,
  type AnalysisInput,
  type AnalysisSettings,
  defaultAnalysisSettings,
} from './analysis.ts';
import { analyze } from './analyze.ts';
import { RecentLatencies } from './latency/recent.ts';

export const start = Date.UTC(2026, 0, 5, 8);
export const cycleMs = 900_000;
/** Between the first attempt of `fail confirmed` and the one that decides. */
export const confirmedAfterMs = 10_000;

export function check(id: string, more: Partial<Check> = {}): Check {
  return {
    id,
    service: 'orders',
    documentId: 'orders:a.yaml',
    operation: `GET /${id}`,
    tags: [],
    owners: [],
    severity: 'major',
    method: 'GET',
    origin: 'https://orders.example',
    request: { method: 'GET', url: `https://orders.example/${id}`, headers: {} },
    values: [],
    expectations: [],
    promises: [],
    schemas: {},
    dialect: '2020-12',
    repeatable: true,
    intervalMs: cycleMs,
    timeouts: { connectMs: 1000, firstByteMs: 1000, totalMs: 1000 },
    retries: 0,
    latency: { p95Ms: 2000 },
    ...more,
  };
}

/** What happened to a check: `ok 30` (ms), `fail schema`, `fail 502`, `fail confirmed`, `fail body {}`, `timeout`, `degraded drift`, `blocked credential` … */
export type Outcome = string;

const transport: ReadonlySet<string> = new Set([
  'dns',
  'no-resolver',
  'no-route',
  'connect-refused',
  'tls',
  'timeout',
  'reset',
]);

export function result(checkId: string, outcome: Outcome, at: number): Result {
  const [, word = '', detail = ''] = /^(\S*) ?(.*)$/.exec(outcome) ?? [];
  if (outcome === 'fail page')
    return {
      ...answer(checkId, at, 'fail', 'content-type', 100),
      evidence: { curl: 'curl', excerpt: '<h1>Sorry</h1>' },
    };
  if (outcome === 'fail gzip') {
    const message = sentence('bodyNotEncoded', { encoding: 'gzip' });
    const failed = answer(checkId, at, 'fail', 'content-type', 100);
    return { ...failed, findings: [{ kind: 'content-type', level: 'error', message }] };
  }
  if (word === 'fail' && detail.startsWith('body '))
    return withBody(detail.slice('body '.length), checkId, at);
  if (outcome === 'fail words')
    return {
      ...answer(checkId, at, 'fail', 'assertion', 100),
      status: 200,
      findings: [{ kind: 'envelope', level: 'error', message: envelopeSays('code', '500', '系统异常') }],
      evidence: { curl: 'curl', excerpt: '{"code":500,"msg":"系统异常"}' },
    };
  if (outcome === 'fail refused' || outcome === 'fail refused page') {
    const excerpt = outcome.endsWith('page') ? '<h1>Forbidden</h1>' : '{"detail":"forbidden"}';
    return {
      ...answer(checkId, at, 'fail', 'status', 100),
      status: 403,
      evidence: { curl: 'curl', excerpt },
    };
  }
  if (outcome === 'fail error')
    return { ...answer(checkId, at, 'fail', 'status', 100), evidence: { curl: 'curl', excerpt: '{"e":1}' } };
  if (outcome === 'fail confirmed') {
    const attempts = [at - confirmedAfterMs, at].map((when) => {
      return { at: when, status: 500, code: 'status', message: 'found status', totalMs: 100 } as const;
    });
    return { ...answer(checkId, at, 'fail', 'status', 100), evidence: { curl: 'curl', attempts } };
  }
  if (word === 'ok') return answer(checkId, at, 'pass', 'none', Number(detail || 100));
  if (transport.has(word)) return silence(checkId, at, 'fail', word as ReasonCode);
  const code = detail as ReasonCode;
  if (/^\d+$/.test(detail)) {
    const failed = answer(checkId, at, 'fail', 'status', 100);
    return { ...failed, status: Number(detail), reason: { code: 'status', message: `found ${detail}` } };
  }
  switch (word) {
    case 'fail':
    case 'degraded':
      return answer(checkId, at, word, code, 100);
    case 'blocked':
    case 'unknown':
      // A value of ours was refused; what it would be with one that exists is known.
      return {
        ...silence(checkId, at, word, code),
        ...(code === 'made-up-value' && { unproven: { verdict: 'fail', code: 'status' } }),
      };
    default:
      throw new Error(`no such outcome: ${outcome}`);
  }
}

function answer(checkId: string, at: number, verdict: Verdict, code: ReasonCode, totalMs: number): Result {
  const slow = verdict === 'pass' && totalMs > 2000;
  return {
    checkId,
    at,
    verdict: slow ? 'degraded' : verdict,
    reason: { code: slow ? 'latency' : code, message: code === 'none' ? '' : `found ${code}` },
    status: verdict === 'fail' ? 500 : 200,
    bytes: 10,
    phases: { totalMs },
    attempts: 1,
    findings: [],
  };
}

/** Where an object is documented. */
function withBody(excerpt: string, checkId: string, at: number): Result {
  const kind = /^(?:\{\}|null)$/.test(excerpt) ? 'schema' : 'content-type';
  const finding = { kind, level: 'error', message: `found ${kind}`, expected: 'JSON' } as const;
  return {
    ...answer(checkId, at, 'fail', kind, 100),
    status: 200,
    bytes: excerpt.length,
    findings: [kind === 'schema' ? { ...finding, expected: 'object', pointer: '' } : finding],
    evidence: { curl: 'curl', ...(excerpt === '' ? {} : { excerpt }) },
  };
}

function silence(checkId: string, at: number, verdict: Verdict, code: ReasonCode): Result {
  const reason = { code, message: `found ${code}` };
  return { checkId, at, verdict, reason, bytes: 0, phases: { totalMs: 5 }, attempts: 1, findings: [] };
}

/** What one cycle finds, by check id, and whatever else the analysis is to be told. */
export interface CycleScript extends Partial<Omit<AnalysisInput, 'results' | 'cycle' | 'recent'>> {
  /** Time since the evaluation before; default: a quarter of an hour. */
  readonly afterMs?: number;
  readonly results: Readonly<Record<string, Outcome>> | readonly (readonly [string, Outcome])[];
}

/** Plays cycles one after another, a quarter of an hour apart; one good one is enough to end what was wrong. */
export class World {
  readonly checks: readonly Check[];
  readonly #recent = new RecentLatencies();
  readonly #settings: AnalysisSettings;
  open: readonly Incident[] = [];
  ended: readonly Incident[] = [];
  #cycle = 0;
  #now = start - cycleMs;

  constructor(checks: readonly Check[], settings: Partial<AnalysisSettings> = {}) {
    this.checks = checks;
    this.#settings = { ...defaultAnalysisSettings, recovery: { successes: 1 }, ...settings };
  }

  /** How many have been played. */
  get cycles(): number {
    return this.#cycle;
  }

  /** Of the last one played, epoch ms. */
  get now(): number {
    return this.#now;
  }

  play({ results: outcomes, afterMs = cycleMs, ...more }: CycleScript): Analysis {
    const startedAt = this.#now + afterMs;
    const listed = Array.isArray(outcomes) ? outcomes : Object.entries(outcomes);
    const results = listed.map(([id, outcome], no) => result(id, outcome, startedAt + no));
    return this.playResults(results, { afterMs, ...more });
  }

  /** The same with results as they are. */
  playResults(
    results: readonly Result[],
    { afterMs = cycleMs, ...more }: Omit<CycleScript, 'results'> = {},
  ): Analysis {
    this.#now += afterMs;
    const startedAt = this.#now;
    this.#cycle++;
    const analysis = analyze({
      cycle: {
        id: this.#cycle,
        dueAt: startedAt,
        startedAt,
        outcome: 'complete',
        durationMs: 5000,
        missed: 0,
      },
      checks: this.checks,
      results,
      open: this.open,
      credentialFailures: [],
      removedChecks: [],
      recent: (id) => this.#recent.of(id),
      timed: (id) => this.#recent.timed(id),
      now: startedAt + 5000,
      settings: this.#settings,
      ended: this.ended,
      ...more,
    });
    this.#recent.add(results);
    this.open = analysis.open;
    const over = analysis.transitions.filter(({ incident }) => incident.state === 'resolved');
    this.ended = [...this.ended, ...over.map(({ incident }) => incident)];
    return analysis;
  }

  /** As `play`, in short: `opened operation:a`. */
  tell(script: CycleScript): readonly string[] {
    return this.play(script).transitions.map(inShort);
  }
}

/** What is told about check `a`, evaluation by evaluation. */
export function tellAll(
  world: World,
  outcomes: readonly (Outcome | undefined)[],
  afterMs?: number,
): readonly (readonly string[])[] {
  return outcomes.map((outcome) =>
    world.tell({
      results: outcome === undefined ? {} : { a: outcome },
      afterMs,
    }),
  );
}

/** `opened operation:a`, in brackets when nobody is told. */
export function inShort({ kind, incident, suppressed }: Transition): string {
  const words = `${kind} ${incident.fingerprint}`;
  return suppressed === undefined ? words : `(${words}: ${suppressed.by})`;
}

/** The same outcome for many checks. */
export function all(checks: readonly Check[], outcome: Outcome): Readonly<Record<string, Outcome>> {
  return Object.fromEntries(checks.map(({ id }) => [id, outcome]));
}

/** Numbers in [0, 1) that are the same at every run (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
