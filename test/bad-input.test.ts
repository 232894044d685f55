import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CommanderError } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CliContext } from '../src/cli/command.ts';
import { terminalIn } from '../src/cli/output.ts';
import { createProgram } from '../src/cli/program.ts';
import { saidBy } from '../src/messages/said-error.ts';
import type { Language } from '../src/model/settings.ts';

/** What is answered to wrong input: where it is, what to do about it, in both languages, and exit code 2. */
interface Row {
  readonly what: string;
  readonly args?: readonly string[];
  /** Of `apipatrol.yaml`; absent: a good one. */
  readonly config?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Where it is said to be. */
  readonly at: string | RegExp;
  /** What to do, in English. */
  readonly todo: string | RegExp;
  /** The same in Chinese. */
  readonly zh: string | RegExp;
}

const hook = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=12345678-1234-1234-1234-123456789abc';
const service = 'services: [{ docs: ok.yaml, baseUrl: "http://127.0.0.1:1" }]';
const good = `${service}\nwebhook: ${hook}\n`;
const document =
  'openapi: 3.0.3\ninfo: { title: x, version: "1" }\npaths: { /a: { get: { summary: List a, responses: { "200": { description: ok } } } } }\n';

const line3 = 'apipatrol.yaml:3:';
const key = (what: string, config: string, at: string, todo: Row['todo'], zh: Row['zh']): Row => ({
  what,
  config: good + config,
  at: line3 + at,
  todo,
  zh,
});
const ofService = (what: string, more: string, at: string, todo: Row['todo'], zh: Row['zh']): Row => ({
  what,
  config: good.replace('baseUrl:', `${more}, baseUrl:`),
  at: `services[0].${at}`,
  todo,
  zh,
});
const flag = (what: string, args: readonly string[], at: string, todo: Row['todo'], zh: Row['zh']): Row => ({
  what,
  args,
  at,
  todo,
  zh,
});

