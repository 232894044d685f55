import { expect, it } from 'vitest';
import { Database } from '../sqlite/database.ts';
import { inMemory } from '../sqlite/file/files.ts';
import { inParts, putRows } from './rows.ts';
import type { Sql, Value } from './sql.ts';

const sizesOf = (count: number, most?: number): readonly number[] =>
  [...inParts(Array.from({ length: count }), most)].map((part) => part.length);

it('is divided into few parts of few sizes', () => {
  expect(sizesOf(0)).toEqual([]);
  expect(sizesOf(1)).toEqual([1]);
  expect(sizesOf(199)).toEqual([64, 64, 64, 4, 2, 1]);
  expect(sizesOf(41, 16)).toEqual([16, 16, 8, 1]);
  expect([...inParts([1, 2, 3, 4, 5], 2)].flat()).toEqual([1, 2, 3, 4, 5]);
});

it('puts each row in the place of the one with its key, the last one of several', async () => {
  const database = Database.open(inMemory, {});
  const statements: string[] = [];
  const put = (rows: readonly (readonly Value[])[]): Promise<void> =>
    database.write((db) => {
      const counted: Sql = {
        ...db,
        run: (sql, ...values) => {
          statements.push(sql);
          return db.run(sql, ...values);
        },
      };
      return putRows(
        counted,
        { name: 'result_detail', keys: ['cycle_id', 'check_no'], others: ['data'] },
        rows,
      );
    });
  const data = (no: number): Uint8Array => Uint8Array.of(no);
  await put(Array.from({ length: 100 }, (_, no) => [1, no, data(1)]));
  expect(statements).toHaveLength(3);
  await put([
    [1, 5, data(2)],
    [1, 5, data(3)],
    [2, 5, data(4)],
  ]);
  const stored = await database.all(
    'select cycle_id, hex(data) as data, count(*) as count from result_detail group by 1, 2 order by 1, 2',
  );
  await database.close();
  expect(stored.map(({ cycle_id: cycle, data: hex, count }) => [cycle, hex, count])).toEqual([
    [1, '01', 99],
    [1, '03', 1],
    [2, '04', 1],
  ]);
});
