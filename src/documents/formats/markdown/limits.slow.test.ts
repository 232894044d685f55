import { expect, test } from 'vitest';
import { keys, read } from './markdown.fixture.ts';

test('a line of HTML that holds more than any document is read in part', async () => {
  const { problems, operations } = await read(`## GET /a\n\n${'<p>a'.repeat(300_000)}\n\n## GET /b\n`);
  expect([operations.map(({ key }) => key), problems.map(({ code, line }) => [code, line])]).toEqual([
    ['GET /a'],
    [['document-too-large', 3]],
  ]);
});

test('an operation has as many addresses as one may have, whatever is listed above its method', async () => {
  const listed = (count: number) =>
    Array.from({ length: count }, (_, n) => `http://shop.example/orders/list${n}\n`).join('\n');
  expect(await keys(`## GET /a\n\n## 列表\n\n${listed(3)}\n请求方式：POST\n`)).toHaveLength(4);
  expect(
    (await keys(`## GET /a\n\n## 列表\n\n${listed(9000)}\n请求方式：POST\n`)).length,
  ).toBeLessThanOrEqual(51);
});
