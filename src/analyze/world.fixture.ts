import type { Check } from '../model/check.ts';
import type { Incident, Transition } from '../model/incident.ts';
import type { ReasonCode, Result, Verdict } from '../model/result.ts';
import { type Analysis, type AnalysisInput, defaultAnalysisSettings } from './analysis.ts';
import { analyze } from './analyze.ts';
import { RecentLatencies } from './recent.ts';

export const start = Date.UTC(2026, 0, 5, 8);
export const cycleMs = 900_000;

export function check(id: string, more: Partial<Check> = {}): Check {
  return {
    id,
    source: 'orders',
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

/** What happened to a check: `ok 30` (ms), `fail schema`, `timeout`, `degraded drift`, `blocked credential` … */
export type Outcome = string;

const transport: ReadonlySet<string> = new Set(['dns', 'connect-refused', 'tls', 'timeout', 'reset']);

export function result(checkId: string, outcome: Outcome, at: number): Result {
  const [word = '', detail = ''] = outcome.split(' ');
  if (word === 'ok') return answer(checkId, at, 'pass', 'none', Number(detail || 100));
  if (transport.has(word)) return silence(checkId, at, 'fail', word as ReasonCode);
  const code = detail as ReasonCode;
  switch (word) {
    case 'fail':
    case 'degraded':
      return answer(checkId, at, word, code, 100);
    case 'blocked':
    case 'unknown':
      return silence(checkId, at, word, code);
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

function silence(checkId: string, at: number, verdict: Verdict, code: ReasonCode): Result {
  const reason = { code, message: `found ${code}` };
  return { checkId, at, verdict, reason, bytes: 0, phases: { totalMs: 5 }, attempts: 1, findings: [] };
}

/** What one cycle finds, by check id, and whatever else the analysis is to be told. */
export interface CycleScript extends Partial<Omit<AnalysisInput, 'results' | 'cycle' | 'recent'>> {
  readonly results: Readonly<Record<string, Outcome>> | readonly (readonly [string, Outcome])[];
}

/** Plays cycles one after another, a quarter of an hour apart. */
export class World {
  readonly checks: readonly Check[];
  readonly #recent = new RecentLatencies();
  open: readonly Incident[] = [];
  #cycle = 0;

  constructor(checks: readonly Check[]) {
    this.checks = checks;
  }

  get now(): number {
    return start + this.#cycle * cycleMs;
  }

  play({ results: outcomes, ...more }: CycleScript): Analysis {
    const startedAt = this.now;
    const listed = Array.isArray(outcomes) ? outcomes : Object.entries(outcomes);
    const results = listed.map(([id, outcome], no) => result(id, outcome, startedAt + no));
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
      now: startedAt + 5000,
      settings: defaultAnalysisSettings,
      ...more,
    });
    this.#recent.add(results);
    this.open = analysis.open;
    return analysis;
  }

  /** As `play`, in short: `opened operation:a`. */
  tell(script: CycleScript): readonly string[] {
    return this.play(script).transitions.map(inShort);
  }
}

export function inShort({ kind, incident }: Transition): string {
  return `${kind} ${incident.fingerprint}`;
}

/** The same outcome for many checks. */
export function all(checks: readonly Check[], outcome: Outcome): Readonly<Record<string, Outcome>> {
  return Object.fromEntries(checks.map(({ id }) => [id, outcome]));
}
