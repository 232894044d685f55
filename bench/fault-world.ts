import type { CredentialFailure } from '../src/model/credential-failure.ts';
import type { Check } from '../src/model/check.ts';
import type { ReasonCode, Result } from '../src/model/result.ts';

export const cycleMs = 900_000;
export const start = Date.UTC(2026, 0, 5);
const services = 10;
const perService = 100;

/** A thousand operations in ten services, each with a host, a document and a login of its own. */
export const checks: readonly Check[] = Array.from({ length: services * perService }, (_, no) => {
  const service = `s${Math.floor(no / perService)}`;
  return {
    id: `${service}-${no % perService}`,
    service: service,
    documentId: `${service}:api.yaml`,
    operation: `GET /${service}/${no % perService}`,
    tags: [],
    owners: [],
    severity: 'major',
    method: 'GET',
    origin: `https://${service}.example`,
    request: { method: 'GET', url: `https://${service}.example/${no % perService}`, headers: {} },
    values: [],
    credential: `login-${service}`,
    expectations: [],
    promises: [],
    schemas: {},
    dialect: '2020-12',
    repeatable: true,
    intervalMs: cycleMs,
    timeouts: { connectMs: 1000, firstByteMs: 1000, totalMs: 1000 },
    retries: 0,
    latency: { p95Ms: 2000 },
  };
});

export type FaultKind =
  | 'operation answers 500'
  | 'operation breaks its schema'
  | 'operation is slow'
  | 'operation is slower than usual'
  | 'operation comes and goes'
  | 'host is dead'
  | 'host times out for most'
  | 'host is slow'
  | 'gateway answers 502'
  | 'credential expires'
  | 'service moves (404)'
  | 'half of a service fails'
  | 'one instance of three is dead'
  | 'patrol is offline';

export interface Fault {
  readonly kind: FaultKind;
  readonly from: number;
  readonly until: number;
  /** Ids of the checks that it touches. */
  readonly touches: ReadonlySet<string>;
  readonly service?: string;
}

/** Deterministic numbers from 0 to 1. */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Noise {
  /** Shares of answers that are slow, or 5xx, for no reason. */
  readonly slow: number;
  readonly error: number;
}

export const noise: Noise = { slow: 0.01, error: 0.001 };

/** What one call finds; `undefined` reason code: it passed. */
interface Call {
  readonly code?: ReasonCode;
  readonly status?: number;
  readonly totalMs: number;
}

/** One call at a moment, faults and noise included. */
function call(check: Check, fault: Fault | undefined, at: number, random: Random): Call {
  const usual = 60 + random() * 80;
  const broken = fault === undefined ? undefined : brokenCall(check, fault, at, random);
  if (broken !== undefined) return { totalMs: usual, ...broken };
  if (random() < noise.error) return { code: 'status', status: 503, totalMs: usual };
  if (random() < noise.slow) return { status: 200, totalMs: 2200 + random() * 4000 };
  return { status: 200, totalMs: usual };
}

function brokenCall(check: Check, fault: Fault, at: number, random: Random): Partial<Call> | undefined {
  switch (fault.kind) {
    case 'operation answers 500':
    case 'half of a service fails':
      return { code: 'status', status: 500 };
    case 'operation breaks its schema':
      return { code: 'schema', status: 200 };
    case 'operation is slow':
    case 'host is slow':
      return { status: 200, totalMs: 2500 + random() * 2000 };
    case 'operation is slower than usual':
      return { status: 200, totalMs: 300 + random() * 120 };
    case 'operation comes and goes':
      return Math.floor((at - fault.from) / cycleMs) % 2 === 0 ? { code: 'status', status: 500 } : undefined;
    case 'host is dead':
      return { code: 'connect-refused' };
    case 'patrol is offline':
      return { code: 'dns' };
    case 'host times out for most':
      return Number(check.id.split('-')[1]) % 10 < 8 ? { code: 'timeout' } : undefined;
    case 'gateway answers 502':
      return { code: 'status', status: 502 };
    case 'one instance of three is dead':
      return random() < 1 / 3 ? { code: 'status', status: 503 } : undefined;
    case 'service moves (404)':
      return { code: 'status', status: 404 };
    case 'credential expires':
      return { code: 'credential' };
  }
}

