import { expect, it } from 'vitest';
import { connectionHint, statusHint } from './fetch-hints.ts';

const failed = (code: string) =>
  Object.assign(new Error('fetch failed'), { cause: Object.assign(new Error(code), { code }) });

it.each([
  ['ECONNREFUSED', 'http://orders:1/', 'Nothing listens there'],
  ['ENOTFOUND', 'http://order:1/', 'knows no such host'],
  ['UND_ERR_CONNECT_TIMEOUT', 'http://10.9.9.9/', 'no way there'],
  ['UND_ERR_HEADERS_TIMEOUT', 'http://orders/', 'does not answer'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'https://orders/', 'network: { ca: ${file:/path/ca.pem} }'],
  ['UND_ERR_SOCKET', 'http://orders:8443/docs', 'write https://orders:8443/docs'],
])('%s at %s: what to do', (code, url, hint) => {
  expect(connectionHint(failed(code), url)).toEqual(expect.saying(hint));
});

it('a server that closes on TLS is not told to speak it', () => {
  expect(connectionHint(failed('UND_ERR_SOCKET'), 'https://orders/')).toBeUndefined();
});

it.each([
  [404, 'nothing at this address'],
  [503, 'fails there itself'],
])('HTTP %i: what to do', (status, hint) => {
  expect(statusHint(status)).toEqual(expect.saying(hint));
});
