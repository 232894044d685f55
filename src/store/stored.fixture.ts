import type { Check } from '../model/check.ts';
import type { CycleStatistics } from '../model/cycle.ts';
import type { Incident } from '../model/incident.ts';
import type { OutboxEntry } from '../model/message.ts';
import type { Result } from '../model/result.ts';
import type { CycleClose, Store } from './store.ts';

export const t0 = Date.UTC(2026, 0, 5, 8);
export const always = { from: 0, to: Number.MAX_SAFE_INTEGER };

export function check(id: string, service = 'orders'): Check {
  return { id, service, operation: `GET /${id}` } as Check;
}

export function pass(checkId: string, totalMs: number, at = t0): Result {
  return {
    checkId,
    at,
    verdict: 'pass',
    reason: { code: 'none', message: '' },
    status: 200,
    bytes: 512,
    phases: { firstByteMs: totalMs - 0.5, downloadMs: 0.4, totalMs },
    attempts: 1,
    findings: [],
  };
}

export function fail(checkId: string): Result {
  return {
    ...pass(checkId, 31.2),
    verdict: 'fail',
    reason: { code: 'status', message: 'HTTP 500, expected: 200' },
    status: 500,
    phases: { dnsMs: 1.2, connectMs: 3.4, tlsMs: 0, firstByteMs: 20, totalMs: 31.2 },
    attempts: 3,
    findings: [{ kind: 'status', level: 'error', message: 'HTTP 500', expected: '200', found: '500' }],
    evidence: { curl: "curl 'https://orders.example/'", excerpt: '{"error":"boom"}' },
  };
}

export function incident(fingerprint: string, more: Partial<Incident> = {}): Incident {
  return {
    id: 'A7F3',
    fingerprint,
    cause: { level: 'operation', subject: 'a' },
    state: 'firing',
    severity: 'major',
    verdict: 'fail',
    subjectLabel: 'GET /a',
    services: ['orders'],
    tags: [],
    owners: [],
    reason: { code: 'status', message: 'HTTP 500' },
    members: { count: 1, of: 1, worst: [] },
    openedAt: t0,
    lastSeenAt: t0,
    failingCycles: 1,
    version: 1,
    ...more,
  };
}

export function message(dedupKey: string): OutboxEntry {
  const content = { cycleId: 1, transitions: [], totals: { failing: 1, checks: 2 }, mentions: [] };
  return { dedupKey, channel: 'ops', createdAt: t0, content };
}

export function statistics(cycleId: number, startedAt = t0): CycleStatistics {
  return {
    cycleId,
    outcome: 'complete',
    dueAt: startedAt,
    startedAt,
    durationMs: 5000,
    latenessMs: 0,
    missed: 0,
    checked: 2,
    counts: { pass: 1, degraded: 0, fail: 1, blocked: 0, unknown: 0 },
    successRate: 0.5,
    byService: {},
  };
}

/** A whole cycle with nothing in it but what is given; returns its number. */
export async function runCycle(
  store: Store,
  startedAt: number,
  close: Partial<CycleClose> = {},
): Promise<number> {
  const { id } = await store.beginCycle(startedAt, startedAt);
  await store.closeCycle({
    statistics: statistics(id, startedAt),
    results: [],
    checks: [],
    open: [],
    transitions: [],
    messages: [],
    ...close,
  });
  return id;
}
