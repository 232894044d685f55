import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../src/server/access/password.ts';
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
const password = 'a long password';

beforeAll(async () => {
  const hash = await hashPassword(password);
  const users = [
    { name: 'boss', password: hash, role: 'admin' },
    { name: 'guest', password: hash, role: 'viewer' },
  ];
  [served, browser] = await Promise.all([serve({ server: { signIn: { users } } }), startBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await served.close();
});
afterEach(async () => {
  await open?.context.close();
  open = undefined;
});

async function go(path: string, look?: Look): Promise<Page> {
  open = await visit(browser, served.server.url, look);
  await open.page.goto(path);
  return open.page;
}

async function signIn(page: Page, name: string, secret = password): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

describe('signing in', () => {
  it.each([
    { width: 1440, scheme: 'dark' },
    { width: 360, scheme: 'light' },
  ] as const)('keeps nobody out, $width px wide, $scheme', async (look) => {
    const page = await go('/', look);
    await shown(page.getByRole('button', { name: 'Sign in' }));
    expect(await barriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  it('says that name or password is wrong', async () => {
    const page = await go('/');
    await signIn(page, 'guest', 'not the password');
    await shown(page.getByRole('alert').getByText('name or password is wrong'));
  });

  it('leads to the page that was asked for; a viewer looks on and changes nothing', async () => {
    const page = await go('/documents');
    await signIn(page, 'guest');
    await shown(page.getByRole('heading', { name: 'Documents' }));
    await page.getByRole('link', { name: 'Overview' }).click();
    await shown(page.getByRole('heading', { name: /^Nothing is wrong, / }));
    expect(await page.getByRole('button', { name: 'Run now' }).count()).toBe(0);
    await page.goto('/settings/users');
    await shown(page.getByText('guest · viewer'));
    expect(await page.getByRole('link', { name: 'Users' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await shown(page.getByRole('button', { name: 'Sign in' }));
  });
});

describe('an admin', () => {
  it('adds a user, gives another role, and removes the user', async () => {
    const page = await go('/settings/users');
    await signIn(page, 'boss');
    await shown(page.getByRole('row').filter({ hasText: 'boss' }));
    await page.getByLabel('Name').fill('wang');
    await page.getByLabel('Password', { exact: true }).fill('another long password');
    await page.getByRole('button', { name: 'Add' }).click();
    const wang = page.getByRole('row').filter({ hasText: 'wang' });
    await page.getByLabel('Role of wang').selectOption('operator');
    await page.reload();
    await shown(wang);
    expect(await page.getByLabel('Role of wang').inputValue()).toBe('operator');
    await wang.getByRole('button', { name: 'Remove' }).click();
    await gone(wang);
  });

  it('makes a token that is shown once', async () => {
    const page = await go('/settings/tokens');
    await signIn(page, 'boss');
    await page.getByLabel('What it is for').fill('deploy');
    await page.getByRole('button', { name: 'Create token' }).click();
    const once = page.getByRole('region', { name: /shown this once/ });
    await shown(once);
    const token = (await once.textContent())?.trim() ?? '';
    const answer = await served.get('/overview', { authorization: `Bearer ${token}` });
    expect(answer.status).toBe(200);
    await page.reload();
    const row = page.getByRole('row').filter({ hasText: 'deploy' });
    await shown(row);
    expect(await page.getByText(token).count()).toBe(0);
    await row.getByRole('button', { name: 'Remove' }).click();
    await gone(row);
    expect((await served.get('/overview', { authorization: `Bearer ${token}` })).status).toBe(401);
  });

  it('makes a token for one thing alone, of those that its role may', async () => {
    const page = await go('/settings/tokens');
    await signIn(page, 'boss');
    await page.getByLabel('What it is for').fill('silence around deployments');
    const scope = page.getByRole('checkbox', { name: /silences:write/ });
    await gone(scope);
    await page.getByLabel('Role').selectOption('operator');
    await scope.check();
    await page.getByRole('button', { name: 'Create token' }).click();
    const once = page.getByRole('region', { name: /shown this once/ });
    await shown(once);
    const token = (await once.textContent())?.trim() ?? '';
    expect((await served.get('/overview', { authorization: `Bearer ${token}` })).status).toBe(403);
    await shown(page.getByRole('row').filter({ hasText: 'silences:write' }));
  });
});
