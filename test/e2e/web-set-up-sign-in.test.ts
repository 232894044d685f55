import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { account, startSpringdoc } from '../support/springdoc.ts';
import { type FirstRun, startFirstRun } from '../support/first-run.ts';
import { barriers, overflow, shown, startBrowser, visit } from '../support/browser.ts';

type Shop = Awaited<ReturnType<typeof startSpringdoc>>;

let browser: Browser;
let folder: string;
let patrol: FirstRun;
let shop: Shop;

beforeAll(async () => {
  [shop, browser] = await Promise.all([startSpringdoc(), startBrowser()]);
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-set-up-'));
  const lines = [
    'services:',
    '  - name: shop',
    `    docs: ${shop.url}/v3/api-docs`,
    `    baseUrl: ${shop.url}`,
  ];
  await writeFile(path.join(folder, 'apipatrol.yaml'), `${lines.join('\n')}\n`);
  patrol = await startFirstRun(folder);
}, 60_000);
afterAll(async () => {
  await Promise.all([patrol.end(), browser.close(), shop.close()]);
  await rm(folder, { recursive: true });
});

it('a sign-in that a document describes is written with an account, and works at once', async () => {
  const { page, context } = await visit(browser, patrol.url, { width: 360, locale: 'zh-CN' });
  await page.goto('/set-up');
  const first = page.getByRole('listitem').filter({ hasText: 'scheme: login' }).first();
  await shown(first.getByRole('button', { name: '写入配置' }).first());
  await first.getByLabel('username', { exact: true }).fill(account.username);
  await first.getByLabel('password', { exact: true }).fill(account.password);
  expect(await barriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await first.getByRole('button', { name: '写入配置' }).first().click();
  await shown(page.getByText('已写入，正按新配置巡检，结果稍后更新。'));
  expect(await page.getByRole('region', { name: '修改内容' }).innerText()).not.toContain(account.password);
  const written = await readFile(path.join(folder, 'apipatrol.yaml'), 'utf8');
  expect(written).toContain(`password: ${account.password}`);
  await expect.poll(() => page.getByText('scheme: login').count(), { timeout: 20_000 }).toBe(1);
  await page.reload();
  await shown(page.getByText(/个接口中有 [1-9]\d* 个符合文档约定/));
  await context.close();
});
