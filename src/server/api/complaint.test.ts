import { expect, it } from 'vitest';
import { z } from 'zod';
import { inEnglish, inLanguage } from '../../messages/in-language.ts';
import { createSilence } from './incidents.ts';
import { createUser } from './access.ts';
import { complaintOf } from './complaint.ts';

const user = { name: 'li.si', password: 'long enough', role: 'viewer' };
const silence = { matcher: { services: ['orders'] }, forMs: 3_600_000, reason: 'deployment' };

it.each([
  [createUser.body, { ...user, name: undefined }, 'is missing', '缺失'],
  [createUser.body, { ...user, name: 7 }, 'is a number, expected: a text', '是数字，应为文本'],
  [
    createUser.body,
    { ...user, name: 'a b' },
    'has letters, digits and . _ @ - only',
    '只能包含字母、数字和 . _ @ -',
  ],
  [
    createUser.body,
    { ...user, name: 'аdmin' },
    'mixes Cyrillic and Latin, which look alike',
    '混用了西里尔字母和拉丁字母，其中的字符容易混淆',
  ],
  [createUser.body, { ...user, password: 'short' }, 'is shorter than 10 characters', '少于 10 个字符'],
  [
    createUser.body,
    { ...user, role: 'boss' },
    'is none of viewer, operator, admin',
    '不是 viewer、operator、admin 之一',
  ],
  [createUser.body, { ...user, role: undefined }, 'is missing', '缺失'],
  [createUser.body, { ...user, services: [] }, 'has fewer than 1 entry', '少于 1 项'],
  [createUser.body, { ...user, services: 'orders' }, 'is a text, expected: a list', '是文本，应为列表'],
  [createUser.body, { ...user, services: null }, 'is null, expected: a list', '是 null，应为列表'],
  [createUser.body.strict(), { ...user, nick: 'x' }, 'has the unknown key "nick"', '含有未知的字段 "nick"'],
  [createSilence.body, { ...silence, matcher: {} }, /^says nothing/, /^没有任何条件/],
  [createSilence.body, { ...silence, forMs: 5 }, 'is shorter than a minute', '短于一分钟'],
  [createSilence.body, { ...silence, forMs: 1e15 }, 'is longer than a year', '长于一年'],
  [
    createSilence.body,
    { ...silence, from: 1.5 },
    'is a number, expected: a whole number',
    '是数字，应为整数',
  ],
  [createSilence.body, { ...silence, from: -1 }, 'is less than 0', '小于 0'],
  [
    createSilence.body,
    { ...silence, reason: 'a\nb' },
    /^has control characters or line/,
    '含有控制字符或换行',
  ],
  [createSilence.body, { ...silence, reason: ' ' }, 'is shorter than 1 character', '少于 1 个字符'],
  [z.coerce.number(), 'x', 'is not a number', '不是数字'],
  [z.url(), 'orders', 'is no http or https URL', '不是 http 或 https 地址'],
])('%# says what is wrong with a value in both languages', (schema, value, english, chinese) => {
  const [issue] = schema.safeParse(value, { reportInput: true }).error?.issues ?? [];
  expect(issue).toBeDefined();
  const told = issue === undefined ? '' : complaintOf(issue);
  expect(inEnglish(told)).toMatch(english);
  expect(inLanguage(told, 'zh')).toMatch(chinese);
});
