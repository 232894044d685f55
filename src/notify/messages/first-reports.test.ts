import { expect, it } from 'vitest';
import type { SetUpGroup, SetUpKind } from '../../model/set-up.ts';
import { firstReportMessages } from './first-reports.ts';

function group(kind: SetUpKind, operation: string): SetUpGroup {
  const why = `it is ${kind}`;
  return {
    service: 'shop',
    kind,
    why,
    count: 1,
    items: [{ checkId: operation, service: 'shop', operation, kind, called: true, why, lines: [] }],
  };
}

it('lists what nothing excuses before what is to be filled in', () => {
  const counts = {
    called: 6,
    pass: 1,
    failing: 0,
    differ: 0,
    value: 3,
    permission: 0,
    refused: 2,
    notCalled: {},
  };
  const groups = [
    group('value', 'GET /coupons/{code}'),
    group('parameter', 'GET /orders'),
    group('permission', 'GET /admin'),
    group('refused', 'GET /refused'),
    group('broken', 'GET /broken'),
  ];
  const [entry] = firstReportMessages(
    [{ service: 'shop', since: 0, counts, groups }],
    [],
    { routes: [{ to: ['ops'] }], services: [] },
    0,
  );
  expect(entry?.content.firstReports?.[0]?.groups.map(({ operation }) => operation)).toEqual([
    'GET /broken',
    'GET /refused',
    'GET /coupons/{code}',
  ]);
});
