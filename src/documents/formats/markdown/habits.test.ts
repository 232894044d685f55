import { describe, expect, test } from 'vitest';
import { read, keys, only } from './markdown.fixture.ts';

/** Ways of writing interfaces down that are seen again and again; each test is one of them. */

describe('paths', () => {
  test.each([
    ['words in brackets', 'GET /containers/(id or name)/json', 'GET /containers/{id_or_name}/json'],
    ['a name in brackets', 'DELETE /images/(name)', 'DELETE /images/{name}'],
    ['a colon within braces', 'GET /children/{:child_id}/audio', 'GET /children/{child_id}/audio'],
  ])('%s are a parameter', async (_, written, key) => {
    expect(await keys(`## Call\n\n\`${written}\`\n\nText.\n`)).toEqual([key]);
  });

  test('`/...` stands for any path and is no operation', async () => {
    expect(await keys('## Format\n\n```http\nGET /... HTTP/1.1\n```\n')).toEqual([]);
  });

  test('a segment that is the name of a documented parameter is that parameter', async () => {
    const operation = await only(`# 查询索引

## 请求语法

\`\`\`
GET /stores/storeName/index HTTP/1.1
\`\`\`

## 请求参数

| 名称 | 类型 | 是否必填 | 示例值 |
|---|---|---|---|
| storeName | String | 是 | store-4 |
| offset | Integer | 否 | 0 |
`);
    expect(operation).toMatchObject({
      key: 'GET /stores/{storeName}/index',
      summary: '查询索引',
      parameters: [
        { name: 'storeName', in: 'path', examples: ['store-4'] },
        { name: 'offset', in: 'query', required: false },
      ],
    });
  });

  test('the name of an operation is no parameter, although one is called the same', async () => {
    expect(
      await keys(
        '## 发送\n\n`POST /sms/sendCode`\n\n### 参数\n\n| 参数名 | 类型 |\n|---|---|\n| sendCode | object |\n',
      ),
    ).toEqual(['POST /sms/sendCode']);
  });
});

describe('methods', () => {
  test('a path whose call is shown as a URL has no method for that', async () => {
    const document = await read(
      '## 喜欢音乐\n\n**接口地址 :** `/like`\n\n**调用例子 :** `/like?id=347230`\n',
    );
    expect(document.operations).toEqual([]);
    expect(document.problems.map((problem) => problem.code)).toEqual(['method-missing']);
  });

  test('a path without a method and without a call is none', async () => {
    const document = await read('## 搜索\n\n**接口地址：** `/search`\n\n**请求参数：** 无\n');
    expect(document.operations).toEqual([]);
    expect(document.problems.map((problem) => problem.code)).toEqual(['method-missing']);
  });

  test('the method that all have is said once', async () => {
    expect(
      await keys(
        '# 接口\n\n所有接口均使用 POST 请求，编码 UTF-8。\n\n## 登录\n\n请求地址：/login\n\n## 列表\n\n请求地址：/list\n',
      ),
    ).toEqual(['POST /login', 'POST /list']);
  });
});

