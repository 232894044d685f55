import { expect, test } from 'vitest';
import { only, read, readPart } from './markdown.fixture.ts';

/** Where method, path and what belongs to them stand apart from each other. */

test('a path alone below the heading, the method under a label', async () => {
  const operation = await only(
    '### 日期统计\n\n`/api/stat/date/get`\n\n#### 接口说明\n按日期统计\n\n#### HTTP请求类型\n`POST`\n',
  );
  expect(operation).toMatchObject({ key: 'POST /api/stat/date/get', summary: '日期统计' });
});

test('a path in a sentence below the heading is none', async () => {
  const { operations } = await read('### 日期统计\n\n见 `/api/stat` 一节\n\n#### HTTP请求类型\n`POST`\n');
  expect(operations).toEqual([]);
});

test('URL and method in two lines below one label', async () => {
  const { operations } = await read(
    '## 添加房屋\n\n#### 请求地址及方式\n\n>https://ip:port/api/room.save\n\n>http post\n\n## 查询房屋\n\n#### 请求地址和方式\n\n>https://ip:port/api/room.query\n\n>http get\n',
  );
  expect(operations.map(({ key, servers }) => [key, servers])).toEqual([
    ['POST /api/room.save', []],
    ['GET /api/room.query', []],
  ]);
});

test('a path in an overview and its whole address further down are one operation', async () => {
  const operation = await only(`## 刷新令牌

| 属性 | 内容 |
|:---|:---|
| 接口路径 | /refreshToken |
| 请求方法 | POST |

### 接口地址

\`\`\`
https://passport.acme.test/open/refreshToken
\`\`\`
`);
  expect(operation).toMatchObject({
    key: 'POST /refreshToken',
    servers: [{ url: 'https://passport.acme.test/open' }],
  });
});

test('a section in lists: parameters as `id=[integer]`, the answer in a code span', async () => {
  const operation = await only(`**Show User**
----
  Returns json data about a single user.

* **URL**

  /users/:id

* **Method:**

  \`GET\`

*  **URL Params**

   **Required:**

   \`id=[integer]\`

   **Optional:**

   \`photo_id=[alphanumeric]\`

* **Data Params**

  None

* **Success Response:**

  * **Code:** 200 <br />
    **Content:** \`{ id : 12, name : "Michael" }\`

* **Error Response:**

  * **Code:** 404 NOT FOUND <br />
    **Content:** \`{ error : "User doesn't exist" }\`
`);
  expect(operation).toMatchObject({
    key: 'GET /users/{id}',
    parameters: [
      { name: 'id', in: 'path', schema: { type: 'integer' } },
      { name: 'photo_id', in: 'query', required: false },
    ],
    responses: [{ status: '200', media: [{ examples: [{ id: 12, name: 'Michael' }] }] }],
  });
  expect(operation.responses).toHaveLength(1);
});

test('the type may stand between the brackets and a dash', async () => {
  const operation = await only(
    '### 成绩\n**请求路径：** `/scores`\n**请求方式：** GET\n**请求参数：**\n- `courseId` (必填): Long - 课程\n- `page` (选填): int - 页码，默认1\n',
  );
  expect(operation.parameters).toMatchObject([
    { name: 'courseId', required: true, schema: { type: 'integer' } },
    { name: 'page', required: false, schema: { type: 'integer', default: 1 } },
  ]);
});

test('a column of examples and descriptions holds descriptions', async () => {
  const operation = await only(
    '### 余额\n\n`GET /money`\n\n参数名 | 类型 | 必选 | 示例及描述\n--- | --- | --- | ---\ntoken | string | 是 | 用户令牌\n',
  );
  expect(operation.parameters).toMatchObject([{ name: 'token', examples: [], description: '用户令牌' }]);
});

test.each(['None', '无', '暂无参数', 'N/A', '-'])('a row that says %j is no parameter', async (nothing) => {
  const operation = await only(
    `### 余额\n\n\`GET /money\`\n\n| 参数名 | 类型 | 必选 |\n|---|---|---|\n| ${nothing} | object | 是 |\n`,
  );
  expect(operation.parameters).toEqual([]);
});

