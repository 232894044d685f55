import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Check } from '../../model/check.ts';
import type { Incident } from '../../model/incident.ts';
import type { LocationNote, ReasonCode, Result, Verdict } from '../../model/result.ts';
import { ownIncident } from '../daemon/notice.ts';
import { AloneWatch } from './alone-watch.ts';
import { noticesInMemory, usualSettings } from './notices.fixture.ts';

const checks = ['GET /orders', 'GET /stock'].map((operation) => ({ id: operation, operation }) as Check);

function watched(own: readonly Incident[] = []) {
  const { notices, news, silenced } = noticesInMemory(new ManualClock(), () => usualSettings, own);
  const watch = new AloneWatch({
    notices: notices('from-location:'),
    settings: () => usualSettings,
    log: silentLogger,
  });
  let at = 0;
  /** A cycle, of each operation that has come in what shanghai and beijing found; a dash: it is still called. */
  const cycle = async (...found: readonly string[]): Promise<readonly string[]> => {
    at += 1;
    const results = found.flatMap((text, no) => (text === '–' ? [] : [foundAs(text, no, at)]));
    await watch.judged('orders', results, checks);
    return news();
  };
  return { cycle, watch, news, silenced };
}

/** `fail pass`: verdicts at shanghai and beijing, `fail/timeout`: with another reason. */
function foundAs(text: string, no: number, at: number): Result {
  const notes = text.split(' ').map((one, index): LocationNote => {
    const [verdict = '', code = verdict === 'fail' ? 'status' : 'none'] = one.split('/');
    const location = index === 0 ? 'shanghai' : 'beijing';
    const status = code === 'status' ? 500 : code === 'none' ? 200 : undefined;
    const message = code === 'status' ? 'HTTP 500' : code;
    return { location, verdict: verdict as Verdict, code: code as ReasonCode, totalMs: 1, message, status };
  });
  const isDown = notes.every(({ verdict }) => verdict === 'fail');
  return {
    checkId: checks[no]?.id ?? '',
    at,
    verdict: isDown ? 'fail' : 'pass',
    reason: { code: isDown ? 'status' : 'none', message: '' },
    locations: notes,
  } as unknown as Result;
}

const opened =
  'opened 从 shanghai 访问 orders: 只有 shanghai 访问不到：2 个接口中有 1 个从 shanghai 调用失败、从其他地点正常，例如 GET /orders：timeout';
const resolved = opened.replace('opened', 'resolved');

it('what fails from one location alone is told once, and when it works from there', async () => {
  const { cycle } = watched();
  expect(await cycle('fail/timeout pass', 'pass pass')).toEqual([opened]);
  expect(await cycle('fail/timeout pass', 'fail/timeout pass')).toEqual([]);
  // Nobody could look.
  expect(await cycle('unknown/location pass', 'unknown/location pass')).toEqual([]);
  expect(await cycle('pass pass', 'fail/timeout pass')).toEqual([]);
  expect(await cycle('pass pass', 'pass pass')).toEqual([resolved]);
});

it.each([
  ['is still called', '–'],
  ['was cut off', 'unknown/interrupted pass'],
  ['could not be called', 'unknown/self pass'],
  ['was blocked', 'blocked/credential pass'],
  ['fails from everywhere', 'fail/timeout fail/timeout'],
  ['is not called behind a dead host', 'unknown/origin-down pass'],
])('a cycle in which it %s is no end', async (_, then) => {
  const { cycle } = watched();
  expect(await cycle('fail/timeout pass', 'pass pass')).toEqual([opened]);
  expect(await cycle(then, 'pass pass')).toEqual([]);
  expect(await cycle('fail/timeout pass', 'pass pass')).toEqual([]);
  expect(await cycle('pass pass', 'pass pass')).toEqual([resolved]);
});

it('a cycle that closes late says nothing of what has been found since', async () => {
  const { cycle, watch, news } = watched();
  await cycle('pass pass', 'pass pass');
  expect(await cycle('fail/timeout pass', 'pass pass')).toEqual([opened]);
  await watch.judged('orders', [foundAs('pass pass', 0, 1)], checks);
  expect(news()).toEqual([]);
});

it('whoever leads next does not end what it has not looked at', async () => {
  const before = ownIncident(
    {
      about: 'from-location:shanghai orders',
      label: 'x',
      severity: 'major',
      verdict: 'degraded',
      reason: { code: 'location', message: '' },
      at: 0,
    },
    'zh',
  );
  const { cycle } = watched([before]);
  expect(await cycle('–', 'pass pass')).toEqual([]);
  expect(await cycle('fail/timeout pass', 'pass pass')).toEqual([]);
  expect(await cycle('pass pass', '–')).toEqual(['resolved x: ']);
});

it('another answer is none that cannot be reached, and what the others got is said', async () => {
  const { cycle } = watched();
  expect(await cycle('fail pass', 'pass pass')).toEqual([
    'opened 从 shanghai 访问 orders: 只有 shanghai 得到不同的响应：2 个接口中有 1 个从 shanghai 调用失败、从其他地点正常，例如 GET /orders：HTTP 500；beijing 得到正常的响应 HTTP 200',
  ]);
});

it('what is silenced or under maintenance is told when that is over and it goes on', async () => {
  const { cycle, silenced } = watched();
  silenced.add('orders');
  expect(await cycle('fail/timeout pass', 'pass pass')).toEqual([]);
  expect(await cycle('pass pass', 'pass pass')).toEqual([]);
  expect(await cycle('fail/timeout pass', 'pass pass')).toEqual([]);
  silenced.clear();
  expect(await cycle('fail/timeout pass', 'pass pass')).toEqual([opened]);
});

it('what fails everywhere is the service’s, and nothing of a location', async () => {
  const { cycle } = watched();
  expect(await cycle('fail fail', 'pass pass')).toEqual([]);
});

it('a location from which nothing can be called is told with the reason', async () => {
  const { cycle } = watched();
  expect(await cycle('pass unknown/self', 'pass unknown/self')).toEqual([
    'opened 从 beijing 访问 orders: 从 beijing 无法发出任何调用：self',
  ]);
  expect(await cycle('pass pass', '–')).toEqual([]);
  expect(await cycle('–', 'pass pass')).toHaveLength(1);
});
