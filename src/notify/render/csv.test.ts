import { expect, it } from 'vitest';
import { scenarios } from '../test-message/scenarios.ts';
import { incidentsCsv } from './csv.ts';

const at = Date.UTC(2026, 2, 9, 4, 3);

it('has a line for every incident, in a form that Excel reads', () => {
  expect(incidentsCsv(scenarios.recovery(at))).toBe(
    '\uFEFFid,event,severity,service,subject,since,until,cause,reason\r\n' +
      'AAA1,resolved,major,orders,GET /orders/{orderId},2026-03-09T03:31:00.000Z,2026-03-09T04:03:00.000Z,operation,"HTTP 500, expected: 200"\r\n',
  );
});

it('says until when it failed, not when that was sure', () => {
  const [sample] = scenarios.recovery(at).transitions;
  const incident = { ...sample!.incident, lastSeenAt: at - 40_000, wellSince: at - 15_000 };
  const csv = incidentsCsv({ ...scenarios.recovery(at), transitions: [{ ...sample!, incident }] });
  expect(csv).toContain(',2026-03-09T04:02:45.000Z,operation,');
});

it.each([
  ['=1+1', "'=1+1"],
  ['+cmd|calc', "'+cmd|calc"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['say "hi", you', '"say ""hi"", you"'],
  ['two\nlines', 'two lines'],
])('makes %j harmless', (subject, written) => {
  const [sample] = scenarios.failure(at).transitions;
  const incident = { ...sample!.incident, subjectLabel: subject };
  const csv = incidentsCsv({ ...scenarios.failure(at), transitions: [{ ...sample!, incident }] });
  expect(csv.split('\r\n')[1]).toContain(`,orders,${written},2026`);
});