describe('layouts', () => {
  test('items of a list go on after an example', async () => {
    expect(
      await keys(`## API Endpoints

1. **GET /categories**
   All categories.

2. **POST /order**
   Places an order.

   Example Request Body:

   \`\`\`json
   { "foodIds": ["f1"] }
   \`\`\`

3. **POST /reservations**
   Creates a reservation.
`),
    ).toEqual(['GET /categories', 'POST /order', 'POST /reservations']);
  });

  test('lines below "API Endpoints" have titles of their own', async () => {
    const { operations } = await read(
      '## Configuration\n\nText.\n\n## API Endpoints\n\n- `GET /health` - Health check\n- `GET /servers/:name` - One server\n',
    );
    expect(operations.map(({ key, summary, tags }) => ({ key, summary, tags }))).toEqual([
      { key: 'GET /health', summary: 'Health check', tags: ['API Endpoints'] },
      { key: 'GET /servers/{name}', summary: 'One server', tags: ['API Endpoints'] },
    ]);
  });

  test('headings may be items of a list, with everything below them indented', async () => {
    expect(
      await keys(
        '* ### Audio of a video\n\n\t* **Type:** `GET`\n\t* **Location:** `/api/v1/audio`\n\n\tExample -\n\t```json\n\t{"a": 1}\n\t```\n\n* ### Search\n\n\t* **Type**: `GET`\n\t* **Location**: `/api/v1/search`\n',
      ),
    ).toEqual(['GET /api/v1/audio', 'GET /api/v1/search']);
  });

  test('a column called 路由地址 holds paths without a slash in front', async () => {
    expect(
      await keys(
        '### 注册\n\n| 路由地址 | 请求方式 |\n| --- | --- |\n| api/auth/register | POST |\n\n#### 请求报文\n',
      ),
    ).toEqual(['POST /api/auth/register']);
  });

  test('a title that names a kind of parameter is a title when URL and method follow', async () => {
    const { operations } = await read(
      '# 分组\n\n## get请求测试query参数\n**URL:** `/query`\n\n**Type:** `GET`\n\n## 其他\n**URL:** `/other`\n\n**Type:** `PUT`\n',
    );
    expect(operations.map(({ key, summary }) => [key, summary])).toEqual([
      ['GET /query', 'get请求测试query参数'],
      ['PUT /other', '其他'],
    ]);
  });

  test('without a heading the description is the title', async () => {
    const document = await read(
      '**简要描述：** \n\n- 用户登录接口\n\n**请求URL：** \n- ` /api/login `\n\n**请求方式：**\n- POST \n\n **返回示例**\n\n```\n{"code": 0}\n```\n',
    );
    expect(document.title).toBe('用户登录接口');
    expect(document.operations).toMatchObject([{ key: 'POST /api/login', summary: '用户登录接口' }]);
  });

  test('a list that stands above another heading gives no title', async () => {
    const { operations } = await read(
      '### Resize\n\n`POST /resize`\n\n**Status codes**:\n\n-   **200** – no error\n-   **500** – cannot resize\n\n### Start a container\n\n`POST /start`\n\nText.\n',
    );
    expect(operations.map((operation) => operation.summary)).toEqual(['Resize', 'Start a container']);
  });

  test('an answer nobody fenced may begin with a space', async () => {
    const operation = await only(
      '### 收藏\n\n接口地址：/favorites\n\n请求方式:GET\n\n返回值示例：\n {\n    "code": 0,\n    "data": [1]\n}\n',
    );
    expect(operation.responses).toMatchObject([{ media: [{ examples: [{ code: 0, data: [1] }] }] }]);
  });

  test('fields inside of others are drawn with lines', async () => {
    const operation = await only(
      '## 记录\n\n`GET /records`\n\n**Response-fields:**\n\n| Field | Type |\n|---|---|\n|data|array|\n|└─userName|string|\n',
    );
    expect(operation.responses[0]?.media[0]?.schema).toMatchObject({
      properties: { data: { items: { properties: { userName: { type: ['string', 'null'] } } } } },
    });
  });

  test('name and type may share a code span', async () => {
    const operation = await only('## 提案\n\n`GET /proposals`\n\n### 返回值\n\n- `code int64 `: 0 为成功\n');
    expect(operation.responses[0]?.media[0]?.schema).toMatchObject({
      properties: { code: { type: ['integer', 'null'] } },
    });
  });
});

test('an example below an answer is one of the answer', async () => {
  const operation = await only(
    '# Get task\n\n**URL** : `/tasks/:id`\n\n**Method** : `GET`\n\n## Success Response\n\n**Code** : `200 OK`\n\n**Content example**\n\n```json\n{ "done": true }\n```\n\n## Error Response\n\n**Code** : `404 NOT FOUND`\n\n**Content example**\n\n```json\n{ "error": "x" }\n```\n',
  );
  expect(operation.responses).toMatchObject([{ status: '200', media: [{ examples: [{ done: true }] }] }]);
  expect(operation.responses).toHaveLength(1);
});

