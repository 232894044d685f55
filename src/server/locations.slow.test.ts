import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve, type Served } from '../../test/support/served.ts';
import { ownIncident } from '../app/daemon/notice.ts';
import { sentence } from '../messages/sentence.ts';
import { locationPrefixes } from '../model/incident.ts';

let served: Served;

const ownOne = (about: string) =>
  ownIncident(
    {
      about,
      label: sentence('theLocation', { location: 'beijing' }),
      severity: 'critical',
      verdict: 'fail',
      reason: { code: 'location', message: sentence('locationSilent', { location: 'beijing' }) },
      at: 1,
    },
    'en',
  );

beforeAll(async () => {
  served = await serve();
  await served.cycle();
}, 90_000);
afterAll(() => served.close());

it('a location without workers counts wherever what is wrong is counted', async () => {
  const incident = ownOne(`${locationPrefixes.silent}beijing`);
  const other = ownOne('clock');
  const opened = [incident, other].map((one) => ({ kind: 'opened' as const, at: 1, incident: one }));
  const { store } = served.daemon;
  await store.outbox.tell(opened, []);
  const { body } = await served.get('/overview');
  expect(body).toMatchObject({ state: 'failing', openCount: 1, open: [{ id: incident.id }] });
  expect((await served.get('/incidents')).body.items).toMatchObject([
    { id: incident.id, label: 'location beijing', severity: 'critical' },
  ]);
  // There is no operation to look at.
  expect((await served.get(`/incidents/${incident.id}`)).body).not.toHaveProperty('operation');
  const metrics = await (await fetch(`${served.server.url}/metrics`)).text();
  expect(metrics).toContain('apipatrol_incidents_open{severity="critical",level="operation"} 1');
  // What is analysed next are those of what is patrolled.
  expect(await store.openIncidents()).toEqual([]);
});
