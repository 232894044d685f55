import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/time/clock.ts';
import { barriers, type Look, overflow, shown, startBrowser, type Visit, visit } from '../support/browser.ts';
import { type Served, serve } from '../support/served.ts';

/** What people see who are not signed in, or came by a link; and the dialogs, which no address opens. */

let served: Served;
let browser: Browser;
let open: Visit | undefined;
let incident: string;
/** `/do/…` of what the links in a message do, by what they are called. */
let links: ReadonlyMap<string, string>;

beforeAll(async () => {
  const server = { url: 'http://patrol.example', statusPage: { title: '状态', about: '值班 8888' } };
  [served, browser] = await Promise.all([serve({ server }), startBrowser()]);
  await served.system.faults.set('orders-wrong-type', true);
  await served.cycle();
  const [found] = (await served.get('/incidents')).body.items as { id: string }[];
  incident = found!.id;
  while (linksIn(served).length < 3) await systemClock.sleep(100);
  links = new Map(linksIn(served));
  const write = (body: object) => served.call('POST', '/status-page/posts', { body });
  await write({ incident, kind: 'investigating', text: '正在排查。' });
  await write({ kind: 'notice', text: 'Moving on Saturday.' });
  await write({ kind: 'maintenance', text: '数据库升级', until: Date.now() + 3_600_000 });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await served.close();
});
afterEach(async () => {
  await open?.context.close();
  open = undefined;
});

function linksIn({ wecom }: Served): readonly (readonly [string, string])[] {
  const told = wecom.messages
    .map(({ content }) => content)
    .filter((content) => content.includes(`#${incident}`));
  const [last = ''] = told.slice(-1);
  return [...last.matchAll(/\[([^\]]+)\]\(http:\/\/patrol\.example(\/do\/[^)]+)\)/g)].map(
    ([, name = '', path = '']) => [name, path],
  );
}

const looks: readonly Look[] = [
  { width: 1280, scheme: 'light', locale: 'zh-CN' },
  { width: 1280, scheme: 'dark', locale: 'en-US' },
  { width: 390, scheme: 'dark', locale: 'zh-CN' },
  { width: 390, scheme: 'light', locale: 'en-US' },
];

async function go(path: string, look: Look): Promise<Page> {
  open = await visit(browser, served.server.url, look);
  await open.page.goto(path);
  return open.page;
}

async function keepsNobodyOut(page: Page, { locale }: Look): Promise<void> {
  expect(await barriers(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await page.locator('html').getAttribute('lang')).toBe(locale === 'zh-CN' ? 'zh-CN' : 'en');
}

describe.each(looks)('$width px wide, $scheme, $locale', (look) => {
  it.each(['/status', '/status/embed', '/settings/status', '/settings/api', '/nothing-here'])(
    '%s keeps nobody out and fits',
    async (path) => {
      const page = await go(path, look);
      await shown(page.locator('h1, h2, li b').or(page.getByRole('link', { name: /overview|总览/ })));
      await keepsNobodyOut(page, look);
    },
  );

  it.each(['我来处理', '立即检查', '静默 4 小时'])(
    'the link %s says what it is about and leads on',
    async (name) => {
      const page = await go(links.get(name) ?? '', look);
      await shown(page.getByRole('button', { name: /^Confirm$|^确认$/ }));
      await shown(page.getByRole('link', { name: new RegExp(`#${incident}`) }));
      await keepsNobodyOut(page, look);
    },
  );

  it('a link that was cut off leads on as well', async () => {
    const page = await go((links.get('我来处理') ?? '').slice(0, -3), look);
    await keepsNobodyOut(page, look);
    await page.getByRole('link', { name: /^All incidents$|^查看全部故障$/ }).click();
    await shown(page.getByRole('heading', { name: /^Incidents$|^故障$/ }));
  });

  it.each<[name: string, path: () => string, button: RegExp]>([
    ['silence of an incident', () => `/incidents/${incident}`, /^Silence$|^静默$/],
    ['acknowledgement', () => `/incidents/${incident}`, /^Acknowledge$|^认领$/],
    ['new silence', () => '/settings/silences', /^New silence$|^新建静默$/],
    ['notice', () => '/settings/status', /^New notice$|^发布公告$/],
    ['text about an incident', () => '/settings/status', /^Post an update$|^填写进展$/],
  ])('the dialog for: %s', async (_name, path, button) => {
    const page = await go(path(), look);
    await page.getByRole('button', { name: button }).first().click();
    await shown(page.getByRole('dialog'));
    await keepsNobodyOut(page, look);
  });
});

it('whoever checks by a link is told what came of it, and who looks after it by which way', async () => {
  const look = { width: 390, locale: 'zh-CN' } as const;
  const page = await go(links.get('立即检查') ?? '', look);
  await page.getByRole('button', { name: '确认' }).click();
  await shown(page.getByRole('heading', { name: '刚刚检查的结果' }));
  await shown(page.getByText('失败'));
  await keepsNobodyOut(page, look);
  await page.goto(links.get('我来处理') ?? '');
  await page.getByRole('button', { name: '确认' }).click();
  await shown(page.getByText('wecom 的消息链接'));
  await page.getByRole('link', { name: `查看 #${incident} 的详情` }).click();
  await shown(page.getByText('wecom 的消息链接 已认领'));
  await page.goto('/settings/audit');
  await shown(page.getByRole('row', { name: `wecom 的消息链接 已认领 #${incident}` }));
});
