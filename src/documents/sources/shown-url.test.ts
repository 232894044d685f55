import { Agent } from 'undici';
import { afterEach, expect, it } from 'vitest';
import { startServer } from '../../../test/support/auth-harness.ts';
import { memoryCache, serviceSettings } from '../../../test/support/scan.ts';
import { silentLogger } from '../../lib/logger.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { createScanner } from '../scan.ts';
import { shownUrl } from './shown-url.ts';

const secret = 'Zk8Qw3Lm9Xr2';
const redactor = new Redactor();
redactor.add(secret);
redactor.add('p l+us/9Zq');
const scrub = redactor.knownOnly(() => true);

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

it.each([
  [`http://h/export?access=${secret}`, 'http://h/export?access=***'],
  [`http://h/export?pid=11&access=${secret}&pid=12`, 'http://h/export?pid=11&access=***&pid=12'],
  [`http://h/export?q=a%20b&access=x${secret}y`, 'http://h/export?q=a+b&access=x***y'],
  ['http://h/export?access=p%20l%2Bus%2F9Zq', 'http://h/export?access=***'],
  [`http://h/export?${secret}`, 'http://h/export?***='],
  [`http://u:p@h/doc#${secret}`, 'http://h/doc#***'],
  ['http://h/export?token=anything', 'http://h/export?token=***'],
  ['http://h/export?q=a%20b&group=Orders', 'http://h/export?q=a%20b&group=Orders'],
  [`not a url ${secret}`, 'not a url ***'],
])('%s is shown as %s', (url, shown) => {
  expect(shownUrl(url, scrub)).toBe(shown);
});

it.each([200, 404])('nothing that a scan gives or stores has a secret of an address (%d)', async (status) => {
  const server = await startServer(({ url }) => ({
    status,
    body: url.includes(secret) ? { openapi: '3.0.1', info: { title: 'T', version: '1' }, paths: {} } : '?',
  }));
  const agent = new Agent();
  const cache = memoryCache();
  const scanner = createScanner({
    cache,
    clock: systemClock,
    log: silentLogger,
    http: () => agent,
    root: '/',
    secrets: () => redactor.knownOnly(() => true),
  });
  closers.push(
    server.close,
    () => agent.close(),
    () => scanner.close(),
  );
  const docs = [`one=${secret}`, `one=x${secret}`, 'one=***', `one=${secret}`, `two=${secret}`].map(
    (query) => `${server.url}/export.json?${query}`,
  );
  const scan = () => scanner.scan([serviceSettings({ docs, root: '/' })], new AbortController().signal);
  for (const report of [await scan(), await scan()]) {
    const told = [...report.documents, ...report.unreadable].map(({ uri }) => uri);
    const names = ['one=***', 'one=x***', 'one=***#2', 'two=***'].map(
      (query) => `${server.url}/export.json?${query}`,
    );
    expect(new Set(told)).toEqual(
      new Set(status === 200 ? names.filter((name) => !name.endsWith('#2')) : names),
    );
    expect(JSON.stringify([report, [...cache.entries]])).not.toContain(secret);
  }
});
