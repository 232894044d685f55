import type { Clock } from '../lib/time/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { Redactor } from '../lib/secrets/secret.ts';
import { packageVersion } from '../lib/version.ts';
import { Identity } from './access/identity.ts';
import { buildApp, type BuiltApp } from './app.ts';
import { CallsByHand } from './live/calls-by-hand.ts';
import { createPost } from '../notify/delivery/post.ts';
import { StatusWebhooks } from './public/status/status-webhooks.ts';
import { Days } from './live/days.ts';
import { LiveState } from './live/live-state.ts';
import { relayEvents } from './live/relay.ts';
import { keepSocket, type KeptSocket, listenOn, socketOf } from './listen.ts';
import type { Store } from '../store/store.ts';
import type { Patrol } from './port.ts';

/** What a server needs beside where it listens. */
export interface ServerParts {
  readonly patrol: Patrol;
  readonly configFile: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  /** Where the page is served, whatever the configuration says; absent: nowhere. */
  readonly port?: number;
}

export interface ServerOptions extends ServerParts {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

export interface PatrolServer extends KeptSocket {
  readonly url: string;
  /** Ends live streams, then waits for answers that are on their way. */
  close(): Promise<void>;
}

/** Looks on at a patrol and answers what people and programs ask about it. Rejects when the port is taken. */
export async function startServer(options: ServerOptions): Promise<PatrolServer> {
  const { patrol, clock, log, host, port } = options;
  const board = new LiveState(clock);
  patrol.observe(board);
  const { app, events, status, recall } = appOver(options, board);
  const listening = await listenOn({ fetch: app.fetch, host, port });
  // Where it cannot listen the patrol ends, and its store with it.
  recall();
  const file = socketOf(patrol.config.settings.store.path);
  const socket = await keepSocket(app.fetch, file, log, patrol.role !== undefined);
  const webhooks = new StatusWebhooks({
    board,
    clock,
    log,
    read: status,
    urls: () => patrol.config.settings.server.statusPage?.webhooks ?? [],
    mayTell: () => patrol.role?.role !== 'follower',
    told: patrol.statusTold,
    post: createPost({ network: () => patrol.config.settings.network }),
  });
  return {
    url: listening.url,
    look: () => socket.look(),
    async close() {
      webhooks.close();
      events.close();
      await Promise.all([listening.close(), socket.close()]);
    },
  };
}

/** Everything that is answered. */
export function appOver(
  parts: ServerParts,
  board: LiveState,
): BuiltApp & {
  /** Begins to read the last days for the board. */
  readonly recall: () => void;
} {
  const { patrol, clock, log } = parts;
  const identity = new Identity({
    store: patrol.store,
    clock,
    settings: () => patrol.config.settings.server,
    key: patrol.linkKey,
  });
  const calls = new CallsByHand(patrol, board, clock);
  const days = new Days(patrol.store, clock, board.serviceDay);
  if (patrol.relay !== undefined) relayEvents(board, patrol.relay);
  const built = buildApp({ ...parts, board, days, identity, calls, version: packageVersion() });
  return { ...built, recall: () => recall(patrol.store, board, days, log) };
}

function recall(store: Store, board: LiveState, days: Days, log: Logger): void {
  const problem = (error: unknown) => ({ problem: messageOf(error) });
  days.warm().catch((error: unknown) => log.warn('the last days could not be read', problem(error)));
  board.recall(store).catch((error: unknown) => log.warn('the last day could not be read', problem(error)));
}
