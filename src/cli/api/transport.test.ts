import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isListening, overSocket } from './transport.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-socket-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ask = { method: 'GET', path: '/api/v1/session', headers: {}, body: undefined };

it('nobody listens on what is not there, not a socket, or longer than a socket may be called', async () => {
  const file = path.join(folder, 'plain.sock');
  await writeFile(file, '');
  expect(await isListening(file)).toBe(false);
  expect(await isListening(path.join(folder, 'none.sock'))).toBe(false);
  expect(await isListening(path.join(folder, `${'x'.repeat(200)}.sock`))).toBe(false);
});

it('does not wait for ever for one that listens and says nothing', async () => {
  const socket = path.join(folder, 'mute.sock');
  const server = createServer((connection) => connection.resume());
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  expect(await isListening(socket)).toBe(true);
  await expect(overSocket(socket, 500)(ask)).rejects.toThrow('Headers Timeout Error');
  await new Promise((resolve) => server.close(resolve));
});