const rows: readonly Row[] = [
  // The file
  {
    what: 'no file',
    args: ['check', '-c', 'no.yaml'],
    at: 'no.yaml',
    todo: 'apipatrol init',
    zh: '可用 `apipatrol init`',
  },
  {
    what: 'a folder',
    args: ['check', '-c', '.'],
    at: tmpdir(),
    todo: 'another file with --config',
    zh: '它是目录',
  },
  {
    what: 'an empty file',
    config: '',
    at: 'apipatrol.yaml:1:1',
    todo: 'the file is empty',
    zh: '文件是空的',
  },
  {
    what: 'a list',
    config: '- a\n',
    at: 'apipatrol.yaml:1:1',
    todo: 'not a mapping of keys to values',
    zh: '不是由键和值组成的映射',
  },
  {
    what: 'a bracket that is not closed',
    config: `${good}a: [\n`,
    at: 'apipatrol.yaml:4:1',
    todo: 'end with a ]',
    zh: '缺少结尾的 ]',
  },
  {
    what: 'a brace that is not closed',
    config: '{"services": ',
    at: 'apipatrol.yaml:1:14',
    todo: 'end with a }',
    zh: '缺少结尾的 }',
  },
  {
    what: 'a tab',
    config: `${good}server:\n\tport: 1\n`,
    at: 'apipatrol.yaml:4:1',
    todo: 'indented with a tab',
    zh: '用制表符缩进',
  },
  {
    what: 'a key twice',
    config: `${good}interval: 5m\ninterval: 6m\n`,
    at: 'apipatrol.yaml:4:1',
    todo: 'stands twice',
    zh: '重复出现',
  },
  { what: 'no service', config: `webhook: ${hook}\n`, at: 'apipatrol.yaml', todo: '→', zh: '→' },
  // Keys and values
  key(
    'a key that there is not',
    'intervall: 5m\n',
    '1 intervall',
    'Did you mean "interval"?',
    '是否想写“interval”？',
  ),
  key('no duration', 'interval: soon\n', '11 interval', 'write for example 15m', '应类似 15m'),
  key('too short an interval', 'interval: 1s\n', '11 interval', 'outside 10s to 24h', '不在 10s 到 24h 之间'),
  key('a number for a text', 'interval: 5\n', '11 interval', 'write for example 15m', '应类似 15m'),
  key(
    'no time zone',
    'timeZone: Asia/Shangai\n',
    '11 timeZone',
    'such as Asia/Shanghai',
    '例如 Asia/Shanghai',
  ),
  key('another language', 'language: fr\n', '11 language', 'allowed: zh, en', '可用的值：zh、en'),
  key('no size', 'limits: { body: 5 }\n', '17 limits.body', 'write for example 1MiB', '应类似 1MiB'),
  key('no calls at once', 'limits: { concurrency: 0 }\n', '24 limits.concurrency', 'expected', '应为'),
  key(
    'no cron',
    'maintenance: [{ name: a, cron: "61 * * * *", duration: 1h }]\n',
    '32 maintenance[0].cron',
    'for example 0 2 * * 6',
    '应类似 0 2 * * 6',
  ),
  key(
    'a window without an end',
    'maintenance: [{ name: a, cron: "1 * * * *" }]\n',
    '15 maintenance[0].duration',
    '"duration" is missing',
    '缺少',
  ),
  key(
    'more than all',
    'slo: [{ name: a, availability: 150 }]\n',
    '32 slo[0].availability',
    'for example 99.9',
    '应类似 99.9',
  ),
  key('an objective without a goal', 'slo: [{ name: a }]\n', '7 slo[0]', '→', '→'),
  key(
    'an expectation that there is not',
    'expect: { body: x }\n',
    '11 expect.body',
    'allowed: status',
    '可用的键：status',
  ),
  ofService(
    'a match that is none',
    'operations: [{ match: hello }]',
    'operations[0].match',
    'write `GET /orders/{id}`',
    '请写 `GET /orders/{id}`',
  ),
  ofService(
    'an operation without a match',
    'operations: [{ skip: true }]',
    'operations[0].match',
    '"match" is missing',
    '缺少',
  ),
  ofService(
    'no name of a header',
    'headers: { "a b": x }',
    'headers',
    'Letters, digits and - are',
    '名称由字母、数字和 - 组成',
  ),
  // Addresses
  {
    what: 'a document as a number',
    config: good.replace('ok.yaml', '5'),
    at: 'services[0].docs',
    todo: 'expected a text or a list',
    zh: '实际为 5',
  },
  {
    what: 'another scheme',
    config: good.replace('http://127.0.0.1:1', 'ftp://x'),
    at: 'services[0].baseUrl',
    todo: 'for example https://orders.example',
    zh: '应类似 https://orders.example',
  },
  {
    what: 'no scheme',
    config: good.replace('http://127.0.0.1:1', 'localhost:8080'),
    at: 'services[0].baseUrl',
    todo: 'for example https://orders.example',
    zh: '应类似 https://orders.example',
  },
  key(
    'the page’s address',
    'server: { url: patrol }\n',
    '16 server.url',
    'for example https://',
    '应类似 https://',
  ),
  key(
    'a webhook of the status page',
    'server: { statusPage: { webhooks: [slack] } }\n',
    '36 server.statusPage.webhooks[0]',
    'for example https://',
    '应类似 https://',
  ),
  key(
    'a service that the status page has not',
    'server: { statusPage: { services: [okk] } }\n',
    '36 server.statusPage.services[0]',
    'defined: ',
    '已定义：',
  ),
  key(
    'a name for a service that there is not',
    'server: { statusPage: { names: { orders: Shop } } }\n',
    '34 server.statusPage.names.orders',
    'defined: ',
    '已定义：',
  ),
  // Ports, proxies, TLS
  key('too high a port', 'server: { port: 99999 }\n', '17 server.port', 'at most 65535', '至多 65535'),
  key('a port as a word', 'server: { port: http }\n', '17 server.port', 'expected a number', '应为数字'),
  key(
    'a proxy without a scheme',
    'network: { proxy: "proxy:8080" }\n',
    '19 network.proxy',
    'write http://host:port or none',
    '请写 http://host:port 或 none',
  ),
  key('a network that is none', 'server: { proxies: [10.0.0.0/33] }\n', '', '10.0.0.0/8', '10.0.0.0/8'),
  key(
    'a certificate that is not there',
    'network: { ca: nowhere.pem }\n',
    '',
    /nowhere\.pem/,
    /nowhere\.pem/,
  ),
  key(
    'TLS under another name',
    'network: { tls: { ca: a.pem } }\n',
    '12 network.tls',
    'allowed: proxy, ca',
    '可用的键：proxy、ca',
  ),
  {
    what: 'a page for everybody without a sign-in',
    args: ['serve'],
    config: `${good}server: { host: 0.0.0.0 }\n`,
    at: 'server.host is 0.0.0.0',
    todo: '→',
    zh: 'server.host 为 0.0.0.0',
  },
  // Secrets and credentials
  {
    what: 'a variable that is not set',
    config: good.replace('http://127.0.0.1:1', `\${env:NOWHERE}`),
    at: 'apipatrol.yaml:1:38',
    todo: 'Set it, or give a default',
    zh: 'env:NOWHERE:-',
  },
  key(
    'a secret that is not there',
    `credentials: { a: { scheme: bearer, token: "\${file:/nowhere/t}" } }\n`,
    '44',
    'cannot be read',
    '无法读取',
  ),
  key(
    'an empty token',
    'credentials: { a: { scheme: bearer, token: "" } }\n',
    '44 credentials.a.token',
    'at least 1 character',
    '至少 1 个字符',
  ),
  key(
    'a way to sign in that there is not',
    'credentials: { a: { scheme: baerer, token: x } }\n',
    '29 credentials.a.scheme',
    'Did you mean "bearer"?',
    '是否想写“bearer”？',
  ),
  key(
    'a token under another name',
    'credentials: { a: { scheme: bearer, tokn: x } }\n',
    '19 credentials.a',
    'token',
    'token',
  ),
  ofService(
    'a credential that there is not',
    'credential: nobody',
    'credential',
    'there is no credential at all',
    '没有定义任何凭证',
  ),
  // Channels
  {
    what: 'an address without a key',
    config: good.replace(/\?key=.*/, ''),
    at: 'apipatrol.yaml:2:10 webhook',
    todo: 'such addresses are',
    zh: '渠道地址形如',
  },
  key(
    'a channel of no kind',
    'channels: { a: { kind: wechat } }\n',
    '24 channels.a.kind',
    'allowed: wecom-robot',
    '可用的值：wecom-robot',
  ),
  key(
    'a route to nowhere',
    'routes: [{ to: [nobody] }]\n',
    '17 routes[0].to[0]',
    'defined: team',
    '已定义：team',
  ),
  // Documents
  {
    what: 'no document',
    config: good.replace('ok.yaml', 'nowhere.yaml'),
    at: 'nowhere.yaml: does not exist',
    todo: 'apipatrol scan',
    zh: 'nowhere.yaml: 不存在',
  },
  {
    what: 'a page for a document',
    files: { 'ok.yaml': '<html><body>login</body></html>' },
    at: 'ok.yaml',
    todo: 'expected an interface document',
    zh: '应为接口文档',
  },
  {
    what: 'a document that is broken',
    files: { 'ok.yaml': 'openapi: 3.0.3\npaths: [\n' },
    at: 'ok.yaml:3:1',
    todo: 'end with a ]',
    zh: '缺少结尾的 ]',
  },
  {
    what: 'a document of nothing',
    files: { 'ok.yaml': document.replace(/paths.*/, 'paths: {}') },
    at: '`paths` is empty',
    todo: 'Look at the same address',
    zh: '请用浏览器打开同一地址查看',
  },
  flag(
    'a server that is not there',
    ['check', 'http://127.0.0.1:1/v3/api-docs'],
    'http://127.0.0.1:1/v3/api-docs',
    'connection refused',
    '连接被拒绝',
  ),
  flag(
    'a host that is not there',
    ['check', 'http://nowhere.invalid/v3/api-docs'],
    'http://nowhere.invalid/',
    'host name does not exist',
    '域名不存在',
  ),
  // The command line
  flag(
    'a base URL',
    ['check', 'ok.yaml', '--base-url', 'ftp://orders.example'],
    '--base-url',
    'for example https://orders.example',
    '应类似 https://orders.example',
  ),
  flag(
    'a header without a value',
    ['check', 'ok.yaml', '--header', 'X-Tenant'],
    '--header',
    "write 'Name: value'",
    'Name: value',
  ),
  flag(
    'a flag for a document',
    ['check', '--base-url', 'http://x.example'],
    '--base-url',
    'apipatrol check DOCUMENT',
    '只能与文档一起使用',
  ),
  flag('an option', ['check', '--jsn'], '--jsn', 'Did you mean --json?', '是否想写 --json？'),
  flag('a command', ['chekc'], 'chekc', 'Did you mean check?', '是否想写 check？'),
  flag('a report form', ['check', '--reporter', 'tap'], '--reporter', 'junit', '可选 junit'),
  flag('a level', ['check', '--fail-on', 'never'], '--fail-on', 'fail, degraded', '可选 fail'),
  flag('a time to wait', ['check', '--wait', 'soon'], '--wait', 'for example 24h', '请写成 24h'),
  flag('a language', ['check', '--language', 'fr'], '--language', 'en, zh', '可选 en、zh'),
  flag('a time ago', ['report', '--since', 'forever'], '--since', 'for example 24h', '请写成 24h'),
  flag('a report as PDF', ['report', '-o', 'x.pdf'], 'x.pdf', 'write .html', '请写出 .html'),
  flag('a shell', ['completion', 'powershell'], 'powershell', 'bash, zsh, fish', '可选 bash'),
  flag('two documents', ['check', 'a', 'b'], 'check', 'Expected 1 argument', '应有 1 个'),
  flag('a service', ['check', '--service', 'nobody'], 'nobody', /\w/, /\p{Script=Han}/u),
  flag(
    'no patrol',
    ['run-now'],
    'no patrol runs on this configuration',
    'Start one: apipatrol run',
    '启动巡检：',
  ),
  // The disk
  flag('no database', ['report'], 'patrol.db', '→', '→'),
  {
    what: 'a folder for a database',
    args: ['status'],
    config: `${good}store: { path: data }\n`,
    files: { 'data/x': '' },
    at: /data/,
    todo: '→',
    zh: '→',
  },
];

