import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoEnvironment } from '../../demo/config.ts';
import { cli } from '../support/cli.ts';
import { setStage, type Stage } from '../support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

async function answering(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const groups = new Set(['notify', 'silence', 'auth', 'user', 'config', 'store', 'worker']);

/** Everything after `apipatrol` in the code of README and guide, by page. */
async function commandsOfTheGuide(): Promise<readonly { readonly page: string; readonly line: string }[]> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const guide = (await readdir(path.join(root, 'docs/guide'))).map((name) => `docs/guide/${name}`);
  const found = await Promise.all(
    ['README.md', 'README.zh-CN.md', ...guide].map(async (page) => {
      const text = await readFile(path.join(root, page), 'utf8');
      const lines = text.matchAll(/^(?:\$ )?apipatrol (.+)$|`apipatrol ([^`\n]+)`/gm);
      return [...lines].map(([, inBlock, inline]) => ({ page, line: inBlock ?? inline ?? '' }));
    }),
  );
  return found.flat();
}

describe('apipatrol', () => {
  it('explains itself, and an unknown command is an error that suggests the right one', async () => {
    const help = await stage.cli('--help');
    expect(help.code).toBe(0);
    for (const command of ['init', 'scan', 'check', 'run', 'status', 'report', 'notify', 'config']) {
      expect(help.out).toMatch(new RegExp(`^  ${command} `, 'm'));
    }
    const wrong = await stage.cli('scna');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('Did you mean scan?');
  });

  it('shows an example of every command', async () => {
    const examined: string[] = [];
    const examine = async (...command: string[]): Promise<void> => {
      const { code, out } = await stage.cli(...command, '--help');
      expect([command, code]).toEqual([command, 0]);
      const [, listed = ''] = /^Commands:\n((?:  .*\n?)+)/m.exec(out) ?? [];
      const below = [...listed.matchAll(/^ {2}(\w+) /gm)].map(([, name = '']) => name);
      for (const name of below) if (name !== 'help') await examine(...command, name);
      if (below.length > 0) return;
      examined.push(command.join(' '));
      expect(out).toContain(`$ apipatrol ${command.join(' ')}`);
    };
    await examine();
    expect(examined).toEqual(expect.arrayContaining(['init', 'serve', 'silence add', 'user hash']));
  });

  it('knows every command and every flag that the guide shows', async () => {
    const help = new Map<string, string>();
    const shown = (await commandsOfTheGuide()).map(({ page, line }) => {
      const [first = '', second = '', ...rest] = line
        // A comment, or where what it says goes.
        .replace(/\s(?:#|[12]?>|\\?\|).*$/, '')
        .trim()
        .split(/\s+/);
      const command = groups.has(first) && /^[a-z]+$/.test(second) ? `${first} ${second}` : first;
      return { page, line, command, flags: [second, ...rest].filter((word) => /^--?[a-z]/.test(word)) };
    });
    const commands = new Set(shown.map((one) => one.command));
    const asked = [...commands].map(async (command) => {
      const { code, out } = await stage.cli(...command.split(' '), '--help');
      expect([command, code]).toEqual([command, 0]);
      help.set(command, out);
    });
    await Promise.all(asked);
    const unknown = shown.flatMap(({ page, line, command, flags }) =>
      flags
        .filter((flag) => !(help.get(command) ?? '').includes(flag))
        .map((flag) => `${page}: ${flag} in ${line}`),
    );
    expect(unknown).toEqual([]);
    expect(help.size).toBeGreaterThan(10);
  });

  it.runIf(process.platform !== 'win32')('goes on quietly when nobody reads on', async () => {
    const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
    const child = spawn('sh', ['-c', `"${process.execPath}" "${main}" scan | head -n 1`], {
      cwd: stage.folder,
      env: { ...process.env, ...demoEnvironment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    await once(child, 'close');
    expect(err).not.toContain('EPIPE');
  });
});

describe('init', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-init-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('asks nothing with --yes, writes a configuration that works, and says the next command', async () => {
    const docs = path.join(stage.folder, 'docs', 'orders.openapi.yaml');
    const init = await cli(['init', '--docs', docs, '--webhook', stage.wecom.webhook('init'), '--yes'], {
      cwd: folder,
    });
    expect(init).toMatchObject({ code: 0, err: '' });
    expect(init.out).toContain('apipatrol scan');
    expect(init.out).toContain('found Order service: 17 operations (openapi-3.1)');
    expect((await stat(path.join(folder, 'apipatrol.yaml'))).mode & 0o777).toBe(0o600);
    expect(await readFile(path.join(folder, 'apipatrol.yaml'), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=/,
    );
    const scan = await cli(['scan', '--json'], { cwd: folder });
    expect(JSON.parse(scan.out).documents).toMatchObject([{ title: 'Order service', operations: 17 }]);
  });

  it('writes a webhook that the shell has filled in as a variable again, and says what was not found', async () => {
    const webhook = stage.wecom.webhook('init');
    const init = await cli(
      ['init', '--docs', './nothing.yaml', '--webhook', webhook, '--yes', '-o', 'env.yaml'],
      { cwd: folder, env: { WECOM_WEBHOOK: webhook } },
    );
    expect(init.code).toBe(0);
    expect(init.err).toContain('no document was found at ./nothing.yaml');
    expect(await readFile(path.join(folder, 'env.yaml'), 'utf8')).toContain(
      'webhook: "${env:WECOM_WEBHOOK}"',
    );
  });

  it('refuses a webhook that is none before it writes anything, and does not repeat it', async () => {
    const webhook = 'https://example.com/hook/canary-4711';
    const { code, err } = await cli(['init', '--webhook', webhook, '--yes', '-o', 'none.yaml'], {
      cwd: folder,
    });
    expect(code).toBe(2);
    expect(err).toContain('--webhook is no address of a channel; such addresses are https://');
    const robot = 'https://qyapi.weixin.qq.com/cgi-bin/canary-4711';
    const chinese = await cli(['init', '--webhook', robot, '--yes', '--language', 'zh', '-o', 'none.yaml'], {
      cwd: folder,
    });
    expect(chinese.err).toMatch(/^--webhook 不是渠道地址；渠道地址形如 https:\S+（企业微信群机器人）/u);
    expect(chinese.err).not.toContain('canary-4711');
    expect(err).not.toContain('canary-4711');
    await expect(readFile(path.join(folder, 'none.yaml'))).rejects.toThrow('ENOENT');
  });

  it('leaves a file that is there alone', async () => {
    const again = await cli(['init', '--yes'], { cwd: folder });
    expect(again.code).toBe(2);
    expect(again.err).toContain('--force');
  });

  it('asks for flags when there is nobody to ask', async () => {
    const init = await cli(['init', '--output', 'other.yaml'], { cwd: folder });
    expect(init.code).toBe(2);
    expect(init.err).toContain('--yes');
  });
});

describe('config check', () => {
  it('says that a good one is good', async () => {
    expect(await stage.cli('config', 'check')).toMatchObject({ code: 0, err: '' });
    expect((await stage.cli('run', '--check-config')).code).toBe(0);
  });

  it('says everything that is wrong with a bad one, with its place', async () => {
    const file = path.join(stage.folder, 'bad.yaml');
    await writeFile(
      file,
      'docs: ./docs/*\nwebhook: ${env:NOT_SET}\nintervall: 15m\nlatency: { p95: fast }\n',
    );
    const text = await stage.cli('config', 'check', '-c', 'bad.yaml');
    expect(text.code).toBe(2);
    expect(text.err).toContain('bad.yaml:2:10');
    expect(text.err).toContain('NOT_SET');
    expect(text.err).toContain('bad.yaml:3:1');
    expect(text.err).toContain('interval');
    expect(text.err).toContain('bad.yaml:4:17');
    const json = await stage.cli('config', 'check', '-c', 'bad.yaml', '--json');
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out).problems).toHaveLength(3);
    expect((await stage.cli('run', '-c', 'bad.yaml')).code).toBe(2);
  });
});

describe('scan', () => {
  it('lists every operation, and why some are not called', async () => {
    const { code, out } = await stage.cli('scan');
    expect(code).toBe(0);
    expect(out).toContain('GET /orders/{orderId}');
    expect(out).toContain('POST may change data');
    expect(out).toMatch(/3 documents, \d+ operations: \d+ called, \d+ not called/);
  });

  it('counts what is covered, and says what to write for the rest', async () => {
    const { code, out } = await stage.cli('scan', '--coverage');
    expect(code).toBe(0);
    expect(out).toMatch(/^service +documented +called +certain +uncertain +not called$/m);
    expect(out).toMatch(/^orders +17 /m);
    expect(out).toMatch(/^\d+ +unsafe-method +may change data/m);
    const { coverage } = JSON.parse((await stage.cli('scan', '--json')).out);
    expect(coverage.byService.orders.documented).toBe(17);
    expect(coverage.total.called).toBe(coverage.total.certain + coverage.total.uncertain);
  });

  it('says the same as JSON, narrowed by --only, --tag and --service', async () => {
    const all = JSON.parse((await stage.cli('scan', '--json')).out);
    expect(all.documents).toHaveLength(3);
    const only = JSON.parse((await stage.cli('scan', '--json', '--only', 'GET /orders*')).out);
    expect(only.operations.length).toBeGreaterThan(1);
    for (const { operation } of only.operations) expect(operation).toMatch(/^GET \/orders/);
    const users = JSON.parse((await stage.cli('scan', '--json', '--service', 'users')).out);
    expect(new Set(users.operations.map((one: { service: string }) => one.service))).toEqual(
      new Set(['users']),
    );
  });
});

describe('of two services, --service names one', () => {
  let folder: string;
  const server = createServer((_, response) => response.end('{}'));
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-one-service-'));
    const responses = { 200: { description: 'As asked.' } };
    const paths = { '/things': { get: { responses } } };
    const document = { openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths };
    await writeFile(path.join(folder, 'orders.json'), JSON.stringify(document));
    // Of the other one there is something to say by its document, its plan and its place in the configuration.
    const wrong = { ...document, paths: { ...paths, '/lost': { $ref: './no-such-file.json' } } };
    await writeFile(path.join(folder, 'payments.json'), JSON.stringify(wrong));
    const baseUrl = `http://127.0.0.1:${await answering(server)}`;
    const unfit = { operations: [{ match: 'GET /payments-nowhere', skip: true }] };
    const services = ['orders', 'payments'].map((name) => ({
      name,
      docs: [`./${name}.json`],
      baseUrl,
      ...(name === 'payments' ? unfit : {}),
    }));
    await writeFile(path.join(folder, 'apipatrol.yaml'), JSON.stringify({ services }));
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  });

  it.each(['scan', 'check'])('%s says nothing of the other', async (command) => {
    const all = await cli([command], { cwd: folder });
    expect(all.err).toContain('payments');
    const { out, err } = await cli([command, '--service', 'orders'], { cwd: folder });
    expect(out + err).not.toContain('payments');
    expect(out).toContain(command === 'scan' ? 'GET /things' : '1 checked');
    const json = JSON.parse((await cli([command, '--service', 'orders', '--json'], { cwd: folder })).out);
    expect(JSON.stringify(json)).not.toContain('payments');
  });
});

