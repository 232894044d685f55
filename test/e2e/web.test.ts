import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  barriers,
  gone,
  type Look,
  overflow,
  shown,
  startBrowser,
  type Visit,
  visit,
} from '../support/browser.ts';
import { type Served, serve } from '../support/served.ts';

let served: Served;
let browser: Browser;
let open: Visit | undefined;
/** `GET /orders/{orderId}` has a text where a number is promised, `POST /orders` is not called. */
let broken: { readonly operation: string; readonly incident: string };
let skipped: string;

beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), startBrowser()]);
  await served.system.faults.set('orders-wrong-type', true);
  await served.cycle();
  const rows: { id: string; method: string; path: string }[] = (await served.get('/operations')).body.items;
  const find = (method: string, path: string) =>
    rows.find((row) => row.method === method && row.path === path)!;
  const [incident] = (await served.get('/incidents')).body.items as { id: string }[];
  broken = { operation: find('GET', '/orders/{orderId}').id, incident: incident!.id };
  skipped = find('POST', '/orders').id;
}, 120_000);
afterAll(async () => {
  await browser.close();
  await served.close();
});
afterEach(async () => {
  await open?.context.close();
  open = undefined;
});

async function go(path: string, look?: Look) {
  open = await visit(browser, served.server.url, look);
  await open.page.goto(path);
  return open.page;
}

const pages: readonly (readonly [name: string, path: () => string, heading: RegExp])[] = [
  ['overview', () => '/', /1 open incident|1 处故障/],
  ['operations', () => '/operations', /^Operations$|^接口$/],
  ['operation', () => `/operations/${broken.operation}`, /\/orders\/\{orderId\}/],
  ['operation that is not called', () => `/operations/${skipped}`, /\/orders/],
  ['incidents', () => '/incidents?state=all', /^Incidents$|^故障$/],
  ['incident', () => `/incidents/${broken.incident}`, /GET \/orders\/\{orderId\}/],
  ['set-up list', () => '/set-up', /^Set-up$|^待配置$/],
  ['documents', () => '/documents', /^Documents$|^接口文档$/],
  ['reports', () => '/reports', /^Reports$|^报告$/],
  ['channels', () => '/channels', /^Channels$|^通知渠道$/],
  ['configuration', () => '/settings', /^Settings$|^设置$/],
  ['silences', () => '/settings/silences', /^Settings$|^设置$/],
  ['users', () => '/settings/users', /^Settings$|^设置$/],
  ['tokens', () => '/settings/tokens', /^Settings$|^设置$/],
  ['audit', () => '/settings/audit', /^Settings$|^设置$/],
];
const looks: readonly Look[] = [
  { width: 1440, scheme: 'dark', locale: 'en-US' },
  { width: 360, scheme: 'light', locale: 'zh-CN' },
];

describe.each(looks)('$width px wide, $scheme, $locale', (look) => {
  it.each(pages)('%s is complete, keeps nobody out and fits', async (_name, path, heading) => {
    const page = await go(path(), look);
    await shown(page.locator('h1').filter({ hasText: heading }));
    await gone(page.locator('[aria-busy="true"]'));
    expect(await page.getByRole('alert').allTextContents()).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(open?.complaints).toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe(look.locale === 'zh-CN' ? 'zh-CN' : 'en');
  });
});

describe.each(['en-US', 'zh-CN'] as const)('the navigation in %s', (locale) => {
  it.each([360, 601, 768, 1280])('has all its names in full at %i px', async (width) => {
    const page = await go('/', { width, locale });
    await shown(page.locator('h1'));
    const more = page.getByRole('button', { name: /^More$|^更多$/ });
    const isPhone = width <= 600;
    expect(await more.isVisible()).toBe(isPhone);
    if (isPhone) await more.click();
    const names = page.locator('nav a span');
    expect(await names.count()).toBe(8);
    for (const name of await names.all()) expect(await name.isVisible()).toBe(true);
    const cut =
      "[...document.querySelectorAll('nav a span')].filter((it) => it.scrollWidth > it.clientWidth)";
    expect(await page.evaluate<string[]>(`${cut}.map((it) => it.textContent)`)).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('link', { name: /^Settings$|^设置$/ }).click();
    await shown(page.getByRole('heading', { name: /^Settings$|^设置$/ }));
    expect(await page.getByRole('link', { name: /^Channels$|^通知渠道$/ }).isVisible()).toBe(!isPhone);
  });
});

it('the first load is small enough for a slow line', async () => {
  const page = await go('/');
  await shown(page.locator('h1'));
  const bytes = await page.evaluate<number>(
    "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/assets/')).reduce((sum, one) => sum + one.encodedBodySize, 0)",
  );
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(300_000);
});
