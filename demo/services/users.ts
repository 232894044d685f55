import type { Clock } from '../../src/lib/time/clock.ts';
import type { Json, JsonObject, JsonSchema } from '../../src/model/json.ts';
import { isObject } from '../../src/model/json.ts';
import {
  count,
  dateTime,
  type DemoAnswer,
  type DemoOperation,
  type DemoParameter,
  list,
  oneOf,
  pageOf,
  record,
  ref,
  text,
} from '../operation.ts';
import { directory } from './directory.ts';
import { envelope, id, refuseUsers, role, success } from './user-rules.ts';
import { type TokenIssuer, tokenLifeMs } from '../tokens.ts';

export const demoAccount = { username: 'patrol', password: 'patrol-password-1' } as const;
export const demoClient = { id: 'patrol', secret: 'client-secret-1' } as const;

export const userSchemas: Readonly<Record<string, JsonSchema>> = {
  User: record({
    id,
    username: text,
    realName: text,
    'mobile?': { ...text, pattern: '^1\\d{2}\\*{4}\\d{4}$' },
    email: { ...text, format: 'email' },
    status: ref('UserStatus'),
    departmentId: id,
    createdAt: dateTime,
  }),
  UserStatus: oneOf('active', 'locked', 'left'),
  UserPage: record({ pageNo: count, pageSize: count, total: count, rows: list(ref('User')) }),
  Role: record({ code: oneOf('admin', 'operator', 'viewer'), name: text, permissions: list(text) }),
  Department: record({ id, name: text, 'children?': list(ref('Department')) }),
  AuditLog: record({ id, at: dateTime, operator: text, action: text, 'ip?': { ...text, format: 'ipv4' } }),
  Login: record({ username: text, password: text }),
  Token: record({ token: text, expiresIn: { type: 'integer', description: 'Seconds.' } }),
};

/** Users, roles, departments and signing in: envelopes, documented as Swagger 2.0. */
export function userOperations(clock: Clock, tokens: TokenIssuer): readonly DemoOperation[] {
  return [...signIn(tokens), ...users(clock), ...directory(clock)];
}

function signIn(tokens: TokenIssuer): readonly DemoOperation[] {
  const tag = 'auth';
  return [
    {
      id: 'login',
      method: 'POST',
      path: '/auth/login',
      summary: '登录',
      tag,
      secured: false,
      body: { schema: ref('Login'), example: { username: 'zhangsan', password: '******' } },
      answer: envelope(ref('Token')),
      handle: ({ body }) => {
        const right =
          isObject(body) &&
          body['username'] === demoAccount.username &&
          body['password'] === demoAccount.password;
        if (!right) return { status: 200, body: { code: 40001, message: '用户名或密码错误', data: null } };
        return success({ token: tokens.issue(), expiresIn: tokenLifeMs / 1000 });
      },
    },
    {
      id: 'logout',
      method: 'POST',
      path: '/auth/logout',
      summary: '退出登录',
      tag,
      secured: true,
      answer: envelope({}),
      handle: ({ headers }) => {
        tokens.revoke(String(headers['x-token']));
        return success(null);
      },
    },
    {
      id: 'oauthToken',
      method: 'POST',
      path: '/oauth/token',
      summary: 'OAuth2 token endpoint (client credentials)',
      tag,
      secured: false,
      answer: record({ access_token: text, token_type: text, expires_in: count }),
      handle: ({ body, headers }) => oauthToken(body, headers['authorization'], tokens),
    },
  ];
}

/** RFC 6749 §4.4; the client may stand in the Authorization header or in the form. */
function oauthToken(body: unknown, authorization: unknown, tokens: TokenIssuer): DemoAnswer {
  const form = isObject(body) ? body : {};
  if (form['grant_type'] !== 'client_credentials')
    return { status: 400, body: { error: 'unsupported_grant_type' } };
  const inForm = form['client_id'] === demoClient.id && form['client_secret'] === demoClient.secret;
  if (!inForm && !isDemoClient(authorization)) return { status: 401, body: { error: 'invalid_client' } };
  const body200 = { access_token: tokens.issue(), token_type: 'Bearer', expires_in: tokenLifeMs / 1000 };
  return { status: 200, body: body200, headers: { 'cache-control': 'no-store' } };
}

