import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gone, shown, startBrowser, type Visit, visit } from '../support/browser.ts';
import { type Served, serve } from '../support/served.ts';

let served: Served;
let browser: Browser;
let open: Visit | undefined;

beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), startBrowser()]);
  await served.system.faults.set('orders-wrong-type', true);
  await served.cycle();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await served.close();
});
afterEach(async () => {
  const complaints = open?.complaints ?? [];
  await open?.context.close();
  open = undefined;
  if (complaints.length > 0) throw new Error(`the browser complained: ${complaints.join('; ')}`);
});

async function go(path: string): Promise<Page> {
  open = await visit(browser, served.server.url);
  await open.page.goto(path);
  return open.page;
}

const row = (page: Page, text: string): Locator => page.getByRole('treeitem').filter({ hasText: text });

describe('the overview', () => {
  it('says what is wrong and why, and when it is looked at again', async () => {
    const page = await go('/');
    await shown(page.getByRole('heading', { level: 1, name: '1 open incident' }));
    const wrong = page.getByRole('link', { name: /GET \/orders\/\{orderId\}.*expected number, found/ });
    await shown(wrong);
    expect(await page.getByRole('timer').textContent()).toMatch(/^\d\d:\d\d$/);
    await wrong.click();
    await shown(page.getByRole('heading', { name: 'What happened' }));
    expect(page.url()).toMatch(/\/incidents\/[0-9A-Z]{4}$/);
  });

  it('changes by itself with every cycle', async () => {
    const page = await go('/');
    await shown(page.getByText('1 open incident'));
    await served.system.faults.set('payments-envelope', true);
    await page.getByRole('button', { name: 'Run now' }).click();
    await shown(page.getByRole('heading', { level: 1, name: '2 open incidents' }));
    await served.system.faults.set('payments-envelope', false);
    await served.cycle();
    await shown(page.getByRole('heading', { level: 1, name: '1 open incident' }));
    // No cycle is shown as running that has ended.
    await shown(page.getByRole('button', { name: 'Run now' }));
  });

  it('knows what happened between its first look and the live events', async () => {
    open = await visit(browser, served.server.url);
    const { page } = open;
    let connect = (): void => undefined;
    const connected = new Promise<void>((resolve) => {
      connect = resolve;
    });
    await page.route('**/api/v1/events', async (route) => {
      await connected;
      await route.continue();
    });
    await page.goto('/');
    await shown(page.getByRole('heading', { level: 1, name: '1 open incident' }));
    await served.system.faults.set('orders-500', true);
    await served.cycle();
    connect();
    await shown(page.getByRole('heading', { level: 1, name: '2 open incidents' }));
    await served.system.faults.set('orders-500', false);
    await served.cycle();
    await shown(page.getByRole('heading', { level: 1, name: '1 open incident' }));
  });
});

describe('operations', () => {
  it('are found by what one remembers of them, and the address keeps the search', async () => {
    const page = await go('/operations');
    await shown(row(page, '/orders/statistics'));
    await page.keyboard.press('/');
    await page.keyboard.type('service:orders items');
    await gone(row(page, '/orders/statistics'));
    await shown(row(page, '/orders/{orderId}/items'));
    expect(page.url()).toContain('q=service%3Aorders+items');
    await page.reload();
    await shown(row(page, '/orders/{orderId}/items'));
    expect(await row(page, '/orders/statistics').count()).toBe(0);
  });

  it('are filtered by their state, with the reason why some are not called', async () => {
    const page = await go('/operations');
    const states = page.getByRole('group', { name: 'Only these states' });
    await states.getByRole('button', { name: /not called/ }).click();
    await shown(row(page, 'POST may change data'));
    expect(page.url()).toContain('state=skipped');
    await states.getByRole('button', { name: /not called/ }).click();
    await states.getByRole('button', { name: /failed/ }).click();
    await gone(row(page, 'POST may change data'));
    await shown(row(page, '/orders/{orderId}'));
    expect(await page.getByRole('treeitem').filter({ hasText: 'GET' }).count()).toBe(1);
  });

  it('are gone through by keyboard', async () => {
    const page = await go('/operations?q=service:orders');
    await shown(row(page, '/orders/statistics'));
    await page.keyboard.press('j');
    expect(await page.getByRole('tree').evaluate((tree) => tree === tree.ownerDocument.activeElement)).toBe(
      true,
    );
    await page.keyboard.press('ArrowLeft');
    await gone(row(page, '/orders/statistics'));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await shown(page.getByRole('heading', { level: 1, name: /GET \/orders$/ }));
  });
});

