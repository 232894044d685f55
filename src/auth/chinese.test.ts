import { afterEach, expect, it } from 'vitest';
import { credential, harness, type Reply, startServer } from '../../test/support/auth-harness.ts';
import { inLanguage } from '../messages/in-language.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const schemes: Readonly<Record<string, object>> = {
  login: { url: 'URL/token', json: {}, token: '$.data.token' },
  'login ': { url: 'URL/token', json: {} },
  'login  ': { url: 'URL/token', json: {}, success: '$.code == 0', token: '$.t' },
  'oauth2-client-credentials': { tokenUrl: 'URL/token', clientId: 'id', clientSecret: 's3cr3t' },
  'oauth2-password': { tokenUrl: 'URL/token', clientId: 'id', username: 'u', password: 'p4ssw0rd' },
  'oauth2-refresh-token': { tokenUrl: 'URL/token', clientId: 'id', refreshToken: 'first' },
  'oauth2-client-credentials ': { issuer: 'URL', clientId: 'id', clientSecret: 's3cr3t' },
};
const html = '<html><body>sign in</body></html>';
const answers: readonly Reply[] = [
  ...[400, 401, 403, 404, 405, 429, 500, 503].map((status) => ({ status, body: '' })),
  { status: 302, headers: { location: 'http://127.0.0.1:1/sso' } },
  { status: -1 },
  { body: '' },
  { body: html, headers: { 'content-type': 'text/html' } },
  { body: { code: 401, msg: '未登录' } },
  { body: { code: 500, msg: '系统繁忙' } },
  { body: { data: {} } },
  { body: { data: { token: '' }, access_token: '', t: '' } },
  { body: { data: { token: '密码' }, access_token: '密码', t: '密码' } },
  { status: 400, body: { error: 'invalid_grant' } },
  { status: 401, body: { error: 'invalid_client' } },
];
const cases = Object.entries(schemes).flatMap(([scheme, written]) =>
  answers.map((answer) => [scheme, answer, written] as const),
);

/** Three words in a row are a sentence; names, codes and headers stand alone or in quotes. */
const sentence = /(?<![\w./:$`{-])[a-z]{2,}(?: [a-z]{2,}){2,}/i;

it.each(cases)('tells in Chinese why there is no token: %s %j', async (scheme, answer, written) => {
  const server = await startServer(() => answer);
  const options = JSON.parse(JSON.stringify(written).replaceAll('URL', server.url)) as object;
  const test = harness([credential('c', scheme.trim(), options)]);
  closers.push(server.close, test.close);
  const signed = await test.sign('c');
  const { failure } = test.manager.status()[0] ?? {};
  const texts = signed.ok ? [] : [signed.message, failure?.message ?? '', failure?.hint ?? ''];
  expect(texts.map((text) => inLanguage(text, 'zh')).filter((text) => sentence.test(text))).toEqual([]);
});
