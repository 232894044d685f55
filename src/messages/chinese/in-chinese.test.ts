import { describe, expect, it } from 'vitest';
import { inChinese } from './in-chinese.ts';
import { incidentPhrases } from './phrases-incidents.ts';
import { planPhrases } from './phrases-plan.ts';
import { serverPhrases } from './phrases-server.ts';
import { setUpPhrases } from './phrases-set-up.ts';

describe('what is stored in English, in Chinese', () => {
  it.each([
    [
      '`credential: api` goes only to the host of `baseUrl`: if it may read the documents, set `docsCredential: api`',
      '`credential: api` 只会发送到 `baseUrl` 的主机：如果该凭证有权读取文档，请设置 `docsCredential: api`',
    ],
    [
      '`credential: api` goes only to the host of `baseUrl`, which is not set: if it may read the documents, set `docsCredential: api`, or `baseUrl` if they are on the host of the service',
      '`credential: api` 只会发送到 `baseUrl` 的主机，而 `baseUrl` 未配置：如果该凭证有权读取文档，请设置 `docsCredential: api`；文档与服务在同一主机时，也可以设置 `baseUrl`',
    ],
    ['nothing is known of any of its 5 operations: HTTP 404', '5 个接口的结果均无法判定：HTTP 404'],
    ['POST is not a safe method', 'POST 不是安全方法'],
    ['response 200: property "total" removed', '响应 200：删除字段“total”'],
    ['text/csv added', '新增 text/csv'],
    ['required query parameter "tenant" added', '新增必填的 query 参数“tenant”'],
    [
      "it answers HTTP 404 for id=7 (the document's example) and page=1 (made up)",
      '返回 HTTP 404；所用的值：id=7（文档示例）和 page=1（自动生成）',
    ],
    ['it answers code 401 (未登录), and nobody signs in for it', '返回 code 401 (未登录)，但没有配置凭证'],
    [
      'it answers HTTP 404 for id=7 (captured from GET /orders)',
      '返回 HTTP 404；所用的值：id=7（取自 GET /orders 的响应）',
    ],
    ['3 operations refuse every call with code 500', '3 个接口每次调用都被拒绝（code 500）'],
    ['5 operations are not called: no credential is called sso', '5 个接口未调用：没有名为 sso 的凭证'],
    [
      'it answers HTTP 403 to the token of credential "sso"; no other operation of the service has taken it yet: another credential, or a permission?',
      '对凭证“sso”的令牌返回 HTTP 403，本服务还没有接口接受过它：需要换用其他凭证，还是缺少权限？',
    ],
    [
      'credential "sso": POST http://sso/token answered 503: unavailable',
      '凭证“sso”：POST http://sso/token 返回 503：unavailable',
    ],
    ['POST http://sso/token did not answer within 15 s', 'POST http://sso/token 在 15 s 内没有应答'],
    ['POST http://sso/token was interrupted', 'POST http://sso/token 被中断'],
    [
      'POST http://sso was not sent: http://sso is an internal address (10.0.0.1) that no credential names',
      'POST http://sso 未发送：http://sso 是内网地址（10.0.0.1），没有凭证指定该地址',
    ],
    ['the command get-token did not end within 10 s', '命令 get-token 在 10 s 内没有结束'],
    [
      'needs credential "a": needs credential "b", which is not configured',
      '依赖凭证“a”：依赖凭证“b”，但未配置该凭证',
    ],
  ])('%s', (english, chinese) => {
    expect(inChinese(english)).toBe(chinese);
  });

  it('stays as it is when it is not ours', () => {
    for (const text of [
      '',
      '系统繁忙',
      'takes minutes and locks a table',
      'NullPointerException at Order.java:42',
    ])
      expect(inChinese(text)).toBe(text);
  });

  it('is taken over line breaks and all', () => {
    expect(inChinese('check `a\nb`')).toBe('请检查 `a\nb`');
  });

  it('has the same slots on both sides of every phrase', () => {
    const slots = (text: string): readonly string[] => (text.match(/[{<[]\w+[}>\]]/g) ?? []).toSorted();
    for (const [english, chinese] of [
      ...incidentPhrases,
      ...planPhrases,
      ...serverPhrases,
      ...setUpPhrases,
    ]) {
      const left = slots(english).filter((slot) => slot !== '{it}');
      expect([english, slots(chinese)]).toEqual([english, left]);
    }
  });

  it('stays as it is where it is too long or too deep', () => {
    const long = `check \`${'x'.repeat(1000)}\``;
    expect(inChinese(long)).toBe(long);
    expect(inChinese(`${'needs credential "a": '.repeat(9)}b`)).toMatch(
      /^依赖凭证.*needs credential "a": b$/,
    );
  });
});
