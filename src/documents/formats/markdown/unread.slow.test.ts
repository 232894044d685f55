import { inEnglish } from '../../../messages/in-language.ts';
import { expect, test } from 'vitest';
import { read } from './markdown.fixture.ts';

test('what looks like an operation and is none is told also beyond the number of operations that one document may have', async () => {
  const rows = Array.from({ length: 5001 }, (_, n) => `| GET | /rows/r${n} |`);
  const { operations, problems } = await read(`| 方法 | 路径 |\n|---|---|\n${rows.join('\n')}\n`);
  expect(operations).toHaveLength(5000);
  expect(problems.map(({ message }) => inEnglish(message))).toEqual([
    'the document has 5001 operations; what is beyond 5000 is not read',
    '1 address without a method: /rows/r5000 (line 5003)',
  ]);
});
