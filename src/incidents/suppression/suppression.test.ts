import { describe, expect, it } from 'vitest';
import type { Incident } from '../../model/incident.ts';
import type { IncidentMatcher, MaintenanceWindow, Silence } from '../../model/silence.ts';
import { hushAt, maintainedBy, matchesIncident } from './suppression.ts';
import { runningWindows } from './windows.ts';
import { check, start, World } from '../world.fixture.ts';

function incidentOf(more: Partial<Incident>): Incident {
  const world = new World([check('a')]);
  world.play({ results: { a: 'fail status' } });
  return { ...world.open[0], ...more } as Incident;
}

const operation = incidentOf({ id: 'A7F3', tags: ['cart', 'v2'] });
const root = incidentOf({
  cause: { level: 'origin', subject: 'https://orders.example' },
  subjectLabel: 'https://orders.example',
  services: ['orders', 'pay'],
  tags: ['cart', 'v2'],
});

describe('a matcher', () => {
  it.each<[string, IncidentMatcher, Incident, boolean]>([
    ['that says nothing is about nothing', {}, operation, false],
    ['knows a short id', { incident: 'a7f3' }, operation, true],
    ['knows another short id', { incident: 'B2C4' }, operation, false],
    ['takes what lies within its services', { services: ['pay', 'orders'] }, root, true],
    ['does not take what goes beyond its services', { services: ['orders'] }, root, false],
    ['takes an operation by any of its tags', { tags: ['cart'] }, operation, true],
    ['does not take a root cause that goes beyond its tags', { tags: ['cart'] }, root, false],
    ['takes a root cause within its tags', { tags: ['cart', 'v2', 'x'] }, root, true],
    ['takes a level', { levels: ['origin', 'self'] }, root, true],
    ['does not take another level', { levels: ['self'] }, root, false],
    ['takes a subject', { subject: 'get /a' }, operation, true],
    ['takes a subject with anything in it', { subject: 'GET *' }, operation, true],
    ['does not take a part of a subject', { subject: 'GET /' }, operation, false],
    ['takes signs for what they are', { subject: 'https://orders?example' }, root, false],
    ['asks for all that it says', { services: ['orders'], tags: ['cart'] }, operation, true],
    ['refuses when one thing does not fit', { services: ['orders'], tags: ['none'] }, operation, false],
  ])('%s', (_, matcher, incident, expected) => {
    expect(matchesIncident(matcher, incident)).toBe(expected);
  });
});

describe('what keeps an incident from being told', () => {
  const silence: Silence = {
    id: 7,
    matcher: { services: ['orders'] },
    from: start,
    until: start + 1000,
    by: 'cli:li',
    reason: 'deploy',
    createdAt: start,
  };
  const window: MaintenanceWindow = {
    name: 'backup',
    cron: '0 16 * * *',
    durationMs: 3_600_000,
    timeZone: 'Asia/Shanghai',
    matcher: { services: ['orders'] },
  };

  it.each<[string, number, readonly Silence[], readonly MaintenanceWindow[], object | undefined]>([
    [
      'a silence, from its beginning',
      start,
      [silence],
      [],
      { by: 'silence', note: '#7 by li (command line): deploy' },
    ],
    ['no silence after its end', start + 1000, [silence], [], undefined],
    ['no silence before its beginning', start - 1, [silence], [], undefined],
    ['a window', start, [], [window], { by: 'maintenance', note: 'backup' }],
    ['a silence rather than a window', start, [silence], [window], { by: 'silence' }],
    [
      'nothing that is about something else',
      start,
      [{ ...silence, matcher: { services: ['x'] } }],
      [],
      undefined,
    ],
    ['no window at another time', start + 3_600_000, [], [window], undefined],
  ])('is %s', (_, now, silences, windows, expected) => {
    const found = hushAt(now, silences, runningWindows(now, { maintenance: windows }))(operation);
    expect([found]).toMatchObject([expected]);
  });
});

it.each<[string, IncidentMatcher, boolean]>([
  ['of everything', { subject: '*' }, true],
  ['of its service', { services: ['orders'] }, true],
  ['of another service', { services: ['pay'] }, false],
  ['of its tag and path', { tags: ['core'], subject: 'GET /a*' }, true],
  ['of another path', { subject: 'GET /b' }, false],
  ['of another tag', { tags: ['beta'] }, false],
  ['of hosts alone', { levels: ['origin'] }, false],
])('maintenance %s: whether an operation is under it', (_, matcher, expected) => {
  const window = { name: 'release', cron: '0 2 * * *', durationMs: 3_600_000, timeZone: 'UTC', matcher };
  const at = Date.UTC(2026, 0, 5, 2, 30);
  const a = check('a', { tags: ['core'] });
  expect(maintainedBy(runningWindows(at, { maintenance: [window] }))(a)).toBe(expected);
  expect(maintainedBy(runningWindows(at + 3_600_000, { maintenance: [window] }))(a)).toBe(false);
});
