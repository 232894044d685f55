import { describe, expect, test } from 'vitest';
import { readText } from '../../../../../test/support/scan.ts';
import type { Operation } from '../../../../model/document.ts';

async function only(text: string): Promise<Operation> {
  const { operations } = await readText(text, {}, 'api.md');
  expect(operations.map(({ key }) => key)).toHaveLength(1);
  return operations[0]!;
}

/** `place:name!=example` for each parameter: `!` is required. */
function brief(operation: Operation): string {
  return operation.parameters
    .map(
      ({ in: place, name, required, examples }) =>
        `${place}:${name}${required ? '!' : ''}${examples.length > 0 ? `=${JSON.stringify(examples[0])}` : ''}`,
    )
    .join(' ');
}

describe('parameters', () => {
  test.each([
    [
      'a table with places',
      '| 名称 | 位置 | 类型 | 必填 | 示例 |\n|--|--|--|--|--|\n| id | PATH | Long | true | 7 |\n| q | QUERY | String | false | x |\n| X-Key | HEAD | String | 是 | k |\n| c | cookie | String | 否 | - |',
      'path:id!=7 query:q="x" header:X-Key!="k" cookie:c',
    ],
    [
      'required told by other words',
      '| Param | Optional | Type |\n|--|--|--|\n| a | no | int |\n| b | yes | int |',
      'path:id! query:a! query:b',
    ],
    [
      'required told in the remarks',
      '| 参数 | 说明 |\n|--|--|\n| a | 名称，必填 |\n| b | 非必填 |\n| c* | x |',
      'path:id! query:a! query:b query:c!',
    ],
    [
      'null or not null',
      '| key | null | type |\n|--|--|--|\n| a | 否 | String |\n| b | 是 | String |',
      'path:id! query:a! query:b',
    ],
    [
      'a list',
      '- `page` (integer, 可选，默认1)：页码\n- `size`: Page size (required)\n- `q` - Filter, e.g. `abc`\n  - `"x"`: no parameter',
      'path:id! query:page query:size! query:q="abc"',
    ],
    [
      'a label with its value',
      '- **Path Parameter:** `id` — the id\n- **Query Parameter:** `page` (optional)',
      'path:id! query:page',
    ],
    [
      'headers of a sign-in are no parameters',
      '#### 请求头\n\n| Header | Value |\n|--|--|\n| Authorization | Bearer x |\n| Content-Type | application/json |\n| api-version | 1.37 |',
      'path:id! header:api-version="1.37"',
    ],
    [
      'a table that says nothing of the kind is left alone',
      '#### 状态说明\n\n| 状态 | 说明 |\n|--|--|\n| 1 | a |',
      'path:id!',
    ],
    [
      'a table of another subject',
      '| a | 必填 | 类型 |\n|--|--|--|\n\n| 参数名 | 类型 |\n|--|--|\n| p | int |\n\n#### 指标列表\n\n| 名称 | 说明 |\n|--|--|\n| pcu | x |',
      'path:id! query:p',
    ],
    [
      'values from an example',
      '#### 请求示例\n\n```http\nGET /api/items/7?page=2&size=10 HTTP/1.1\nHost: a.example.com\n```',
      'path:id!=7 query:page!=2 query:size!=10',
    ],
    [
      'placeholders are no values',
      '```\ncurl "https://a.example.com/api/items/{id}?key2=YOUR_KEY2&at=YYYY-MM-DD&n=5"\n```',
      'path:id! query:key2!="YOUR_KEY2" query:at!="YYYY-MM-DD" query:n!=5',
    ],
  ])('from %s', async (_, text, expected) => {
    expect(
      brief(
        await only(
          `# T\n\n## GET /items/{id}\n\n${/^(?:#|```)/.test(text) ? '' : '#### 请求参数\n\n'}${text}\n`,
        ),
      ),
    ).toBe(expected);
  });

  test("in the URL itself: words in capitals stand for the reader's own values", async () => {
    const operation = await only(
      '请求方式：GET（HTTPS）\n请求地址：https://a.example.com/get?appid=APPID&page=1&access_token=ACCESS_TOKEN\n\n| 参数 | 必须 |\n|--|--|\n| appid | 是 |\n',
    );
    expect([brief(operation), operation.security]).toEqual(['query:appid! query:page!=1', undefined]);
  });

  test('typed by their words', async () => {
    const operation = await only(
      '## GET /x\n\n| 参数名 | 类型 | 默认值 |\n|--|--|--|\n| a | Integer | 1 |\n| b | List<Long> | - |\n| c | boolean | false |\n| d | java.lang.String | 无 |\n| e | UserVO | |\n| f | BigDecimal | 1.5 |\n| g | int[] | [1,2] |\n| h | 数组 | |\n| i | object | {"a":1} |\n',
    );
    expect(operation.parameters.map(({ name, schema }) => [name, schema])).toEqual([
      ['a', { type: 'integer', default: 1 }],
      ['b', { type: 'array', items: { type: 'integer' } }],
      ['c', { type: 'boolean', default: false }],
      ['d', { type: 'string' }],
      ['e', { type: 'string' }],
      ['f', { type: 'number', default: 1.5 }],
      ['g', { type: 'array', items: { type: 'integer' }, default: [1, 2] }],
      ['h', { type: 'array' }],
      ['i', { type: 'object', default: { a: 1 } }],
    ]);
  });
});

describe('bodies', () => {
  const nested = {
    type: 'object',
    properties: {
      user: {
        type: 'object',
        properties: { id: { type: 'integer' }, name: { type: 'string' } },
        required: ['id'],
      },
      items: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
    },
  };
  test.each([
    [
      'dots and brackets',
      '| user | object | 否 |\n| user.id | int | 是 |\n| user.name | string | 否 |\n| items | array | 否 |\n| items[].sku | string | 否 |',
    ],
    [
      'arrows',
      '| user | object | 否 |\n| user>>id | int | 是 |\n| user->name | string | 否 |\n| items | array | 否 |\n| items>>sku | string | 否 |',
    ],
    [
      'indented marks',
      '| user | object | 否 |\n| - id | int | 是 |\n| └ name | string | 否 |\n| items | array | 否 |\n| » sku | string | 否 |',
    ],
    [
      'wide spaces',
      '| user | object | 否 |\n| &emsp;id | int | 是 |\n| &emsp;name | string | 否 |\n| items | array | 否 |\n| &emsp;sku | string | 否 |',
    ],
  ])('nested by %s', async (_, rows) => {
    const operation = await only(
      `## POST /x\n\n### 请求参数\n\n| 参数名 | 类型 | 必填 |\n|--|--|--|\n${rows}\n`,
    );
    expect(operation.body).toEqual({
      required: true,
      media: [{ contentType: 'application/json', schema: nested, examples: [] }],
    });
  });

  test('members of a whole body, as knife4j writes them', async () => {
    const operation = await only(
      '## 新增\n\n**接口地址**:`/x`\n\n**请求方式**:`POST`\n\n**请求数据类型**:`application/x-www-form-urlencoded,application/json`\n\n**请求参数**:\n\n| 参数名称 | 参数说明 | 请求类型 | 是否必须 | 数据类型 | schema |\n|--|--|--|--|--|--|\n|dto.SaveReq|req|body|true|dto.SaveReq|dto.SaveReq|\n|&emsp;&emsp;docId|x||true|string||\n|&emsp;&emsp;at|x||false|json.JsonTime||\n|token2|x|query|false|string||\n',
    );
    expect([operation.body?.media[0], brief(operation)]).toEqual([
      {
        contentType: 'application/json',
        schema: { type: 'object', properties: { docId: { type: 'string' }, at: {} }, required: ['docId'] },
        examples: [],
      },
      'query:token2',
    ]);
  });

  test('a column that names the parent, a table for the inside of a field, a sample', async () => {
    const operation = await only(
      '## POST /x\n\n### 请求参数\n\n| key | PKey | type |\n|--|--|--|\n| p | | object |\n| a | p | int |\n| list_of | | array |\n\n**list of 说明**\n\n| key | type |\n|--|--|\n| b | string |\n\n### 请求示例\n\n```json\n{"p": {"a": 1}}\n```\n',
    );
    expect(operation.body?.media[0]).toEqual({
      contentType: 'application/json',
      schema: {
        type: 'object',
        properties: {
          p: { type: 'object', properties: { a: { type: 'integer' } } },
          list_of: { type: 'array', items: { type: 'object', properties: { b: { type: 'string' } } } },
        },
      },
      examples: [{ p: { a: 1 } }],
    });
  });

  test('a file makes it multipart, a form is told by its media type', async () => {
    const upload = await only(
      '## POST /x\n\n### 请求参数\n\n| 参数名 | 类型 | 必填 |\n|--|--|--|\n| file | file | 是 |\n',
    );
    const form = await only(
      '## POST /x\n\n- Content-Type：`application/x-www-form-urlencoded`\n\n### 请求参数\n\n| 参数名 | 类型 |\n|--|--|\n| a | int |\n',
    );
    expect([upload.body?.media[0]?.contentType, form.body?.media[0]?.contentType]).toEqual([
      'multipart/form-data',
      'application/x-www-form-urlencoded',
    ]);
  });

  test('what curl sends in the query is no body', async () => {
    const operation = await only(
      "## 修改\n\n### 请求类型\nPUT\n\n### 请求 URL\n/x\n\n### 请求参数\n\n| 名称 | 必须 |\n|--|--|\n| a | 是 |\n\n### 示例\n\n```\ncurl -X PUT 'http://127.0.0.1:8848/x?a=1'\n```\n",
    );
    expect([brief(operation), operation.body, operation.servers]).toEqual(['query:a!=1', undefined, []]);
  });
});

