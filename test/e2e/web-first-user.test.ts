import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { overflow, shown, startBrowser, visit } from '../support/browser.ts';
import { type Served, serve } from '../support/served.ts';

let served: Served;
let browser: Browser;

beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), startBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await served.close();
});

it.each([390, 1440])(
  'says that the connection is lost where nothing else stands, %i px wide',
  async (width) => {
    const { page, context } = await visit(browser, served.server.url, { width });
    await page.route('**/api/v1/events', (route) => route.abort());
    await page.goto('/');
    const banner = page.getByRole('status').filter({ hasText: 'Connection lost' });
    await shown(banner);
    await shown(page.getByRole('navigation'));
    const [lost, timer] = [await banner.boundingBox(), await page.locator('[role=timer]').boundingBox()];
    const isOver = lost !== null && timer !== null && timer.x + timer.width > lost.x;
    expect([isOver, await overflow(page)]).toEqual([false, 0]);
    await context.close();
  },
);

it('makes the first user an admin, and asks everybody to sign in from then on', async () => {
  const viewer = { name: 'guest', password: 'a long password', role: 'viewer' };
  const refused = await served.call('POST', '/users', { body: viewer });
  expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('admin')]);
  const [one, other] = await Promise.all([
    visit(browser, served.server.url, { width: 390 }),
    visit(browser, served.server.url, {}),
  ]);
  await Promise.all([one.page.goto('/settings/users'), other.page.goto('/')]);
  await shown(one.page.getByText('The first user is an admin'));
  await shown(other.page.getByRole('timer'));
  await one.page.getByLabel('Name').fill('wang');
  await one.page.getByLabel('Password', { exact: true }).fill('a long password');
  await one.page.getByRole('button', { name: 'Add' }).click();
  for (const { page } of [one, other]) await shown(page.getByRole('button', { name: 'Sign in' }));
  await one.page.getByLabel('Name').fill('wang');
  await one.page.getByLabel('Password', { exact: true }).fill('a long password');
  await one.page.getByRole('button', { name: 'Sign in' }).click();
  await shown(one.page.getByText('New user'));
  await Promise.all([one.context.close(), other.context.close()]);
});
