import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, overflow, shown, startBrowser, visit } from '../support/browser.ts';
import { serve, type Served } from '../support/served.ts';

/** A name of the company's own network, over plain HTTP: browsers give its pages no clipboard. */
const host = 'intranet.test';

let served: Served;
let proxies: readonly Server[];
let browser: Browser;

/** A reverse proxy that has the patrol below `/patrol`, and takes that off or leaves it on. */
async function proxyTo(target: () => string, strips: boolean): Promise<{ server: Server; port: number }> {
  const server = createServer((asked, answer) => {
    if (asked.url?.startsWith('/patrol') !== true) {
      answer.writeHead(404).end('nothing but /patrol here');
      return;
    }
    const path = strips ? asked.url.slice('/patrol'.length) : asked.url;
    // As nginx does for `location /patrol/`.
    if (strips && path === '') {
      answer.writeHead(301, { location: '/patrol/' }).end();
      return;
    }
    const { method = 'GET', headers } = asked;
    const onward = request(target(), { path, method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

let ports: readonly number[];

beforeAll(async () => {
  const target = (): string => served.server.url;
  const [off, on] = await Promise.all([proxyTo(target, true), proxyTo(target, false)]);
  proxies = [off.server, on.server];
  ports = [off.port, on.port];
  served = await serve({ server: { url: `http://${host}:${off.port}/patrol/` } });
  await served.system.faults.set('orders-500', true);
  await served.cycle();
  browser = await startBrowser(`--host-resolver-rules=MAP ${host} 127.0.0.1`);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await served.close();
  for (const proxy of proxies) {
    proxy.closeAllConnections();
    proxy.close();
  }
});

/** Of plain HTTP browsers say that a header has no effect there. */
const isOfOurs = (complaint: string): boolean => !complaint.includes('Cross-Origin-Opener-Policy');

async function openIncident(page: Page): Promise<string> {
  const { items } = (await served.get('/incidents')).body as { items: readonly { id: string }[] };
  const id = items[0]?.id ?? '';
  await page.goto(`/patrol/incidents/${id}`);
  await shown(page.getByRole('heading', { level: 1, name: /orders/ }));
  return id;
}

describe('below a path, over plain HTTP', () => {
  it.each([
    ['takes the path off', 0],
    ['leaves the path on', 1],
  ])('the page works behind a proxy that %s', async (_, which) => {
    const { page, complaints } = await visit(browser, `http://${host}:${ports[which]}`);
    await openIncident(page);
    await page.getByRole('link', { name: 'Operations', exact: true }).first().click();
    await page.waitForURL('**/patrol/operations');
    await page.reload();
    await shown(page.getByText('/orders').first());
    await page.goto('/patrol');
    await shown(page.getByRole('heading', { level: 1 }));
    expect(complaints.filter(isOfOurs)).toEqual([]);
  });

  it('an incident shows what came back, is called at once, and its command is copied', async () => {
    const { page, complaints } = await visit(browser, `http://${host}:${ports[0]}`, { width: 1280 });
    await openIncident(page);
    await shown(page.getByRole('heading', { name: 'When it began' }));
    await shown(page.getByText('Trace', { exact: true }));
    await shown(page.getByRole('heading', { name: 'Request' }));
    await shown(page.getByText('The document has not changed since it last passed.'));
    await page.getByRole('button', { name: 'Check now' }).click();
    await shown(page.getByText('Checked just now:'));
    expect(await page.evaluate('navigator.clipboard === undefined')).toBe(true);
    await page.getByRole('button', { name: 'Copy as curl' }).first().click();
    await shown(page.getByRole('button', { name: 'Copied' }));
    const comment = page.getByRole('textbox', { name: 'Something for whoever looks next' });
    await comment.focus();
    await page.keyboard.press('Control+V');
    expect(await comment.inputValue()).toMatch(/^curl -sS (?!.*user-agent).*http/);
    expect(await barriers(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(complaints.filter(isOfOurs)).toEqual([]);
  });

  it('a silence says beforehand what it covers', async () => {
    const { page } = await visit(browser, `http://${host}:${ports[0]}`, { locale: 'zh-CN' });
    const id = await openIncident(page);
    await page.getByRole('button', { name: '静默' }).click();
    await shown(page.getByText('目前匹配 1 处未恢复的故障'));
    await shown(page.getByRole('dialog').getByText(`#${id}`));
    expect(await barriers(page)).toEqual([]);
  });
});