describe('an operation', () => {
  const openBroken = async (): Promise<Page> => {
    const page = await go('/operations?q=/orders/{orderId}&state=fail');
    await row(page, '/orders/{orderId}').getByRole('link').click();
    await shown(page.getByRole('heading', { name: 'Last answer' }));
    return page;
  };

  it('shows the violation in the answer and beside the schema of the document', async () => {
    const page = await openBroken();
    const body = page.getByRole('region', { name: 'Body' });
    await shown(body.getByText(/"total": ".*← expected number, found/));
    const schema = page.getByRole('region', { name: 'Documented schema' });
    await shown(schema.getByText(/← expected number, found/));
    await shown(page.getByRole('img', { name: /answers over time/ }));
  });

  it('shows it in Chinese as well, without saying its place again', async () => {
    const page = await openBroken();
    await page.getByRole('button', { name: '中文' }).click();
    await shown(page.getByText(/"total": ".*← 期望 number，实际 /));
    await shown(page.getByText(/^ ?← 期望 number，实际 /));
  });

  it('is called now, on demand', async () => {
    const page = await openBroken();
    await page.getByRole('button', { name: 'Check now' }).click();
    await shown(page.getByText(/Checked just now:.*failed/));
  });

  it('is copied as a command without its secrets', async () => {
    const page = await openBroken();
    await page.getByRole('button', { name: 'Copy as curl' }).first().click();
    await shown(page.getByText('Copied'));
    const text = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(text).toMatch(/^curl .*'authorization: \*\*\*'.*\/orders\//);
  });

  it('that is not called says why, and what would change that', async () => {
    const page = await go('/operations?q=method:post+/orders');
    await row(page, 'Places an order').getByRole('link').click();
    await shown(page.getByRole('heading', { name: 'It is not called' }));
    await shown(page.getByRole('region', { name: /would change that/ }).getByText('allow: true'));
  });
});

describe('an incident', () => {
  const openIncident = async (): Promise<Page> => {
    const page = await go('/incidents');
    await page.getByRole('link', { name: /GET \/orders\/\{orderId\}/ }).click();
    await shown(page.getByRole('heading', { name: 'What happened' }));
    return page;
  };

  it('is acknowledged, written about, and given back; the story keeps it', async () => {
    const page = await openIncident();
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByLabel('Note').fill('the release of this morning');
    await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click();
    await shown(page.getByRole('button', { name: 'Give it back' }));
    await shown(page.getByText('the release of this morning'));
    await page.getByLabel('Something for whoever looks next').fill('rolled back');
    await page.getByRole('button', { name: 'Comment' }).click();
    await shown(page.getByRole('listitem').filter({ hasText: 'rolled back' }));
    await page.getByRole('button', { name: 'Give it back' }).click();
    await shown(page.getByRole('button', { name: 'Acknowledge' }));
    await page.goto('/settings/audit');
    await shown(page.getByRole('row').filter({ hasText: 'commented on' }).filter({ hasText: 'rolled back' }));
  });

  it('is silenced, and the silence is ended', async () => {
    const page = await openIncident();
    await page.getByRole('button', { name: 'Silence' }).click();
    await page.getByLabel('Reason').fill('known, see ticket 12');
    await page.getByRole('dialog').getByRole('button', { name: 'Silence' }).click();
    await gone(page.getByRole('dialog'));
    await page.goto('/incidents');
    await shown(page.getByRole('img', { name: 'Silenced' }));
    await page.goto('/settings/silences');
    const silence = page.getByRole('row').filter({ hasText: 'known, see ticket 12' });
    await silence.getByRole('button', { name: 'End' }).click();
    await gone(silence);
    await shown(page.getByText('Nothing is silenced'));
  });
});

describe('silences', () => {
  it('are made for a whole service', async () => {
    const page = await go('/settings/silences');
    await page.getByRole('button', { name: 'New silence' }).click();
    await page.getByLabel('Service').selectOption('payments');
    await page.getByLabel('Reason').fill('moving house');
    await page.getByRole('dialog').getByRole('button', { name: 'Silence' }).click();
    const silence = page.getByRole('row').filter({ hasText: 'moving house' });
    await shown(silence.getByText('Service: payments'));
    await silence.getByRole('button', { name: 'End' }).click();
    await gone(silence);
  });
});

describe('a channel', () => {
  it('is tried out, and shows what it was sent as it looked', async () => {
    const page = await go('/channels/wecom');
    await shown(page.getByText(/\/total：期望 number/));
    await page.getByRole('button', { name: 'Send a test message' }).click();
    await shown(page.getByText('The message has arrived'));
    await shown(page.getByRole('listitem').filter({ hasText: 'HTTP 200' }));
    expect(served.wecom.messages.at(-1)).toMatchObject({ content: expect.stringContaining('【测试】') });
  });
});

it('a message that was given up is sent again', async () => {
  await served.system.faults.set('payments-down', true);
  const told = served.wecom.messages.length;
  await served.cycle();
  await served.wecom.received(told + 1);
  // A beginning would not be given up while it goes on: an end is.
  served.wecom.fail('group', { errcode: 40008 }, 3);
  await served.system.faults.set('payments-down', false);
  await served.cycle();
  await served.cycle();
  const page = await go('/channels');
  const given = page.getByRole('listitem').filter({ hasText: '40008' });
  await shown(given);
  const before = served.wecom.messages.length;
  await given.getByRole('button', { name: 'Send again' }).click();
  await served.wecom.received(before + 1);
  await gone(page.getByRole('button', { name: 'Send again' }));
});

describe('documents', () => {
  it('are listed with what changed in them', async () => {
    const page = await go('/documents');
    await page.getByRole('button', { name: 'Order service' }).click();
    await shown(page.getByText('13 of 17 called'));
    expect(page.url()).toContain('id=orders');
    await page.getByText('17 operations are new').click();
    await shown(page.getByText('+ GET /orders/statistics'));
  });
});

describe('the report', () => {
  it('tells of the period that is chosen', async () => {
    const page = await go('/reports');
    await shown(page.getByRole('heading', { name: 'Failed most' }));
    await page.getByText('7 d', { exact: true }).click();
    await page.waitForURL(/period=7d/);
    await shown(
      page
        .getByRole('row')
        .filter({ hasText: 'GET /orders/{orderId}' })
        .filter({ hasText: /failed/ }),
    );
  });

  it('counts the cycle that has just closed', async () => {
    await served.cycle();
    const cycles = await served.daemon.store.cycles({ from: 0, to: Number.MAX_SAFE_INTEGER });
    const page = await go('/reports');
    const counted = page.locator('dl > div').filter({ has: page.getByText('Cycles', { exact: true }) });
    await shown(counted);
    expect(await counted.textContent()).toBe(`Cycles${cycles.length}`);
  });
});

describe('the frame', () => {
  it('speaks the language of the browser or the one that is chosen, and keeps it', async () => {
    const page = await go('/');
    await page.getByRole('button', { name: '中文' }).click();
    await shown(page.getByRole('link', { name: '总览' }));
    await page.reload();
    await shown(page.getByRole('heading', { name: '1 处故障' }));
  });

  it('has the colours of the system or those that are chosen, and keeps them', async () => {
    const page = await go('/');
    const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
    await page.getByRole('button', { name: "Colours: the system's" }).click();
    await page.getByRole('button', { name: 'Colours: light' }).click();
    await shown(page.getByRole('button', { name: 'Colours: dark' }));
    expect(await scheme()).toBe('dark');
    await page.reload();
    await shown(page.getByRole('button', { name: 'Colours: dark' }));
    expect(await scheme()).toBe('dark');
  });

  it('explains its keys, and goes through lists with them', async () => {
    const page = await go('/');
    await shown(page.getByText('1 open incident'));
    await page.keyboard.press('?');
    await shown(page.getByRole('dialog', { name: 'Keyboard' }));
    await page.keyboard.press('Escape');
    await gone(page.getByRole('dialog'));
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/incidents\//);
  });

  it('says that a page is not there, in place', async () => {
    const page = await go('/nowhere');
    await shown(page.getByText('There is no such page'));
    await page.getByRole('link', { name: 'To the overview' }).click();
    await shown(page.getByText('1 open incident'));
  });

  it('shows times in the zone of the patrol, wherever the browser is', async () => {
    const page = await go('/');
    await shown(page.getByText('Asia/Shanghai').filter({ visible: true }));
  });
});
