import { sentence } from '../../messages/sentence.ts';
import type { Language } from '../../model/settings.ts';
import { anywhere } from '../access/auth-middleware.ts';
import type { ServerContext } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { type App, languageOf, type RequestContext } from '../http/request.ts';
import { rateOf } from '../live/rate.ts';
import { badge, badgeColors } from './status/status-badge.ts';
import { atomFeed, rssFeed } from './status/status-feed.ts';
import { statusHtml, styleName } from './status/status-html.ts';
import { statusScript, statusStyle } from './status/status-style.ts';
import {
  type PublicState,
  publicStatus,
  type PublicStatus,
  type ServiceStatus,
} from './status/status-view.ts';
import {
  headline,
  latencyText,
  shareText,
  areRecovering,
  stateSentence,
  type Words,
  wordsIn,
} from './status/status-words.ts';

/** Other sites may show what is public anyway. */
const forOthers = { 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' };
const policy = (ancestors: string): string =>
  `default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors ${ancestors}`;

/**
 * For everybody, when it is configured: how the chosen services are, and nothing else about them.
 *
 * @returns Reads what is shown; `undefined` while nothing is.
 */
export function statusRoutes(app: App, context: ServerContext): () => Promise<PublicStatus | undefined> {
  const { patrol } = context;
  const read = keptFor(context);
  const shown = async (): Promise<PublicStatus> => {
    const status = await read();
    if (status === undefined) throw new HttpProblem(404, sentence('noStatusPage'));
    return status;
  };
  const wordsFor = (language: Language): Words => wordsIn(language, patrol.config.settings.timeZone);
  const look = (request: RequestContext, isEmbedded: boolean) => {
    const language = languageFor(request, patrol.config.settings.language);
    return { language, words: wordsFor(language), timeZone: patrol.config.settings.timeZone, isEmbedded };
  };
  const base = (request: RequestContext): string =>
    patrol.config.settings.server.url ?? new URL(request.req.url).origin;

  app.get('/status', async (request) =>
    request.html(statusHtml(await shown(), look(request, false), ''), 200, {
      ...kept(30),
      'content-security-policy': policy("'none'"),
    }),
  );
  app.get('/status/embed', async (request) =>
    request.html(statusHtml(await shown(), look(request, true), '../'), 200, {
      ...kept(30),
      ...forOthers,
      'content-security-policy': policy(anywhere),
    }),
  );
  app.get(`/${styleName}`, (request) =>
    request.body(statusStyle, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    }),
  );
  app.get('/status.js', (request) =>
    request.body(statusScript, 200, { ...kept(3600), 'content-type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/status.json', async (request) => {
    return request.json(jsonOf(await shown()), 200, { ...kept(30), ...forOthers });
  });
  for (const [name, type, feed] of [
    ['atom', 'application/atom+xml', atomFeed],
    ['rss', 'application/rss+xml', rssFeed],
  ] as const)
    app.get(`/status.${name}`, async (request) =>
      request.body(feed(await shown(), look(request, false).words, base(request)), 200, {
        ...kept(60),
        ...forOthers,
        'content-type': `${type}; charset=utf-8`,
      }),
    );
  app.get('/status.svg', async (request) => {
    const { services, title } = await shown();
    const { tone } = headline(services);
    const { words } = look(request, false);
    return svg(
      request,
      badge(
        title,
        words.say(stateSentence({ state: tone, isPartial: false, isRecovering: areRecovering(services) })),
        badgeColors[tone],
      ),
    );
  });
  app.get('/badges/:file{.+\\.svg}', async (request) => {
    const key = request.req.param('file').slice(0, -'.svg'.length);
    const service = (await shown()).services.find((one) => one.key === key);
    if (service === undefined) throw new HttpProblem(404, sentence('noStatusOf', { name: key }));
    const { words } = look(request, false);
    const { label, text, color } = badgeOf(service, request.req.query('show'), words);
    return svg(request, badge(request.req.query('label')?.slice(0, 60) ?? label, text, color));
  });
  return read;
}

/** What many look at is made at most every second. */
const freshMs = 1000;

function keptFor(context: ServerContext): () => Promise<PublicStatus | undefined> {
  let made: { readonly at: number; readonly status: Promise<PublicStatus | undefined> } | undefined;
  return () => {
    const at = context.clock.monotonic();
    if (made === undefined || at - made.at > freshMs) {
      made = { at, status: publicStatus(context) };
      made.status.catch(() => {
        made = undefined;
      });
    }
    return made.status;
  };
}

const kept = (seconds: number): Record<string, string> => ({
  'cache-control': `public, max-age=${seconds}`,
  vary: 'Accept-Language',
});

function svg(request: RequestContext, text: string): Response {
  return request.body(text, 200, { ...kept(60), ...forOthers, 'content-type': 'image/svg+xml' });
}

/** What the address asks for, what the browser would like, or what messages are written in. */
function languageFor(request: RequestContext, fallback: Language): Language {
  const asked = request.req.query('lang');
  if (asked === 'zh' || asked === 'en') return asked;
  return /\b(?:zh|en)\b/i.test(request.req.header('accept-language') ?? '') ? languageOf(request) : fallback;
}

/** Everything that the page shows but its bars. */
export function jsonOf({ now, title, services, incidents, maintenance, notices }: PublicStatus): object {
  return {
    now,
    title,
    services: services.map(({ name, state, isPartial, isRecovering, rate, rate90, p95Ms, since, days }) => ({
      name,
      state,
      ...(isPartial ? { partial: true } : {}),
      ...(isRecovering ? { recovering: true } : {}),
      rate,
      rate90,
      p95Ms,
      since,
      days: days.map((day) => ({ date: day.date, rate: rateOf([day]) ?? null })),
    })),
    incidents,
    maintenance,
    notices,
  };
}

const target = { ok: 0.999, degraded: 0.99 };

function badgeOf(
  service: ServiceStatus,
  show: string | undefined,
  { say }: Words,
): { readonly label: string; readonly text: string; readonly color: string } {
  const { name, state, rate, rate90, p95Ms } = service;
  const none = { text: say(sentence('public.noData')), color: badgeColors.unknown };
  if (show === 'uptime' || show === 'uptime-24h') {
    const label = `${name} ${say(sentence('public.uptime'))}`;
    const share = show === 'uptime' ? rate90 : rate;
    if (share === undefined) return { label, ...none };
    const tone: PublicState = share >= target.ok ? 'ok' : share >= target.degraded ? 'degraded' : 'failing';
    return { label, text: shareText(share), color: badgeColors[tone] };
  }
  if (show === 'p95') {
    const label = `${name} p95`;
    if (p95Ms === undefined) return { label, ...none };
    return { label, text: latencyText(p95Ms), color: badgeColors.maintenance };
  }
  return { label: name, text: say(stateSentence(service)), color: badgeColors[state] };
}
