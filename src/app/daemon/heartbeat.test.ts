import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Heartbeat } from './heartbeat.ts';
import { silentLogger } from '../../lib/logger.ts';

let server: Server;
let url: string;
let beats = 0;
let status = 200;

beforeAll(async () => {
  server = createServer((_, response) => {
    beats++;
    response.statusCode = status;
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ping/some-key`;
});
afterAll(() => server.close());

it('is heard, and complains once while it is not', async () => {
  const warnings: unknown[] = [];
  const heart = new Heartbeat({ ...silentLogger, warn: (...said) => warnings.push(said) });
  await heart.beat(undefined);
  expect(beats).toBe(0);
  await heart.beat(url);
  expect(beats).toBe(1);
  status = 500;
  await heart.beat(url);
  await heart.beat(url);
  expect(warnings).toEqual([['the heartbeat does not arrive', { problem: 'HTTP 500' }]]);
  status = 200;
  await heart.beat(url);
  status = 404;
  await heart.beat(url);
  expect(warnings).toHaveLength(2);
  expect(JSON.stringify(warnings)).not.toContain('some-key');
});

it('does not mind that nobody is there', async () => {
  const warnings: string[] = [];
  const heart = new Heartbeat({ ...silentLogger, warn: (message) => warnings.push(message) });
  await heart.beat('http://127.0.0.1:1/ping/some-key');
  expect(warnings).toHaveLength(1);
});
