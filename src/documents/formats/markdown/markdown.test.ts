import { describe, expect, test } from 'vitest';
import { markdown } from './markdown.ts';
import { read, keys, only } from './markdown.fixture.ts';

test('a Chinese section with tables, sample and curl becomes one whole operation', async () => {
  const document = await read(`# 订单服务

服务地址：\`https://orders.example.com/api\`

## 订单

### 1.1 查询订单详情

#### 请求方式

\`GET\`

#### 请求URL

\`/v1/orders/{orderId}\`

#### 请求头

| 参数名 | 必填 | 说明 |
| --- | --- | --- |
| Authorization | 是 | Bearer 令牌 |
| X-Tenant | 是 | 租户，如 t1 |

#### 请求参数

| 参数名 | 类型 | 必填 | 说明 | 示例 |
| --- | --- | --- | --- | --- |
| orderId | long | 是 | 订单号 | 1001 |
| withItems | boolean | 否 | 是否带明细 | true |

#### 请求示例

\`\`\`shell
curl -X GET 'https://orders.example.com/api/v1/orders/1002?withItems=false' -H 'Authorization: Bearer abc'
\`\`\`

#### 返回示例

\`\`\`json
{
  "code": 0, // 成功
  "data": { "orderId": 1001, "remark": null },
}
\`\`\`

### 1.2 错误码

| 错误码 | 说明 |
| --- | --- |
| 404 | 不存在 |
`);
  expect(document).toEqual({
    format: 'markdown',
    title: '订单服务',
    dialect: '2020-12',
    schemas: {},
    problems: [],
    securitySchemes: { bearer: { kind: 'bearer' } },
    operations: [
      {
        key: 'GET /v1/orders/{orderId}',
        method: 'GET',
        path: '/v1/orders/{orderId}',
        summary: '查询订单详情',
        tags: ['订单'],
        deprecated: false,
        servers: [{ url: 'https://orders.example.com/api' }],
        parameters: [
          {
            name: 'orderId',
            in: 'path',
            required: true,
            schema: { type: 'integer' },
            examples: [1001, 1002],
            description: '订单号',
          },
          {
            name: 'X-Tenant',
            in: 'header',
            required: true,
            schema: { type: 'string' },
            examples: [],
            description: '租户，如 t1',
          },
          {
            name: 'withItems',
            in: 'query',
            required: false,
            schema: { type: 'boolean' },
            examples: [true, false],
            description: '是否带明细',
          },
        ],
        responses: [
          {
            status: '200',
            media: [
              {
                contentType: 'application/json',
                schema: {
                  type: 'object',
                  properties: {
                    code: { type: ['number', 'null'] },
                    data: {
                      type: ['object', 'null'],
                      properties: { orderId: { type: ['number', 'null'] }, remark: {} },
                    },
                  },
                },
                examples: [{ code: 0, data: { orderId: 1001, remark: null } }],
              },
            ],
          },
        ],
        security: [{ bearer: [] }],
        extensions: {},
        pointer: 'line 15',
      },
    ],
  });
});

