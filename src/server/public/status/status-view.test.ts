import { expect, it } from 'vitest';
import type { Incident } from '../../../model/incident.ts';
import { publicKind, type PublicStatus, type ServiceStatus, sinceOf } from './status-view.ts';
import { changeOf } from './status-webhooks.ts';
import { statusHtml } from './status-html.ts';
import { headline, stateSentence, wordsIn } from './status-words.ts';

const incident: Incident = {
  id: 'A7F3',
  fingerprint: 'operation:a',
  cause: { level: 'operation', subject: 'a' },
  state: 'firing',
  severity: 'major',
  verdict: 'fail',
  subjectLabel: 'GET /a',
  services: ['orders'],
  tags: [],
  owners: [],
  reason: { code: 'status', message: 'expected 200, got 500' },
  members: { count: 1, of: 1, worst: [] },
  openedAt: 0,
  lastSeenAt: 0,
  failingCycles: 1,
  version: 1,
};

it.each<[string, Partial<Incident>, ReturnType<typeof publicKind>]>([
  ['an operation that fails', {}, 'failing'],
  ['one that answers well again', { state: 'recovering' }, 'degraded'],
  ['a slow one', { verdict: 'degraded', reason: { code: 'slower', message: '' } }, 'degraded'],
  [
    'a spent budget',
    { cause: { level: 'service', subject: 'orders' }, reason: { code: 'budget', message: '' } },
    undefined,
  ],
  [
    'a difference from the document',
    { verdict: 'degraded', reason: { code: 'drift', message: '' } },
    undefined,
  ],
  ['an unreadable document', { cause: { level: 'document', subject: 'd' } }, undefined],
  ['a certificate that ends soon', { reason: { code: 'certificate', message: '' } }, undefined],
  ['a dead credential', { cause: { level: 'credential', subject: 'sso' } }, 'unknown'],
  ['the network of the patrol', { cause: { level: 'self', subject: 'network' } }, 'unknown'],
  ['no data', { reason: { code: 'no-data', message: '' } }, 'unknown'],
])('%s', (_, more, kind) => {
  expect(publicKind({ ...incident, ...more })).toBe(kind);
});

it.each<[string, readonly number[], readonly number[], number | undefined]>([
  ['a maintenance, whatever fails while it lasts', [300, 200], [100], 200],
  ['the first of several incidents', [], [150, 100], 100],
  ['nothing', [], [], undefined],
])('a service is as it is since the beginning of %s', (_, maintained, troubled, since) => {
  const incidents = troubled.map((openedAt) => ({ ...incident, openedAt }));
  expect(
    sinceOf(
      maintained.map((from) => ({ from })),
      incidents,
    ),
  ).toBe(since);
});

const service = (name: string, state: ServiceStatus['state'], isPartial = false): ServiceStatus => ({
  key: name,
  name,
  state,
  isPartial,
  isRecovering: false,
  halves: [],
  days: [],
});

it.each<[readonly ServiceStatus[], string]>([
  [[service('a', 'ok'), service('b', 'ok')], 'public.all'],
  [[service('a', 'ok'), service('b', 'failing')], 'public.some'],
  [[service('a', 'failing'), service('b', 'failing')], 'public.every'],
  [[service('a', 'failing', true), service('b', 'failing')], 'public.some'],
  [[service('a', 'degraded'), service('b', 'unknown')], 'public.slow'],
  [[service('a', 'maintenance'), service('b', 'ok')], 'public.maintained'],
  [[service('a', 'unknown'), service('b', 'ok')], 'public.unclear'],
])('the headline %#', (services, told) => {
  expect(headline(services).told).toMatchObject({ $say: told });
});

it('a service that answers well again is recovering and not slow', () => {
  const recovering = { ...service('a', 'degraded'), isRecovering: true };
  expect(stateSentence(recovering)).toMatchObject({ $say: 'public.recovering' });
  expect(headline([recovering, service('b', 'ok')]).told).toMatchObject({ $say: 'public.recover' });
  expect(headline([recovering, service('b', 'degraded')]).told).toMatchObject({ $say: 'public.slow' });
});

it('the page does not say that nothing has happened below what goes on', () => {
  const words = wordsIn('en', 'UTC');
  const look = { language: 'en', timeZone: 'UTC', words, isEmbedded: false } as const;
  expect([words.span(707_000), wordsIn('zh', 'UTC').span(707_000)]).toEqual(['11 min', '11 分钟']);
  const none = 'No incidents in the last 90 days.';
  expect(statusHtml(status(), look, '')).toContain(none);
  const open = { id: 'x', services: ['a'], state: 'failing', isPartial: false, from: 1, posts: [] } as const;
  const html = statusHtml(status({ incidents: [{ ...open, isRecovering: true }] }), look, '');
  expect(html).not.toContain(none);
  expect(html).toContain('<span class="failing">recovering</span>');
});

const status = (more: Partial<PublicStatus> = {}): PublicStatus => ({
  now: 1,
  title: 'Shop',
  services: [service('a', 'ok')],
  incidents: [],
  maintenance: [],
  notices: [],
  ...more,
});

it('a webhook is told of what changes, and not of a patrol that begins', () => {
  const open = {
    id: 'x',
    services: ['a'],
    state: 'failing',
    isPartial: false,
    isRecovering: false,
    from: 1,
    posts: [],
  } as const;
  expect(changeOf(status(), status({ now: 2 }))).toBeUndefined();
  expect(changeOf(status({ services: [service('a', 'unknown')] }), status())).toBeUndefined();
  expect(changeOf(status(), status({ services: [service('a', 'degraded')] }))?.services).toEqual([
    { name: 'a', state: 'degraded' },
  ]);
  expect(changeOf(status(), status({ incidents: [open] }))?.incidents).toEqual([open]);
  expect(changeOf(status({ incidents: [open] }), status({ incidents: [open] }))).toBeUndefined();
  const over = { ...open, until: 5 };
  expect(changeOf(status({ incidents: [open] }), status({ incidents: [over] }))?.incidents).toEqual([over]);
});
