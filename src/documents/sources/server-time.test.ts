import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HttpClient } from './http-client.ts';
import { ServerTime } from './server-time.ts';

const signal = new AbortController().signal;
const asked: string[] = [];
let server: Server;
let agent: Agent;
let origin: string;

beforeEach(async () => {
  asked.length = 0;
  agent = new Agent();
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/good.json') response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await agent.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('files of one document have one time together, and what is left over is not asked for', async () => {
  const client = new HttpClient({ dispatcher: agent });
  const time = new ServerTime(200);
  const fetch = (file: string) => client.fetch(`${origin}/${file}`, undefined, signal, time);
  const outcomes = await Promise.all(['a.json', 'b.json'].map(fetch));
  expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'failed']);
  expect(time.isSpent).toBe(true);
  expect(await fetch('c.json')).toEqual({
    kind: 'failed',
    problem: {
      level: 'error',
      code: 'too-slow',
      message: 'takes its server more than 0.2 s, all of it together',
      file: `${origin}/c.json`,
    },
  });
  expect(asked).not.toContain('/c.json');
  // Another document of the same service has a time of its own.
  expect(await client.fetch(`${origin}/good.json`, undefined, signal, new ServerTime(60_000))).toMatchObject({
    kind: 'content',
  });
});

test('counts while something is asked for, once', () => {
  const time = new ServerTime(1000);
  const [first, second] = [time.begin(), time.begin()];
  time.spend();
  first();
  expect(time.isSpent).toBe(true);
  second();
  expect(time.isSpent).toBe(true);
  expect(new ServerTime(1000).restMs).toBe(1000);
});
