import { sentence } from '../../messages/sentence.ts';
import { createHash } from 'node:crypto';
import { type Incident, isFailure, isWarning, lastsSince } from '../../model/incident.ts';
import type { ServerContext } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { told } from '../live/operation-rows.ts';
import type { App } from '../http/request.ts';
import { escapeMarkup } from '../../lib/text/text.ts';
import type { HalfHour } from '../live/last-day.ts';
import stringWidth from 'string-width';

type PublicState = 'ok' | 'degraded' | 'failing' | 'unknown';

interface ServiceStatus {
  readonly name: string;
  readonly state: PublicState;
  /** Share of the last 24 hours' calls that went well; absent: none counted. */
  readonly rate?: number;
  /** Since when it is not well, epoch ms. */
  readonly since?: number;
  /** The last 24 hours in halves, oldest first. */
  readonly halves: readonly HalfHour[];
}

const words = {
  zh: {
    ok: '正常',
    degraded: '变慢',
    failing: '故障',
    unknown: '未知',
    all: '全部服务正常',
    some: '部分服务异常',
    day: '24 小时成功率',
    none: '没有数据',
    ago: '24 小时前',
    now: '现在',
    since: (time: string) => `自 ${time} 起`,
    updated: '更新于',
  },
  en: {
    ok: 'operational',
    degraded: 'degraded',
    failing: 'failing',
    unknown: 'unknown',
    all: 'All services are operational',
    some: 'Some services have problems',
    day: 'success in 24 h',
    none: 'no data',
    ago: '24 h ago',
    now: 'now',
    since: (time: string) => `since ${time}`,
    updated: 'Updated',
  },
} as const;

