import type { ServerContext } from './context.ts';
import type { Metrics } from './metrics.ts';
import type { App } from './request.ts';
import { requireRole } from './route.ts';

/** `/metrics`, in the exposition format of Prometheus. What it takes is loaded with the first scrape. */
export function metricsRoute(app: App, context: ServerContext): void {
  let loading: Promise<Metrics> | undefined;
  const load = async (): Promise<Metrics> => {
    const { Metrics: Loaded } = await import('./metrics.ts');
    const metrics = new Loaded(context);
    context.board.measure(metrics);
    return metrics;
  };
  app.get('/metrics', async (request) => {
    if (context.patrol.config.settings.server.metrics === 'signed-in')
      requireRole(request.get('caller'), 'viewer');
    loading ??= load();
    const { text, contentType } = await (await loading).scrape();
    return request.body(text, 200, { 'content-type': contentType });
  });
}
