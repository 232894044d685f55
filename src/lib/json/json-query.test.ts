import fc from 'fast-check';
import * as reference from 'jsonpath-rfc9535';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../model/json.ts';
import { Effort, TooMuchWork } from '../effort.ts';
import { compileJsonPath } from './json-path.ts';

const store: Json = {
  book: [
    { title: 'a', price: 8, tags: ['x', 'y'], at: { city: 'Ulm' } },
    { title: 'bb', price: 12, isbn: '0-1' },
    { title: 'c', price: 8, isbn: '0-2', at: { city: 'Ulm' } },
  ],
  bicycle: { price: 20, color: null },
};

const valuesOf = (document: Json, path: string): readonly Json[] =>
  compileJsonPath(path)(document).map(({ value }) => value);

describe('a query', () => {
  it.each<[string, readonly Json[]]>([
    ['$.book[*].title', ['a', 'bb', 'c']],
    ['$..price', [8, 12, 8, 20]],
    ['$.book[-1].title', ['c']],
    ['$.book[0,2].title', ['a', 'c']],
    ['$.book[:2].title', ['a', 'bb']],
    ['$.book[::-1].title', ['c', 'bb', 'a']],
    ['$.book[1:0]', []],
    ['$.book[::0]', []],
    ['$.book[?@.isbn].title', ['bb', 'c']],
    ['$.book[?!@.isbn].title', ['a']],
    ['$.book[?@.price < 10 && @.isbn].title', ['c']],
    ["$.book[?@.title == 'a' || @.price >= 12].title", ['a', 'bb']],
    ['$.book[?@.at == $.book[0].at].title', ['a', 'c']],
    ['$.book[?@.price == $.bicycle.none].title', []],
    ['$.book[?length(@.title) == 2].price', [12]],
    ['$.book[?count(@.*) > 3].title', ['a', 'c']],
    ['$.book[?value(@..city) == "Ulm"].title', ['a', 'c']],
    ["$.book[?match(@.isbn, '0-[2-9]')].title", ['c']],
    ["$.book[?search(@.isbn, '-')].title", ['bb', 'c']],
    ['$.book[?@.tags[-1] == "y"].title', ['a']],
    ['$.bicycle[?@ == null]', [null]],
    ['$["bicycle", "none"].price', [20]],
  ])('%s', (path, expected) => {
    expect(valuesOf(store, path)).toEqual(expected);
  });

  it('gives the place of each value', () => {
    expect(compileJsonPath('$..city')(store).map(({ pointer }) => pointer)).toEqual([
      '/book/0/at/city',
      '/book/2/at/city',
    ]);
  });

  it('finds what another engine finds', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const { document } = fc.letrec<{ document: Json }>((tie) => ({
      document: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Json>(null, true, 0, 1, 2, 'a', 'b'),
        fc.array(tie('document'), { maxLength: 4 }),
        fc.dictionary(name, tie('document'), { maxKeys: 3 }),
      ),
    }));
    const inner = fc.constantFrom('@', '@.a', '@.b', '$.a', "@['c']");
    const test = fc.oneof(
      inner,
      fc.constantFrom('@.*', '@..a', '!@.b', 'count(@.*) == 2', 'length(@.a) > 1', "match(@.a, 'a|b')"),
      fc.tuple(inner, fc.constantFrom('==', '!=', '<', '>=')).map(([left, sign]) => `${left} ${sign} 1`),
    );
    const segment = fc.oneof(
      fc.constantFrom('.a', '.b', '.*', '..a', '..*', '[0]', '[-1]', '[1:]', '[::-2]', "['a','b']", '..[0]'),
      test.map((one) => `[?${one}]`),
      fc.tuple(test, test).map(([one, other]) => `[?${one} && ${other}]`),
    );
    const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => `$${segments.join('')}`);
    const sorted = (values: readonly Json[]): readonly string[] =>
      values.map((value) => JSON.stringify(value)).toSorted();
    fc.assert(
      fc.property(document, path, (value, expression) => {
        const expected = reference.query(value as reference.JsonValue, expression);
        expect(sorted(valuesOf(value, expression))).toEqual(sorted(expected as readonly Json[]));
      }),
      { numRuns: 500 },
    );
  });
});

describe('what a query costs', () => {
  const list = Array.from({ length: 300 }, (_, id) => ({
    id,
    next: { id, next: [[[[[[[[{ id: [[[[{}]]]] }]]]]]]]] },
  }));

  it.each([
    '$..[?@..[?@..[?@..*]]]',
    '$..*..*..*..*..*',
    '$[?count($..[?count($..*) > 1]) > 1]',
    `$[${Array.from({ length: 300 }, () => '*').join(',')}][${Array.from({ length: 100 }, () => '*').join(',')}]`,
  ])('%s is bounded', (path) => {
    const find = compileJsonPath(path);
    const startedAt = performance.now();
    expect(() => find(list)).toThrow(TooMuchWork);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  it('may be more where somebody allows it', () => {
    const find = compileJsonPath('$..[?@.id == 7]');
    expect(() => find(list, new Effort(100))).toThrow(TooMuchWork);
    expect(find(list, new Effort(100_000))).toHaveLength(2);
  });

  it('is bounded for patterns that other engines never finish', () => {
    const find = compileJsonPath("$[?match(@, '(a*)*b')]");
    expect(find(['a'.repeat(5000), 'aab'])).toEqual([{ value: 'aab', pointer: '/1' }]);
  });

  it('is bounded for a document that is nothing but depth', () => {
    let deep: Json = 1;
    for (let depth = 0; depth < 200_000; depth++) deep = [deep];
    expect(() => compileJsonPath('$..*')(deep)).toThrow(TooMuchWork);
    expect(() => compileJsonPath('$[?@ == $[0]]')([deep, deep])).not.toThrow();
  });

  it('of a path that nobody would write is refused before it is read', () => {
    expect(() => compileJsonPath(`$${'[?@'.repeat(5000)}`)).toThrow('longer than 1000 characters');
    const startedAt = performance.now();
    compileJsonPath(`$${'[?@'.repeat(200)}${']'.repeat(200)}`);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
