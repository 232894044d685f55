import { expect, it } from 'vitest';
import { aDocument, anOperation, aParameter, planFor, planOf } from '../../../test/support/plan-inputs.ts';
import type { Result } from '../../model/result.ts';
import { Trials } from './trials.ts';

const { checks } = planOf(
  anOperation('GET /stats/{id}', {
    parameters: [
      aParameter('id', 'path', { examples: ['SECRET-7', 'b'] }),
      aParameter('zone', 'query', { required: false }),
    ],
  }),
);
const [check] = checks;

function answer(status: number, excerpt: string): Result {
  return {
    checkId: check?.id ?? '',
    verdict: status < 400 ? 'pass' : 'unknown',
    reason: { code: status < 400 ? 'none' : 'made-up-value', message: '' },
    status,
    at: 0,
    bytes: 0,
    phases: { totalMs: 1 },
    attempts: 1,
    findings: [],
    evidence: { excerpt, curl: '' },
  };
}

function noted(trials: Trials, status: number, said: string): Trials {
  if (check === undefined) throw new Error('no check was planned');
  trials.note(check, answer(status, said));
  return trials;
}

it('what was refused and asked for is remembered over a restart, without the values', () => {
  const before = noted(noted(new Trials(), 400, '{"error":"zone is missing"}'), 404, '{"error":"none"}');
  const kept = before.news();
  before.adopt(kept);
  expect([before.news(), JSON.stringify(kept).includes('SECRET-7')]).toEqual([[], false]);
  const after = new Trials(kept);
  expect(after.of(check?.id ?? '')).toEqual(before.of(check?.id ?? ''));
  expect(after.of(check?.id ?? '')).toMatchObject({ asked: ['zone'], refused: [expect.any(String)] });
});

it('there is nothing to store until there is news, and again when it has not been stored', () => {
  const trials = new Trials();
  expect(trials.news()).toEqual([]);
  noted(trials, 404, '{"error":"none"}');
  expect([trials.news().length, trials.news().length]).toEqual([1, 1]);
});

it('what is forgotten is taken out of the store', () => {
  const trials = new Trials(noted(new Trials(), 404, '{"error":"none"}').news());
  trials.forget(check?.id ?? '');
  expect(trials.news()).toEqual([{ checkId: check?.id, tried: '' }]);
});

it('that something made up does not exist blames nobody, whatever has been refused before', () => {
  if (check === undefined) throw new Error('no check was planned');
  const trials = new Trials();
  const called = (value: string, origin: 'captured' | 'generated') => ({
    ...check,
    values: [{ name: 'id', in: 'path' as const, value, origin }],
  });
  trials.note(called('7', 'captured'), answer(200, '{}'));
  for (const value of ['7', '8']) trials.note(called(value, 'captured'), answer(404, '{}'));
  expect(trials.isExhausted(check)).toBe(true);
  trials.note(called('1', 'generated'), answer(404, '{}'));
  expect(trials.isExhausted(check)).toBe(false);
  trials.note(called('8', 'captured'), answer(404, '{}'));
  expect(trials.isExhausted(check)).toBe(true);
});

it('only what an answer complains of is replaced', () => {
  const operation = anOperation('GET /query_range', {
    parameters: ['query', 'start', 'end', 'step'].map((name) => aParameter(name)),
  });
  const trials = new Trials();
  const sent = () => {
    const { checks: planned } = planFor({ documents: [aDocument([operation])], options: { trials } });
    return planned[0];
  };
  const first = sent();
  if (first === undefined) throw new Error('no check was planned');
  const said =
    '{"errorType":"bad_data","error":"invalid parameter \\"step\\": cannot parse \\"a\\" to a valid duration"}';
  trials.note(first, { ...answer(400, said), checkId: first.id });
  const values = (of: typeof first | undefined) =>
    Object.fromEntries(of?.values.map(({ name, value }) => [name, value]) ?? []);
  const { step: before, ...kept } = values(first);
  const { step: after, ...others } = values(sent());
  expect(others).toEqual(kept);
  expect(after).not.toEqual(before);
});
