import { describe, expect, test } from 'vitest';
import { keys, read } from '../markdown.fixture.ts';

const service = '## 商品\n\nGET /product/list\n';

describe('a base path that a sentence says is put before every path', () => {
  test.each([
    '所有接口均以 /api/mall 为前缀',
    '> 所有接口均以 `/api/mall` 为前缀，返回 JSON。',
    '- 说明：所有接口路径都以“/api/mall”开头。',
    '接口均以 `/api/mall` 开头',
    '以下接口统一以 /api/mall 作为统一前缀',
    '统一前缀 /api/mall',
    '统一前缀为 `/api/mall`，以下不再重复。',
    '所有接口的前缀都是 /api/mall。',
    '接口前缀 = /api/mall',
    '所有请求统一加上 `/api/mall` 前缀',
    '所有接口需要添加前缀 /api/mall',
    '返回 JSON，所有接口均以 /api/mall/ 为前缀',
    '| 项 | 说明 |\n|---|---|\n| 约定 | 所有接口均以 /api/mall 为前缀 |',
    'All endpoints are prefixed with /api/mall.',
    'All of the API routes start with `/api/mall`',
    'Note that every path is relative to /api/mall.',
    'The base path is /api/mall.',
    'The base path for all endpoints is `/api/mall`.',
    'All requests share the common prefix /api/mall',
  ])('%j', async (said) => {
    expect(await keys(`# 商城\n\n${said}\n\n${service}`)).toEqual(['GET /api/mall/product/list']);
  });

  test('but not before one that has it already', async () => {
    expect(
      await keys(
        `# 商城\n\n所有接口均以 /api/mall 为前缀\n\n${service}\n## 品牌\n\nGET /api/mall/brand\n\n## 分类\n\nGET https://h.test/api/mall/tree\n`,
      ),
    ).toEqual(['GET /api/mall/product/list', 'GET /api/mall/brand', 'GET /api/mall/tree']);
  });

  test.each([
    '除 `/health` 和 /ping 外，所有接口均以 /api 为前缀',
    '所有接口均以 /api 为前缀（除 /health、/ping 以外）',
    'All endpoints except /health and /ping are prefixed with /api',
  ])('nor before those that are excepted: %j', async (said) => {
    expect(await keys(`# 商城\n\n${said}\n\n## 活\n\nGET /health\n\n${service}`)).toEqual([
      'GET /health',
      'GET /api/product/list',
    ]);
  });

  test('as the address of the server when it is a whole one', async () => {
    const { operations } = await read(`# 商城\n\n所有接口均以 http://h.test/api 开头\n\n${service}`);
    expect(operations).toMatchObject([{ key: 'GET /product/list', servers: [{ url: 'http://h.test/api' }] }]);
  });

  test('of a chapter only there', async () => {
    expect(
      await keys(
        '# 商城\n\n## 管理端\n\n管理端接口均以 /admin 开头\n\n### 用户\n\nGET /users\n\n## 其他\n\nGET /home\n',
      ),
    ).toEqual(['GET /admin/users', 'GET /home']);
  });
});

describe('no base path is what is said', () => {
  test.each([
    '以 /admin 开头的接口需要管理员权限',
    '所有以 `/admin` 为前缀的接口都要登录',
    '管理接口均以 /admin 为前缀',
    '旧版接口均以 /v1 开头',
    '接口不再以 /api 开头',
    '公共接口均以 /public 开头',
    '静态资源的前缀为 /static',
    '接口以 /api 或 /v1 开头',
    'Routes that start with /admin need a role.',
    'All routes prefixed with /admin need a role.',
    'Admin endpoints are prefixed with /admin.',
    'The admin base path is /admin.',
  ])('%j', async (said) => {
    expect(await keys(`# 商城\n\n${said}\n\n${service}`)).toEqual(['GET /product/list']);
  });
});

describe('a base path that a sentence says behind the operations', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'is put before those of the document',
      '# 商城\n\n## GET /a\n\n## GET /b\n\n## 说明\n\n所有接口均以 /api 为前缀。\n',
      ['GET /api/a', 'GET /api/b'],
    ],
    [
      'in English',
      '# Shop\n\n## Users\n\n### GET /users\n\n## Notes\n\nAll endpoints are prefixed with /api.\n',
      ['GET /api/users'],
    ],
    [
      'holds for its chapter alone',
      '# 商城\n\n## 用户\n\n### GET /a\n\n## 订单\n\n### GET /b\n\n### 说明\n\n所有接口均以 /api 为前缀。\n',
      ['GET /a', 'GET /api/b'],
    ],
    [
      'is not put before what has it',
      '# 商城\n\n## GET /api/a\n\n## GET /b\n\n## 说明\n\n所有接口均以 /api 为前缀。\n',
      ['GET /api/a', 'GET /api/b'],
    ],
    [
      'or is said to have none',
      '# 商城\n\n## GET /health\n\n## GET /b\n\n## 说明\n\n除 /health 外，所有接口均以 /api 为前缀。\n',
      ['GET /health', 'GET /api/b'],
    ],
    [
      'is that of what it stands under, where that is no convention',
      '# 商城\n\n## GET /a\n\n## 后台\n\n所有接口均以 /admin 为前缀。\n\n### GET /b\n',
      ['GET /a', 'GET /admin/b'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await keys(text)).toEqual(expected);
  });
});

test('a base path is no address without a method', async () => {
  expect((await read(`# 商城\n\n所有接口均以 /api/mall 为前缀\n\n${service}`)).problems).toEqual([]);
});