const style = `:root{color-scheme:light dark;--ink:#1b2430;--dim:#5a6675;--line:#dfe4ea;--page:#f5f7f9;--card:#fff;--ok:#1f7a3d;--some:#8a5a00;--bad:#b3261e;--cell:#8fcfa8;--part:#e8b84a;--gone:#e04b4b;--none:#dfe4ea;font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
@media(prefers-color-scheme:dark){:root{--ink:#e4e9ee;--dim:#9aa7b4;--line:#2b333d;--page:#0d1117;--card:#151b22;--ok:#7ddc9a;--some:#ffcc66;--bad:#ff8a80;--cell:#2f8f55;--part:#c08a1e;--gone:#d84a4a;--none:#2b333d}}
body{margin:0;background:var(--page);color:var(--ink)}main{max-width:46rem;margin:0 auto;padding:3rem 1rem}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 1.25rem;overflow-wrap:anywhere}
.all{margin:0 0 1.25rem;padding:1rem 1.25rem;border-radius:.6rem;color:#fff;background:#1f7a3d;font-weight:600}.all.some{background:#b3261e}.all.slow{background:#8a5a00}
ul{list-style:none;margin:0 0 1.25rem;padding:0;border:1px solid var(--line);border-radius:.6rem;background:var(--card)}
li{padding:.9rem 1.25rem 1rem}li+li{border-top:1px solid var(--line)}
li p{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.1rem 1rem;margin:0}
b{overflow-wrap:anywhere}small{color:var(--dim)}
.failing{color:var(--bad)}.degraded{color:var(--some)}.ok{color:var(--ok)}.unknown{color:var(--dim)}
svg{display:block;width:100%;height:28px;margin:.5rem 0 .25rem}.c{fill:var(--none)}.g{fill:var(--cell)}.y{fill:var(--part)}.r{fill:var(--gone)}`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** For everybody, when it is configured: how the chosen services are, and nothing else about them. */
export function statusRoutes(app: App, context: ServerContext): void {
  const { patrol } = context;
  const shown = (): readonly string[] => {
    const { statusPage } = patrol.config.settings.server;
    if (statusPage === undefined) throw new HttpProblem(404, sentence('noStatusPage'));
    return statusPage.services ?? patrol.config.settings.services.map(({ name }) => name);
  };
  app.get('/status', async (request) => {
    const services = await statusesOf(context, shown());
    const headers = { 'cache-control': 'public, max-age=30', 'content-security-policy': policy };
    return request.html(html(context, services), 200, headers);
  });
  app.get('/status.json', async (request) => {
    const statuses = await statusesOf(context, shown());
    const services = statuses.map(({ halves: _drawn, ...status }) => status);
    const now = context.clock.now();
    return request.json({ now, services }, 200, { 'cache-control': 'public, max-age=30' });
  });
  app.get('/badges/:file{.+\\.svg}', async (request) => {
    const name = request.req.param('file').slice(0, -'.svg'.length);
    const [service] = shown().includes(name) ? await statusesOf(context, [name]) : [];
    if (service === undefined) throw new HttpProblem(404, sentence('noStatusOf', { name }));
    const text = words[patrol.config.settings.language][service.state];
    return request.body(badge(name, text, service.state), 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=60',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });
}

/** Its one style is known by its hash; it has no script. */
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`;

async function statusesOf(
  context: ServerContext,
  names: readonly string[],
): Promise<readonly ServiceStatus[]> {
  const open = told(await context.patrol.store.openIncidents()).filter(({ reason }) => !isWarning(reason));
  return names.map((name) =>
    statusOf(
      context,
      name,
      open.filter(({ services }) => services.includes(name)),
    ),
  );
}

function statusOf({ board, clock }: ServerContext, name: string, open: readonly Incident[]): ServiceStatus {
  const { checks = [] } = board.services.get(name) ?? {};
  const halves = board.day.halves(
    checks.map(({ id }) => id),
    clock.now(),
  );
  const good = halves.reduce((sum, half) => sum + half.good, 0);
  const bad = halves.reduce((sum, half) => sum + half.bad, 0);
  const failing = open.filter((one) => isFailure(one) && one.state === 'firing');
  const troubled = failing.length > 0 ? failing : open;
  const state: PublicState =
    failing.length > 0 ? 'failing' : open.length > 0 ? 'degraded' : good + bad === 0 ? 'unknown' : 'ok';
  return {
    name,
    state,
    halves,
    ...(good + bad === 0 ? {} : { rate: good / (good + bad) }),
    ...(troubled.length === 0 ? {} : { since: Math.min(...troubled.map(lastsSince)) }),
  };
}

function html({ patrol, clock }: ServerContext, services: readonly ServiceStatus[]): string {
  const { language, timeZone, server } = patrol.config.settings;
  const say = words[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const format = new Intl.DateTimeFormat(locale, {
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
  const worst = services.some(({ state }) => state === 'failing')
    ? 'some'
    : services.some(({ state }) => state === 'degraded')
      ? 'slow'
      : '';
  const items = services.map(({ name, state, rate, since, halves }) => {
    const share = rate === undefined ? say.none : `${say.day} ${shareText(rate)}`;
    const begun =
      since === undefined ? '' : ` <small>${escapeMarkup(say.since(format.format(since)))}</small>`;
    return `<li><p><b>${escapeMarkup(name)}</b><span class="${state}">${say[state]}${begun}</span></p>
${stripOf(halves, `${name}: ${share}`, format)}
<p><small>${say.ago}</small><small>${escapeMarkup(share)}</small><small>${say.now}</small></p></li>`;
  });
  const title = escapeMarkup(server.statusPage?.title ?? 'API Patrol');
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="60"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1><p class="all ${worst}" role="status">${worst === '' ? say.all : say.some}</p>
<ul>${items.join('')}</ul><small>${say.updated} ${escapeMarkup(format.format(clock.now()))} (${escapeMarkup(timeZone)})</small></main></body></html>
`;
}

/** Rounded down: 100 % is when nothing failed. */
const shareText = (share: number): string => `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;

/** A bar for each half hour; fewer than one failure in five is a trouble of some operations. */
function stripOf(halves: readonly HalfHour[], label: string, format: Intl.DateTimeFormat): string {
  const bars = halves.map(({ at, good, bad }, index) => {
    const share = good / (good + bad);
    const tone = good + bad === 0 ? 'c' : bad === 0 ? 'g' : share > 0.8 ? 'y' : 'r';
    const time = escapeMarkup(format.format(at));
    const said = good + bad === 0 ? time : `${time} · ${shareText(share)}`;
    return `<rect class="${tone}" x="${index * 10}" width="8" height="28" rx="2"><title>${said}</title></rect>`;
  });
  return `<svg viewBox="0 0 478 28" preserveAspectRatio="none" role="img" aria-label="${escapeMarkup(label)}">${bars.join('')}</svg>`;
}

const colors = { ok: '#1f7a3d', degraded: '#8a5a00', failing: '#b3261e', unknown: '#5f6368' } as const;
/** Of a letter of the usual width; a Chinese character takes two. */
const letterPx = 7;
const paddingPx = 10;

/** Two words side by side, for a README or a wiki page. */
function badge(label: string, text: string, state: keyof typeof colors): string {
  const [left, right] = [label, text].map((word) => stringWidth(word) * letterPx + 2 * paddingPx) as [
    number,
    number,
  ];
  const [name, value] = [label, text].map(escapeMarkup);
  const width = left + right;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${name}: ${value}">
<title>${name}: ${value}</title>
<clipPath id="r"><rect width="${width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#444"/><rect x="${left}" width="${right}" height="20" fill="${colors[state]}"/></g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,PingFang SC,Microsoft YaHei,sans-serif" font-size="11">
<text x="${left / 2}" y="14">${name}</text><text x="${left + right / 2}" y="14">${value}</text></g>
</svg>
`;
}
