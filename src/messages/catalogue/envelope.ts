import type { Catalogue } from './entry.ts';

/** What a body says of whether the call has succeeded. */
export const envelopeSentences = {
  envelopeIs: ['{name} is {value}', '{name} 为 {value}'],
  envelopeSaying: ['{what} ("{said}")', '{what}（“{said}”）'],
  envelopeMissing: ['{name} is missing', '缺少 {name}'],
  envelopeDocumented: ['{what}, documented: {wanted}', '{what}，文档约定：{wanted}'],
  envelopeExpected: ['{what}, expected: {wanted}', '{what}，期望：{wanted}'],
  envelopeDenied: ['{what}, and its text says that the call has failed', '{what}，但返回的文字说明调用失败'],
  aSuccess: ['a success', '表示成功的响应'],
  missing: ['missing', '缺失'],
  envelopeUnread: [
    'answers hold `{field}`, which may tell whether a call has succeeded, and nothing says with which value: set `{line}`',
    '响应中的 `{field}` 可能用于表示调用是否成功，但没有任何依据说明成功时的取值：请设置 `{line}`',
  ],
  // What counts as success, and what says so.
  successIgnored: [
    'what the body says of success does not count, as configured',
    '按配置，不根据响应体判断成功与否',
  ],
  successConfigured: ['success is {rule}, as configured', '成功标志：{rule}，依据配置'],
  successByName: [
    'success is told by {field}, of which the document names no value: 0, 200 and the like count, and what comes with data',
    '成功与否由 {field} 判断，文档未说明取值：0、200 等常见值以及带有数据时的取值视为成功',
  ],
  successDescribed: [
    'success is {rule}, as its description says: "{quote}"',
    '成功标志：{rule}，依据字段说明：“{quote}”',
  ],
  successFixed: [
    'success is {rule}, the only value that the document knows',
    '成功标志：{rule}，文档仅列出此值',
  ],
  successShown: ["success is {rule}, as the document's example shows", '成功标志：{rule}，依据文档示例'],
  successUnread: [
    '`{field}` may tell whether a call has succeeded, and nothing says with which value: set `{line}`',
    '`{field}` 可能用于表示调用是否成功，但没有任何依据说明成功时的取值：请设置 `{line}`',
  ],
  noneOf: ['no {field}', '没有 {field}'],
  fieldIs: ['{field} {value}', '{field} 为 {value}'],
  bothRules: ['{one} and {other}', '{one} 且 {other}'],
} as const satisfies Catalogue;
