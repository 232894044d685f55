import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeDemo } from '../../demo/config.ts';
import { demoClient } from '../../demo/services/users.ts';
import { type DemoSystem, startDemoSystem } from '../../demo/system.ts';
import { isFirstReport, startWecom, type Wecom } from '../../demo/wecom.ts';
import { account, startSpringdoc } from '../support/springdoc.ts';
import { type FirstRun, startFirstRun } from '../support/first-run.ts';
import { barriers, gone, overflow, shown, startBrowser, visit } from '../support/browser.ts';

let system: DemoSystem;
let wecom: Wecom;
let browser: Browser;
let folder: string;
let patrol: FirstRun;

beforeAll(async () => {
  [system, wecom, browser] = await Promise.all([
    startDemoSystem(),
    startWecom({ keepApart: isFirstReport }),
    startBrowser(),
  ]);
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-setup-'));
  await writeDemo(system, path.join(folder, 'demo'), { webhook: wecom.webhook('unused') });
  patrol = await startFirstRun(folder);
}, 60_000);
afterAll(async () => {
  await Promise.all([patrol.end(), browser.close(), system.close(), wecom.close()]);
  await rm(folder, { recursive: true });
});

it('a document that is not shown to everybody is read with what is given beside it', async () => {
  const shop = await startSpringdoc({ shownTo: 'basic' });
  const { page, context } = await visit(browser, patrol.url, { width: 360, locale: 'zh-CN' });
  await page.goto('/');
  await page.getByLabel('文档地址').fill(`${shop.url}/v3/api-docs`);
  await page.getByRole('button', { name: '预览将调用的接口' }).click();
  const locked = page.getByRole('form', { name: '需要登录才能读取该文档。' });
  await shown(locked);
  await locked.getByLabel('读取文档的登录方式').selectOption('bearer');
  await shown(locked.getByLabel('令牌'));
  await locked.getByLabel('读取文档的登录方式').selectOption('basic');
  await locked.getByLabel('用户名').fill(account.username);
  await locked.getByLabel('密码').fill('not it');
  await locked.getByRole('button', { name: '登录并读取文档' }).click();
  await shown(locked);
  await locked.getByLabel('密码').fill(account.password);
  expect(await barriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await locked.getByRole('button', { name: '登录并读取文档' }).click();
  await gone(locked);
  // All that follows reads it in the same way.
  await shown(page.getByText('文档中有登录接口 POST /auth/login，只需填写账号信息。'));
  await page.getByLabel('用户名').fill(account.username);
  await page.getByLabel('密码').fill(account.password);
  await page.getByRole('button', { name: '试登录' }).click();
  await shown(page.getByText('登录成功，已验证'));
  await page.getByRole('button', { name: '暂不接收消息' }).click();
  await expect.poll(() => page.getByText(/^文档 1 份，将调用接口 \d+ 个/).count()).toBe(2);
  await context.close();
  await shop.close();
});

it('the first run leads from a document and a webhook to a running patrol', async () => {
  const { page, context } = await visit(browser, patrol.url, { width: 360, scheme: 'dark' });
  await page.goto('/');
  await page.getByLabel('Address of the document').fill('./demo/docs/nothing.yaml');
  await page.getByRole('button', { name: 'See what would be called' }).click();
  await shown(page.getByText('Documents: 0. Operations that would be called: 0, that would not: 0'));

  await page.getByLabel('Address of the document').fill('./demo/docs/orders.openapi.yaml');
  await page.getByRole('button', { name: 'See what would be called' }).click();
  await shown(page.getByText(/^13: its server .* is an internal address, which only its document names$/));
  await page
    .getByRole('button', { name: `Use the document's address ${system.services.orders.url}` })
    .click();
  await expect
    .poll(() => page.getByLabel('Where the service answers').inputValue())
    .toBe(system.services.orders.url);
  await shown(page.getByText(/^Documents: 1\. Operations that would be called: \d+, that would not: \d+$/));
  await page.getByText(/^Would not be called: /).click();
  await shown(page.getByText('POST may change data'));

  await shown(page.getByText('The documents ask for this one.'));
  await page.getByLabel('Client id').fill(demoClient.id);
  await page.getByLabel('Client secret').fill('not the secret');
  await page.getByRole('button', { name: 'Try to sign in' }).click();
  await shown(page.getByText('Signing in did not work'));
  await page.getByLabel('Client secret').fill(demoClient.secret);
  await page.getByRole('button', { name: 'Try to sign in' }).click();
  await shown(page.getByText('Signed in, and proved', { exact: true }));

  await page.getByLabel('Address of the group robot').fill(wecom.webhook('group'));
  await page.getByRole('button', { name: 'Send a test message' }).click();
  await shown(page.getByText('The message has arrived'));
  expect(wecom.messages).toHaveLength(1);
  expect(await barriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);

  // Also where they had been counted before there was a sign-in.
  const counted = page.getByText('Documents: 1. Operations that would be called: 13, that would not: 4');
  await expect.poll(() => counted.count()).toBe(2);
  await shown(
    page.getByText(/^Passwords, tokens and the address of the robot stand in the file as they are/),
  );
  await page.getByRole('button', { name: 'Save and start to patrol' }).click();
  await page.waitForURL('**/set-up');
  await shown(page.getByText('Nothing is wrong, '));
  const written = await readFile(path.join(folder, 'apipatrol.yaml'), 'utf8');
  expect(written).toContain('./demo/docs/orders.openapi.yaml');
  await context.close();
});