describe('method and path are found where people write them', () => {
  test.each([
    ['a heading', '### GET /api/users/:id', ['GET /api/users/{id}']],
    [
      'a heading in lower case after its title',
      '## 获取广告 get   /resource/getBannerList',
      ['GET /resource/getBannerList'],
    ],
    ['a heading the other way round', '### /api/users [POST]', ['POST /api/users']],
    ['a heading without a space', '##查询用户\n请求方式：GET\n请求地址：/users', ['GET /users']],
    ['a labelled line', '## 部门\n**接口地址：** `GET /system/dept/list`', ['GET /system/dept/list']],
    ['two labelled lines', '## 健康检查\n- **请求方法**：`GET`\n- **请求路径**：`/health`', ['GET /health']],
    [
      'labels with the value in a list',
      '**请求URL：** \n- ` /oms/page`\n\n**请求方式：**\n- POST \n',
      ['POST /oms/page'],
    ],
    [
      'labels above code',
      '**URI:**\n\n    https://open.example.com/iot/devices/\n\n**请求方式：**\n\n    GET',
      ['GET /iot/devices/'],
    ],
    [
      'a table of labels',
      '## 更新\n\n| 项目 | 值 |\n| --- | --- |\n| 接口地址 | `/user/update` |\n| 请求方式 | `GET` / `POST` |',
      ['GET /user/update', 'POST /user/update'],
    ],
    [
      'a table with a row an operation',
      '| API Path | 请求协议 | 请求方式 |\n| :-- | :-- | :-- |\n| `/erp/page` | HTTPS | POST |',
      ['POST /erp/page'],
    ],
    [
      'an overview',
      '| Method | Endpoint | Description |\n|---|---|---|\n| GET | `/a` | A |\n| `DELETE` | `/a/<id>` | B |',
      ['GET /a', 'DELETE /a/{id}'],
    ],
    [
      'an overview below its base path',
      '### Users (`/api/users`)\n\n| Method | Path |\n|---|---|\n| GET | `/` |\n| PUT | `/:id` |',
      ['GET /api/users', 'PUT /api/users/{id}'],
    ],
    [
      'a path as heading, the method below',
      '## /dm/getConf\n### 无标题\n\n#### 方法：GET\n',
      ['GET /dm/getConf'],
    ],
    ['a list', '- `GET /health` - Health check\n- `POST /ingest`: Ingest', ['GET /health', 'POST /ingest']],
    [
      'fenced HTTP',
      '## 新建草稿\n\n```\nPOST https://api.example.com/draft/add\n     ?access_token=ACCESS_TOKEN\n```',
      ['POST /draft/add'],
    ],
    [
      'several lines of a fence',
      '```text\nGET /v1/catalog\nGET /v1/status?date=YYYY-MM-DD\n```',
      ['GET /v1/catalog', 'GET /v1/status'],
    ],
    [
      'HTML headings and tables',
      '<h2 id="1">查询</h2>\n\n<table><tr><th>请求方式</th><td>GET</td></tr><tr><th>请求地址</th><td>/a/b</td></tr></table>',
      ['GET /a/b'],
    ],
    ['a path without a slash in front', '### 登录\n\n- 请求路径：login\n- 请求方法：post', ['POST /login']],
    ['only curl', '# Use\n\n```bash\ncurl https://api.example.com/v1/items?limit=5\n```', ['GET /v1/items']],
    [
      'lines of code that are a form',
      '### 登录\n```\nNAME: 用户登录\nURL: /user/login\nMETHOD:GET/POST\nREQUEST:\n{}\n```',
      ['GET /user/login', 'POST /user/login'],
    ],
    [
      'several methods in a list',
      '#### 请求URL:\n\n- /api/login\n\n#### 请求方式：\n\n- GET\n- POST\n- POST 数据为 JSON\n',
      ['GET /api/login', 'POST /api/login'],
    ],
    ['several methods before the path', '请求方式：\n- GET\n- PUT\n\n请求地址：/x\n', ['GET /x', 'PUT /x']],
    [
      'operations one after another without headings',
      '请求方式：GET\n请求地址：/a\n\n请求方式：POST\n请求地址：/b\n',
      ['GET /a', 'POST /b'],
    ],
    [
      'the path before the method, one after another',
      '请求地址：/a\n请求方式：GET\n\n请求地址：/b\n请求方式：POST\n',
      ['GET /a', 'POST /b'],
    ],
    [
      'the same said twice',
      '### GET /a\n\n**URL:** `https://a.example.com/v1/a`\n**Method:** `GET`\n',
      ['GET /a'],
    ],
    [
      'a document with a fence around it',
      '```markdown\n# API\n\n## GET /a\n\n```json\n{}\n```\n\n## GET /b\n```\n',
      ['GET /a', 'GET /b'],
    ],
    [
      'rows apart by empty lines',
      '| 方法 | 地址 |\n\n|:--|:--|\n\n| GET | /a |\n\n| POST | /b/<id> |\n',
      ['GET /a', 'POST /b/{id}'],
    ],
    [
      'a table right below a line',
      '接口列表：\n| 接口 | 方法 |\n| /a | GET |\n| /b | POST |\n',
      ['GET /a', 'POST /b'],
    ],
    [
      'a table whose delimiter row is too short',
      '| 方法 | 地址 | 说明 |\n|--|--|\n| GET | /a | x |\n',
      ['GET /a'],
    ],
    [
      'a base path in a line',
      '### 用户\n\n接口前缀：/api/v1\n\n| 方法 | 地址 |\n|--|--|\n| GET | /users |\n| GET | /api/v1/roles |\n\n### 其他\n\n- `GET /health`\n',
      ['GET /api/v1/users', 'GET /api/v1/roles', 'GET /health'],
    ],
    ['bold titles', '**1. 查询**\n\n`GET /a`\n\n**2. 新建**\n\n`POST /a`\n', ['GET /a', 'POST /a']],
    [
      'underlined headings',
      '查询\n===\n\n请求方式：GET\n请求地址：/a\n\n新建\n---\n\n请求方式：POST\n请求地址：/a\n',
      ['GET /a', 'POST /a'],
    ],
    ['a fence that is never closed', '## GET /a\n\n```json\n{"a": 1}\n\n## GET /b\n', ['GET /a', 'GET /b']],
    ['quotes', '> ###### HTTP请求方式\n> POST\n> ###### URL\n> /user/login\n', ['POST /user/login']],
    [
      'Widdershins',
      '## List pets\n\n> Code samples\n\n```http\nGET http://a.example.com/v1/pets HTTP/1.1\n```\n\n`GET /pets`\n',
      ['GET /v1/pets'],
    ],
    [
      'OpenAPI Generator',
      'Class | Method | HTTP request\n--- | --- | ---\n*PetApi* | [**addPet**](PetApi.md) | **POST** /pet\n*PetApi* | [**getPet**](PetApi.md) | **GET** /pet/{id}\n',
      ['POST /pet', 'GET /pet/{id}'],
    ],
    [
      'a table below the heading of another operation',
      '### POST /api/v1/users/search\n\n| Method | Path | Description |\n|---|---|---|\n| GET | /api/v1/health | up |\n| GET | /roles | all |',
      ['POST /api/v1/users/search', 'GET /api/v1/health', 'GET /roles'],
    ],
    [
      'a table of whole paths below a heading with a part of them',
      '## Users (/api/users)\n\n| Method | Path |\n|---|---|\n| GET | /api/v1/health |\n| GET | /{id} |',
      ['GET /api/v1/health', 'GET /api/users/{id}'],
    ],
    [
      'the items of a list with labels of their own',
      '1. **获取验证码**\n   - URL: `/captcha`\n   - Method: `GET`\n   - Response: `200 OK`\n2. **登录** (`POST /login`)\n3. 登出 `[POST] /logout`',
      ['GET /captcha', 'POST /login', 'POST /logout'],
    ],
    [
      'commands and requests that no section describes',
      '# 支付\n\n`GET https://api.example.cn/v2/pay/orders/{id}`\n\ncurl:\n\n```bash\ncurl "https://api.example.cn/v2/pay/orders/7"\ncurl "https://api.example.cn/v2/pay/refunds?id=1"\n```\n\n```http\nGET /v2/pay/bills?date=2024-01-01 HTTP/1.1\nHost: api.example.cn\n```',
      ['GET /v2/pay/orders/{id}', 'GET /v2/pay/refunds', 'GET /v2/pay/bills'],
    ],
  ])('in %s', async (_, text, expected) => {
    expect(await keys(text)).toEqual(expected);
  });
});

