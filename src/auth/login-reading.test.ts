import { describe, expect, it } from 'vitest';
import { readLogin } from './login-reading.ts';

const json = (value: unknown, headers: Readonly<Record<string, string>> = {}) => ({
  status: 200,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwIn0.c2ln';

describe('the answer of a login', () => {
  it.each<[string, unknown, object]>([
    [
      'an envelope with the token in its data',
      { code: 200, msg: 'ok', data: { token: 'abcdefgh', refreshToken: 'zzzzzzzz' } },
      { token: '$.data.token', success: '$.code == 200' },
    ],
    [
      'the name of OAuth before another',
      { token: 'abcdefgh', access_token: 'ijklmnop', expires_in: 7200 },
      { token: '$.access_token', expiresIn: '$.expires_in' },
    ],
    [
      'how long it is good',
      { code: 200, data: { accessToken: jwt, expiresIn: '120' } },
      { token: '$.data.accessToken', success: '$.code == 200', expiresIn: '$.data.expiresIn' },
    ],
    [
      'no moment in time, and no other unit, as its life',
      { token: 'abcdefgh', expiresIn: 7_200_000, expireTime: 1_796_000_000, ttl: -1 },
      { token: '$.token' },
    ],
    [
      'a flag',
      { success: true, result: { accessToken: jwt } },
      { token: '$.result.accessToken', success: '$.success == true' },
    ],
    [
      'a code that is a text',
      { code: '00000', data: { jwt } },
      { token: '$.data.jwt', success: '$.code == "00000"' },
    ],
    [
      'a token of another name',
      { code: 0, data: { credentials: jwt } },
      { token: '$.data.credentials', success: '$.code == 0' },
    ],
    ['data that is the token itself', { code: 0, data: jwt }, { token: '$.data', success: '$.code == 0' }],
    [
      'the same without a form',
      { code: 0, data: '3f2a9c1e7b604d5d' },
      { token: '$.data', success: '$.code == 0' },
    ],
    ['a prefix', { data: { token: `Bearer ${jwt}` } }, { token: '$.data.token', isPrefixed: true }],
    [
      'a short one by its name',
      { code: 0, data: { accessToken: 'tok-3', id: 'u1' } },
      { token: '$.data.accessToken', success: '$.code == 0' },
    ],
    ['none that is empty', { token: '' }, {}],
    ['a name with a dash', { 'user-info': { token: 'abcdefgh' } }, { token: '$["user-info"].token' }],
    ['nothing but a refresh token', { refresh: jwt }, {}],
    ['no token at all', { code: 200, msg: 'ok', data: { id: 7 } }, { success: '$.code == 200' }],
    ['a refusal', { code: 401, msg: 'wrong password', data: null }, {}],
  ])('shows %s', (_, body, reading) => {
    const { shown: _shown, ...rest } = readLogin(json(body));
    expect(rest).toEqual(reading);
  });

  it('may have the token in a header', () => {
    expect(readLogin(json({ code: 0 }, { 'x-auth-token': 'abcdefgh' }))).toMatchObject({
      token: { header: 'x-auth-token' },
      success: '$.code == 0',
    });
    expect(readLogin(json({}, { authorization: `Bearer ${jwt}` }))).toMatchObject({
      token: { header: 'authorization' },
      isPrefixed: true,
    });
  });

  it('is shown with its words and codes, and with nothing that may be secret', () => {
    const { shown } = readLogin(
      json({
        code: 200,
        message: '登录成功',
        data: { token: 'abcdefgh', id: 7, roles: ['a', 'b'], none: null },
      }),
    );
    expect(JSON.parse(shown)).toEqual({
      code: 200,
      message: '登录成功',
      data: { token: '***', id: '***', roles: ['***'], none: null },
    });
    const echo = readLogin(json({ msg: `signed in with ${jwt}`, code: 'AbCdEfGhIjKlMnOpQrStUvWxYz' }));
    expect(JSON.parse(echo.shown)).toEqual({ msg: '***', code: '***' });
  });

  it('that is a page is told by what it is', () => {
    const page = {
      status: 200,
      headers: { 'content-type': 'text/html', 'set-cookie': ['SESSION=abc; Path=/'] },
      body: '<html>',
    };
    expect(readLogin(page)).toEqual({ shown: 'HTTP 200\nset-cookie: SESSION=***\ntext/html (6 B)' });
  });
});
