import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../messages/in-language.ts';
import { loadConfig } from './load.ts';
import { load } from './load.fixture.ts';
import { isReadableByAll } from './validation/readable.ts';

describe('notices', () => {
  it('say that an interval is not the usual one, and that nobody is told', async () => {
    const loaded = await load(
      'interval: 5m\nservices: [{docs: a, interval: 1h}, {docs: b, interval: 15m}]\n',
    );
    expect(loaded.ok && loaded.notices.map(formatProblem)).toEqual([
      'conf/apipatrol.yaml:1:11 interval: the interval is 5m instead of the usual 15m',
      'conf/apipatrol.yaml:2:32 services[0].interval: the interval is 1h instead of the usual 15m',
      'conf/apipatrol.yaml: there is no channel: incidents are recorded and nobody is told\n' +
        '  → Add `webhook:` with the address of a WeCom group robot, or `channels:`.',
    ]);
  });
});

const said = async (text: string) => {
  const readFile = () => Promise.resolve(text);
  const loaded = await loadConfig('conf/apipatrol.yaml', { env: {}, readFile });
  return (loaded.ok ? loaded.notices : loaded.problems).map(formatProblem);
};

it('an address with https and nobody who is believed to stand before the server is worth a notice', async () => {
  const config = (server: string) => `services: [{ docs: a }]\nwebhook: k1\nserver: { ${server} }\n`;
  expect(await said(config('url: "https://patrol.example"'))).toEqual([
    'conf/apipatrol.yaml:3:16 server.url: everybody comes from one address: people share one limit on sign-ins, and the audit does not know them apart\n' +
      '  → Set `server.proxies` to the addresses of what stands before the server and speaks https.',
  ]);
  expect(await said(config('url: "https://patrol.example", proxies: [127.0.0.1]'))).toEqual([]);
  expect(await said(config('url: "http://patrol.example"'))).toEqual([]);
});

it('pictures that nothing can draw are worth one notice, with what installs it', async () => {
  const notices = async (more: string, installed = false) => {
    const channel = (name: string) => `  ${name}: { kind: wecom-robot, webhook: k${more} }\n`;
    const text = `services: [{ docs: a }]\nchannels:\n${channel('ops')}${channel('dev')}`;
    const readFile = () => Promise.resolve(text);
    const loaded = await loadConfig('conf/apipatrol.yaml', {
      env: {},
      readFile,
      isInstalled: () => installed,
    });
    return (loaded.ok ? loaded.notices : loaded.problems).map(formatProblem);
  };
  expect(await notices('')).toEqual([
    'conf/apipatrol.yaml:3:8 channels.ops.picture: messages go without their picture: what draws it (@resvg/resvg-js) is not installed\n' +
      '  → Run `npm install --global @resvg/resvg-js` (without `--global` where apipatrol is installed in a folder), or set `picture: never`.',
  ]);
  expect(await notices(', picture: never')).toEqual([]);
  expect(await notices('', true)).toEqual([]);
});

it('a card with nowhere to lead to is worth a notice', async () => {
  const card = (more: string) =>
    `services: [{ docs: a }]\nchannels:\n  ops: { kind: wecom-robot, webhook: k, format: news${more} }\n`;
  expect(await said(card(''))).toEqual([
    'conf/apipatrol.yaml:3:49 channels.ops.format: a card or news leads to a page, and there is none: messages are sent as markdown\n' +
      '  → Set `server.url`, or `link` of the channel.',
  ]);
  expect(await said(card(', link: "https://wiki.example"'))).toEqual([]);
  expect(await said(`${card('')}server: { url: "http://patrol.example" }\n`)).toEqual([]);
});

it('secrets in files that everybody may read are worth one notice', async () => {
  const files: Readonly<Record<string, string>> = {
    'a.txt': 'token-1',
    'b c.txt': 'token-2',
    'ca.txt': 'orders',
  };
  const text = `services: [{ docs: a, owners: ["\${file:ca.txt}"] }]
webhook: 12345678-1234-1234-1234-123456789abc
credentials:
  a: { scheme: bearer, token: "\${file:a.txt}" }
  b: { scheme: bearer, token: "\${file:b c.txt}" }
`;
  const notices = async (open: readonly string[]) => {
    const loaded = await loadConfig('conf/apipatrol.yaml', {
      env: {},
      readFile: (file) => Promise.resolve(files[path.basename(file)] ?? text),
      isReadableByAll: (file) => Promise.resolve(open.includes(path.basename(file))),
    });
    return (loaded.ok ? loaded.notices : loaded.problems).map(formatProblem);
  };
  const [a, b] = ['a.txt', 'b c.txt'].map((name) => path.resolve('conf', name));
  expect(await notices(['a.txt', 'b c.txt', 'ca.txt'])).toEqual([
    `conf/apipatrol.yaml: everybody on this machine can read the secrets in ${a}, ${b}\n` +
      `  → Close it to others: \`chmod o-r ${a} '${b}'\`.`,
  ]);
  expect(await notices(['a.txt'])).toEqual([
    `conf/apipatrol.yaml: everybody on this machine can read the secret in ${a}\n` +
      `  → Close it to others: \`chmod o-r ${a}\`.`,
  ]);
  expect(await notices([])).toEqual([]);
});

it('a file is everybody’s when its folders let everybody through', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-modes-'));
  const file = path.join(folder, 'token');
  await writeFile(file, 'x', { mode: 0o644 });
  expect(await isReadableByAll(file)).toBe(false);
  await chmod(folder, 0o755);
  expect(await isReadableByAll(file)).toBe(true);
  await chmod(file, 0o640);
  expect(await isReadableByAll(file)).toBe(false);
  expect(await isReadableByAll(path.join(folder, 'nothing'))).toBe(false);
  await rm(folder, { recursive: true });
});