/** What the engine makes of it: a failure is looked at again after 5 and 20 seconds, and only a third one counts. */
export function patrolOnce(check: Check, fault: Fault | undefined, at: number, random: Random): Result {
  const first = call(check, fault, at, random);
  if (first.code === 'credential') return toResult(check, at, first, 'blocked', 1);
  if (first.code === undefined) return toResult(check, at, first, 'pass', 1);
  for (const afterMs of [5000, 20_000]) {
    const again = call(check, fault, at + afterMs, random);
    if (again.code === undefined) return toResult(check, at, { ...again, code: 'flaky' }, 'degraded', 2);
  }
  return toResult(check, at, first, 'fail', 3);
}

/** What a monitor without a second look sees. */
export function lookOnce(check: Check, fault: Fault | undefined, at: number, random: Random): boolean {
  return call(check, fault, at, random).code === undefined;
}

function toResult(
  check: Check,
  at: number,
  { code = 'none', status, totalMs }: Call,
  verdict: Result['verdict'],
  attempts: number,
): Result {
  const slow = verdict === 'pass' && totalMs > check.latency.p95Ms;
  return {
    checkId: check.id,
    at,
    verdict: slow ? 'degraded' : verdict,
    reason: { code: slow ? 'latency' : code, message: status === undefined ? code : `HTTP ${status}` },
    status,
    bytes: 100,
    phases: { totalMs },
    attempts,
    findings: [],
  };
}

export function credentialFailures(faults: readonly Fault[]): readonly CredentialFailure[] {
  return faults
    .filter(({ kind }) => kind === 'credential expires')
    .map(({ service }) => ({
      credential: `login-${service ?? ''}`,
      message: 'POST /token answered 401 invalid_client',
      permanent: true,
    }));
}

const kinds: readonly FaultKind[] = [
  'operation answers 500',
  'operation breaks its schema',
  'operation is slow',
  'operation is slower than usual',
  'operation comes and goes',
  'host is dead',
  'host times out for most',
  'host is slow',
  'gateway answers 502',
  'credential expires',
  'service moves (404)',
  'half of a service fails',
  'one instance of three is dead',
  'patrol is offline',
];

/** What cannot be seen in one cycle. */
const longLasting: ReadonlyMap<FaultKind, number> = new Map<FaultKind, number>([
  ['operation comes and goes', 8 * 3_600_000],
  ['operation is slower than usual', 5 * 3_600_000],
]);

/** Every kind several times, one after another with hours between them, from one cycle to twelve hours long. */
export function script(weeks: number, random: Random): readonly Fault[] {
  const faults: Fault[] = [];
  const end = start + weeks * 7 * 86_400_000;
  let at = start + 86_400_000;
  for (let no = 0; at < end - 86_400_000; no++) {
    const kind = kinds[no % kinds.length] ?? 'host is dead';
    const lasts = longLasting.get(kind) ?? cycleMs * (1 + Math.floor(random() ** 3 * 48));
    // Not on the grid: a fault begins and ends between cycles.
    const from = at + Math.floor(random() * cycleMs);
    faults.push({ kind, from, until: from + lasts, ...whatItTouches(kind, random) });
    at = from + lasts + 5 * 3_600_000;
  }
  return faults;
}

function whatItTouches(kind: FaultKind, random: Random): Pick<Fault, 'touches' | 'service'> {
  if (kind === 'patrol is offline') return { touches: new Set(checks.map(({ id }) => id)) };
  const service = `s${Math.floor(random() * services)}`;
  const own = checks.filter(({ service }) => service === service).map(({ id }) => id);
  if (kind.startsWith('operation'))
    return { touches: new Set([own[Math.floor(random() * perService)] ?? '']), service };
  const half = kind === 'half of a service fails';
  return { touches: new Set(half ? own.filter((_, no) => no % 5 < 3) : own), service };
}
