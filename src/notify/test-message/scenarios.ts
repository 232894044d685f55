import { sentence } from '../../messages/sentence.ts';
import type { Incident, Transition, TransitionKind } from '../../model/incident.ts';
import type { MessageContent } from '../../model/message.ts';
import type { Severity } from '../../model/settings.ts';
import { compose } from '../messages/compose.ts';

/** Made-up situations that look like real ones: for previews and for trying a channel out. */
export const scenarios = {
  /** One operation answers 500. */
  failure: (at: number) => told(at, [transition(at, 'opened', failing(at, 1))], 1),
  /** A whole host is down: one incident for all of its operations. */
  outage: (at: number) => told(at, [transition(at, 'opened', hostDown(at))], 12),
  /** The failing operation answers again. */
  recovery: (at: number) => told(at, [recovered(at, 1, 32 * minuteMs)], 0),
  /** Some of everything, as after a bad release. */
  mixed: (at: number) =>
    told(
      at,
      [
        transition(at, 'opened', hostDown(at)),
        transition(at, 'opened', failing(at, 2)),
        transition(at, 'changed', { ...failing(at - 65 * minuteMs, 3), failingCycles: 5, version: 2 }),
        transition(at, 'opened', slow(at)),
        recovered(at, 5, 32 * minuteMs),
        recovered(at, 6, 26 * 60 * minuteMs),
      ],
      14,
    ),
  /** 10,000 operations fail in one cycle and nothing explains them all. */
  storm: (at: number) => {
    const all = Array.from({ length: stormSize }, (_, index) =>
      transition(at, 'opened', failing(at, index + 1)),
    );
    return told(at, all, stormSize, stormSize);
  },
  /** A document has changed so that callers break. */
  changes: (at: number) => ({
    cycleId: 0,
    transitions: [],
    totals: { failing: 0, checks: 0 },
    mentions: [],
    breakingChanges: [
      {
        at,
        service: 'orders',
        uri: 'orders.openapi.yaml',
        removed: 1,
        changed: 2,
        lastEdit: { by: 'Zhang San', at: at - 20 * minuteMs },
        operations: [
          { key: 'DELETE /orders/{orderId}', details: [] },
          {
            key: 'GET /orders',
            details: [sentence('requiredParameterAdded', { place: 'query', name: 'tenant' })],
          },
          {
            key: 'GET /orders/{orderId}',
            details: [
              sentence('changeAt', {
                place: sentence('responseWith', { status: '200' }),
                what: sentence('requiredFieldRemoved', { name: 'total' }),
              }),
            ],
          },
        ],
      },
    ],
  }),
  /** Two services are new: one works, of the other something has to be set up. */
  introduction: (at: number) => ({
    cycleId: 0,
    transitions: [],
    totals: { failing: 0, checks: 0 },
    mentions: [],
    firstReports: [
      {
        service: 'orders',
        at,
        counts: {
          called: 42,
          pass: 29,
          failing: 0,
          differ: 1,
          value: 9,
          permission: 2,
          refused: 1,
          notCalled: { 'unsafe-method': 14, 'no-value': 3 },
        },
        waiting: 16,
        groups: [
          { why: sentence('allNeed', { n: 12, names: 'tenantId' }) },
          {
            why: sentence('allRefuseToken', {
              n: 2,
              credential: 'sso',
              others: sentence('takenByOthers', { n: 67 }),
            }),
          },
          {
            operation: 'GET /orders/export',
            why: sentence('answersSinceFirst', { answer: 'HTTP 500' }),
          },
        ],
      },
      {
        service: 'users',
        at,
        counts: {
          called: 12,
          pass: 12,
          failing: 0,
          differ: 0,
          value: 0,
          permission: 0,
          refused: 0,
          notCalled: {},
        },
        waiting: 0,
        groups: [],
      },
    ],
  }),
} as const satisfies Readonly<Record<string, (at: number) => MessageContent>>;

export type ScenarioName = keyof typeof scenarios;

const minuteMs = 60_000;
const stormSize = 10_000;

/** What `compose` makes of it for one channel that gets everything. */
function told(at: number, transitions: readonly Transition[], failing: number, checks = 48): MessageContent {
  const over = transitions.filter(({ kind }) => kind === 'resolved').length;
  const totals = { failing, checks, open: transitions.length - over };
  const [entry] = compose({
    transitions,
    routes: [{ to: ['preview'] }],
    cycleId: 1,
    at,
    totals: () => totals,
  });
  return entry?.content ?? { cycleId: 1, transitions, totals, mentions: [] };
}

function transition(at: number, kind: TransitionKind, incident: Incident): Transition {
  return { kind, at, incident };
}

function recovered(at: number, number: number, lastedMs: number): Transition {
  const incident = failing(at - lastedMs, number);
  const failingCycles = Math.ceil(lastedMs / (15 * minuteMs));
  return transition(at, 'resolved', {
    ...incident,
    state: 'resolved',
    resolvedAt: at,
    failingCycles,
    version: 2,
  });
}

function failing(openedAt: number, number: number): Incident {
  const path = number === 1 ? '/orders/{orderId}' : `/orders/${number}/items`;
  const label = `GET ${path}`;
  return base(openedAt, number, label, 'major', {
    history: {
      lastPassAt: openedAt - 15 * minuteMs,
      lastEdit: { by: 'Zhang San', at: openedAt - 26 * 60 * minuteMs },
    },
    reason: { code: 'status', message: sentence('statusExpected', { status: 500, expected: '200' }) },
    expected: '200',
    found: '500',
    said: 'NullPointerException at OrderService.java:42',
    curl: `curl -H 'Authorization: ***' 'https://orders.example${path.replace('{orderId}', '42')}'`,
  });
}

function slow(openedAt: number): Incident {
  return base(openedAt, 4, 'GET /reports/daily', 'minor', {
    verdict: 'degraded',
    reason: { code: 'latency', message: sentence('p95Over', { p95: '3.4 s', n: 20, objective: '2 s' }) },
    expected: 'p95 ≤ 2 s',
    found: '3.4 s',
  });
}

function hostDown(openedAt: number): Incident {
  const refused = sentence('connectionRefused');
  const worst = ['GET /payments', 'GET /payments/{id}', 'GET /refunds'].map((label, index) => ({
    checkId: `payments-${index}`,
    label,
    service: 'payments',
    message: refused,
  }));
  return base(openedAt, 900, 'https://payments.example', 'critical', {
    fingerprint: 'origin:https://payments.example',
    cause: { level: 'origin', subject: 'https://payments.example' },
    services: ['payments'],
    owners: ['lisi'],
    reason: { code: 'connect-refused', message: refused },
    members: { count: 12, of: 12, worst },
  });
}

function base(
  openedAt: number,
  number: number,
  label: string,
  severity: Severity,
  rest: Partial<Incident> & Pick<Incident, 'reason'>,
): Incident {
  const checkId = `orders-${number}`;
  return {
    id: number.toString(16).toUpperCase().padStart(4, 'A'),
    fingerprint: `operation:${checkId}`,
    cause: { level: 'operation', subject: checkId },
    state: 'firing',
    severity,
    verdict: 'fail',
    subjectLabel: label,
    services: ['orders'],
    tags: ['orders'],
    owners: ['zhangsan'],
    members: {
      count: 1,
      of: 1,
      worst: [{ checkId, label, service: 'orders', message: rest.reason.message }],
    },
    openedAt,
    lastSeenAt: openedAt,
    failingCycles: 1,
    version: 1,
    ...rest,
  };
}
