import { describe, expect, it } from 'vitest';
import { credential, harness } from '../../../test/support/auth-harness.ts';
import type { OutgoingRequest } from '../../model/check.ts';

const url = 'http://api.example/orders?page=1';

describe('schemes that need nothing from the network', () => {
  it.each<[string, string, object, Partial<OutgoingRequest>]>([
    ['bearer', 'in the Authorization header', { token: 'tok' }, { headers: { authorization: 'Bearer tok' } }],
    [
      'bearer',
      'in a header of its own, as it is',
      { token: 'tok', send: { name: 'X-Token' } },
      { headers: { 'x-token': 'tok' } },
    ],
    [
      'bearer',
      'with a prefix',
      { token: 'tok', send: { prefix: 'JWT ' } },
      { headers: { authorization: 'JWT tok' } },
    ],
    [
      'bearer',
      'in the query',
      { token: 't&k', send: { in: 'query', name: 'access_token' } },
      { url: `${url}&access_token=t%26k` },
    ],
    [
      'basic',
      'with any characters',
      { username: 'ü', password: 'p:w' },
      { headers: { authorization: 'Basic w7w6cDp3' } },
    ],
    ['api-key', 'in X-API-Key', { value: 'k' }, { headers: { 'x-api-key': 'k' } }],
    ['api-key', 'in the query', { in: 'query', name: 'key', value: 'k' }, { url: `${url}&key=k` }],
    ['api-key', 'in a cookie', { in: 'cookie', name: 'sid', value: 'k' }, { headers: { cookie: 'sid=k' } }],
    [
      'api-key',
      'in several places',
      {
        keys: [
          { in: 'header', name: 'X-App', value: 'a' },
          { in: 'query', name: 'key', value: 'k' },
        ],
      },
      { headers: { 'x-app': 'a' }, url: `${url}&key=k` },
    ],
  ])('%s goes %s', async (scheme, _, written, expected) => {
    const { sign, close, manager } = harness([credential('c', scheme, written)]);
    const base = { method: 'GET', url, headers: {} };
    expect(await sign('c')).toEqual({ ok: true, generation: 0, request: { ...base, ...expected } });
    expect(await manager.prepare(['c'], 1000, new AbortController().signal)).toEqual([]);
    expect(await manager.rejected('c', 0, new AbortController().signal)).toBe(false);
    expect(manager.status()).toEqual([{ credential: 'c', scheme, state: 'static' }]);
    await close();
  });

  it.each<[string, object, string]>([
    [
      'api-key',
      { in: 'query', name: 'k' },
      'needs either `value` (one key) or `keys` (several), and not both',
    ],
    ['api-key', { in: 'body', name: 'k', value: 'v' }, 'Invalid option: expected one of'],
    ['basic', { username: 'a:b', password: 'c' }, 'must not contain a colon (RFC 7617)'],
    [
      'bearer',
      { token: 't', rejectedWhen: 'code is 5' },
      'is no condition: found another beginning, expected what it is about',
    ],
    ['bearer', { token: 't', rejectedWhen: ['$.code == 1', 'nonsense'] }, 'is no condition'],
    ['bearer', { tokens: 't' }, 'Unrecognized key'],
  ])('%s refuses %j', (scheme, written, message) => {
    expect(() => credential('c', scheme, written)).toThrow(message);
  });
});
