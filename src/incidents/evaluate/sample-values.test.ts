import { expect, it } from 'vitest';
import { inEnglish } from '../../messages/in-language.ts';
import type { FilledValue } from '../../model/check.ts';
import { check, result, start, World } from '../world.fixture.ts';
import { adviceOnSamples } from './sample-values.ts';

const sample: FilledValue = { name: 'id', in: 'path', value: '42', origin: 'example' };

function advice(outcome: string, values: readonly FilledValue[]): string | undefined {
  const said = adviceOnSamples({ check: check('a', { values }), result: result('a', outcome, start) });
  return said === undefined ? undefined : inEnglish(said);
}

const one =
  'id=42 stands in the document and may have been deleted since: give one that lasts under `params` (id), or correct the document';

it.each<[string, string, readonly FilledValue[], string | undefined]>([
  ['is not found', 'fail 404', [sample], one],
  ['is refused', 'fail 400', [sample], one],
  ['breaks the server', 'fail 500', [sample], undefined],
  ['is fine, and the answer is not as documented', 'fail schema', [sample], undefined],
  ['is made up', 'fail 404', [{ ...sample, origin: 'generated' }], undefined],
  ['was given', 'fail 404', [{ ...sample, origin: 'config' }], undefined],
  ['says who asks', 'fail 404', [{ ...sample, name: 'user-agent', in: 'header' }], undefined],
  [
    'is one of several, of which one is secret',
    'fail 404',
    [sample, { name: 'token', in: 'query', value: 's3cret', origin: 'example' }],
    'id=42, token=*** stand in the document and may have been deleted since: give some that last under `params` (id, token), or correct the document',
  ],
])('of a documented value that %s', (_, outcome, values, expected) => {
  expect(advice(outcome, values)).toBe(expected);
});

it('is told with the failure', () => {
  const own = check('a', { values: [sample] });
  const { transitions } = new World([own, check('b'), check('c')]).play({
    results: { a: 'fail 404', b: 'ok 30', c: 'ok 30' },
  });
  expect(transitions.map(({ kind, incident }) => [kind, inEnglish(incident.hint ?? '')])).toContainEqual([
    'opened',
    one,
  ]);
});