describe('GitBook', () => {
  test('blocks of the first generation', async () => {
    const operation = await only(`# Events

{% api-method method="get" host="https://api.acme.test" path="/events/:id" %}
{% api-method-summary %}
Get an event
{% endapi-method-summary %}
{% api-method-spec %}
{% api-method-request %}
{% api-method-path-parameters %}
{% api-method-parameter name="id" type="string" required=false %}
Its number
{% endapi-method-parameter %}
{% endapi-method-path-parameters %}
{% api-method-query-parameters %}
{% api-method-parameter name="dev\\_key" type="string" required=true %}
{% endapi-method-parameter %}
{% endapi-method-query-parameters %}
{% endapi-method-request %}
{% api-method-response %}
{% api-method-response-example httpCode=200 %}
\`\`\`javascript
{ "id": 11 }
\`\`\`
{% endapi-method-response-example %}
{% api-method-response-example httpCode=404 %}
\`\`\`javascript
{ "error": "none" }
\`\`\`
{% endapi-method-response-example %}
{% endapi-method-response %}
{% endapi-method-spec %}
{% endapi-method %}
`);
    expect(operation).toMatchObject({
      key: 'GET /events/{id}',
      summary: 'Get an event',
      servers: [{ url: 'https://api.acme.test' }],
      parameters: [
        { name: 'id', in: 'path' },
        { name: 'dev_key', in: 'query', required: true },
      ],
      responses: [{ status: '200', media: [{ examples: [{ id: 11 }] }] }],
    });
  });

  test('blocks of the second generation', async () => {
    const operation = await only(`# Pets

{% swagger baseUrl="https://api.acme.test/v1" method="post" path="/pet" summary="Create pet" %}
{% swagger-parameter in="body" name="name" required="true" type="string" %}
Its name
{% endswagger-parameter %}
{% swagger-parameter in="query" name="owner" required="false" type="integer" %}
{% endswagger-parameter %}
{% swagger-response status="200" description="Created" %}
\`\`\`javascript
{ "name": "Wilson" }
\`\`\`
{% endswagger-response %}
{% endswagger %}
`);
    expect(operation).toMatchObject({
      key: 'POST /v1/pet',
      summary: 'Create pet',
      parameters: [{ name: 'owner', in: 'query', required: false }],
      body: { media: [{ schema: { properties: { name: { type: 'string' } }, required: ['name'] } }] },
      responses: [{ status: '200', media: [{ examples: [{ name: 'Wilson' }] }] }],
    });
  });
});

describe('commands of curl', () => {
  test('have the heading above them as title, unless a comment stands there', async () => {
    const { operations } = await read(
      '## Creating hosts\n\n```bash\ncurl -X PUT https://h.test/hosts/a\n```\n\n```bash\n# all of them\ncurl https://h.test/hosts\n```\n',
    );
    expect(operations.map((operation) => operation.summary)).toEqual(['Creating hosts', 'all of them']);
  });

  test.each([
    'curl -sSL https://h.test/commit/a51f.patch | git am',
    'curl -fsSL https://h.test/linux/gpg | sudo apt-key add -',
    'curl -O https://h.test/tool',
    'curl -L https://h.test/tool -o /usr/local/bin/tool',
  ])('`%s` fetches a file', async (command) => {
    expect(await keys(`## Install\n\n\`\`\`sh\n${command}\n\`\`\`\n`)).toEqual([]);
  });

  test.each([
    'curl https://h.test/a | jq .',
    'curl https://h.test/a -o /dev/null',
    'curl https://h.test/a | python -m json.tool',
  ])('`%s` is a call', async (command) => {
    expect(await keys(`## Try\n\n\`\`\`sh\n${command}\n\`\`\`\n`)).toEqual(['GET /a']);
  });
});

describe('several commands below one heading', () => {
  const command = (path: string) => `\`\`\`bash\ncurl 'http://iot.internal/rest/${path}'\n\`\`\`\n`;

  test('have the line above each for its title', async () => {
    const { operations } = await read(
      `# 设备平台\n\n列出设备\n\n${command('device')}\n设备详情：\n${command('device/SN001')}\n例如\n\n${command('alarm')}`,
    );
    expect(operations.map(({ path, summary }) => [path, summary])).toEqual([
      ['/rest/device', '列出设备'],
      [expect.stringMatching(/^\/rest\/device\/./), '设备详情'],
      ['/rest/alarm', '设备平台'],
    ]);
  });

  test('have the heading where a sentence or a label stands above, and one of its own where it is alone', async () => {
    const { operations } = await read(
      `# 平台\n\n请求示例\n\n${command('a')}\n先登录，再调用。\n\n${command('b')}\n## 查询告警\n\n发给网关\n\n${command('c')}`,
    );
    expect(operations.map(({ path, summary }) => [path, summary])).toEqual([
      ['/rest/a', '平台'],
      ['/rest/b', '平台'],
      ['/rest/c', '查询告警'],
    ]);
  });
});

