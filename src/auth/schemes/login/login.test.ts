import { inEnglish } from '../../../messages/in-language.ts';
import { afterEach, describe, expect, it } from 'vitest';
import {
  credential,
  harness,
  type Received,
  type Reply,
  startServer,
} from '../../../../test/support/auth-harness.ts';
import { Secret } from '../../../lib/secrets/secret.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A system with a login at /login, and a credential for it. */
async function system(written: object, answer: (request: Received) => Reply | Promise<Reply>) {
  const server = await startServer(answer);
  const one = credential('c', 'login', { url: `${server.url}/login`, ...written });
  const test = harness([one]);
  closers.push(server.close, test.close);
  return { ...test, server, credential: one };
}

const loggedIn = (more: object = {}) => ({ body: { code: 0, data: { token: 'tok-1', ...more } } });
const basics = { json: { username: 'patrol', password: 'p4ssw0rd!' }, token: '$.data.token' };

describe('a login request', () => {
  it('sends JSON and puts the token where the checks need it', async () => {
    const { sign, server } = await system(basics, () => loggedIn());
    expect(await sign('c')).toMatchObject({
      ok: true,
      request: { headers: { authorization: 'Bearer tok-1' } },
    });
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        body: '{"username":"patrol","password":"p4ssw0rd!"}',
        headers: { 'content-type': 'application/json', accept: 'application/json, */*;q=0.5' },
      },
    ]);
  });

  it.each([
    ['its document says, when the settings do not', {}, { 'x-access-token': 'tok-1' }],
    ['the settings say', { send: { name: 'X-Token' } }, { 'x-token': 'tok-1' }],
    [
      'the usual place is, once that is written',
      { send: { prefix: 'Bearer ' } },
      { authorization: 'Bearer tok-1' },
    ],
  ])('puts the token where %s', async (_, written, headers) => {
    const { sign } = await system({ ...basics, ...written }, () => loggedIn());
    const signed = await sign('c', { tokenHeader: 'X-Access-Token' });
    expect(
      signed.ok && Object.entries(signed.request.headers).filter(([, value]) => value.includes('tok-1')),
    ).toEqual(Object.entries(headers));
  });

  it('sends a form', async () => {
    const { sign, server } = await system(
      { form: { user: 'ä b', password: 'x&y' }, token: '$.data.token' },
      () => loggedIn(),
    );
    await sign('c');
    expect(server.requests).toMatchObject([
      {
        body: 'user=%C3%A4+b&password=x%26y',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    ]);
  });

  it('sends any other body, method and headers as they are written', async () => {
    const { sign, server } = await system(
      {
        method: 'PUT',
        body: '<login/>',
        headers: { 'Content-Type': 'text/xml', 'X-Token': 'abc' },
        token: '$.data.token',
        send: { in: 'cookie', name: 'session' },
      },
      () => loggedIn(),
    );
    expect(await sign('c')).toMatchObject({ request: { headers: { cookie: 'session=tok-1' } } });
    expect(server.requests).toMatchObject([
      { method: 'PUT', body: '<login/>', headers: { 'content-type': 'text/xml', 'x-token': 'abc' } },
    ]);
  });

  it('keeps the secrets of its body out of sight', async () => {
    const { credential: one } = await system(basics, () => loggedIn());
    expect((one.options as { json: { password: Secret } }).json.password).toBeInstanceOf(Secret);
    expect(JSON.stringify(one)).not.toContain('p4ssw0rd!');
  });

  it.each<[string, object, object, number | undefined]>([
    ['a field in seconds', { expiresIn: '$.data.life' }, { life: 7200 }, 7_200_000],
    ['a field in seconds, as text', { expiresIn: '$.data.life' }, { life: '7200' }, 7_200_000],
    ['a field in another unit', { expiresIn: '$.data.life', expiresInUnit: 'm' }, { life: 30 }, 1_800_000],
    ['a moment in epoch ms', { expiresAt: '$.data.end' }, { end: Date.UTC(2026, 0, 1, 2) }, 7_200_000],
    [
      'a moment in epoch seconds',
      { expiresAt: '$.data.end' },
      { end: Date.UTC(2026, 0, 1, 2) / 1000 },
      7_200_000,
    ],
    ['a date', { expiresAt: '$.data.end' }, { end: '2026-01-01T10:00:00+08:00' }, 7_200_000],
    ['a fixed life', { ttl: '1h' }, {}, 3_600_000],
    ['a fixed life when the field is missing', { ttl: '1h', expiresIn: '$.data.life' }, {}, 3_600_000],
    ['the `exp` of a JWT', {}, { token: jwt({ exp: Date.UTC(2026, 0, 1, 2) / 1000 }) }, 7_200_000],
    ['nothing', {}, {}, undefined],
    ['nothing usable', { expiresAt: '$.data.end' }, { end: 'soon' }, undefined],
  ])('takes the end of its life from %s', async (_, written, data, lifeMs) => {
    const { sign, manager, clock } = await system({ ...basics, ...written }, () => ({
      ...loggedIn(data),
      headers: { date: new Date(Date.UTC(2026, 0, 1)).toUTCString() },
    }));
    await sign('c');
    const [status] = manager.status();
    expect(status?.expiresAt).toBe(lifeMs === undefined ? undefined : clock.now() + lifeMs);
  });

  it('corrects a moment by the clock of the server', async () => {
    const anHourAhead = Date.UTC(2026, 0, 1, 1);
    const { sign, manager, clock } = await system({ ...basics, expiresAt: '$.data.end' }, () => ({
      ...loggedIn({ end: anHourAhead + 600_000 }),
      headers: { date: new Date(anHourAhead).toUTCString() },
    }));
    await sign('c');
    expect(manager.status()[0]?.expiresAt).toBe(clock.now() + 600_000);
  });

  it.each<[string, object, Reply, string, string | undefined]>([
    [
      'a wrong password answered with 200',
      { ...basics, success: '$.code == 0' },
      { body: { code: 10001, msg: '密码错误 p4ssw0rd!' } },
      'answered 200, and `$.code == 0` does not hold: it has code 10001, msg: 密码错误 ***',
      'check the user name and the password in the config',
    ],
    [
      'an expired password under other names',
      { ...basics, success: '$.retcode == 0' },
      { body: { retcode: 1102, info: '用户名或密码错误', payload: null } },
      'answered 200, and `$.retcode == 0` does not hold: it has retcode 1102, info, payload: 用户名或密码错误',
      'check the user name and the password in the config',
    ],
    [
      'a token under such a name',
      { ...basics, success: '$.retcode == 1' },
      { body: { retcode: 0, info: '欢迎 回来', payload: { token: 'abc def' } } },
      'answered 200, and `$.retcode == 1` does not hold: it has retcode 0, info, payload.token',
      'check the user name and the password in the config',
    ],
    [
      'a captcha that nobody can read for it',
      { ...basics, success: '$.code == 0' },
      { body: { code: 500, msg: '验证码已失效' } },
      'answered 200, and `$.code == 0` does not hold: it has code 500, msg: 验证码已失效',
      'the login wants a captcha, which a patrol cannot solve: use a login for machines without one, or a token',
    ],
    [
      'an account that is locked',
      { ...basics, success: '$.code == 0' },
      { body: { code: 500, msg: '账户已锁定，请联系管理员' } },
      'answered 200, and `$.code == 0` does not hold: it has code 500, msg: 账户已锁定，请联系管理员',
      'the account is locked: have it unlocked; it is tried again only sparingly meanwhile',
    ],
    [
      'a server that is busy, answered with 200',
      { ...basics, success: '$.code == 0' },
      { body: { code: 50012, message: 'system busy' } },
      'answered 200, and `$.code == 0` does not hold: it has code 50012, message: system busy',
      'the login server says that it is unwell itself; it is asked again within a minute',
    ],
    [
      'a server behind the login that is broken',
      { ...basics, success: '$.code == 0' },
      { body: { code: 500, msg: '认证中心异常', data: null } },
      'answered 200, and `$.code == 0` does not hold: it has code 500, msg, data: 认证中心异常',
      'the login server says that it is unwell itself; it is asked again within a minute',
    ],
    [
      'an account that is not well, with a code of 500',
      { ...basics, success: '$.code == 0' },
      { body: { code: 500, msg: '账号异常', data: null } },
      'answered 200, and `$.code == 0` does not hold: it has code 500, msg, data: 账号异常',
      'check the user name and the password in the config',
    ],
    [
      'what may be a token, in a text',
      { ...basics, success: '$.code == 0' },
      { body: { code: 5, msg: 'it is eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0' } },
      'answered 200, and `$.code == 0` does not hold: it has code 5, msg',
      'check the user name and the password in the config',
    ],
    [
      'a token beside a text',
      { ...basics, success: '$.code == 0' },
      { body: { code: 5, msg: 'welcome back', token: 'abc def' } },
      'answered 200, and `$.code == 0` does not hold: it has code 5, msg, token',
      'check the user name and the password in the config',
    ],
    [
      'a wrong password answered with 401',
      basics,
      { status: 401, body: 'no' },
      'answered 401: no',
      'check the user name, client id and secrets in the config',
    ],
    ['a server that is down', basics, { status: 503, body: '' }, 'answered 503', undefined],
    [
      'a wrong address',
      basics,
      { status: 404, body: 'not\n\u001b[31m found' },
      'answered 404: not [31m found',
      'check the address and the method',
    ],
    [
      'a token somewhere else',
      basics,
      { body: { token: 5 } },
      'answered 200, without a token at $.data.token: it has token',
      'check `token` and the login data in the config',
    ],
    [
      'a page instead of JSON',
      basics,
      { body: '<html>' },
      'answered 200, which is not JSON: it is 6 bytes without a media type',
      'check `token` and the login data in the config',
    ],
  ])('tells a person about %s', async (_, written, reply, message, hint) => {
    const { sign, manager, server } = await system(written, () => reply);
    const full = `POST ${server.url}/login ${message}`;
    expect(await sign('c')).toEqual({ ok: false, message: `credential "c": ${full}` });
    const [status] = manager.status();
    expect(inEnglish(status?.failure?.message ?? '')).toBe(full);
    expect(status?.failure?.hint).toEqual(hint);
  });

  it.each<[object, string]>([
    [{ ...basics, form: {} }, 'has more than one body; keep one of `json`, `form`, `multipart` and `body`'],
    [{ ...basics, token: 'data.token' }, 'is not a place in an answer'],
  ])('refuses %j', (written, message) => {
    expect(() => credential('c', 'login', { url: 'http://h', ...written })).toThrow(message);
  });
});

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.x`;
}
