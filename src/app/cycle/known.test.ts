import { expect, it } from 'vitest';
import { check, result } from '../../incidents/world.fixture.ts';
import { Known } from './known.ts';

it('tells whether all that is known of some checks is that they pass', () => {
  const known = new Known();
  const [a, b, c] = [check('a'), check('b'), check('c')];
  known.set(result('a', 'ok', 1));
  known.set(result('b', 'fail 500', 1));
  expect(known.isWell([a, c])).toBe(true);
  expect(known.isWell([a, b])).toBe(false);
  known.set(result('b', 'ok', 2));
  expect(known.isWell([a, b])).toBe(true);
  known.set(result('b', 'fail 500', 3));
  known.delete('b');
  expect(known.isWell([a, b, c])).toBe(true);
});