describe('what is no operation', () => {
  test.each([
    [
      'a program that is installed with others',
      '## 安装\n\n```sh\napt-get install -y \\\n  curl \\\n  gnupg-agent \\\n  wget\n```\n\nText.\n',
    ],
    [
      'a changelog',
      '# Engine API version history\n\n## v1.41 API changes\n\n* `GET /events` now returns `prune` events.\n',
    ],
    ['a record of changes', '# 接口\n\n## 变更记录\n\n- `GET /orders` 新增参数 page\n'],
    [
      'the settings of something else',
      '### Add a data source\n\n- **URL:** `http://<camera-ip>:8080`\n- **HTTP Method:** GET\n',
    ],
  ])('%s', async (_, text) => {
    expect(await keys(text)).toEqual([]);
  });

  test('but an operation that lists changes is one', async () => {
    expect(await keys('### 查询变更记录\n\n`GET /changes`\n\nText.\n')).toEqual(['GET /changes']);
  });
});

describe('what an editor or an office leaves behind', () => {
  test.each([
    ['[TOC]\n\n# 接口\n\n## 登录\n\nGET /me\n', ['GET /me']],
    ['[[_TOC_]]\n\n## 登录\n\nGET /me\n', ['GET /me']],
    [
      '## 品牌\n\n##### 请求URL:\n\nhtttp://localhost:5000/brands\n\n##### 请求方式:\n\nGET\n',
      ['GET /brands'],
    ],
    [
      '一、约定\n1.1 统一响应格式\n代码块\n{ "code": 200 }\n三、认证\n3.1 登录\n代码块\nPOST /auth/login\n3.2 我\nGET /auth/me\n',
      ['GET /auth/me', 'POST /auth/login'],
    ],
    [
      '//二维码\nGET /qr\n{}\n\n//资料\nGET | POST /profile/\n\n//订单\nGET /order/[?id=1]\n[]\n',
      ['GET /qr', 'GET /profile/', 'GET /order/', 'POST /profile/'],
    ],
    ['## 登录\n- url:/login\n- post:{name:String}\n- respond: {}\n', ['POST /login']],
  ])('%j is read', async (text, expected) => {
    expect([...(await keys(text))].toSorted()).toEqual([...expected].toSorted());
  });
});

describe('a base path of a section', () => {
  test('is that of its table, also of rows that are a method alone', async () => {
    const text = `# 文档

基础路径：/api

## 报告

- **路径前缀**：\`/api/trips/{id}/reports\`

| 操作 | 方法 |
|---|---|
| 上传 | POST |
| 列出 | GET |
| 获取 | GET \`/{reportId}\` |
| 下载 | GET \`/{reportId}/file\` |
`;
    expect(await keys(text)).toEqual([
      'POST /api/trips/{id}/reports',
      'GET /api/trips/{id}/reports',
      'GET /api/trips/{id}/reports/{reportId}',
      'GET /api/trips/{id}/reports/{reportId}/file',
    ]);
  });

  test('below which nothing is read is told', async () => {
    const text =
      '## 日程\n\n- **路径前缀**：`/trips/itinerary`\n- **操作**：POST 创建、GET 过滤\n\n## 其他\n\nGET /x\n';
    const { problems } = await read(text);
    expect(problems.map(({ message }) => message)).toEqual([
      '1 address without a method: /trips/itinerary (line 3)',
    ]);
  });
});

test('a fence that closes behind the last line of its code swallows no section', async () => {
  const text =
    '## 一\n\nGET /a\n\n```curl\ncurl "http://h.test/a"```\n\n- 错误码：401\n\n## 二\n\nGET /b\n\n```json\n{}\n```\n';
  expect(await keys(text)).toEqual(['GET /a', 'GET /b']);
});

describe('several calls in a line', () => {
  test('behind a label are all operations', async () => {
    expect(await keys('## 检索\n\n- **路径**：`POST /search`、`GET /search`\n')).toEqual([
      'POST /search',
      'GET /search',
    ]);
  });

  test('in a list of code are all operations, by each of their methods', async () => {
    expect(await keys('## 列表\n\n```\nGET    /files  文件\nGET/POST /ai/{route} 交互\n```\n')).toEqual([
      'GET /files',
      'GET /ai/{route}',
      'POST /ai/{route}',
    ]);
  });
});

test('calls in the notes of a program, a plan or a table are told, words and types are not', async () => {
  const text = `# 计划

GET /known

\`\`\`
- GET /stations/:id — 详情
A. POST /auth/register
├── auth.ts   # POST /auth/login
\`\`\`

\`\`\`js
// GET /health
fetch('/other');
\`\`\`

| 项 | 说明 |
|---|---|
| 协议 | 从 \`GET /protocols\` 加载 |
| 颜色 | 蓝 |
| 大小 | 10 |

| HTTP 请求 | 类型 |
|---|---|
| Axios | str/int |
`;
  const { problems } = await read(text);
  expect(problems.map(({ message }) => message)).toEqual([
    '5 calls only in a sentence or an example: GET /stations/:id (line 6), POST /auth/register (line 7), POST /auth/login (line 8), GET /health (line 12), GET /protocols (line 18)',
  ]);
});