let folder: string;
const home = process.cwd();
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-bad-'));
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});
afterEach(() => vi.restoreAllMocks());

/** As `src/cli/main.ts` runs it, in this process. */
async function run(args: readonly string[], language: Language) {
  let said = '';
  let code: number | undefined;
  const hear = (text: unknown): boolean => {
    said += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(hear);
  vi.spyOn(process.stderr, 'write').mockImplementation(hear);
  const terminal = { ...terminalIn(language), interactive: false };
  const finish = (ended: number): void => {
    code = ended;
  };
  const context: CliContext = { terminal, env: {}, cwd: process.cwd(), finish };
  try {
    const program = await createProgram(context, args[0]);
    await program.parseAsync(['node', 'apipatrol', ...args]);
  } catch (error) {
    code = 2;
    if (!(error instanceof CommanderError)) terminal.err(terminal.inWords(saidBy(error)));
  }
  return { said, code };
}

let made = 0;

describe('wrong input', () => {
  it('has sixty kinds at least', () => {
    expect(rows.length).toBeGreaterThanOrEqual(60);
  });

  it.each(rows.map((row) => [row.what, row] as const))('%s', async (_, row) => {
    const { args = ['check'], config = good, files = {} } = row;
    const own = path.join(folder, String(made++));
    for (const [name, text] of Object.entries({ 'ok.yaml': document, 'apipatrol.yaml': config, ...files })) {
      await mkdir(path.dirname(path.join(own, name)), { recursive: true });
      await writeFile(path.join(own, name), text);
    }
    process.chdir(own);
    const en = await run(args, 'en');
    const zh = await run(args, 'zh');
    expect([en.code, zh.code, en.said]).toEqual([2, 2, en.said]);
    for (const part of [row.at, row.todo]) expect(en.said).toMatch(asPattern(part));
    expect(zh.said).toMatch(asPattern(row.zh));
    expect(zh.said).toMatch(/\p{Script=Han}/u);
    expect(en.said).not.toMatch(/\p{Script=Han}/u);
  });
});

function asPattern(part: string | RegExp): RegExp {
  return typeof part === 'string'
    ? new RegExp(part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    : part;
}