/** Both halves are form-encoded before they are joined (RFC 6749 §2.3.1). */
function isDemoClient(authorization: unknown): boolean {
  const encoded = /^Basic (.+)$/.exec(String(authorization))?.[1] ?? '';
  const [id, secret] = Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent);
  return id === demoClient.id && secret === demoClient.secret;
}

function users(clock: Clock): readonly DemoOperation[] {
  const all = Array.from({ length: 34 }, (_, index) => user(index, clock));
  const tag = 'users';
  const userId = { name: 'id', in: 'path', required: true, schema: id, example: 1001 } as const;
  const known = (wanted: string | undefined, data: (found: JsonObject) => Json) => {
    const found = all.find((one) => String(one.id) === wanted);
    return found === undefined ? refuseUsers(404, `用户 ${wanted} 不存在`) : success(data(found));
  };
  const paging: readonly DemoParameter[] = [
    { name: 'pageNo', in: 'query', schema: { type: 'integer', default: 1 }, description: '页码，从 1 开始' },
    {
      name: 'pageSize',
      in: 'query',
      schema: { type: 'integer', default: 20, maximum: 100 },
      description: '每页条数',
    },
  ];
  return [
    {
      id: 'pageUsers',
      method: 'GET',
      path: '/users',
      summary: '分页查询用户',
      tag,
      secured: true,
      parameters: [...paging, { name: 'keyword', in: 'query', schema: text, description: '姓名或用户名' }],
      answer: envelope(ref('UserPage')),
      handle: ({ query }) => {
        const rows = pageOf(all, query.get('pageNo'), query.get('pageSize'));
        return success({
          pageNo: Number(query.get('pageNo') ?? 1),
          pageSize: rows.length,
          total: all.length,
          rows,
        });
      },
    },
    {
      id: 'createUser',
      method: 'POST',
      path: '/users',
      summary: '新增用户',
      tag,
      secured: true,
      body: {
        schema: record({ username: text, realName: text }),
        example: { username: 'lisi', realName: '李四' },
      },
      answer: envelope(ref('User')),
      handle: () => success(user(100, clock)),
    },
    {
      id: 'currentUser',
      method: 'GET',
      path: '/users/me',
      summary: '当前登录用户',
      tag,
      secured: true,
      answer: envelope(ref('User')),
      handle: () => success(user(0, clock)),
    },
    {
      id: 'getUser',
      method: 'GET',
      path: '/users/{id}',
      summary: '用户详情',
      tag,
      secured: true,
      parameters: [userId],
      answer: envelope(ref('User')),
      others: { 404: '用户不存在' },
      handle: ({ path }) => known(path['id'], (found) => found),
    },
    {
      id: 'removeUser',
      method: 'DELETE',
      path: '/users/{id}',
      summary: '删除用户',
      tag,
      secured: true,
      parameters: [userId],
      answer: envelope({}),
      others: { 404: '用户不存在' },
      handle: ({ path }) => known(path['id'], () => null),
    },
    {
      id: 'userRoles',
      method: 'GET',
      path: '/users/{id}/roles',
      summary: '用户的角色',
      tag,
      secured: true,
      parameters: [userId],
      answer: envelope(list(ref('Role'))),
      others: { 404: '用户不存在' },
      handle: ({ path }) => known(path['id'], () => [role('viewer')]),
    },
    {
      id: 'userAvatar',
      method: 'GET',
      path: '/users/{id}/avatar',
      summary: '用户头像地址（已废弃，请用 /users/{id}）',
      tag,
      secured: true,
      deprecated: true,
      parameters: [userId],
      answer: envelope(record({ url: text })),
      handle: ({ path }) => known(path['id'], () => ({ url: 'https://static.example/a.png' })),
    },
  ];
}

function user(index: number, clock: Clock) {
  return {
    id: 1001 + index,
    username: `user${index + 1}`,
    realName: ['张三', '李四', '王五', '赵六'][index % 4] ?? '张三',
    mobile: `138****${String(1000 + index)}`,
    email: `user${index + 1}@example.com`,
    status: ['active', 'active', 'locked'][index % 3] ?? 'active',
    departmentId: 2,
    createdAt: new Date(clock.now() - index * 86_400_000).toISOString(),
  };
}
