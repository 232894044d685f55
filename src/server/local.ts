import { Hono } from 'hono';
import type { LoadedConfig } from '../config/load.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Redactor } from '../lib/secrets/secret.ts';
import type { ServerSettings } from '../model/settings.ts';
import type { Store } from '../store/store.ts';
import { packageVersion } from '../lib/version.ts';
import { authMiddleware } from './access/auth-middleware.ts';
import { Identity } from './access/identity.ts';
import { apiRoutes } from './api-routes.ts';
import { CallsByHand } from './live/calls-by-hand.ts';
import { Days } from './live/days.ts';
import { LiveState } from './live/live-state.ts';
import type { Patrol } from './port.ts';
import type { App } from './http/request.ts';

export interface LocalOptions {
  readonly store: Store;
  readonly config: LoadedConfig;
  readonly configFile: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
}

/** The API of a store on which no patrol works, for whoever may open it: what the socket of a patrol answers. */
export function localApi(options: LocalOptions): (request: Request) => Promise<Response> {
  const { store, config, clock } = options;
  const settings = (): ServerSettings => config.settings.server;
  const identity = new Identity({ store, clock, settings, key: undefined });
  const board = new LiveState(clock);
  const patrol = atRest(options);
  const calls = new CallsByHand(patrol, board, clock);
  const days = new Days(store, clock, board.serviceDay);
  const context = { ...options, patrol, board, days, identity, calls, version: packageVersion() };
  const app: App = new Hono();
  app.use(authMiddleware(identity, settings));
  apiRoutes(app, context);
  return async (request) => app.fetch(request, { local: true });
}

/** Keeps what it is told in the store alone; there is nobody to act on it. */
function atRest({ store, config }: LocalOptions): Patrol {
  return {
    store,
    config,
    linkKey: undefined,
    observe: () => undefined,
    nextCycles: () => [],
    notPatrolled: () => [],
    sender: { health: () => ({}), wake: () => undefined },
    tokens: { status: () => [], forget: () => undefined, retry: () => Promise.resolve() },
    checkNow: () => Promise.resolve(undefined),
    runNow: () => undefined,
    reload: () => Promise.resolve(),
    lookNow: () => undefined,
  };
}
