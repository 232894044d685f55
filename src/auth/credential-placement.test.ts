import { expect, it } from 'vitest';
import { type CredentialPlacement, placeCredential } from './credential-placement.ts';

const request = {
  method: 'GET' as const,
  url: 'http://h/a%2Fb?x=1&key=old#top',
  headers: { cookie: 'a=1; key=old' },
};

it.each<[CredentialPlacement, string, Partial<typeof request>]>([
  [
    { in: 'header', name: 'X-Key' },
    'v',
    { headers: { ...request.headers, 'x-key': 'v' } as typeof request.headers },
  ],
  [{ in: 'query', name: 'key' }, 'ä &', { url: 'http://h/a%2Fb?x=1&key=%C3%A4%20%26#top' }],
  [{ in: 'query', name: 'a b' }, 'v', { url: 'http://h/a%2Fb?x=1&key=old&a%20b=v#top' }],
  [{ in: 'cookie', name: 'key' }, 'v', { headers: { cookie: 'a=1; key=v' } }],
  [{ in: 'cookie', name: 'sid' }, 'v', { headers: { cookie: 'a=1; key=old; sid=v' } }],
])('puts a value into %j', (where, value, changed) => {
  expect(placeCredential(request, where, value)).toEqual({ ...request, ...changed });
});

it('starts a query where there is none', () => {
  expect(placeCredential({ ...request, url: 'http://h/a' }, { in: 'query', name: 'k' }, 'v').url).toBe(
    'http://h/a?k=v',
  );
});
