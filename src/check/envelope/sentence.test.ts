import { expect, test } from 'vitest';
import { makeCheck } from '../../../test/support/check-harness.ts';
import { inEnglish, inLanguage } from '../../messages/in-language.ts';
import type { Json } from '../../model/json.ts';
import { successSentence } from './sentence.ts';

const text = { type: 'string' };

test.each<[Json, readonly Json[], Json, string | undefined, string | undefined]>([
  [
    { description: '0 成功，其他失败' },
    [],
    null,
    'success is code 0, as its description says: "0 成功，其他失败"',
    '成功标志：code 为 0，依据字段说明：“0 成功，其他失败”',
  ],
  [
    {},
    [{ code: 200, msg: 'ok' }],
    null,
    "success is code 200, as the document's example shows",
    '成功标志：code 为 200，依据文档示例',
  ],
  [
    { enum: [0] },
    [],
    null,
    'success is code 0, the only value that the document knows',
    '成功标志：code 为 0，文档仅列出此值',
  ],
  [
    {},
    [],
    null,
    'success is told by code, of which the document names no value: 0, 200 and the like count, and what comes with data',
    '成功与否由 code 判断，文档未说明取值：0、200 等常见值以及带有数据时的取值视为成功',
  ],
  [
    {},
    [],
    ['$.code in [0, "OK"]', '$.data exists'],
    'success is `$.code in [0, "OK"]` and `$.data exists`, as configured',
    '成功标志：`$.code in [0, "OK"]` 且 `$.data exists`，依据配置',
  ],
  [
    {},
    [],
    'off',
    'what the body says of success does not count, as configured',
    '按配置，不根据响应体判断成功与否',
  ],
])('%j %j %j', (code, examples, expected, sentence, chinese) => {
  const schema = {
    type: 'object',
    properties: { code: { type: 'integer', ...(code as object) }, msg: text },
  };
  const check = makeCheck('http://a.example', '/', {
    promises: [{ status: '200', contentTypes: [], schema, examples }],
    ...(expected === null ? {} : { expectations: [{ kind: 'envelope', settings: expected }] }),
  });
  const said = successSentence(check);
  expect(said && [inEnglish(said), inLanguage(said, 'zh')]).toEqual(sentence && [sentence, chinese]);
});

test('a field that may tell it is named, with what to write', () => {
  const properties = { rtnFlag: { type: 'integer' }, tipMsg: text, obj: { type: 'object' } };
  const promises = [{ status: '200', contentTypes: [], schema: { type: 'object', properties } }];
  const said = successSentence(makeCheck('http://a.example', '/', { promises }));
  expect(said && [inEnglish(said), inLanguage(said, 'zh')]).toEqual([
    '`rtnFlag` may tell whether a call has succeeded, and nothing says with which value: set `expect: { envelope: $.rtnFlag == … }`',
    '`rtnFlag` 可能用于表示调用是否成功，但没有任何依据说明成功时的取值：请设置 `expect: { envelope: $.rtnFlag == … }`',
  ]);
});

test('nothing is said where nothing tells', () => {
  expect(successSentence(makeCheck('http://a.example', '/', {}))).toBeUndefined();
});