describe('promises', () => {
  async function promised(text: string): Promise<unknown> {
    return (await only(`## GET /x\n\n${text}\n`)).responses;
  }

  test('tables promise types, never presence', async () => {
    expect(
      await promised(
        '### 返回参数\n\n| 字段 | 类型 | 必填 | 说明 |\n|--|--|--|--|\n| code | int | 是 | |\n| data | object | | |\n| data.list | array | | |\n| data.list.id | long | | |\n| data.vo | UserVO | | |\n| data.vo.name | string | | |',
      ),
    ).toEqual([
      {
        status: '200',
        media: [
          {
            contentType: 'application/json',
            schema: {
              type: 'object',
              properties: {
                code: { type: ['integer', 'null'] },
                data: {
                  type: ['object', 'null'],
                  properties: {
                    list: {
                      type: ['array', 'null'],
                      items: { type: ['object', 'null'], properties: { id: { type: ['integer', 'null'] } } },
                    },
                    vo: { properties: { name: { type: ['string', 'null'] } } },
                  },
                },
              },
            },
            examples: [],
          },
        ],
      },
    ]);
  });

  test('a sample that a tool generated promises types only; where the table says otherwise nothing', async () => {
    expect(
      await promised(
        '**响应参数**:\n\n| 参数名称 | 类型 |\n|--|--|\n| time | string |\n\n**响应示例**:\n```javascript\n{"code": 0, "data": {}, "message": "", "name": "", "time": 1}\n```',
      ),
    ).toMatchObject([
      {
        media: [
          {
            schema: {
              properties: {
                code: { type: ['number', 'null'] },
                data: {},
                message: { type: ['string', 'null'] },
                name: { type: ['string', 'null'] },
                time: {},
              },
            },
          },
        ],
      },
    ]);
  });

  test('what the table calls optional is not even usual', async () => {
    expect(
      await promised(
        '### 返回参数\n\n| 参数 | 类型 | 必填 |\n|--|--|--|\n| b | string | 否 |\n\n### 返回示例\n\n```json\n[{"a": "x", "b": "y"}, {"a": "x", "b": "z"}]\n```',
      ),
    ).toMatchObject([{ media: [{ schema: { items: { 'x-usual': ['a'] } } }] }]);
  });

  test.each([
    [
      'a failure first',
      '- 响应（操作失败示例）：\n```json\n{"code": 3000}\n```\n- 响应（操作成功示例）：\n```json\n{"ok": true}\n```',
      [{ ok: true }],
    ],
    [
      'several answers',
      '### 返回示例\n\n```json\n{"a": 1}\n```\n\n```json\n{"a": 2}\n```',
      [{ a: 1 }, { a: 2 }],
    ],
    ['no fence around it', '### 返回示例\n{\n  "a": 1\n}\n', [{ a: 1 }]],
    [
      'HTTP as text',
      '### Response\n\n```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{"a": 1}\n```',
      [{ a: 1 }],
    ],
    [
      'an error by status',
      '**Response (404):**\n\n```json\n{"a": 1}\n```\n\n**Response (200):**\n\n```json\n{"b": 1}\n```',
      [{ b: 1 }],
    ],
    ['what is left out', '### 返回示例\n\n```json\n{"a": [1, ...]}\n```', []],
    [
      'words for types',
      '### 返回示例\n\n```json\n{"id": "long", "name": "string"}\n```',
      [{ id: 'long', name: 'string' }],
    ],
  ])('the example is found with %s', async (_, text, examples) => {
    expect(await promised(text)).toMatchObject([{ status: '200', media: [{ examples }] }]);
  });

  test.each([
    ['a created resource', '**Response `201 Created`:**\n```json\n{"a": 1}\n```', '201'],
    ['an answer that is no JSON', '### 返回示例\n\n```\nsuccess\n```', '200'],
  ])('the status of %s is kept', async (_, text, status) => {
    expect(await promised(text)).toMatchObject([{ status }]);
  });

  test('a list at the root of a table is not taken for an object', async () => {
    expect(
      await promised(
        '### Response Schema\n\n|Name|Type|Required|Restrictions|Description|\n|---|---|---|---|---|\n|*anonymous*|[[Wallet](#w)]|false|none|none|\n|» id|integer|false|none|none|',
      ),
    ).toEqual([{ status: '200', media: [] }]);
  });
});

