import { saidBy } from '../../messages/said-error.ts';
import { mapTexts } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import { Hono } from 'hono';
import { messageOf } from '../../lib/errors.ts';
import { meantForUs, openAuthMiddleware, secured } from '../access/auth-middleware.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { endpoints } from '../api/endpoints.ts';
import { HttpProblem, problemResponse } from '../http/http-problem.ts';
import { listenOn } from '../listen.ts';
import { Page } from '../http/page.ts';
import { languageOf, type App } from '../http/request.ts';
import { type AnyHandler, route } from '../http/route.ts';
import { type SetupTools, setupHandlers } from './handlers.ts';

export interface SetupServer {
  readonly url: string;
  /** Resolves when the configuration has been written. */
  readonly saved: Promise<void>;
  close(): Promise<void>;
}

/** The first-run page, on this machine alone, while there is no configuration. */
export async function startSetup(
  options: Omit<SetupTools, 'saved'> & { readonly port: number },
): Promise<SetupServer> {
  let tellSaved = (): void => undefined;
  const saved = new Promise<void>((resolve) => {
    tellSaved = resolve;
  });
  const app: App = new Hono();
  const page = new Page();
  app.onError((error, request) => {
    if (error instanceof HttpProblem) return problemResponse(error, request.req.path, languageOf(request));
    options.log.error('a request broke inside the server', { error: messageOf(error) });
    return problemResponse(
      new HttpProblem(
        500,
        mapTexts(saidBy(error), (text) => options.redactor.scrub(text)),
      ),
      request.req.path,
      languageOf(request),
    );
  });
  app.notFound(async (request) => {
    const { path, method, raw } = request.req;
    const file = method === 'GET' ? await page.answer(raw) : undefined;
    const problem = new HttpProblem(404, sentence('nothingAtYet', { path }));
    return file ?? problemResponse(problem, path, languageOf(request));
  });
  app.use(secured);
  app.use(meantForUs);
  app.use(openAuthMiddleware());
  const handlers: Readonly<Record<string, AnyHandler>> = setupHandlers({ ...options, saved: tellSaved });
  for (const endpoint of Object.values(endpoints) as readonly Endpoint[]) {
    const handler = handlers[endpoint.id];
    if (handler !== undefined)
      route(app, endpoint, handler, { contextFor: () => undefined, prefix: '/api/v1' });
  }
  const listening = await listenOn({ fetch: app.fetch, host: '127.0.0.1', port: options.port });
  return { ...listening, saved };
}
