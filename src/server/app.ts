import { Hono } from 'hono';
import { messageOf } from '../kit/errors.ts';
import type { Endpoint } from './api/endpoint.ts';
import { endpoints } from './api/endpoints.ts';
import type { ServerSettings } from '../model/server-settings.ts';
import { gate, secured } from './access/gate.ts';
import { oidcRoutes } from './access/oidc.ts';
import type { Handlers, ServerContext } from './context.ts';
import { openApiDocument } from './openapi.ts';
import { LiveEvents } from './events.ts';
import { accessHandlers } from './handlers/access.ts';
import { channelHandlers } from './handlers/channels.ts';
import { documentHandlers } from './handlers/documents.ts';
import { incidentHandlers } from './handlers/incidents.ts';
import { operationHandlers } from './handlers/operations.ts';
import { overviewHandlers } from './handlers/overview.ts';
import { reportHandlers } from './handlers/reports.ts';
import { settingsHandlers } from './handlers/settings.ts';
import { healthRoutes } from './health.ts';
import { metricsRoute } from './metrics-route.ts';
import { HttpProblem, problemResponse } from './http-problem.ts';
import { linkRoutes } from './links.ts';
import { Page } from './page.ts';
import { statusRoutes } from './public-status.ts';
import { FirstAnswers } from './idempotency.ts';
import type { App } from './request.ts';
import { type AnyHandler, requireRole, route } from './route.ts';
import { StoreError } from '../store/store.ts';

export interface BuiltApp {
  readonly app: App;
  readonly events: LiveEvents;
}

const prefix = '/api/v1';

/** Everything the server answers. */
export function buildApp(context: ServerContext): BuiltApp {
  const app: App = new Hono();
  const events = new LiveEvents(context.board, context.clock);
  app.onError((error, request) => problemResponse(toProblem(error, context), request.req.path));
  const page = new Page();
  app.notFound(async (request) => {
    const { path, method, raw } = request.req;
    const file = method === 'GET' ? await page.answer(raw) : undefined;
    return file ?? problemResponse(new HttpProblem(404, `there is nothing at ${path}`), path);
  });
  const settings = (): ServerSettings => context.patrol.config.settings.server;
  app.use(secured);
  // Before the gate: what lets somebody in is the link's signature.
  linkRoutes(app, context);
  app.use(gate(context.identity, settings));
  const handlers: Handlers<Exclude<keyof typeof endpoints, `setup${string}`>> = {
    ...overviewHandlers,
    ...operationHandlers(),
    ...incidentHandlers,
    ...documentHandlers,
    ...channelHandlers,
    ...settingsHandlers,
    ...reportHandlers(),
    ...accessHandlers(context.clock),
  };
  const firstAnswers = new FirstAnswers(context.clock);
  for (const endpoint of Object.values(endpoints) as readonly Endpoint[]) {
    const handler = (handlers as Readonly<Record<string, AnyHandler>>)[endpoint.id];
    if (handler !== undefined) route(app, endpoint, handler, { context, prefix, firstAnswers });
  }
  app.get(`${prefix}/events`, (request) => {
    const caller = requireRole(request.get('caller'), 'viewer');
    return events.open(caller, request.req.raw.signal);
  });
  const document = JSON.stringify(openApiDocument(context.version));
  app.get(`${prefix}/openapi.json`, (request) =>
    request.body(document, 200, { 'content-type': 'application/json' }),
  );
  app.all(`${prefix}/setup/*`, () => {
    throw new HttpProblem(409, 'there is a configuration already');
  });
  oidcRoutes(app, context);
  healthRoutes(app, context);
  statusRoutes(app, context);
  metricsRoute(app, context);
  return { app, events };
}

/** What went wrong inside is told to the log; the caller learns that it did. */
function toProblem(error: unknown, { log }: ServerContext): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof StoreError) {
    log.warn('a request could not be answered', { problem: error.message });
    return new HttpProblem(503, error.message, { hint: error.hint });
  }
  log.error('a request broke inside the server', { error: messageOf(error) });
  return new HttpProblem(500, 'the server failed; its log says why');
}
