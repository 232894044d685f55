import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../model/json.ts';
import { shortJson } from './short-json.ts';
import { ellipsize } from '../text/text.ts';

describe('the beginning of a value', () => {
  it('is that of its JSON', () => {
    const values = fc.jsonValue({ noUnicodeString: false }) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(values, fc.integer({ min: 4, max: 60 }), (value, bytes) => {
        expect(shortJson(value, bytes)).toBe(ellipsize(JSON.stringify(value), bytes));
      }),
      { numRuns: 200 },
    );
  });

  it('does not look at the rest of a large value, however deep that is', () => {
    let deep: Json = 1;
    for (let depth = 0; depth < 200_000; depth++) deep = [deep];
    expect(shortJson(deep, 10)).toBe('[[[[[[[…');
    expect(shortJson({ a: 'x'.repeat(1_000_000), deep }, 12)).toBe('{"a":"xxx…');
  });
});
