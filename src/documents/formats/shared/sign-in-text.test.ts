import { expect, it } from 'vitest';
import { signInScheme } from './sign-in-text.ts';

it.each<[text: string, place: string]>([
  ['所有接口须在请求头中携带 `X-Ticket`，值为登录返回的 ticket。', 'header X-Ticket'],
  ['登录后获取 token，放到请求头 X-Auth 中', 'header X-Auth'],
  ['请在 Header 中携带 token', 'header token'],
  ['将登录接口返回的 token 放在 satoken 请求头中', 'header satoken'],
  ['请求头：Authorization: Bearer {token}', 'header Authorization'],
  ['Pass the token in the `X-Auth` header of every request.', 'header X-Auth'],
  ['所有接口需在请求头携带 satoken。返回 code=200 表示成功。', 'header satoken'],
  ['登录后请求头加 `satoken: xxx`', 'header satoken'],
  ['Every call needs the header `satoken: <token>`.', 'header satoken'],
  ['登录后的会话通过 Cookie `sid` 传递', 'cookie sid'],
  ['鉴权：在 query 参数中带上 `access_token`', 'query access_token'],
  ['All requests need the query parameter "ticket" that signing in gives as a token.', 'query ticket'],
  ['请求头或 Cookie 中携带 `satoken`', 'header satoken'],
  ['Send the token in a header or cookie called `satoken`.', 'header satoken'],
])('%s', (text, place) => {
  const { in: where, parameterName } = signInScheme([text]) ?? { in: undefined };
  expect(`${where} ${parameterName}`).toBe(place);
});

it.each([
  '登录成功后响应头返回 token',
  '该接口无需在请求头中携带 token',
  'Send the token in a header.',
  '请求头须带 X-Tenant-Id 与 X-Auth 两个认证参数',
  '请求头中设置 Content-Type: application/json',
  '返回的 token 有效期两小时',
])('says nothing: %s', (text) => {
  expect(signInScheme([text])).toBeUndefined();
});

it('says nothing where two things are said', () => {
  expect(signInScheme(['请求头携带 `X-A`：登录 token', '请求头携带 `X-B`：登录 token'])).toBeUndefined();
});
