import type { Caller } from '../caller.ts';
import type { ServerContext } from '../context.ts';
import type { Metrics } from './metrics.ts';
import { openContext } from '../open-context.ts';
import { within } from '../realm/within.ts';
import type { App } from '../http/request.ts';
import { nobody, requireRole } from '../http/route.ts';

/** Sets of services that somebody has asked with; each has counters of its own. */
const mostRealms = 50;

interface Made {
  readonly metrics: Metrics;
  /** Absent: all services. */
  readonly realm: readonly string[] | undefined;
}

/**
 * `/metrics`, in the exposition format of Prometheus. Labels are names of services, channels and credentials: whoever asks
 * gets those that are theirs. What it takes is loaded with the first scrape.
 */
export function metricsRoute(app: App, context: ServerContext): void {
  const all = openContext(context);
  const made = new Map<string, Made>();
  // What another node has called is counted there: their sum is what was called.
  const about = (services: readonly string[]): readonly Metrics[] =>
    (context.patrol.role?.role === 'follower' ? [] : [...made.values()])
      .filter(({ realm }) => realm === undefined || services.some((service) => realm.includes(service)))
      .map(({ metrics }) => metrics);
  context.board.measure({
    result(result) {
      const service = context.board.check(result.checkId)?.service;
      if (service !== undefined) for (const metrics of about([service])) metrics.result(service, result);
    },
    cycle(statistics) {
      for (const metrics of about(Object.keys(statistics.byService))) metrics.cycle(statistics);
    },
  });
  const metricsFor = async (caller: Caller): Promise<Metrics> => {
    const { Metrics: Loaded } = await import('./metrics.ts');
    const key = JSON.stringify(caller.services?.toSorted() ?? null);
    const known = made.get(key);
    if (known !== undefined) return known.metrics;
    const [oldest] = made.keys();
    if (made.size >= mostRealms && oldest !== undefined) made.delete(oldest);
    const metrics = new Loaded(() => within(caller, context, all), caller.services === undefined);
    made.set(key, { metrics, realm: caller.services });
    return metrics;
  };
  app.get('/metrics', async (request) => {
    const isPublic = context.patrol.config.settings.server.metrics === 'public';
    const caller = isPublic ? nobody : requireRole(request, 'viewer');
    const { text, contentType } = await (await metricsFor(caller)).scrape();
    return request.body(text, 200, { 'content-type': contentType });
  });
}
