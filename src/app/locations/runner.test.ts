import { expect, it } from 'vitest';
import type { RunOptions } from '../../check/scheduling/run.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import type { Check } from '../../model/check.ts';
import type { Json } from '../../model/json.ts';
import type { Result } from '../../model/result.ts';
import type { Settings } from '../../model/settings.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import type { Batch, BatchEnd } from './batches.ts';
import { sharesOf } from './order.ts';
import { LocationRunner } from './runner.ts';

const settings = {
  services: [
    { name: 'far', docs: [], locations: ['shanghai', 'beijing'] },
    { name: 'near', docs: [] },
  ],
  credentials: {
    sso: { name: 'sso', scheme: 'bearer', options: { rejectedWhen: [{ text: '$.code == 401' }] } },
  },
  locations: { shanghai: { credentials: ['sso'] }, beijing: { credentials: [] } },
  limits: { concurrency: 64, perOrigin: 4, ratePerOrigin: 20, bodyBytes: 1000 },
} as unknown as Settings;

function checkOf(id: string, service = 'far', more: Partial<Check> = {}): Check {
  return { ...makeCheck('http://a.example', `/${id}`), id, service, ...more };
}

function resultOf(checkId: string, verdict: Result['verdict'] = 'pass'): Result {
  return {
    checkId,
    at: 1,
    verdict,
    reason: { code: verdict === 'pass' ? 'none' : 'status', message: verdict },
    bytes: 0,
    phases: { totalMs: 10 },
    attempts: 1,
    findings: [],
  };
}

/** What comes of a batch at a location. */
type Conduct = (batch: Batch) => BatchEnd;

function runnerWith(conduct: Conduct, silent: readonly string[] = []) {
  const batches: Batch[] = [];
  const here: string[] = [];
  const runner = new LocationRunner({
    here: {
      run(checks) {
        here.push(...checks.map(({ id }) => id));
        return Promise.resolve(checks.map(({ id }) => resultOf(id)));
      },
    },
    batches: {
      run(batch) {
        batches.push(batch);
        return Promise.resolve(conduct(batch));
      },
    },
    settings: () => settings,
    clock: new ManualClock(),
    hasCertificate: () => false,
    isSilent: (location) => silent.includes(location),
    scrubbed: (result) => result,
  });
  return { runner, batches, here };
}

const signal = new AbortController().signal;
const options: RunOptions = { signal, graceMs: 0 };
const shown = (results: readonly Result[]): readonly string[] =>
  results.map(({ checkId, verdict, locations = [] }) =>
    [checkId, verdict, ...locations.map((one) => `${one.location}:${one.verdict}`)].join(' '),
  );
const all =
  (verdict: Result['verdict'] = 'pass'): Conduct =>
  ({ order, found }) => {
    for (const { id } of order.checks) found(resultOf(id, verdict), undefined);
    return 'done';
  };

it('calls what has no locations here, and nothing else is asked', async () => {
  const { runner, batches, here } = runnerWith(all());
  const checks = [checkOf('a', 'near'), checkOf('b', 'near')];
  expect(shown(await runner.run(checks, options))).toEqual(['a pass', 'b pass']);
  expect([here, batches]).toEqual([['a', 'b'], []]);
});

it('puts together what locations find, in the order of the checks', async () => {
  const { runner, here } = runnerWith((batch) => all(batch.location === 'beijing' ? 'fail' : 'pass')(batch));
  const told: string[] = [];
  const results = await runner.run([checkOf('a'), checkOf('b', 'near'), checkOf('c')], {
    ...options,
    onResult: ({ checkId }) => told.push(checkId),
  });
  expect(shown(results)).toEqual([
    'a pass shanghai:pass beijing:fail',
    'b pass',
    'c pass shanghai:pass beijing:fail',
  ]);
  expect([here, told.toSorted()]).toEqual([['b'], ['a', 'c']]);
});

it('what nobody could call is unknown there, and takes no part in what it counts as', async () => {
  const late: Conduct = ({ location, order, found }) => {
    const [first] = order.checks;
    if (location === 'shanghai' && first !== undefined) found(resultOf(first.id), undefined);
    return 'late';
  };
  const { runner } = runnerWith(late, ['beijing']);
  const results = await runner.run([checkOf('a'), checkOf('b')], options);
  expect(shown(results)).toEqual([
    'a pass shanghai:pass beijing:unknown',
    'b unknown shanghai:unknown beijing:unknown',
  ]);
  expect(results[1]?.reason.code).toBe('location');
});

it('what is cut short has no result', async () => {
  const abort = new AbortController();
  const { runner } = runnerWith((batch) => {
    if (batch.location === 'shanghai') all()(batch);
    abort.abort();
    return 'cut';
  });
  expect(await runner.run([checkOf('a')], { ...options, signal: abort.signal })).toEqual([]);
});

it('a batch that is brought twice counts once, and its answers are read once', async () => {
  const read: Json[] = [];
  const waiting: string[] = [];
  const { runner } = runnerWith((batch) => {
    batch.waiting('a', true);
    batch.found(resultOf('a'), { from: batch.location });
    batch.found(resultOf('a', 'fail'), { from: 'the second time' });
    batch.found(resultOf('unheard of'), undefined);
    return 'done';
  });
  const results = await runner.run([checkOf('a')], {
    ...options,
    reader: { wants: () => true, observe: (_, body) => void read.push(body) },
    onWaiting: ({ id }, isAnswered) => waiting.push(`${id} ${isAnswered}`),
  });
  expect(shown(results)).toEqual(['a pass shanghai:pass beijing:pass']);
  expect([read, waiting]).toEqual([[{ from: 'shanghai' }], ['a true', 'a true']]);
});

it('a location is told of the credentials that may be used there, without what is in them', async () => {
  const { runner, batches } = runnerWith(all());
  await runner.run([checkOf('a', 'far', { credential: 'sso' })], options);
  const sent = batches.map(({ location, credentials, order }) => [location, credentials, order.credentials]);
  expect(sent).toEqual([
    ['shanghai', ['sso'], { sso: { rejectedWhen: ['$.code == 401'], hasCertificate: false } }],
    ['beijing', ['sso'], {}],
  ]);
});

it('one origin is one batch, and a large one several that have all of its window', () => {
  const checks = Array.from({ length: 1200 }, (_, no) => checkOf(`c${no}`));
  const other = checkOf('other', 'far', { origin: 'http://b.example' });
  const shares = sharesOf([...checks, other]);
  expect(shares.map((share) => [share.origin, share.checks.length, share.shares])).toEqual([
    ['http://a.example', 400, 3],
    ['http://a.example', 400, 3],
    ['http://a.example', 400, 3],
    ['http://b.example', 1, 1],
  ]);
  expect(shares[0]?.checks.slice(0, 2).map(({ id }) => id)).toEqual(['c0', 'c3']);
});
