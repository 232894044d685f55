import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Clock } from '../kit/clock.ts';
import { messageOf } from '../kit/errors.ts';
import type { Logger } from '../kit/logger.ts';
import type { Redactor } from '../kit/secret.ts';
import { packageVersion } from '../version.ts';
import { Identity } from './access/identity.ts';
import { buildApp } from './app.ts';
import { Board } from './board.ts';
import type { Patrol } from './port.ts';

export interface ServerOptions {
  readonly patrol: Patrol;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

export interface PatrolServer {
  readonly url: string;
  /** Ends live streams, then waits for answers that are on their way. */
  close(): Promise<void>;
}

/** Looks on at a patrol and answers what people and programs ask about it. Rejects when the port is taken. */
export async function startServer(options: ServerOptions): Promise<PatrolServer> {
  const { patrol, clock, log, redactor, host, port } = options;
  const board = new Board(clock);
  patrol.observe(board);
  const identity = new Identity({
    store: patrol.store,
    clock,
    settings: () => patrol.config.settings.server,
  });
  const context = { patrol, board, clock, log, redactor, identity, version: packageVersion() };
  const { app, events } = buildApp(context);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await listen(server, host, port);
  board
    .recall(patrol.store)
    .catch((error: unknown) => log.warn('the last day could not be read', { problem: messageOf(error) }));
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${shown}:${address.port}`,
    close() {
      events.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
