import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { ServerLink } from './server-link.ts';

it('asks the next server when one is gone, however many ask at once', async () => {
  const server = createServer((_, response) => response.end('{"ok":true}'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const gone = createServer();
  await once(gone.listen(0, '127.0.0.1'), 'listening');
  const addresses = [gone, server].map((one) => `http://127.0.0.1:${(one.address() as AddressInfo).port}`);
  gone.close();
  await once(gone, 'close');
  const link = new ServerLink(addresses, {}, 'en');
  const asked = await Promise.all(Array.from({ length: 7 }, () => link.json('/alive', { body: {} })));
  expect(asked).toEqual(Array.from({ length: 7 }, () => ({ ok: true })));
  await link.close();
  server.close();
});
