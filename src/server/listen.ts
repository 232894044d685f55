import { chmod, rm, stat } from 'node:fs/promises';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { messageOf } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { App } from './http/request.ts';

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

/** Where commands of this machine reach a patrol, for as long as it runs. */
export interface KeptSocket {
  /** Listens anew when the file is gone or is another's: somebody may move the folder in which it lies. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Without a socket a patrol is as good; what is wrong is told once.
 *
 * @param isShared Another node may listen there: commands reach one of them.
 */
export async function keepSocket(
  fetch: App['fetch'],
  file: string,
  log: Logger,
  isShared = false,
): Promise<KeptSocket> {
  let socket: Listening | undefined;
  let mark: string | undefined;
  let told = false;
  const look = async (): Promise<void> => {
    if (mark !== undefined && (await markOf(file)) === mark) return;
    if (isShared && socket === undefined && (await isAnswered(file))) return;
    // Closing removes the file of that name, whosesoever it is.
    await socket?.close();
    [socket, mark] = [undefined, undefined];
    try {
      socket = await listenOnSocket(fetch, file);
      mark = await markOf(file);
      told = false;
    } catch (error) {
      if (!told) log.warn('commands cannot reach this patrol', { problem: messageOf(error) });
      told = true;
    }
  };
  await look();
  return { look, close: async () => socket?.close() };
}

/** Whether a process listens there; one that was killed leaves the file behind. */
function isAnswered(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = connect(file);
    asked.once('connect', () => {
      asked.destroy();
      resolve(true);
    });
    asked.once('error', () => resolve(false));
  });
}

async function markOf(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found === undefined ? undefined : `${found.dev}:${found.ino}:${found.birthtimeMs}`;
}

/** The same for commands on this machine: who may open the file is let in. */
async function listenOnSocket(fetch: App['fetch'], file: string): Promise<Listening> {
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

/** The socket lies next to the store, in the folder that is this user's alone. */
export function socketOf(storePath: string): string {
  return storePath.replace(/(?:\.db)?$/, '.sock');
}
