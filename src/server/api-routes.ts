import { sentence } from '../messages/sentence.ts';
import { messageOf } from '../lib/errors.ts';
import { StoreError } from '../store/store.ts';
import type { Endpoint } from './api/endpoint.ts';
import { endpoints } from './api/endpoints.ts';
import type { Caller } from './caller.ts';
import type { Handlers, ServerContext } from './context.ts';
import { accessHandlers } from './handlers/access.ts';
import { channelHandlers } from './handlers/channels.ts';
import { credentialHandlers } from './handlers/credentials.ts';
import { documentHandlers } from './handlers/documents.ts';
import { incidentHandlers } from './handlers/incidents.ts';
import { nodeHandlers } from './handlers/nodes.ts';
import { operationHandlers } from './handlers/operations.ts';
import { overviewHandlers } from './handlers/overview.ts';
import { reportHandlers } from './handlers/reports.ts';
import { setUpHandlers } from './handlers/set-up.ts';
import { setUpChangeHandlers } from './handlers/set-up-changes.ts';
import { settingsHandlers } from './handlers/settings.ts';
import { silenceHandlers } from './handlers/silences.ts';
import { statusPageHandlers } from './handlers/status-page.ts';
import { workerHandlers } from './handlers/workers.ts';
import { HttpProblem, problemResponse } from './http/http-problem.ts';
import { FirstAnswers } from './http/idempotency.ts';
import { openContext } from './open-context.ts';
import { within } from './realm/within.ts';
import { languageOf, type App } from './http/request.ts';
import { type AnyHandler, route } from './http/route.ts';

export const prefix = '/api/v1';

/** Every endpoint that needs a configuration, and what is answered when one of them fails. */
export function apiRoutes(app: App, context: ServerContext): void {
  app.onError((error, request) =>
    problemResponse(toProblem(error, context), request.req.path, languageOf(request)),
  );
  const handlers: Handlers<Exclude<keyof typeof endpoints, `setup${string}`>> = {
    ...overviewHandlers,
    ...nodeHandlers,
    ...operationHandlers(),
    ...setUpHandlers,
    ...setUpChangeHandlers,
    ...incidentHandlers,
    ...silenceHandlers,
    ...statusPageHandlers,
    ...documentHandlers,
    ...channelHandlers,
    ...credentialHandlers,
    ...settingsHandlers,
    ...reportHandlers(),
    ...accessHandlers(context.clock, context.patrol.tries),
    ...workerHandlers,
  };
  const { patrol, clock, log } = context;
  const { answers } = patrol.store;
  const all = openContext(context);
  const contextFor = (caller: Caller) => within(caller, context, all);
  const firstAnswers = new FirstAnswers({ answers, key: patrol.linkKey, clock, log });
  for (const endpoint of Object.values(endpoints) as readonly Endpoint[]) {
    const handler = (handlers as Readonly<Record<string, AnyHandler>>)[endpoint.id];
    if (handler !== undefined) route(app, endpoint, handler, { contextFor, prefix, firstAnswers });
  }
}

/** What went wrong inside is told to the log; the caller learns that it did. */
function toProblem(error: unknown, { log }: ServerContext): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof StoreError) {
    log.warn('a request could not be answered', { problem: error.message });
    return new HttpProblem(503, error.said, { hint: error.hint });
  }
  log.error('a request broke inside the server', { error: messageOf(error) });
  return new HttpProblem(500, sentence('serverFailed'));
}
