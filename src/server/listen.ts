import { chmod, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { App } from './request.ts';

export interface Listening {
  readonly url: string;
  /** Waits for answers that are on their way. */
  close(): Promise<void>;
}

/** Rejects when the port is taken. */
export async function listenOn(options: {
  readonly fetch: App['fetch'];
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}): Promise<Listening> {
  const server = createAdaptorServer({ fetch: options.fetch }) as Server;
  await listening(server, () => server.listen(options.port, options.host));
  const { family, address, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    close: () => closed(server),
  };
}

/** The same for commands on this machine: who may open the file is let in. */
export async function listenOnSocket(fetch: App['fetch'], file: string): Promise<Listening> {
  const local: App['fetch'] = (request, env) => fetch(request, { ...(env as object), local: true });
  const server = createAdaptorServer({ fetch: local }) as Server;
  // What a process that was killed has left behind; the store lets only one patrol run.
  await rm(file, { force: true });
  const before = process.umask(0o177);
  try {
    await listening(server, () => server.listen(file));
  } finally {
    process.umask(before);
  }
  await chmod(file, 0o600);
  return { url: `unix:${file}`, close: () => closed(server) };
}

function listening(server: Server, listen: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve();
    });
    listen();
  });
}

/** Whoever has not been answered by then is cut off. */
const patienceMs = 3000;

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), patienceMs);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
    // A page that asks on and on would keep its connection, and with it the server, alive.
    server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
    server.closeIdleConnections();
  });
}
