import { inEnglish } from '../../../messages/in-language.ts';
import { describe, expect, test } from 'vitest';
import { keys, read } from './markdown.fixture.ts';

async function told(text: string): Promise<readonly string[]> {
  return (await read(text)).problems.map(({ message }) => inEnglish(message));
}

function mentioned(call: string): string[] {
  return [`1 call only in a sentence or an example: ${call}`];
}

function addressed(call: string): string[] {
  return [`1 address without a method: ${call}`];
}

describe('what looks like an operation and is none is told with its line', () => {
  test.each([
    [
      'another method at the same path',
      '## 新增\n\nPOST /orders\n\n说明：先用 `GET /orders` 查询。\n',
      mentioned('GET /orders (line 5)'),
    ],
    [
      'a path of which another one is the beginning',
      '## 列表\n\nGET /users/list\n\n之后再调用 `GET /users` 即可。\n',
      mentioned('GET /users (line 5)'),
    ],
    [
      'a path that ends like another one',
      '## 列表\n\nGET /users/list\n\n## 其他\n\n之后再调用 `GET /list` 即可。\n',
      mentioned('GET /list (line 7)'),
    ],
    [
      'a resource that could be the value of a parameter',
      '## 详情\n\nGET /users/{id}\n\n## 其他\n\n之后再调用 `GET /users/export` 即可。\n',
      mentioned('GET /users/export (line 7)'),
    ],
    [
      'a command by another method than the section has',
      '## 新增\n\nGET /orders\n\n```bash\ncurl -X POST http://127.0.0.1:8080/orders\n```\n',
      mentioned('POST http://127.0.0.1:8080/orders (line 6)'),
    ],
    [
      'a row whose method is none',
      '| 方法 | 路径 | 说明 |\n|---|---|---|\n| GET | /a/x | 甲 |\n\n| ANY | /a/y | 乙 |\n| POST | /a/z | 丙 |\n',
      addressed('/a/y (line 5)'),
    ],
    [
      'an address below its label, without a slash',
      '## 登录\n\n请求地址：\n\nuser/login\n\n## 其他\n\nGET /x\n',
      addressed('user/login (line 5)'),
    ],
    [
      'an entry of a record of changes',
      '## 查询\n\nGET /a\n\n## 变更记录\n\n- 新增 `POST /b`\n',
      mentioned('POST /b (line 7)'),
    ],
    [
      'one call in several places',
      '## 查询\n\nGET /a\n\n先调 `GET /b` 再调 /a。\n\n最后再调 `GET /b?x=1`。\n',
      mentioned('GET /b (lines 5, 7)'),
    ],
    [
      'a line far down in a block',
      `## 查询\n\nGET /a\n\n### 请求示例\n\n\`\`\`\n${'x\n'.repeat(3000)}GET /b\n\`\`\`\n`,
      mentioned('GET /b (line 3008)'),
    ],
    [
      'a command in a sentence',
      '## 查询\n\nGET /a\n\n可用 curl -X PUT http://127.0.0.1/b 试一下。\n',
      mentioned('PUT http://127.0.0.1/b (line 5)'),
    ],
  ])('%s', async (_, text, expected) => {
    expect(await told(text)).toEqual(expected);
  });

  test.each([
    ['with a value', '## 详情\n\nGET /users/{id}\n\n## 其他\n\n例如 `GET /users/17`。\n'],
    [
      'with the value of its own example',
      '## 删除\n\n**接口地址**: `DELETE /courses/{name}`\n\n**请求示例**:\n\n```\nDELETE /courses/高等数学\nDELETE /courses/math\n```\n',
    ],
    [
      'without the base path',
      '# 文档\n\n接口前缀：`/api/v1`\n\n## 列表\n\n`GET /orders`\n\n## 其他\n\n先 `GET /orders`。\n',
    ],
    [
      'with the base path of the server',
      '# 文档\n\n服务器地址：http://h.test/api\n\n## 列表\n\n`GET /orders`\n\n## 其他\n\n先 `GET /api/orders`。\n',
    ],
    ['by one of its methods', '## 列表\n\n请求方式：GET/POST\n\n请求地址：/orders\n\n先 `POST /orders`。\n'],
  ])('but not a call of an operation %s', async (_, text) => {
    expect(await told(text)).toEqual([]);
  });

  test('however many there are', async () => {
    const count = 400;
    const text = Array.from({ length: count }, (_, n) => `使用接口 \`POST /calls/number${n}\` 查询。`).join(
      '\n\n',
    );
    const messages = await told(`# 文档\n\n${text}\n`);
    const lines = messages.flatMap((message) =>
      [...message.matchAll(/\(line (\d+)\)/g)].map((one) => Number(one[1])),
    );
    expect(lines).toEqual(Array.from({ length: count }, (_, n) => 3 + 2 * n));
    expect(messages.every((message) => message.length < 1000)).toBe(true);
  });
});

test('a method with a remark beside it is one', async () => {
  expect(
    await keys('| 方法 | 路径 |\n|---|---|\n| GET | /a |\n| GET（流式） | /b |\n| POST (需登录) | /c |\n'),
  ).toEqual(['GET /a', 'GET /b', 'POST /c']);
});

test('what is shown by a method that nothing describes is an operation of its own', async () => {
  expect(
    await keys(
      '## 查询\n\nGET /orders\n\n## 新增\n\n```bash\ncurl -X POST http://127.0.0.1:8080/orders\n```\n',
    ),
  ).toEqual(['GET /orders', 'POST /orders']);
});

test('a document of far too many lines is read in part', async () => {
  const { problems, operations } = await read(`## GET /a\n${'\n'.repeat(30_000)}## GET /b\n`);
  expect([operations.map(({ key }) => key), problems.map(({ code }) => code)]).toEqual([
    ['GET /a'],
    ['document-too-large'],
  ]);
});