describe('as small teams write', () => {
  test('a method and a path are items of a list', async () => {
    expect(
      await keys(`### 1.首页

- GET
- /v1/index
- 参数

\`\`\`
open_id: 用户
\`\`\`

### 2.浏览

- POST
- /v1/history
`),
    ).toEqual(['GET /v1/index', 'POST /v1/history']);
  });

  test('a column holds method and name, another one the path', async () => {
    expect(
      await keys(`| 接口位置 | 接口名称 | 映射地址 |
|---|---|---|
| SearchController | GET:simpleSearch | /search/simple |
| LoginController | POST:adminLogin | /login/admin |
`),
    ).toEqual(['GET /search/simple', 'POST /login/admin']);
  });

  test('the address with a value, in the section of its template, is a call of that', async () => {
    expect(
      await keys(`### 查询策略 \`GET /policies/{id}\`

**请求**

\`GET /policies/123\`

### 停用策略 \`POST /tenants/{tenantId}/policies:stop\`

\`POST /tenants/tenant_001/policies:stop\`
`),
    ).toEqual(['GET /policies/{id}', 'POST /tenants/{tenantId}/policies:stop']);
  });

  test('`http: post` names the method, `…/` stands for the host', async () => {
    expect(
      await keys(`## 图表
1. url:.../chart.php
2. http: post
3. 请求参数：
`),
    ).toEqual(['POST /chart.php']);
  });

  test('a path in the heading is not put before an address that has it already', async () => {
    expect(
      await keys(`## 用户 /user

| 方法 | 路径 |
|---|---|
| GET | /api/v1/user/profile |
| GET | /list |
`),
    ).toEqual(['GET /api/v1/user/profile', 'GET /user/list']);
  });

  test.each([
    [
      'an item without a method among others',
      '## 短链\n\n- `GET /link/page` 分页\n- `/url/title` 标题\n',
      '/url/title (line 4)',
    ],
    ['where a browser is led to', '## 支付\n\n```\n重定向 /pay/create\n```\n', '/pay/create (line 4)'],
    [
      'an address below its label',
      '> 登录\n\n接口地址\n\nhttp://localhost:6060/api/login\n\n参数\n',
      'http://localhost:6060/api/login (line 5)',
    ],
  ])('%s is counted', async (_, text, listed) => {
    const { problems } = await read(text);
    expect(problems.map(({ message }) => message)).toContainEqual(`1 address without a method: ${listed}`);
  });

  test('a sentence in a table that mentions a call is none', async () => {
    const { operations, problems } = await read(
      '## 流程\n\n| 步骤 | 说明 |\n|---|---|\n| 1 | 前端会调用 GET /seven/e 取得数据再显示 |\n',
    );
    expect(operations).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual([
      '1 call only in a sentence or an example: GET /seven/e (line 5)',
    ]);
  });
});

describe('methods', () => {
  test('in bold below their label', async () => {
    expect(
      await keys(
        '### 短信\n\n#### 2. 请求地址\n\n`user/sms/send`\n\n#### 3. 请求方式\n\n**POST**\n\n#### 4. 请求参数\n',
      ),
    ).toEqual(['POST /user/sms/send']);
  });

  test('in front of the title, the path behind it', async () => {
    const operation = await only('## 用户\n\n### GET 用户名查重 /api/user/checkName\n\n说明\n');
    expect(operation).toMatchObject({
      key: 'GET /api/user/checkName',
      summary: expect.stringContaining('用户名查重'),
    });
  });

  test('that it ought to have it has not', async () => {
    expect(await keys('### 删除\n\n- url: `/seal.delete`\n- method: `get` *应该替换为delete方式*\n')).toEqual(
      ['GET /seal.delete'],
    );
  });

  test('an address relative to the page is counted', async () => {
    const { problems } = await read('## 登录\n\n请求URL：./php/login.php\n\n### 说明\n\n`GET` 见下\n');
    expect(problems.map(({ message }) => message)).toEqual([
      '1 address without a method: /php/login.php (line 3)',
    ]);
  });
});
