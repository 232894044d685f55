import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isFirstReport, startWecom, type Wecom } from '../../demo/wecom.ts';
import { type FirstRun, startFirstRun } from '../support/first-run.ts';
import { barriers, gone, overflow, shown, startBrowser, visit } from '../support/browser.ts';
import { account, startSpringdoc, type Springdoc } from '../support/springdoc.ts';

let shop: Springdoc;
let wecom: Wecom;
let browser: Browser;
let folder: string;
let patrol: FirstRun;

beforeAll(async () => {
  [shop, wecom, browser] = await Promise.all([
    startSpringdoc(),
    startWecom({ keepApart: isFirstReport }),
    startBrowser(),
  ]);
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-first-'));
  patrol = await startFirstRun(folder);
}, 60_000);
afterAll(async () => {
  await Promise.all([patrol.end(), browser.close(), shop.close(), wecom.close()]);
  await rm(folder, { recursive: true });
});

/** Counts what a person does; what comes by itself counts as time alone. */
class Hand {
  clicks = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async click(name: string): Promise<void> {
    this.clicks++;
    await this.#page.getByRole('button', { name }).click();
  }

  async write(label: string, text: string): Promise<void> {
    await this.#page.getByLabel(label, { exact: true }).fill(text);
  }
}

it('five clicks lead from the address of Swagger UI and a webhook to a running patrol with a login', async () => {
  const { page, context } = await visit(browser, patrol.url);
  const hand = new Hand(page);
  await page.goto('/');
  const startedAt = performance.now();
  await hand.write('Address of the document', `localhost:${shop.port}/swagger-ui/index.html`);
  await hand.click('See what would be called');
  await shown(page.getByText('The document has this login: POST /auth/login.'));
  await hand.write('User name', account.username);
  await hand.write('Password', account.password);
  await hand.click('Try to sign in');
  await shown(page.getByText('Signed in, and proved'));
  await shown(page.getByText('Token found at $.data.token. $.code == 200 is read as success.'));
  expect(await barriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await hand.write('Address of the group robot', wecom.webhook('group'));
  await hand.click('Send a test message');
  await shown(page.getByText('The message has arrived'));
  await hand.click('Save and start to patrol');
  await page.waitForURL('**/set-up');
  const runningAt = performance.now();
  await shown(page.getByRole('heading', { name: 'Order Center' }));
  const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
  process.stdout.write(
    `${hand.clicks} clicks and ${seconds(startedAt, runningAt)} s to a running patrol, ${seconds(startedAt, performance.now())} s to its first list\n`,
  );
  expect(hand.clicks).toBeLessThanOrEqual(5);
  const written = await readFile(path.join(folder, 'apipatrol.yaml'), 'utf8');
  expect(written).toContain('    name: Order Center\n');
  expect(written).toContain('    token: $.data.token\n    success: $.code == 200\n');

  // The list of the second page, each with one click.
  const file = path.join(folder, 'apipatrol.yaml');
  const stock = page.getByRole('listitem').filter({ hasText: 'Value it answers HTTP 400' });
  await stock.getByRole('textbox', { name: 'storeCode' }).fill('SH-01');
  await stock.getByRole('button', { name: 'Write it into the configuration' }).first().click();
  await shown(
    page.getByRole('region', { name: 'What has changed' }).getByText('+           storeCode: SH-01'),
  );
  const withValue = written.replace(
    '    credential: main\n',
    '    credential: main\n    operations:\n      - match: GET /stores/{storeCode}/stock\n        params:\n          storeCode: SH-01\n',
  );
  expect(await readFile(file, 'utf8')).toBe(withValue);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Take it back' }).click();
  await shown(page.getByText(/^Taken back in /));
  expect(await readFile(file, 'utf8')).toBe(written);

  const search = page.getByRole('listitem').filter({ hasText: 'To allow POST may change data' });
  await shown(search.getByText('Allowed, it is called every 15 min, 96 times a day'));
  await search.getByRole('button', { name: 'Write it into the configuration' }).first().click();
  await shown(
    page.getByRole('region', { name: 'What has changed' }).getByText('- match: POST /orders/search'),
  );
  expect(await readFile(file, 'utf8')).toMatch(
    / {6}# CAREFUL.*\n {6}- match: POST \/orders\/search\n {8}allow: true\n/,
  );
  // The next cycle goes by it at once, and the list says so.
  await gone(search);
  await context.close();
}, 120_000);
