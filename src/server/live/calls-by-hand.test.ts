import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import type { Result } from '../../model/result.ts';
import { CallsByHand } from './calls-by-hand.ts';

function rig() {
  const clock = new ManualClock();
  const asked: string[] = [];
  const told: string[] = [];
  let answer: (result: Result | undefined) => void = () => undefined;
  const checkNow = (checkId: string): Promise<Result | undefined> => {
    asked.push(checkId);
    return new Promise((resolve) => {
      answer = resolve;
    });
  };
  const calls = new CallsByHand({ checkNow }, { called: ({ checkId }) => void told.push(checkId) }, clock);
  const call = async (checkId: string): Promise<Result> => {
    const called = calls.call(checkId);
    answer({ checkId } as Result);
    return called;
  };
  return { clock, asked, told, calls, call, answer: (result?: Result) => answer(result) };
}

it('gives those who ask at once the same answer, and calls one operation ten times a minute and no more', async () => {
  const { clock, calls, asked, told, answer, call } = rig();
  const both = [calls.call('a'), calls.call('a')];
  answer({ checkId: 'a' } as Result);
  expect(await Promise.all(both)).toEqual([{ checkId: 'a' }, { checkId: 'a' }]);
  expect([asked, told]).toEqual([['a'], ['a']]);
  for (let times = 1; times < 10; times++) await call('a');
  await clock.advance(1500);
  await expect(call('a')).rejects.toMatchObject({ status: 429, headers: { 'retry-after': '59' } });
  expect(await call('b')).toEqual({ checkId: 'b' });
  await clock.advance(58_500);
  expect(await call('a')).toEqual({ checkId: 'a' });
});

it('calls sixty a minute and no more, whichever they are', async () => {
  const { clock, call } = rig();
  for (let no = 0; no < 60; no++) await call(`op ${no}`);
  await expect(call('one more')).rejects.toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
  await clock.advance(60_000);
  expect(await call('one more')).toEqual({ checkId: 'one more' });
});

it('says so when the patrol has no time for it', async () => {
  const { calls, answer } = rig();
  const called = calls.call('a');
  answer();
  await expect(called).rejects.toMatchObject({ status: 503 });
});