describe('nothing is invented', () => {
  test.each([
    [
      'a document without method and path',
      '### 描述\n\n根据ID查询\n\n### 输入参数\n\n| 参数名称 | 参数类型 | 必选 |\n|---|---|---|\n| id | array | 是 |',
    ],
    ['a path without a method', '## 说明\n\n请求地址：/api/x'],
    [
      'a method mentioned in a sentence',
      '# 用法\n你可以发送 `GET /api/x` 请求，然后检查 `POST /api/y` 的结果。',
    ],
    ['an installer', '# Install\n\n```sh\ncurl -fsSL https://get.example.com/install.sh | sh\n```'],
    ['paths of files', '- GET /etc/hosts'],
    ['source code', '```js\nGET /x\n```'],
  ])('from %s', async (_, text) => {
    expect(await keys(text)).toEqual([]);
  });

  test('and the reader is told what is missing', async () => {
    const { problems } = await read('## 查询\n\n请求地址：/api/x\n');
    expect(problems).toEqual([
      {
        level: 'info',
        code: 'method-missing',
        message: '1 address without a method: /api/x (line 3)',
        file: 'docs/api.md',
        line: 3,
        hint: 'name the method beside the path, for example: 请求方式: GET',
      },
    ]);
  });
});

test('an overview and the section that it points to are one operation', async () => {
  const operation = await only(`| Method | Path | Description |
|---|---|---|
| GET | /users/:userId | Get a user |

## Users

### \`GET /users/:id\`

| Parameter | Type | Required |
|---|---|---|
| id | integer | yes |
`);
  expect([operation.key, operation.summary, operation.parameters[0]?.schema]).toEqual([
    'GET /users/{id}',
    'Get a user',
    { type: 'integer' },
  ]);
});

