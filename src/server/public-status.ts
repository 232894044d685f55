import { createHash } from 'node:crypto';
import type { Incident } from '../model/incident.ts';
import type { ServerContext } from './context.ts';
import { HttpProblem } from './http-problem.ts';
import { told } from './operation-rows.ts';
import type { App } from './request.ts';
import { escapeMarkup } from '../kit/text.ts';
import { badge } from './badge.ts';

type State = 'ok' | 'degraded' | 'failing' | 'unknown';

interface ServiceStatus {
  readonly name: string;
  readonly state: State;
  /** Share of the last 24 hours' calls that went well; absent: none counted. */
  readonly rate?: number;
  /** Since when it is not well, epoch ms. */
  readonly since?: number;
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
    since: '自',
    updated: '更新于',
  },
  en: {
    ok: 'operational',
    degraded: 'degraded',
    failing: 'failing',
    unknown: 'unknown',
    all: 'All services are operational',
    some: 'Some services have problems',
    day: 'success, 24 h',
    since: 'since',
    updated: 'updated',
  },
} as const;

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif}
body{max-width:44rem;margin:3rem auto;padding:0 1rem}h1{font-size:1.5rem}
.all{padding:1rem;border-radius:.5rem;color:#fff;background:#1f7a3d;font-weight:600}.all.some{background:#b3261e}
ul{list-style:none;padding:0}li{display:flex;gap:1rem;padding:.75rem 0;border-bottom:1px solid #8884}
li b{flex:1}.failing{color:#b3261e}.degraded{color:#8a5a00}.ok{color:#1f7a3d}
@media(prefers-color-scheme:dark){.failing{color:#ff8a80}.degraded{color:#ffcc66}.ok{color:#7ddc9a}}
small{opacity:.75}`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** For everybody, when it is configured: how the chosen services are, and nothing else about them. */
export function statusRoutes(app: App, context: ServerContext): void {
  const { patrol } = context;
  const shown = (): readonly string[] => {
    const { statusPage } = patrol.config.settings.server;
    if (statusPage === undefined) throw new HttpProblem(404, 'there is no public status page');
    return statusPage.sources ?? patrol.config.settings.sources.map(({ name }) => name);
  };
  app.get('/status', async (request) => {
    const services = await statusesOf(context, shown());
    const headers = { 'cache-control': 'public, max-age=30', 'content-security-policy': policy };
    return request.html(html(context, services), 200, headers);
  });
  app.get('/status.json', async (request) => {
    const services = await statusesOf(context, shown());
    const now = context.clock.now();
    return request.json({ now, services }, 200, { 'cache-control': 'public, max-age=30' });
  });
  app.get('/badges/:file{.+\\.svg}', async (request) => {
    const name = request.req.param('file').slice(0, -'.svg'.length);
    const [service] = shown().includes(name) ? await statusesOf(context, [name]) : [];
    if (service === undefined) throw new HttpProblem(404, `there is no public status of ${name}`);
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
  const open = told(await context.patrol.store.openIncidents());
  return names.map((name) =>
    statusOf(
      context,
      name,
      open.filter(({ sources }) => sources.includes(name)),
    ),
  );
}

function statusOf({ board, clock }: ServerContext, name: string, open: readonly Incident[]): ServiceStatus {
  const { checks = [] } = board.sources.get(name) ?? {};
  const strips = checks.map(({ id }) => board.day.strip(id, clock.now())).join('');
  const bad = strips.split('f').length - 1;
  const good = strips.split(/[pd]/).length - 1;
  const failing = open.filter(({ verdict, state }) => verdict === 'fail' && state === 'firing');
  const troubled = failing.length > 0 ? failing : open;
  const state: State =
    failing.length > 0 ? 'failing' : open.length > 0 ? 'degraded' : good + bad === 0 ? 'unknown' : 'ok';
  return {
    name,
    state,
    ...(good + bad === 0 ? {} : { rate: good / (good + bad) }),
    ...(troubled.length === 0 ? {} : { since: Math.min(...troubled.map(({ openedAt }) => openedAt)) }),
  };
}

function html({ patrol, clock }: ServerContext, services: readonly ServiceStatus[]): string {
  const { language, timeZone, server } = patrol.config.settings;
  const say = words[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const isWell = services.every(({ state }) => state === 'ok' || state === 'unknown');
  const items = services.map(({ name, state, rate, since }) => {
    const share = rate === undefined ? '' : `${say.day} ${(Math.floor(rate * 10_000) / 100).toFixed(2)} %`;
    const begun = since === undefined ? '' : ` ${say.since} ${format.format(since)}`;
    return `<li><b>${escapeMarkup(name)}</b><small>${escapeMarkup(share)}</small><span class="${state}">${say[state]}${escapeMarkup(begun)}</span></li>`;
  });
  const title = escapeMarkup(server.statusPage?.title ?? 'API Patrol');
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="60"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1><p class="all${isWell ? '' : ' some'}" role="status">${isWell ? say.all : say.some}</p>
<ul>${items.join('')}</ul><small>${say.updated} ${escapeMarkup(format.format(clock.now()))} (${escapeMarkup(timeZone)})</small></main></body></html>
`;
}
