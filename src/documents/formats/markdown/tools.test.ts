import { expect, test } from 'vitest';
import { read, only } from './markdown.fixture.ts';

/** The layouts in which converters and API clients write Markdown. */

test('a path as heading, its methods as headings below it', async () => {
  const { operations } = await read(`# Shop

### /pet/{petId}

#### GET
##### Summary

Find a pet

##### Parameters

| Name | Located in | Description | Required | Schema |
| ---- | ---------- | ----------- | -------- | ------ |
| petId | path | Its number | Yes | long |
| full | query | With photos | No | boolean |

##### Responses

| Code | Description | Schema |
| ---- | ----------- | ------ |
| 200 | successful operation | [Pet](#pet) |

#### DELETE
##### Summary

Remove a pet

### /pet

#### POST
##### Summary

Add a pet
`);
  expect(operations.map(({ key, summary }) => [key, summary])).toEqual([
    ['GET /pet/{petId}', 'Find a pet'],
    ['DELETE /pet/{petId}', 'Remove a pet'],
    ['POST /pet', 'Add a pet'],
  ]);
  expect(operations[0]?.parameters.map(({ name, in: place, required }) => [name, place, required])).toEqual([
    ['petId', 'path', true],
    ['full', 'query', false],
  ]);
});

test('a method as heading, the URL alone in a block of code', async () => {
  const operation = await only(
    '# 📁 Collection: Auth\n\n## End-point: Register\n### Method: POST\n>```\n>{{API}}/users\n>```\n### Body (**raw**)\n\n```json\n{"user":{"email":"a@b.test"}}\n```\n',
  );
  expect(operation).toMatchObject({
    key: 'POST /users',
    summary: 'Register',
    body: { media: [{ examples: [{ user: { email: 'a@b.test' } }] }] },
  });
});

test('servers in a list, answers below a heading for their status', async () => {
  const operation = await only(`# Museum

## Servers

- **URL:** \`https://museum.test/api/\`

## Operations

### Get museum hours

- **Method:** \`GET\`
- **Path:** \`/museum-hours\`

#### Responses

##### Status: 200 Success.

###### Content-Type: application/json

**Example:**

\`\`\`json
[{ "date": "2024-12-31" }]
\`\`\`

##### Status: 404 Not found.

###### Content-Type: application/problem+json

**Example:**

\`\`\`json
{ "title": "Not found" }
\`\`\`
`);
  expect(operation).toMatchObject({
    key: 'GET /museum-hours',
    servers: [{ url: 'https://museum.test/api' }],
    responses: [{ status: '200', media: [{ examples: [[{ date: '2024-12-31' }]] }] }],
  });
  expect(operation.responses).toHaveLength(1);
});

test('parameters, bodies and answers as TypeScript', async () => {
  const operation = await only(`### [PUT]/events/{eventId}

- Summary  
Change an event

#### Parameters(Query)

\`\`\`typescript
dry_run?: boolean
\`\`\`

\`\`\`typescript
page?: integer //default: 1
\`\`\`

#### RequestBody

- application/json

\`\`\`typescript
{
  // Its name
  name: string
  place?: {
    city?: string
  }
  tags: {
    id?: integer
  }[]
  status?: enum[open, closed]
}
\`\`\`

#### Responses

- 200 Changed.

\`application/json\`

\`\`\`typescript
{
  id: string
}
\`\`\`

- Examples

\`\`\`json
{ "summary": "changed", "value": { "id": "e1" } }
\`\`\`
`);
  expect(operation.parameters.map(({ name, in: place, required }) => [name, place, required])).toEqual([
    ['eventId', 'path', true],
    ['dry_run', 'query', false],
    ['page', 'query', false],
  ]);
  expect(operation.parameters[2]?.schema).toEqual({ type: 'integer', default: 1 });
  expect(operation.body?.media[0]?.schema).toEqual({
    type: 'object',
    properties: {
      name: { type: 'string' },
      place: { type: 'object', properties: { city: { type: 'string' } } },
      tags: { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } },
      status: { type: 'string' },
    },
    required: ['name', 'tags'],
  });
  expect(operation.responses).toMatchObject([{ status: '200', media: [{ examples: [{ id: 'e1' }] }] }]);
});

test('TypeScript that is a program describes nothing', async () => {
  const operation = await only(
    '## GET /a\n\n### Parameters\n\n```typescript\nconst options = {\n  page: 1,\n}\n```\n',
  );
  expect(operation.parameters).toEqual([]);
});

test('a title with the folders that it is in does not become part of the path', async () => {
  const operation = await only(
    '## /devices/进出记录查询\n\n#### 接口URL\n> /api/record/page\n\n#### 请求方式\n> GET\n',
  );
  expect(operation).toMatchObject({ key: 'GET /api/record/page', summary: '/devices/进出记录查询' });
});

test('the kind of the parameters may stand behind their label', async () => {
  const operation = await only(
    '### 登录\n\n#### 请求URL:\n```\n/user/login\n```\n\n#### 请求方式:\n```\nPOST\n```\n\n#### 参数类型：query\n\n|参数|是否必选|类型|\n|--|--|--|\n|username|Y|string|\n',
  );
  expect(operation.parameters).toMatchObject([{ name: 'username', in: 'query', required: true }]);
});

test('method and path in brackets, the title behind them', async () => {
  const { operations } = await read(
    '## 交易\n\n[1.1 GET /api/order] 下单\n\n###### 请求说明\n\n[1.2 GET /api/cancel] 撤单\n\n###### 请求说明\n',
  );
  expect(operations.map((operation) => operation.key)).toEqual(['GET /api/order', 'GET /api/cancel']);
});
