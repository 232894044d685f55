import { sentence } from '../messages/sentence.ts';
import { Hono } from 'hono';
import type { ServerSettings } from '../model/settings.ts';
import { credentialsOf, authMiddleware, meantForUs, secured } from './access/auth-middleware.ts';
import { oidcRoutes } from './access/oidc.ts';
import { apiRoutes, prefix } from './api-routes.ts';
import type { ServerContext } from './context.ts';
import { openApiDocument } from './openapi.ts';
import type { PublicStatus } from './public/status/status-view.ts';
import { LiveEvents } from './live/events.ts';
import { healthRoutes } from './public/health.ts';
import { metricsRoute } from './public/metrics-route.ts';
import { HttpProblem, problemResponse } from './http/http-problem.ts';
import { linkRoutes } from './public/links.ts';
import { basePath, pathBelow } from './http/base-path.ts';
import { Page } from './http/page.ts';
import { statusRoutes } from './public/public-status.ts';
import { languageOf, type App } from './http/request.ts';
import { requireRole } from './http/route.ts';
import { workRoutes } from './work/work-routes.ts';

export interface BuiltApp {
  readonly app: App;
  readonly events: LiveEvents;
  /** What the public is told; `undefined` while nothing is. */
  readonly status: () => Promise<PublicStatus | undefined>;
}

/** Everything the server answers. */
export function buildApp(context: ServerContext): BuiltApp {
  const app: App = new Hono({ getPath: (request) => pathBelow(basePath(settings()), request) });
  const settings = (): ServerSettings => context.patrol.config.settings.server;
  const events = new LiveEvents(context);
  /** By language and path. */
  const documents = new Map<string, string>();
  const page = new Page();
  app.notFound(async (request) => {
    const { path, method, raw } = request.req;
    const base = basePath(settings());
    // Addresses on the page are relative: they take the last step of one without a slash for a file's name.
    if (base !== '' && new URL(raw.url).pathname === base) return request.redirect(`${base}/`);
    const file = method === 'GET' ? await page.answer(raw, path) : undefined;
    return (
      file ??
      problemResponse(new HttpProblem(404, sentence('nothingAt', { path })), path, languageOf(request))
    );
  });
  app.use(secured);
  app.use(meantForUs);
  // Before the gate: what lets somebody in is the link's signature.
  linkRoutes(app, context);
  workRoutes(app, () => context.patrol.desk);
  app.use(authMiddleware(context.identity, settings));
  apiRoutes(app, context);
  app.get(`${prefix}/events`, (request) => {
    const caller = requireRole(request, 'viewer');
    const credentials = credentialsOf(request);
    return events.open(caller, {
      gone: request.req.raw.signal,
      again: () => context.identity.callerOf(credentials),
    });
  });
  app.get(`${prefix}/openapi.json`, (request) => {
    const [language, base] = [languageOf(request), basePath(settings())];
    const known = documents.get(`${language} ${base}`);
    const document = known ?? JSON.stringify(openApiDocument({ version: context.version, language, base }));
    documents.set(`${language} ${base}`, document);
    return request.body(document, 200, { 'content-type': 'application/json', vary: 'Accept-Language' });
  });
  app.all(`${prefix}/setup/*`, () => {
    throw new HttpProblem(409, sentence('hasConfiguration'));
  });
  oidcRoutes(app, context);
  healthRoutes(app, context);
  const status = statusRoutes(app, context);
  metricsRoute(app, context);
  return { app, events, status };
}
