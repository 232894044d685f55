import { describe, expect, it } from 'vitest';
import { inChinese } from './in-chinese.ts';
import { translator } from './phrase.ts';
import { planPhrases } from './phrases-plan.ts';

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
    ['POST is not a safe method', 'POST 不是安全方法'],
    ['response 200: property "total" removed', '响应 200：删除字段“total”'],
    ['text/csv added', '新增 text/csv'],
    ['required query parameter "tenant" added', '新增必填的 query 参数“tenant”'],
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

  it('has the same slots on both sides of every phrase', () => {
    const slots = (text: string): readonly string[] => (text.match(/[{<[]\w+[}>\]]/g) ?? []).toSorted();
    for (const [english, chinese] of planPhrases) {
      const left = slots(english).filter((slot) => slot !== '{it}');
      expect([english, slots(chinese)]).toEqual([english, left]);
    }
  });

  it('stays as it is where it is too long or too deep', () => {
    const translated = translator([['needs {what}: <why>', '依赖 {what}：<why>']]);
    const long = `needs a: ${'x'.repeat(1000)}`;
    expect(translated(long)).toBe(long);
    expect(translated(`${'needs a: '.repeat(9)}b`)).toMatch(/^依赖 a.*needs a: b$/);
  });
});
