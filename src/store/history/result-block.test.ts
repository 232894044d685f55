import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnNames,
  columnsOf,
  inOrder,
  packBlock,
  ResultBlock,
  type ResultRow,
  rowsOf,
} from './result-block.ts';

const most = 2 ** 31 - 1;
const count = fc.oneof(fc.constantFrom(0, 1, 255, 256, 65_535, 65_536, 16_777_216, most), fc.nat());
const signed = fc.oneof(count, fc.integer({ min: -most, max: most }));
const row: fc.Arbitrary<ResultRow> = fc.record({
  ...(Object.fromEntries(columnNames.map((name) => [name, count])) as Record<
    (typeof columnNames)[number],
    typeof count
  >),
  no: fc.oneof(fc.nat({ max: 1_000_000 }), fc.nat({ max: 9 })),
  at: signed,
  rest: signed,
});

describe('a block of results', () => {
  it('gives back what was packed, deflated or not', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), fc.boolean(), (rows, deflated) => {
        expect(rowsOf(new ResultBlock(packBlock(columnsOf(rows), deflated)).columns())).toEqual(rows);
      }),
    );
  });

  it('finds a check by its number, of two results the later one', () => {
    const rows = [7, 3, 7].map((no, at) => ({ ...zero, no, at }));
    const block = new ResultBlock(packBlock(columnsOf(rows), true));
    expect([block.indexOf(7), block.indexOf(3), block.indexOf(8)]).toEqual([2, 1, -1]);
  });

  it('of several deliveries holds each check once, in order, as it was delivered last', () => {
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 20 }), { maxLength: 5 }), (deliveries) => {
        const last = new Map(deliveries.flat().map((each) => [each.no, each]));
        const expected = [...last.values()].toSorted((a, b) => a.no - b.no);
        const block = new ResultBlock(packBlock(inOrder(deliveries.map(columnsOf)), true));
        expect(rowsOf(block.columns())).toEqual(expected);
      }),
    );
  });

  it('takes next to no room for what is the same for all', () => {
    const alike = Array.from({ length: 500 }, (_, no) => ({ ...zero, no, status: 201, attempts: 1 }));
    expect(packBlock(columnsOf(alike), false).length).toBeLessThan(600);
    expect(packBlock(columnsOf(alike), true).length).toBeLessThan(60);
  });
});

const zero = Object.fromEntries(columnNames.map((name) => [name, 0])) as ResultRow;