test('in a table without a head the last cell is the title', async () => {
  const { operations } = await read(
    '#### Auth\n\nPOST | /auth/login | Log in\n--- | --- | ---\nGET | /auth/me | Current user\n',
  );
  expect(operations.map(({ key, summary }) => [key, summary])).toEqual([
    ['POST /auth/login', 'Log in'],
    ['GET /auth/me', 'Current user'],
  ]);
});

test('method and path in separate code spans of a summary', async () => {
  const { operations } = await readPart(
    '<details>\n <summary><code>POST</code> <code><b>/stubs</b></code> <code>(overwrites all)</code></summary>\n</details>\n',
  );
  expect(operations).toMatchObject([{ key: 'POST /stubs', summary: 'overwrites all' }]);
});

const described = '**请求URL：**\n- `/sku/info`\n\n**请求方式：**\n- GET\n';

test.each([
  ['a class', described.replace('\n\n', '\n\ncom.shop.feign.SkuClient\n\n')],
  ['a remark before it', described.replace('- `', '- 服务商->平台\n`{服务根地址}')],
])('the URL of an interface with %s beside it', async (_, text) => {
  expect(await only(`# 物流属性\n\n${text}`)).toMatchObject({ key: 'GET /sku/info', servers: [] });
});

test.each([
  ['192.168.0.11:8066', 'http://192.168.0.11:8066'],
  ['`localhost`', 'http://localhost'],
  ['shop.test:8080/api', 'http://shop.test:8080/api'],
  ['https://shop.test', 'https://shop.test'],
])('the host %s above all interfaces', async (host, url) => {
  const operation = await only(`# 库存\n\n**HOST**:${host}\n\n## 查询\n\n${described}`);
  expect(operation.servers).toMatchObject([{ url }]);
});

test('where the specification stands is no interface', async () => {
  const { operations, problems } = await read(
    `# 库存\n\n**接口路径**：/v2/api-docs\n\n## 查询数据库\n\n${described}`,
  );
  expect(operations).toMatchObject([{ key: 'GET /sku/info', summary: '查询数据库' }]);
  expect(problems).toEqual([]);
});

test('a sentence of a list is no title', async () => {
  const operation = await only(
    `# 识别\n\n1. 构建\n2. 通过 http://localhost:8888/code 来识别\n\n**HTTP 方法：** \`POST\`\n\n**请求URL：** \`http://localhost:8888/code\`\n`,
  );
  expect(operation.summary).toBe('识别');
});

test('a list as the sample wins over members as the table', async () => {
  const operation = await only(
    '# 插入\n\n`POST /rows`\n\n**请求示例**：\n```json\n[{"country": ""}]\n```\n\n**请求参数**：\n\n| 参数名称 | in | 是否必须 | 数据类型 |\n|---|---|---|---|\n| rows | body | true | array |\n| country | body | false | string |\n',
  );
  expect(operation.body).toMatchObject({
    media: [{ schema: { type: 'array' }, examples: [[{ country: '' }]] }],
  });
});

test('what is sent and answered in one line each', async () => {
  const operation = await only(
    '### Register\n- **Method**: `POST /register`\n- **Body**: `{ "name": "Ann" }`\n- **Response**: `{ "ok": true }`\n',
  );
  expect(operation).toMatchObject({
    body: { media: [{ examples: [{ name: 'Ann' }] }] },
    responses: [{ status: '200', media: [{ examples: [{ ok: true }] }] }],
  });
});

test('placeholders in a query are no values', async () => {
  const operation = await only(
    "### Find\n\n`GET /find?to={address number/street}&id={id}`\n\n```shell\ncurl 'https://shop.test/find?offset=<OFFSET>'\n```\n",
  );
  expect(operation.parameters).toMatchObject([
    { name: 'to', examples: [] },
    { name: 'id', examples: [] },
    { name: 'offset', examples: [] },
  ]);
});

test('details of an endpoint are a part of it, not its title', async () => {
  const operation = await only(
    '## Register captains\n\n#### Endpoint Details\n- **URL:** `/captains`\n- **Method:** POST\n\n#### Sample Request Body\n```json\n{"email": "a@b.test"}\n```\n',
  );
  expect(operation).toMatchObject({
    summary: 'Register captains',
    body: { media: [{ examples: [{ email: 'a@b.test' }] }] },
  });
});
