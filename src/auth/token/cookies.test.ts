import { expect, it } from 'vitest';
import { applyCookies, createJar } from './cookies.ts';

const answer = (...lines: string[]) => ({ status: 200, headers: { 'set-cookie': lines }, body: '' });
const get = (url: string) => ({ method: 'GET' as const, url, headers: {} });

function filled() {
  const jar = createJar();
  jar.keep(
    'https://sso.example.com/login',
    answer('host=1; Path=/', 'wide=2; Domain=example.com; Path=/', 'safe=3; Secure; Path=/'),
  );
  jar.keep('https://sso.example.com/login', answer('deep=4; Path=/admin', 'gone=5; Path=/', 'nonsense'));
  jar.keep('https://sso.example.com/login', answer('gone=; Max-Age=0; Path=/'));
  jar.keep('https://sso.example.com/login', { status: 200, headers: {}, body: '' });
  return jar;
}

it('keeps cookies over the requests of a login', () => {
  const jar = filled();
  expect(jar.size).toBe(4);
  expect(jar.value('wide')).toBe('2');
  expect(jar.value('gone')).toBeUndefined();
  expect(jar.apply(get('http://elsewhere.net/'))).toEqual(get('http://elsewhere.net/'));
  expect(jar.apply(get('https://sso.example.com/admin')).headers).toEqual({
    cookie: expect.stringContaining('deep=4'),
  });
});

it.each<[string, boolean, string | undefined]>([
  ['https://sso.example.com/orders', false, 'host=1; wide=2; safe=3'],
  ['http://sso.example.com/orders', false, 'host=1; wide=2'],
  ['https://sso.example.com/admin/x', false, 'host=1; wide=2; safe=3; deep=4'],
  ['https://api.example.com/orders', false, 'wide=2'],
  ['https://10.0.0.1/orders', false, undefined],
  ['https://10.0.0.1/orders', true, 'host=1; wide=2; safe=3; deep=4'],
])('sends to %s what belongs there (everywhere: %s)', (url, everywhere, expected) => {
  const signed = applyCookies(get(url), filled().serialize(), everywhere);
  const sorted = (text: string | undefined) => text?.split('; ').sort();
  expect(sorted((signed.headers as Record<string, string>)['cookie'])).toEqual(sorted(expected));
});

it('works for hosts without a dot and for addresses', () => {
  for (const host of ['orders', '127.0.0.1:8080', '[::1]:8080', 'localhost']) {
    const jar = createJar();
    jar.keep(`http://${host}/login`, answer('s=1; Path=/; HttpOnly'));
    expect(applyCookies(get(`http://${host}/x`), jar.serialize(), false).headers).toEqual({ cookie: 's=1' });
  }
});
