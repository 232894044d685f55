import { expect, it } from 'vitest';
import { clientAddress } from './networks.ts';

const proxies = ['10.0.0.0/8', '127.0.0.1', 'fd00::/8'];

it.each([
  ['nobody is believed by default', '10.0.0.1', '192.0.2.1', undefined, '10.0.0.1'],
  ['a stranger says who he is', '198.51.100.7', '192.0.2.1', proxies, '198.51.100.7'],
  ['a proxy says who asks', '10.0.0.1', '192.0.2.1', proxies, '192.0.2.1'],
  ['a proxy on this machine, as IPv6', '::ffff:127.0.0.1', '192.0.2.1', proxies, '192.0.2.1'],
  ['two proxies', '127.0.0.1', '192.0.2.1, 10.0.0.9', proxies, '192.0.2.1'],
  ['what a client has made up', '10.0.0.1', '203.0.113.5, 10.9.9.9, 192.0.2.1', proxies, '192.0.2.1'],
  ['with a port', '10.0.0.1', '192.0.2.1:4711', proxies, '192.0.2.1'],
  ['IPv6', 'fd00::1', '2001:db8::7', proxies, '2001:db8::7'],
  ['IPv6 with a port', 'fd00::1', '[2001:db8::7]:99', proxies, '2001:db8::7'],
  ['somebody inside', '10.0.0.1', '10.0.0.77', proxies, '10.0.0.77'],
  ['nonsense', '10.0.0.1', '192.0.2.1, unknown', proxies, '10.0.0.1'],
  ['nothing', '10.0.0.1', undefined, proxies, '10.0.0.1'],
])('%s', (_, peer, forwarded, believed, expected) => {
  expect(clientAddress(peer, forwarded, believed)).toBe(expected);
});