describe('check', () => {
  it('exits 0 when all pass', async () => {
    const { code, out } = await stage.cli('check', '--json');
    const { statistics, results } = JSON.parse(out);
    expect({ code, counts: statistics.counts }).toEqual({
      code: 0,
      counts: { pass: results.length, degraded: 0, fail: 0, blocked: 0, unknown: 0 },
    });
  });

  it('exits 1 when something failed, and shows what was expected and found', async () => {
    await stage.system.faults.set('orders-wrong-type', true);
    const { code, out } = await stage.cli('check', '--only', 'GET /orders/{orderId}');
    await stage.system.faults.set('orders-wrong-type', false);
    expect(code).toBe(1);
    expect(out).toContain('/total: expected number');
    expect(out).toContain('curl');
  });

  it('does not blame an operation for what a value that nobody has given may explain', async () => {
    await stage.system.faults.set('orders-500', true);
    const only = ['check', '--only', 'GET /orders/{orderId}/items'];
    const [plain, strict] = [await stage.cli(...only), await stage.cli(...only, '--fail-on', 'unproven')];
    await stage.system.faults.set('orders-500', false);
    expect(plain).toMatchObject({ code: 0, out: expect.stringContaining('to set up: 1') as string });
    expect(plain.out).toContain('HTTP 500');
    expect(strict.code).toBe(1);
  });

  it('exits 2 when nothing can be called', async () => {
    const { code, err } = await stage.cli('check', '--only', 'GET /nowhere');
    expect(code).toBe(2);
    expect(err).toBe("no operation fits --only 'GET /nowhere'\n  → All of them: apipatrol scan\n");
    const service = await stage.cli('check', '--service', 'nobody');
    expect(service).toEqual({
      code: 2,
      out: '',
      err: '--service nobody: there is no such service\n  → There are orders, users, payments.\n',
    });
    expect((await stage.cli('scan', '--tag', 'nothing')).code).toBe(2);
  });

  it('says which flag is wrong, and which one is missing', async () => {
    const document = path.join('docs', 'orders.openapi.yaml');
    const wrong = await stage.cli('check', document, '--base-url', 'ftp://localhost');
    expect(wrong.err).toContain('error --base-url: "ftp://localhost" is not an http(s) URL');
    const without = await stage.cli('check', document);
    expect(without).toMatchObject({ code: 2, out: '' });
    expect(without.err).toContain(`baseUrl: ${stage.system.services.orders.url}`);
  });

  it('needs no configuration for one document', async () => {
    const { url } = stage.system.services.orders;
    const document = path.join('docs', 'orders.openapi.yaml');
    const none = await stage.cli('check', document, '--base-url', url);
    expect(none).toMatchObject({ code: 0, err: '' });
    expect(none.out).toMatch(/\d+ documented operations were not called/);
    const headers = ['--header', 'X-Tenant: 7', '--bearer', 'not-a-token-4711'];
    const given = await stage.cli('check', document, '--base-url', url, ...headers, '--only', 'GET /orders');
    expect(given.out).toContain("-H 'x-tenant: 7' -H 'authorization: ***'");
    expect(given.out).not.toContain('4711');
    const missing = await stage.cli('check', 'nowhere.yaml');
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('nowhere.yaml: does not exist');
    expect((await stage.cli('check', '--base-url', url)).err).toContain('goes with a document');
  });

  it('names every operation in a report, and fails only for what is news', async () => {
    const only = ['--service', 'orders'];
    await stage.system.faults.set('orders-wrong-type', true);
    const bad = await stage.cli('check', ...only, '--reporter', 'junit', '--output', 'patrol.xml');
    expect(bad.code).toBe(1);
    expect(bad.out).toContain('1 fail');
    const xml = await readFile(path.join(stage.folder, 'patrol.xml'), 'utf8');
    expect(xml).toMatch(/^<testsuites name="apipatrol" tests="17" failures="1" errors="0" skipped="\d+"/m);
    expect(xml).toMatch(
      /name="GET \/orders\/\{orderId\}" time="[\d.]+"><failure type="schema" message="[^"]*\/total/,
    );
    expect((await stage.cli('check', ...only, '--output', 'before.json')).code).toBe(1);
    const known = await stage.cli('check', ...only, '--baseline', 'before.json');
    expect(known).toMatchObject({ code: 0, err: '' });
    expect(known.out).toContain('(1 known from the baseline)');
    await stage.system.faults.set('orders-wrong-type', false);
    const lost = await stage.cli('check', '--baseline', 'lost.json');
    expect(lost.code).toBe(2);
    expect(lost.err).toContain('--reporter json --output FILE');
  });

  it('leaves no trace', async () => {
    const before = await stage.cli('status');
    expect(before.code).toBe(2);
    expect(before.err).toContain('apipatrol run');
  });
});

it('the demo shows an alert and its recovery and ends by itself', async () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const demo = spawn('npx', ['tsx', 'demo/main.ts', '--once'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  demo.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const [code] = await once(demo, 'close');
  expect(code).toBe(0);
  expect(out).toContain('失败');
  expect(out).toContain('恢复');
});
