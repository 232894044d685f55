import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { aDocument, anOperation, aService, planFor, planOf } from '../../../test/support/plan-inputs.ts';
import type { ServiceSettings } from '../../model/settings.ts';

function fate(
  server: string,
  path: string,
  service: Partial<ServiceSettings> = { baseUrl: 'https://h.example.cn' },
) {
  const { checks, skipped } = planOf(anOperation(`GET ${path}`, { servers: [{ url: server }] }), service);
  return checks[0] === undefined ? skipped[0]?.reason : new URL(checks[0].request.url).pathname;
}

describe('the path that a document puts before its paths is judged with them', () => {
  it.each([
    ['/orders/delete', '/1', 'delete'],
    ['/users/1/delete', '/', 'delete'],
    ['/users/1/delete', '/status', 'delete'],
    ['/admin/shutdown', '/x4', 'shutdown'],
    ['/account/remove', '/x5', 'remove'],
    ['/api/%64elete', '/x8', 'delete'],
    ['/a%2Fdelete', '/x', 'delete'],
    ['/x;do=delete', '/x', 'delete'],
    ['/a/../delete', '/x', 'delete'],
    ['/jobs/run', '/x', 'run'],
    ['/deleteUser', '/x', 'delete'],
    ['/pay', '/1', 'pay'],
    ['https://h.example.cn/orders/cancel', '/{id}', 'cancel'],
  ])('%s before %s', (server, path, word) => {
    expect(inEnglish(fate(server, path) ?? '')).toContain(`may change something: "${word}" in /`);
    expect(inEnglish(fate(server, path, { overrides: [{ match: 'GET /**', allow: true }] }) ?? '')).toMatch(
      /^\//,
    );
  });

  it('also of the server that the document names alone, with the line that allows it', () => {
    const operation = anOperation('GET /1', { servers: [{ url: 'https://h.example.cn/orders/delete' }] });
    const { skipped } = planFor({
      documents: [aDocument([operation])],
      services: [withoutBase({ network: { internal: ['h.example.cn'] } })],
    });
    expect(skipped[0]).toMatchObject({ code: 'side-effect' });
    expect(inEnglish(skipped[0]?.hint ?? '')).toContain('allow: true');
  });

  it('and of one operation that stands elsewhere than most', () => {
    const operations = [
      ...['/a', '/b', '/c'].map((path) => anOperation(`GET ${path}`, { servers: [{ url: '/v1' }] })),
      anOperation('GET /d', { servers: [{ url: '/send-mail' }] }),
    ];
    const { checks, skipped } = planFor({
      documents: [aDocument(operations)],
      services: [aService({ baseUrl: 'https://h.example.cn' })],
    });
    expect(checks).toHaveLength(3);
    expect(skipped.map(({ operation }) => operation)).toEqual(['GET /d']);
  });
});

describe('it is no change', () => {
  it.each([
    ['/send-mail/api', '/templates'],
    ['/pay', '/methods'],
    ['/api/pay/v2', '/methods'],
    ['/export-service', '/tasks'],
    ['/sync', '/records'],
    ['/login', '/options'],
    ['/v1', '/orders'],
  ])('that a service is called %s', (server, path) => {
    expect(inEnglish(fate(server, path) ?? '')).toBe(`${server}${path}`);
  });

  it('where the configuration itself gives the path', () => {
    expect(inEnglish(fate('/', '/1', { baseUrl: 'https://h.example.cn/orders/delete' }) ?? '')).toBe(
      '/orders/delete/1',
    );
  });
});

function withoutBase(given: Partial<ServiceSettings>): ServiceSettings {
  const { baseUrl: _, ...service } = aService(given);
  return service;
}
