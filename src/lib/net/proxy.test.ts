import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { expect, it } from 'vitest';
import { AddressPolicy } from './addresses.ts';
import { guardedAgent } from './guarded-agent.ts';

it('takes requests to the proxy that the environment names, and others straight to their server', async () => {
  const seen: string[] = [];
  const answer = (name: string) =>
    createServer(({ url }: IncomingMessage, response) => {
      seen.push(`${name} ${url}`);
      response.end();
    });
  const [proxy, server] = [answer('proxy'), answer('server')];
  for (const one of [proxy, server]) await new Promise<void>((done) => one.listen(0, '127.0.0.1', done));
  const portOf = (one: typeof proxy) => (one.address() as AddressInfo).port;
  const agent = guardedAgent(
    { http_proxy: `127.0.0.1:${portOf(proxy)}`, no_proxy: '127.0.0.1' },
    { policy: new AddressPolicy(undefined), internal: undefined },
  );
  for (const url of ['http://docs.example/openapi.json', `http://127.0.0.1:${portOf(server)}/direct`]) {
    await (await request(url, { dispatcher: agent })).body.dump();
  }
  expect(seen).toEqual(['proxy http://docs.example/openapi.json', 'server /direct']);
  await agent.destroy();
  for (const one of [proxy, server]) one.close();
});