test.each([
  ['the heading', '## 1.1 `GET /a` 查询订单\n', '查询订单'],
  [
    'the heading above the labels',
    '### API名称：QueryProduct\n\n#### 描述\n\nx\n\n#### 请求信息\n\n请求路径：/a\n\n请求方法：GET\n',
    'QueryProduct',
  ],
  [
    'the line of a list',
    '### Trains\n\n1. **Add a train**\n   - **Endpoint:** `/a`\n   - **Method:** `POST`\n',
    'Add a train',
  ],
  ['the line below', '### `GET /a`\nList all orders.\n', 'List all orders.'],
  [
    'the front matter',
    '---\ntitle: "创建代收"\n---\n\n### 请求地址\n\n| method | url |\n|--|--|\n| POST | /a |\n',
    '创建代收',
  ],
  ['the rest of the line', '- `GET /a` - Health check\n', 'Health check'],
  [
    'the column of an overview',
    '| 请求方式 | 接口地址 | 功能说明 |\n|--|--|--|\n| GET | /a | 获取待办 |\n| GET | /b | x |\n',
    '获取待办',
  ],
])('the summary comes from %s', async (_, text, summary) => {
  const { operations } = await read(text);
  expect(operations[0]?.summary).toBe(summary);
});

test('sections that repeat method and path on purpose stay apart, a mere mention does not', async () => {
  const section = '请求方式：POST\n请求地址：/grant\n\n| 参数名 | 类型 |\n|--|--|\n| a | int |\n\n';
  expect(await keys(`## 授权A\n${section}## 授权B\n${section}## 再次\n\n\`POST /grant\`\n`)).toEqual([
    'POST /grant',
    'POST /grant #2',
  ]);
});

test('operations keep the groups that they stand in, and what is outdated is told', async () => {
  const { operations } = await read(
    '# API\n\n## 用户\n\n### GET /a（已废弃）\n\n### GET /b\n\n## 订单\n\n- `GET /c`\n- `GET /d`\n',
  );
  expect(operations.map(({ path, tags, deprecated }) => [path, tags, deprecated])).toEqual([
    ['/a', ['用户'], true],
    ['/b', ['用户'], false],
    ['/c', ['订单'], false],
    ['/d', ['订单'], false],
  ]);
});

test('a document that is far too long is read in part', async () => {
  const { problems, operations } = await read(`## GET /a\n\n${'x'.repeat(8_000_000)}\n\n## GET /b\n`);
  expect([operations.map(({ key }) => key), problems.map(({ code }) => code)]).toEqual([
    ['GET /a'],
    ['document-too-large'],
  ]);
});

test.each([
  ['YAML', 'a: 1\n# comment\nb:\n  - x\n'],
  ['a script', '#!/bin/sh\n# GET /a\ncurl x\n'],
  ['a page', '<!DOCTYPE html>\n<h1>GET /a</h1>\n'],
  ['a properties file', '# comment\nurl=/a\n'],
  ['JSON', '{"a": "# GET /a"}'],
])('%s is no Markdown', (_, text) => {
  expect(markdown.detect({ uri: 'x', text, data: undefined })).toBe(0);
});

test.each(['#|\n|-', '#|\n-|', '##<参数名 | 必选\n|:--|:-', '# A``` | 必选 |\n|--|--|'])(
  'a heading above what could be a table stays a heading: %j',
  async (broken) => {
    expect(await keys(`${broken}\n\n## GET /a\n`)).toEqual(['GET /a']);
  },
);

test.each([
  '请求头或 Cookie 中携带 `satoken`。',
  '| 请求头 | 说明 |\n|---|---|\n| `satoken` | 登录返回的 token |\n| X-Tenant | 登录后的租户 |',
])('a header is where the token of the login goes: %s', async (said) => {
  const { securitySchemes } = await read(
    `# 用户服务\n\n${said}\n\n## 登录\n\nGET /user/doLogin?name=zhang&pwd=1\n\n## 信息\n\nGET /user/info\n`,
  );
  expect(Object.values(securitySchemes)).toMatchObject([
    { kind: 'apiKey', in: 'header', parameterName: 'satoken' },
  ]);
});
