import { expect, test } from 'vitest';
import { read } from './markdown.fixture.ts';

const first = `# 用户

## 用户列表

GET /users

| 参数 | 位置 | 必填 | 示例 |
|---|---|---|---|
| tenantId | query | 是 | 42 |
| page | query | 否 | 1 |

## 新增地址

POST /users/{id}/addresses

请求体：

\`\`\`json
{ "city": "深圳" }
\`\`\`

`;

test.each([
  ['请求参数：同上', 'GET /addresses', ['city']],
  ['参数同用户列表。', 'GET /users/all', ['tenantId', 'page']],
  ['- 请求参数：同 `/users`', 'GET /users/all', ['tenantId', 'page']],
  ['请求参数同“用户列表”接口一致，可查询已删除的。', 'GET /users/all', ['tenantId', 'page']],
  ['其余同用户列表', 'GET /users/all', ['tenantId', 'page']],
  ['参数同没有的接口', 'GET /users/all', []],
  ['参数说明：同步时间以秒计', 'GET /users/all', []],
])('%s', async (says, call, names) => {
  const { operations } = await read(`${first}## 其他\n\n${call}\n\n${says}\n`);
  const found = operations.find(({ key }) => key === call)?.parameters.map(({ name }) => name);
  expect(found).toEqual(names[0] === 'city' ? [] : names);
});

test('a body is that of the other one, for what sends bodies', async () => {
  const { operations } = await read(
    `${first}## 修改地址\n\nPUT /users/{id}/addresses/{addressId}\n\n请求参数同新增地址。\n`,
  );
  expect(operations.at(-1)?.body?.media[0]?.examples).toEqual([{ city: '深圳' }]);
});
