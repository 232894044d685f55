import { expect, it } from 'vitest';
import { toParameter, toPostgres } from './dialect.ts';

it('numbers parameters as SQLite counts them, each with its type', () => {
  expect(toPostgres('a = ? and b = ?2 and c = ?1 and d = ?', [1, 'x', null])).toBe(
    'a = $1::bigint and b = $2::text and c = $1::bigint and d = $3',
  );
  expect(toPostgres('a = ?', [new Uint8Array()])).toBe('a = $1::bytea');
});

it('writes what other databases write otherwise', () => {
  expect(toPostgres("select i.data ->> 'state'", [])).toBe("select ((i.data)::json ->> 'state')");
  expect(toPostgres('from cycle c cross join result_block b indexed by span on b.a = c.a', [])).toBe(
    'from cycle c join result_block b on b.a = c.a',
  );
});

it('stores whole numbers, and no character that cannot be stored', () => {
  expect(toParameter(1.6)).toBe('2');
  expect(toParameter('a\0b')).toBe('a\ufffdb');
  expect(toParameter(JSON.stringify('a\0b\ud800'))).toBe('"a\\ufffdb\\ufffd"');
  expect(toParameter(String.raw`"\\u0000"`)).toBe(String.raw`"\\u0000"`);
});
