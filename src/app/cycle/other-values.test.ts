import { describe, expect, it } from 'vitest';
import { aDocument, anOperation, aParameter, aService, planFor } from '../../../test/support/plan-inputs.ts';
import { result } from '../../incidents/world.fixture.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Check } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';
import type { Settings } from '../../model/settings.ts';
import { Captures } from '../../plan/captures.ts';
import { Trials } from '../../plan/values/trials.ts';
import { mayTryOthers, tryOthers } from './calls.ts';

const page = aParameter('page', 'query', { required: false, schema: { type: 'integer' } });
const state = aParameter('state', 'query', {
  required: false,
  schema: { type: 'string', enum: ['open', 'closed'] },
});

/** Calls a new operation once, and again as often as it is worth; yields the queries that went out and the verdict. */
async function firstCycle(
  answer: (query: URLSearchParams) => number | string,
  operation = anOperation('GET /orders', { parameters: [page, state] }),
) {
  const trials = new Trials();
  const captures = new Captures(trials);
  const clock = new ManualClock();
  const signal = new AbortController().signal;
  const plan = (): readonly Check[] =>
    planFor({
      documents: [aDocument([operation])],
      services: [aService()],
      options: { trials },
    }).checks;
  const sent: string[] = [];
  const call = (check: Check): Result => {
    const { search, searchParams } = new URL(check.request.url);
    sent.push(search);
    const answered = answer(searchParams);
    return typeof answered === 'string'
      ? {
          ...result(check.id, 'fail 400', clock.now()),
          evidence: { curl: '', excerpt: `{"message":"${answered}"}` },
        }
      : result(check.id, answered === 200 ? 'ok' : `fail ${answered}`, clock.now());
  };
  const runner = { run: (checks: readonly Check[]) => Promise.resolve(checks.map(call)) };
  const parts = { clock, runner, captures, log: silentLogger, refill: plan, trials };
  const [check] = plan();
  if (check === undefined) throw new Error('nothing is planned');
  const first = { check, result: call(check) };
  trials.note(check, first.result);
  if (!mayTryOthers(parts, first)) return { sent, verdict: first.result.verdict };
  const trying = tryOthers(parts, {} as Settings, first, signal);
  await clock.advance(60_000);
  const last = await trying;
  const values = last.check.values.map(({ name }) => name);
  return { sent, verdict: last.result.verdict, values, told: new URL(last.check.request.url).search };
}

describe('values that are refused when an operation is called for the first time', () => {
  it('give way to the next ones before anybody is told', async () => {
    const asking = (query: URLSearchParams): number | string => {
      const missing = ['page', 'state'].find((name) => !query.has(name));
      return missing === undefined ? 200 : `${missing} is required`;
    };
    expect(await firstCycle(asking)).toMatchObject({
      sent: ['', '?page=1', '?page=1&state=open'],
      verdict: 'pass',
      values: ['page', 'state'],
    });
  });

  it('are told as refused when nothing else can be sent, or helps', async () => {
    expect(await firstCycle(() => 404)).toMatchObject({ sent: [''], verdict: 'fail' });
    const never = await firstCycle(() => 'page and state are wrong');
    expect(never).toMatchObject({ sent: ['', '?page=1&state=open'], verdict: 'fail' });
  });

  it('give way to a recent window where one was recorded empty', async () => {
    const names = ['start', 'end', 'keyword'];
    const report = anOperation('GET /report', {
      parameters: names.map((name) => aParameter(name, 'query', { required: false })),
      sentQuery: names.map((name) => ({ name, text: `${name}=` })),
      responses: [],
    });
    const wanting = (query: URLSearchParams): number | string =>
      ['start', 'end'].every((name) => Date.parse(query.get(name) ?? '') > 0) ? 200 : '时间范围不合法';
    expect(await firstCycle(wanting, report)).toMatchObject({
      sent: ['', '?start=2026-01-14T00%3A00%3A00.000Z&end=2026-01-15T00%3A00%3A00.000Z'],
      verdict: 'pass',
    });
    // Only a person knows which one it wants: it is left out again.
    expect((await firstCycle(() => '时间范围不合法', report)).sent).toEqual(['', expect.any(String), '']);
  });

  it('are told as the document has them, whatever made-up ones came to', async () => {
    const zone = aParameter('zone', 'query', { examples: ['eu'] });
    const found = await firstCycle(() => 400, anOperation('GET /orders', { parameters: [zone] }));
    expect(found).toMatchObject({ sent: ['?zone=eu', '?zone=a', '?zone=a1'], told: '?zone=eu' });
  });

  it.each([
    ['a header that its document gives', aParameter('X-Tenant', 'header', { examples: ['t1'] })],
    ['what says what is done', aParameter('action', 'query', { examples: ['stock.page'] })],
    ['what a gateway dispatches by', aParameter('type', 'query', { examples: ['stock.page'] })],
  ])('are never made up for %s', async (_, parameter) => {
    const found = await firstCycle(() => 400, anOperation('GET /gateway', { parameters: [parameter] }));
    expect(found.sent).toHaveLength(1);
  });

  it('are not given for what a refusal only compares', async () => {
    const chat = anOperation('GET /chat', {
      parameters: [aParameter('start', 'query', { required: false, schema: { type: 'integer' } })],
    });
    expect((await firstCycle(() => 'start is higher than the current chatHead', chat)).sent).toEqual(['']);
    expect((await firstCycle(() => 'start is required', chat)).sent).toEqual(['', '?start=0']);
  });

  it('are not called again because of anything else', async () => {
    expect(await firstCycle(() => 500)).toMatchObject({ sent: [''], verdict: 'fail' });
  });
});
