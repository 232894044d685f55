import { mkdtempSync, rmSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CommanderError } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CliContext } from '../src/cli/command.ts';
import { explain, terminalIn } from '../src/cli/output.ts';
import { createProgram } from '../src/cli/program.ts';
import type { Language } from '../src/model/settings.ts';
import { startWrongServers, type WrongServers } from './support/wrong-servers.ts';

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
  /** As a user who may read and write nothing that is not everybody's. */
  readonly isNobody?: boolean;
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
const flag = (
  what: string,
  args: readonly string[],
  at: Row['at'],
  todo: Row['todo'],
  zh: Row['zh'],
): Row => ({
  what,
  args,
  at,
  todo,
  zh,
});

const remote = (docs: string): string => good.replace('ok.yaml', docs);
const throughProxy = (
  what: string,
  port: string,
  at: string,
  todo: Row['todo'],
  zh: Row['zh'],
  scheme = 'https',
): Row => ({
  what,
  config: `${remote(`${scheme}://api.example/v3/api-docs`)}network: { proxy: "http://127.0.0.1:${port}" }\n`,
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
  {
    what: 'a word for an address',
    config: good.replace(hook, 'notaurl'),
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
  // What listens there; `$self` is the port of a server with a self-signed certificate
  flag(
    'a certificate that nobody knows',
    ['check', 'https://localhost:$self/v3/api-docs'],
    /https:\/\/localhost:\d+\/v3\/api-docs: cannot be fetched: the certificate is self-signed/,
    'network: { ca: ${file:/path/ca.pem} }',
    '请为该服务配置其 CA 证书',
  ),
  {
    what: 'a certificate that has ended',
    config: `${remote('https://localhost:$expired/v3/api-docs')}network: { ca: "\${file:expired.pem}" }\n`,
    at: /https:\/\/localhost:\d+\/v3\/api-docs: cannot be fetched: the certificate has expired/,
    todo: 'Have the certificate renewed, or check the clock',
    zh: '请更新证书，或检查本机的时钟',
  },
  {
    what: 'a certificate of another host',
    config: `${remote('https://localhost:$other/v3/api-docs')}network: { ca: "\${file:other.pem}" }\n`,
    at: /https:\/\/localhost:\d+\/v3\/api-docs: cannot be fetched: .*certificate/,
    todo: 'network: { serverName: orders.example }',
    zh: '请使用证书所对应的域名',
  },
  flag(
    'TLS on a port of plain HTTP',
    ['check', 'https://localhost:$plain/v3/api-docs'],
    /https:\/\/localhost:\d+\/v3\/api-docs/,
    'try http:// or another port',
    '请改用 http:// 或其他端口',
  ),
  flag(
    'plain HTTP on a port of TLS',
    ['check', 'http://localhost:$self/v3/api-docs'],
    /http:\/\/localhost:\d+\/v3\/api-docs/,
    /If it speaks TLS, write https:\/\/localhost:\d+\/v3/,
    '如果该端口使用 TLS，请写成 https://localhost:',
  ),
  flag(
    'no web server',
    ['check', 'http://localhost:$banner/v3/api-docs'],
    /http:\/\/localhost:\d+\/v3\/api-docs: cannot be fetched: the answer is not HTTP/,
    'check the port',
    '请检查端口',
  ),
  key(
    'an authority that is no PEM',
    'network: { ca: ok.yaml }\n',
    '16 network.ca',
    '${file:ca.pem}',
    '请写 ${file:ca.pem}',
  ),
  key(
    'a file with an authority that is no PEM',
    'network: { ca: "${file:ok.yaml}" }\n',
    '16 network.ca',
    'is not a certificate in PEM',
    '不是 PEM 格式的证书',
  ),
  {
    ...key(
      'a file with an authority that is cut short',
      'network: { ca: "${file:short.pem}" }\n',
      '16 network.ca',
      'has a certificate that cannot be read: it is cut short',
      '内容不完整',
    ),
    files: { 'short.pem': '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n' },
  },
  // Ports that cannot be had
  {
    what: 'a port that is taken',
    args: ['serve'],
    config: `${good}server: { port: $plain }\n`,
    at: /port \d+ of 127\.0\.0\.1 is taken/,
    todo: '--port or server.port',
    zh: '或用 --port 或 server.port 换一个端口',
  },
  flag('no port', ['serve', '--port', '70000'], '--port', 'from 0 to 65535', '0 到 65535'),
  {
    what: 'a port of the system',
    args: ['serve', '--port', '80'],
    at: 'port 80',
    todo: '1024',
    zh: '1024 及以上的端口',
    isNobody: true,
  },
  // Proxies
  throughProxy(
    'a proxy that is not there',
    '$nothing',
    'cannot be reached: connection refused',
    'network: { proxy: none }',
    '请检查 network.proxy',
  ),
  throughProxy(
    'a proxy that lets nobody through',
    '$refusing',
    'refuses a tunnel to api.example:443: HTTP 403',
    'Check network.proxy',
    '请检查 network.proxy',
  ),
  throughProxy(
    'a proxy that wants a password',
    '$asking',
    'wants credentials: HTTP 407',
    'http://user:${env:PROXY_PASSWORD}@host:port',
    '请写在代理地址中',
  ),
  throughProxy(
    'the same for plain HTTP',
    '$asking',
    'answered 407',
    'http://user:${env:PROXY_PASSWORD}@host:port',
    '请写在代理地址中',
    'http',
  ),
  throughProxy(
    'a web server for a proxy',
    '$plain',
    'closed the connection',
    'Check network.proxy',
    '请检查 network.proxy',
  ),
  // What this user may not do
  {
    what: 'a configuration that may not be read',
    args: ['check', '-c', 'closed.yaml'],
    files: { 'closed.yaml': good },
    at: 'closed.yaml: cannot be read: permission denied',
    todo: 'for example with `chmod`',
    zh: '请让运行 API Patrol 的用户能够读取它',
    isNobody: true,
  },
  {
    what: 'a document that may not be read',
    config: good.replace('ok.yaml', 'closed.yaml'),
    files: { 'closed.yaml': document },
    at: 'closed.yaml: cannot be read: permission denied',
    todo: 'for example with `chmod`',
    zh: '请让运行 API Patrol 的用户能够读取它',
    isNobody: true,
  },
  {
    what: 'a secret that may not be read',
    config: `${good}credentials: { a: { scheme: bearer, token: "\${file:closed.txt}" } }\n`,
    files: { 'closed.txt': 'secret' },
    at: `${line3}44: the file`,
    todo: 'for example with `chmod`',
    zh: '请让运行 API Patrol 的用户能够读取它',
    isNobody: true,
  },
  {
    what: 'a folder for data that may not be written',
    args: ['run'],
    config: `${good}store: { path: closed/data/patrol.db }\n`,
    files: { 'closed/x': '' },
    at: /database .*closed\/data\/patrol\.db: it may not be written/,
    todo: 'give this user write permission',
    zh: '请授予当前用户对该文件及其目录的写权限',
    isNobody: true,
  },
  {
    what: 'a file for a folder of data',
    args: ['run'],
    config: `${good}store: { path: ok.yaml/patrol.db }\n`,
    at: /database .*ok\.yaml\/patrol\.db: the file cannot be read or written/,
    todo: 'check the permissions, the disk and the mount of that folder',
    zh: '请检查该目录的权限、磁盘和挂载',
  },
  {
    what: 'a report that may not be written',
    args: ['check', 'ok.yaml', '--base-url', 'http://localhost:$plain', '--output', 'closed/x.html'],
    files: { 'closed/x': '' },
    at: 'closed/x.html cannot be written: it may not be written',
    todo: 'name another file',
    zh: '请授予当前用户写权限，或换一个文件',
    isNobody: true,
  },
  flag(
    'a report in no folder',
    ['check', 'ok.yaml', '--base-url', 'http://localhost:$plain', '--output', 'nowhere/x.html'],
    'nowhere/x.html cannot be written: its folder does not exist',
    'Make the folder first',
    '请先创建目录',
  ),
  flag(
    'a configuration in no folder',
    ['init', '--docs', 'ok.yaml', '--webhook', hook, '--yes', '--output', 'nowhere/a.yaml'],
    'nowhere/a.yaml cannot be written: its folder does not exist',
    'Make the folder first',
    '请先创建目录',
  ),
  // A disk that is full; `/dev/full` is one
  flag(
    'a full disk for a report',
    ['check', 'ok.yaml', '--base-url', 'http://127.0.0.1:1', '--reporter', 'html', '--output', '/dev/full'],
    '/dev/full cannot be written: the disk is full',
    'Free some space on that disk',
    '请清理该磁盘',
  ),
  // The disk
  {
    what: 'an empty file for a database',
    args: ['status'],
    config: `${good}store: { path: empty.db }\n`,
    files: { 'empty.db': '' },
    at: /database .*empty\.db is empty/,
    todo: 'start with apipatrol run',
    zh: '请用 apipatrol run 启动',
  },
  {
    what: 'a database where nothing can be made',
    args: ['run'],
    config: `${good}store: { path: /proc/apipatrol/data/patrol.db }\n`,
    at: 'database /proc/apipatrol/data/patrol.db: the file cannot be read or written',
    todo: 'check the permissions, the disk and the mount of that folder',
    zh: '请检查该目录的权限、磁盘和挂载',
  },
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
let servers: WrongServers;
const home = process.cwd();
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-bad-'));
  await chmod(folder, 0o755);
  servers = await startWrongServers();
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
  servers.close();
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
    if (!(error instanceof CommanderError)) explain(terminal, error);
  }
  return { said, code };
}

let made = 0;

describe('wrong input', () => {
  it('has ninety kinds at least', () => {
    expect(rows.length).toBeGreaterThanOrEqual(90);
  });

  it.each(rows.map((row) => [row.what, row] as const))('%s', async (_, row) => {
    const { args = ['check'], config = good, files = {} } = row;
    const own = path.join(folder, String(made++));
    const given = { 'ok.yaml': document, 'apipatrol.yaml': config, ...servers.files, ...files };
    for (const [name, text] of Object.entries(given)) {
      await mkdir(path.dirname(path.join(own, name)), { recursive: true });
      await writeFile(path.join(own, name), servers.filled(text));
      // What is called closed is its owner's alone.
      if (name.startsWith('closed')) await chmod(path.join(own, name.split('/')[0] ?? name), 0o700);
    }
    if (row.isNobody === true) await chmod(own, 0o777);
    process.chdir(own);
    const command = args.map((arg) => servers.filled(arg));
    const en = await asUser(row, () => run(command, 'en'));
    const zh = await asUser(row, () => run(command, 'zh'));
    expect([en.code, zh.code, en.said]).toEqual([2, 2, en.said]);
    for (const part of [row.at, row.todo]) expect(en.said).toMatch(asPattern(part));
    expect(zh.said).toMatch(asPattern(row.zh));
    expect(zh.said).toMatch(/\p{Script=Han}/u);
    expect(en.said).not.toMatch(/\p{Script=Han}/u);
  });
});

it.each(['status', 'audit', 'report', 'maintenance'])(
  '%s, which needs no secrets, names what is wrong and not what its shell lacks beside it',
  async (command) => {
    const own = path.join(folder, String(made++));
    await mkdir(own);
    const config = good.replace(hook, '${env:NOWHERE}');
    await writeFile(path.join(own, 'apipatrol.yaml'), `${config}intervall: 5m\n`);
    process.chdir(own);
    const { said, code } = await run([command], 'en');
    expect(code).toBe(2);
    expect(said).toContain('Did you mean "interval"?');
    expect(said).not.toContain('NOWHERE');
  },
);

/** Root may do everything, and others are nobody special already. */
async function asUser<T>({ isNobody = false }: Row, act: () => Promise<T>): Promise<T> {
  if (!isNobody || process.geteuid?.() !== 0) return act();
  process.seteuid?.(nobody);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}

const nobody = 65_534;

function asPattern(part: string | RegExp): RegExp {
  return typeof part === 'string'
    ? new RegExp(part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    : part;
}
