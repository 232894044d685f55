import { describe, expect, it } from 'vitest';
import { auditedSentence, notedSentence, whoSentence } from './audited.ts';
import { inLanguage } from './in-language.ts';

describe('who did something', () => {
  it.each([
    ['page', 'somebody on this machine (not signed in)', '本机（未登录）'],
    ['cli:root', 'root (command line)', 'root（命令行）'],
    ['link:feishu', 'somebody by a link in feishu', 'feishu 的消息链接'],
    ['zhangsan', 'zhangsan', 'zhangsan'],
    ['token:ci', 'token:ci', 'token:ci'],
  ])('%s', (by, en, zh) => {
    expect([inLanguage(whoSentence(by), 'en'), inLanguage(whoSentence(by), 'zh')]).toEqual([en, zh]);
  });
});

describe('what it was done to', () => {
  it.each([
    ['incident A7F3', 'incident A7F3', '故障 A7F3'],
    ['status post 3', 'status post 3', '状态页文字 3'],
    ['user all services', 'user all services', '用户 all services'],
    ['all services', 'all services', '全部服务'],
    ['configuration', 'configuration', '配置'],
    ['orders GET /orders', 'orders GET /orders', 'orders GET /orders'],
    ['constructor x', 'constructor x', 'constructor x'],
  ])('%s', (subject, en, zh) => {
    const told = auditedSentence(subject);
    expect([inLanguage(told, 'en'), inLanguage(told, 'zh')]).toEqual([en, zh]);
  });
});

describe('what is noted', () => {
  it.each([
    ['sign-in', 'lead', 'from 127.0.0.1', 'from 127.0.0.1', '来自 127.0.0.1'],
    ['sign-in-refused', 'page:lead', 'from ::1', 'from ::1', '来自 ::1'],
    ['remove-token', 'lead', 'made by wang', 'made by wang', '由 wang 创建'],
    ['configure', 'lead', 'undo', 'undone', '已撤销'],
    ['add-user', 'lead', 'viewer', 'viewer', '只读'],
    ['add-token', 'lead', 'viewer', 'viewer', '只读'],
    [
      'silence',
      'link:zh',
      '由发往 zh 的消息中的链接静默',
      'by a link in a message to zh',
      '由发往 zh 的消息中的链接静默',
    ],
    [
      'silence',
      'wang',
      '由发往 zh 的消息中的链接静默',
      '由发往 zh 的消息中的链接静默',
      '由发往 zh 的消息中的链接静默',
    ],
    ['comment', 'wang', 'from 10.0.0.1', 'from 10.0.0.1', 'from 10.0.0.1'],
  ] as const)('of %s by %s: %s', (action, by, note, en, zh) => {
    const told = notedSentence({ action, by, note }) ?? '';
    expect([inLanguage(told, 'en'), inLanguage(told, 'zh')]).toEqual([en, zh]);
  });
});
