import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AddressPolicy } from './addresses.ts';
import { guardedAgent } from './guarded-agent.ts';

describe('connections that are guarded', () => {
  let server: Server;
  let port: number;
  let asked: number;

  beforeEach(async () => {
    asked = 0;
    server = createServer((_, response) => {
      asked++;
      response.end('ok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function get(url: string, trusted: readonly string[] = [], internal?: readonly string[], env = {}) {
    const agent = guardedAgent(env, { policy: new AddressPolicy(new Set(trusted)), internal });
    try {
      const { body } = await request(url, { dispatcher: agent });
      return await body.text();
    } catch (error) {
      return (error as Error).message;
    } finally {
      await agent.destroy();
    }
  }

  it.each([
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:7f00:1]',
    '0.0.0.0',
    '169.254.169.254',
    '100.100.100.200',
  ])('do not reach %s', async (host) => {
    expect(await get(`http://${host}:${port}/`)).toMatch(/ has the (?:internal|metadata) address /);
    expect(asked).toBe(0);
  });

  it('reach what is named', async () => {
    expect(await get(`http://127.0.0.1:${port}/`, [`http://127.0.0.1:${port}`])).toBe('ok');
    expect(await get(`http://localhost:${port}/`, [], ['localhost'])).toBe('ok');
    expect(asked).toBe(2);
  });

  it('through a proxy do not reach what is written out', async () => {
    const env = { http_proxy: `http://127.0.0.1:${port}` };
    for (const host of [
      '127.0.0.1',
      'localhost',
      'a.localhost',
      '169.254.169.254',
      'metadata.google.internal',
    ])
      expect(await get(`http://${host}:1/`, [], undefined, env)).toMatch(
        / has the (?:internal|metadata) address /,
      );
    expect(asked).toBe(0);
    expect(await get('http://public.example/', [], undefined, env)).toBe('ok');
  });
});
