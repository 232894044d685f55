import { describe, expect, it } from 'vitest';
import type { ChangeSet } from '../../model/document.ts';
import type { RouteSettings, ServiceSettings } from '../../model/settings.ts';
import { breakingChangeMessages } from './breaking-changes.ts';

const at = Date.UTC(2026, 2, 9, 23, 0);
const services = [{ name: 'orders', owners: ['zhangsan'] }] as unknown as readonly ServiceSettings[];
const change: ChangeSet = {
  kind: 'changed',
  documentId: 'orders:a.yaml',
  service: 'orders',
  uri: 'a.yaml',
  added: ['GET /new'],
  removed: ['GET /gone'],
  changed: [
    { key: 'GET /deprecated', breaking: false, details: ['deprecated now'] },
    { key: 'GET /closed', breaking: true, details: ['needs a sign-in now'] },
  ],
};

const messages = (routes: readonly RouteSettings[], changes: readonly ChangeSet[] = [change]) =>
  breakingChangeMessages(changes, { routes, services }, at);
const queues = (route: Omit<RouteSettings, 'to'>) =>
  messages([{ to: ['ops'], ...route }]).map(({ channel }) => channel);

const documentChanges = 'breaking';
const night = [{ from: 22 * 60, to: 8 * 60 }];

describe('documents that break callers are told', () => {
  it.each<[string, Omit<RouteSettings, 'to'>, string[]]>([
    ['nobody who has not asked for it', {}, []],
    ['where a route asks for it', { documentChanges }, ['ops']],
    ['where its service fits', { documentChanges, services: ['orders'] }, ['ops']],
    ['not where it does not', { documentChanges, services: ['users'] }, []],
    ['where the owner of the service fits', { documentChanges, owners: ['zhangsan'] }, ['ops']],
    ['not where he does not', { documentChanges, owners: ['lisi'] }, []],
    ['at its time', { documentChanges, when: night }, ['ops']],
    ['not at another', { documentChanges, when: [{ from: 0, to: 60 }] }, []],
    ['when it is no longer quiet', { documentChanges, quiet: night }, ['ops~quiet']],
    [
      'whatever incidents the route is for',
      { documentChanges, severity: 'critical', causes: ['self'], tags: ['x'] },
      ['ops'],
    ],
  ])('%s', (_, route, expected) => expect(queues(route)).toEqual(expected));

  it('in one message a channel, with what breaks and nothing else', () => {
    const gone: ChangeSet = { ...change, kind: 'gone', uri: 'b.yaml', removed: ['GET /b'], changed: [] };
    const told = messages(
      [
        { to: ['ops'], documentChanges },
        { to: ['ops', 'dev'], documentChanges },
      ],
      [change, gone],
    );
    expect(told.map(({ channel }) => channel)).toEqual(['ops', 'dev']);
    expect(new Set(told.map(({ dedupKey }) => dedupKey)).size).toBe(2);
    expect(told[0]?.content.breakingChanges).toEqual([
      {
        at,
        service: 'orders',
        uri: 'a.yaml',
        removed: 1,
        changed: 1,
        operations: [
          { key: 'GET /gone', details: [] },
          { key: 'GET /closed', details: ['needs a sign-in now'] },
        ],
      },
      {
        at,
        service: 'orders',
        uri: 'b.yaml',
        removed: 1,
        changed: 0,
        operations: [{ key: 'GET /b', details: [] }],
      },
    ]);
  });

  it('and not when nothing breaks, with the first 50 operations of a document', () => {
    const routes = [{ to: ['ops'], documentChanges } as const];
    const fine = { ...change, removed: [], changed: change.changed.slice(0, 1) };
    expect(messages(routes, [{ ...fine, kind: 'found' }, fine])).toEqual([]);
    const removed = Array.from({ length: 80 }, (_, index) => `GET /${index}`);
    const [all] = messages(routes, [{ ...fine, removed }])[0]?.content.breakingChanges ?? [];
    expect([all?.removed, all?.operations.length]).toEqual([80, 50]);
  });
});
