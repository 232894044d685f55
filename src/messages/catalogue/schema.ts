import type { Catalogue } from './entry.ts';

/** How a body differs from what the document says of it. */
export const schemaSentences = {
  violated: ['{where}: expected {expected}, found {found}', '{where}：期望 {expected}，实际 {found}'],
  propertyMissing: ['{where}: expected property "{name}", found none', '{where}：缺少字段“{name}”'],
  propertyExtra: [
    '{where}: expected no other properties, found "{name}"',
    '{where}：文档中没有字段“{name}”，且不允许其他字段',
  ],
  wholeBody: ['the body', '响应体'],
  // What is expected, and found.
  propertyNamed: ['property "{name}"', '字段“{name}”'],
  none: ['none', '无'],
  noOtherProperties: ['no other properties', '没有其他字段'],
  propertyFound: ['"{name}"', '字段“{name}”'],
  eitherOr: ['{one} or {other}', '{one} 或 {other}'],
  oneOfKinds: ['one of the known kinds {values}', '已知类型 {values} 之一'],
  oneOfValues: ['one of {values}', '{values} 之一'],
  alternatives: ['one of the documented alternatives', '文档列出的几种结构之一'],
  formatNamed: ['format {name}', '{name} 格式'],
  patternGiven: ['pattern {pattern}', '符合正则表达式 {pattern}'],
  nothingHere: ['nothing here', '此处没有内容'],
  multipleOfFactor: ['multiple of {factor}', '{factor} 的倍数'],
  fewestItems: [{ one: 'no fewer than {n} item', other: 'no fewer than {n} items' }, '不少于 {n} 项'],
  mostItems: [{ one: 'no more than {n} item', other: 'no more than {n} items' }, '不多于 {n} 项'],
  fewestCharacters: [
    { one: 'no fewer than {n} character', other: 'no fewer than {n} characters' },
    '不少于 {n} 个字符',
  ],
  mostCharacters: [
    { one: 'no more than {n} character', other: 'no more than {n} characters' },
    '不多于 {n} 个字符',
  ],
  fewestProperties: [
    { one: 'no fewer than {n} property', other: 'no fewer than {n} properties' },
    '不少于 {n} 个字段',
  ],
  mostProperties: [
    { one: 'no more than {n} property', other: 'no more than {n} properties' },
    '不多于 {n} 个字段',
  ],
  noDuplicates: [
    'no duplicate items (items {one} and {other} are identical)',
    '没有重复项（下标 {one} 和 {other} 的两项相同）',
  ],
  fewestThatFit: [
    { one: 'at least {n} item that is as documented', other: 'at least {n} items that are as documented' },
    '至少 {n} 项符合文档的约定',
  ],
  countThatFits: ['{least} to {most} items that are as documented', '有 {least} 至 {most} 项符合文档的约定'],
  ruledOut: ['not what the document rules out', '不属于文档排除的情形'],
  noSuchName: ['no property of the name "{name}"', '没有名为“{name}”的字段'],
  // What is said of a violation besides.
  ofKind: ['{what} ({property} {value}: {name})', '{what}（{property} 为 {value}，即 {name}）'],
  inEpochNumbers: ['{what}, a time in epoch numbers', '{what}，是数字形式的时间戳'],
  asInExample: ["{what}, as in the document's own example", '{what}，与文档自己的示例一致'],
  comesNearest: ['{what}; {name} comes nearest: {why}', '{what}；最接近的是 {name}：{why}'],
  alternativeNumber: ['alternative {number}', '第 {number} 种结构'],
  andThen: ['{one}, {other}', '{one}；{other}'],
  writesNumbersAsText: ['the service writes numbers as text: {what}', '该服务以文本形式返回数字：{what}'],
  answersNullForNothing: [
    'the service answers {field}: null where nothing is found; the document says something else',
    '该服务在没有数据时返回 {field} 为 null，与文档不一致',
  ],
  writesTimesInOwnForm: [
    'the service writes times in a form of its own: {what}',
    '该服务返回的时间格式与文档不同：{what}',
  ],
  // Of the whole answer.
  envelopeGone: [
    '{fields} missing from the answer, which all before had',
    '响应中缺少 {fields}，而此前的响应一直都有',
  ],
  envelopeEmpty: [
    'the answer is empty: not even {field} of its envelope is there',
    '响应为空：连文档约定的 {field} 字段都没有',
  ],
  noLongerShown: [
    'no longer there: {fields}, which the document shows and all answers before had',
    '缺少字段 {fields}：文档示例中有，此前的响应也一直都有',
  ],
  noLongerThere: [
    'no longer there: {fields}, which the document describes and all answers before had',
    '缺少字段 {fields}：文档中有说明，此前的响应也一直都有',
  ],
  otherRecord: [
    'another record is answered than the one asked for: {field} is {found} in place of {asked}, which all answers before had',
    '返回的不是所请求的记录：{field} 应为 {asked}（此前的响应均一致），实际为 {found}',
  ],
  recordTwice: [
    '{field} holds the record {id} twice, as no page before did',
    '{field} 中记录 {id} 重复出现，此前的响应中从未重复',
  ],
  noLongerObject: [
    'the answer is no longer an object, as all before were: {found}',
    '响应不再是对象（此前的响应一直都是）：{found}',
  ],
  noLongerList: [
    'the answer is no longer a list, as all before were: {found}',
    '响应不再是数组（此前的响应一直都是）：{found}',
  ],
  fieldNoLongerObject: [
    '{field} is no longer an object, as in all answers before: {found}',
    '{field} 不再是对象（此前的响应中一直都是）：{found}',
  ],
  fieldNoLongerList: [
    '{field} is no longer a list, as in all answers before: {found}',
    '{field} 不再是数组（此前的响应中一直都是）：{found}',
  ],
  anObjectAsBefore: ['an object, as before', '对象，与此前一致'],
  aListAsBefore: ['a list, as before', '数组，与此前一致'],
  nullForRecord: [
    '{field} is null, although the call succeeds: all answers before had something there',
    '调用成功，但 {field} 为 null：此前的响应中一直都有内容',
  ],
  nullForList: [
    '{field} is null, although the call succeeds: all answers before had a list there',
    '调用成功，但 {field} 为 null：此前的响应中一直都是列表',
  ],
  nullInsteadOfList: ['the answer is null, and all before were lists', '响应为 null，而此前一直都是列表'],
  nullEverywhere: [
    '{field} is null, although the call succeeds: so are by now all operations of the service that always had something there',
    '调用成功，但 {field} 为 null：该服务中此前一直有内容的接口现在全部如此',
  ],
  nullForMadeUp: [
    '{field} is null: nothing is there for what we made up ({values})',
    '{field} 为 null：巡检生成的参数值（{values}）没有对应的数据',
  ],
  wrapped: [
    'the answer is wrapped: {field} holds what is documented',
    '响应有外层包装：文档描述的内容在 {field} 中',
  ],
  schemaNotChecked: ['the schema was not checked: {why}', '未校验响应结构：{why}'],
  schemaOverLimit: [
    'the body is over the limit ({n} bytes had arrived): its schema was not checked',
    '响应体超过上限（已收到 {n} 字节），未按其结构定义校验',
  ],
  noBodyAllowed: ['the document allows no body at all', '文档不允许有响应体'],
  nestedTooDeepToJudge: ['it is nested too deep to be judged', '嵌套过深，无法校验'],
  bodyTooDeep: [
    'the body is nested too deep to be judged (more than {n} levels)',
    '响应体嵌套过深（超过 {n} 层），无法校验',
  ],
} as const satisfies Catalogue;
