import { expect, it } from 'vitest';
import { sentence } from '../../messages/sentence.ts';
import { causeOf } from './item.ts';
import { scenarios } from '../test-message/scenarios.ts';
import { words } from './languages.ts';

const sample = scenarios.failure(0).transitions[0]?.incident;
const cause = { level: 'origin', subject: 'https://a.example' } as const;

it.each([
  [sentence('certificateExpired'), 'certificate not accepted', '证书校验未通过'],
  [sentence('certificateOfOtherHost'), 'certificate not accepted', '证书校验未通过'],
  [sentence('tlsFailed'), 'no TLS connection', '无法建立 TLS 连接'],
])('a host that answers a handshake is not said to be down (%j)', (message, en, zh) => {
  if (sample === undefined) throw new Error('no sample');
  const incident = { ...sample, cause, reason: { code: 'tls', message } } as const;
  expect(causeOf(incident, words.en)).toBe(en);
  expect(causeOf(incident, words.zh)).toBe(zh);
});

it.each([
  ['x', 'document', 'document unusable', '接口文档不可用'],
  [
    sentence('changedAtOnce', { count: 5, of: 5, why: 'x' }),
    'schema',
    'answers differ from the document',
    '接口与文档不符',
  ],
  [
    sentence('emptiedAtOnce', { count: 5, of: 5, field: 'data' }),
    'schema',
    'answers without data',
    '返回空数据',
  ],
] as const)('a document that can be read is not said to be unusable (%j)', (message, code, en, zh) => {
  if (sample === undefined) throw new Error('no sample');
  const incident = {
    ...sample,
    cause: { level: 'document', subject: 'a' },
    reason: { code, message },
  } as const;
  expect(causeOf(incident, words.en)).toBe(en);
  expect(causeOf(incident, words.zh)).toBe(zh);
});
