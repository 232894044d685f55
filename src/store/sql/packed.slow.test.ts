import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pack, unpack } from './packed.ts';

it('gives back what JSON would, however large the parts are', async () => {
  const large = fc.integer({ min: 0, max: 12_000 });
  const parts = fc.tuple(fc.jsonValue(), fc.array(fc.tuple(fc.jsonValue(), large), { maxLength: 3 }));
  await fc.assert(
    fc.asyncProperty(parts, async ([value, lists]) => {
      const whole = {
        value,
        none: undefined,
        lists: lists.map(([item, count]) => Array.from({ length: count }, (_, n) => ({ n, 'a"': item }))),
        texts: Object.fromEntries(lists.map(([, count]) => [`k${count}`, '"'.repeat(count)])),
      };
      expect(unpack(await pack(whole))).toEqual(JSON.parse(JSON.stringify(whole)));
    }),
    { numRuns: 50 },
  );
  const gaps = { list: [undefined, 'x'.repeat(6000)], empty: [], object: {} };
  expect(unpack(await pack(gaps))).toEqual({ list: [null, 'x'.repeat(6000)], empty: [], object: {} });
});

it('lets everything else run while a large document is written', async () => {
  const document = {
    schemas: Array.from({ length: 300_000 }, (_, n) => ({ type: 'string', title: `${n}` })),
  };
  let turns = 0;
  const count = (): void => {
    turns++;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  await pack(document);
  clearImmediate(next);
  expect(turns).toBeGreaterThan(2);
});
