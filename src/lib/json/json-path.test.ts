import { describe, expect, it } from 'vitest';
import { compileJsonPath } from './json-path.ts';

const document = {
  data: { items: [{ id: 1 }, { id: 2 }], 'a/b': null, 订单: 'x' },
};

describe('compileJsonPath', () => {
  it.each([
    ['$', [['', document]]],
    ['$.data.items[1].id', [['/data/items/1/id', 2]]],
    ["$['data']['a/b']", [['/data/a~1b', null]]],
    ['$["data"].订单', [['/data/订单', 'x']]],
    ['$.data.items[9]', []],
    ['$.data.toString', []],
    ['$.data.items.id', []],
    ['$[0]', []],
    [
      '$.data.items[*].id',
      [
        ['/data/items/0/id', 1],
        ['/data/items/1/id', 2],
      ],
    ],
    [
      '$..id',
      [
        ['/data/items/0/id', 1],
        ['/data/items/1/id', 2],
      ],
    ],
    ['$.data.items[?@.id > 1].id', [['/data/items/1/id', 2]]],
  ])('%s', (expression, expected) => {
    expect(compileJsonPath(expression)(document).map(({ pointer, value }) => [pointer, value])).toEqual(
      expected,
    );
  });

  it.each(['data', '$.', '$[', '$.a b'])('%s is refused', (expression) => {
    expect(() => compileJsonPath(expression)).toThrow(/./);
  });
});