test.each([
  ['区域，默认 local', 'local'],
  ['区域（默认值：cn-1）', 'cn-1'],
  ['区域，默认为`a`，可选 b', 'a'],
  ['默认按时间排序', undefined],
  ['默认 desc 排序', undefined],
  ['默认为空', undefined],
  ['默认 null', undefined],
])('a default is taken from the remark %j', async (remark, expected) => {
  const { parameters } = await only(
    `## GET /a\n\n| 参数 | 类型 | 必填 | 说明 |\n|--|--|--|--|\n| region | string | 是 | ${remark} |\n`,
  );
  const [region] = parameters;
  const schema = typeof region?.schema === 'object' ? region.schema : {};
  expect([region?.name, schema['default']]).toEqual(['region', expected]);
});

describe('servers', () => {
  test.each([
    [
      'a base URL',
      '# T\n\nBase URL: `http://localhost:8080/api`\n\n## GET /api/a\n',
      [{ url: 'http://localhost:8080', name: 'Base URL', isWhole: true }],
    ],
    [
      'a base URL below its heading',
      '# T\n\n## Base URL\n\n```\nhttps://a.example.com/v1/\n```\n\n## GET /a\n',
      [{ url: 'https://a.example.com/v1', name: 'Base URL' }],
    ],
    [
      'environments in a table',
      '# T\n\n### 请求地址\n\n| 环境 | 地址 |\n|--|--|\n| 正式 | api.example.cn/p |\n| 测试 | http://t.example.cn |\n\n## GET /a\n',
      [
        { name: '正式', url: 'http://api.example.cn/p' },
        { name: '测试', url: 'http://t.example.cn' },
      ],
    ],
    [
      'one path on several hosts',
      '## 查询\n\n| 项目 | 内容 |\n|--|--|\n| 调用方式 | https + GET |\n| 调用地址 | 测试环境:https://t.example.com/a<br>生产环境:https://p.example.com/a |\n',
      [
        { url: 'https://t.example.com', name: '测试环境', isWhole: true },
        { url: 'https://p.example.com', name: '生产环境', isWhole: true },
      ],
    ],
    [
      'an example',
      '## GET /a\n\n```\ncurl https://a.example.com/v2/a\n```\n',
      [{ url: 'https://a.example.com/v2' }],
    ],
    [
      "hosts that stand for the reader's own",
      '## GET /a\n\n```\ncurl http://你的服务器:8000/a\n```\n\n- 服务地址：http://your-server/api\n',
      [],
    ],
  ])('from %s', async (_, text, servers) => {
    const operation = await only(text);
    expect(
      operation.servers.map((server) => ({ ...server })).toSorted((a, b) => a.url.localeCompare(b.url)),
    ).toEqual(servers.toSorted((a, b) => a.url.localeCompare(b.url)));
  });
});

describe('JSON that no label names', () => {
  const block = (json: string): string => `\n\n\`\`\`json\n${json}\n\`\`\`\n`;
  test.each([
    ['an envelope below the address', 'GET', block('{"code":0,"msg":"ok","data":{"age":28}}'), 1],
    ['an envelope below that of a POST', 'POST', block('{"code":0,"msg":"ok","data":{"age":28}}'), 1],
    ['the only block of a GET', 'GET', block('{"id":1,"age":28}'), 1],
    ['one of a POST', 'POST', block('{"id":1,"age":28}'), 0],
    ['two blocks of a GET', 'GET', block('{"id":1}') + block('{"age":28}'), 0],
  ])('%s', async (_, method, text, answers) => {
    const { responses } = await only(`## 用户\n\n- 请求方式：${method}\n- 接口地址：/u${text}`);
    expect(responses.flatMap(({ media }) => media.flatMap(({ examples }) => examples))).toHaveLength(answers);
  });
});
