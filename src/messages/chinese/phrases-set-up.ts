import type { Phrase } from './phrase.ts';

/** Where a value is from. */
const origins: readonly Phrase[] = [
  ["the document's example", '文档示例'],
  ["the document's default", '文档默认值'],
  ['one of the documented values', '文档列出的值'],
  ['a small page', '小分页'],
  ['captured from another answer', '取自其他响应'],
  ['captured from {from}', '取自 {from} 的响应'],
  ['made up', '自动生成'],
];

/** Of several the first is one word, lest it be taken together with the next; a value of several words comes last. */
const values: readonly Phrase[] = [
  ...origins.map(
    ([from, service]): Phrase => [`a body that is ${from} and <more>`, `请求体（${service}）和 <more>`],
  ),
  ...origins.map(
    ([from, service]): Phrase => [`[what] (${from}) and <more>`, `[what]（${service}）和 <more>`],
  ),
  ...origins.map(
    ([from, service]): Phrase => [`{what} (${from}) and <more>`, `{what}（${service}）和 <more>`],
  ),
  ...origins.map(([from, service]): Phrase => [`a body that is ${from}`, `请求体（${service}）`]),
  ...origins.map(([from, service]): Phrase => [`{what} (${from})`, `{what}（${service}）`]),
];

/** Why an operation has never worked, and what would help. */
export const setUpPhrases: readonly Phrase[] = [
  ['{n} operations need {names}', '{n} 个接口需要参数 {names}'],
  [
    '{n} operations refuse the token of credential "{name}"; <others>: another credential, or a permission?',
    '{n} 个接口拒绝凭证“{name}”的令牌，<others>：需要换用其他凭证，还是缺少权限？',
  ],
  ['no other operation of the service has taken it yet', '本服务还没有接口接受过它'],
  ['another one of the service takes it', '而本服务另有 1 个接口接受它'],
  ['{n} others of the service take it', '而本服务另有 {n} 个接口接受它'],
  ['{n} operations ask for a sign-in, and nobody signs in for them', '{n} 个接口需要登录，但没有配置凭证'],
  [
    '{n} operations answer well, but never as their document says',
    '{n} 个接口调用成功，但响应始终与文档不符',
  ],
  ['{n} operations have not given an answer yet', '{n} 个接口从未返回过响应'],
  [
    '{n} operations have answered {answer} since they were first called',
    '{n} 个接口自首次调用以来一直返回 {answer}',
  ],
  ['{n} operations refuse every call with {answer}', '{n} 个接口每次调用都被拒绝（{answer}）'],
  [
    '{n} operations may change something, sign out or send files, and are left out',
    '{n} 个接口可能修改数据、退出登录或返回文件，不会调用',
  ],
  [
    '{n} operations only read by their names, but their methods may change data',
    '{n} 个接口从名称看只是查询，但请求方法可能修改数据',
  ],
  [
    '{n} operations are not called: nothing says that they only read',
    '{n} 个接口未调用：无法确认它们只读取数据',
  ],
  ['{n} operations are not called: <why>', '{n} 个接口未调用：<why>'],
  [
    'it answers {answer} and has done so since it was first called; {names} are optional and not sent',
    '返回 {answer}，自首次调用以来一直如此；可选参数 {names} 没有发送',
  ],
  [
    'it answers {answer} and has done so since it was first called; {name} is optional and not sent',
    '返回 {answer}，自首次调用以来一直如此；可选参数 {name} 没有发送',
  ],
  ['it answers {answer} and has done so since it was first called', '返回 {answer}，自首次调用以来一直如此'],
  [
    'it answers {answer} and asks for {names}, which the document calls optional',
    '返回 {answer}，要求提供文档标为可选的 {names}',
  ],
  ['it answers {answer}, and nobody signs in for it', '返回 {answer}，但没有配置凭证'],
  [
    'it answers {answer} to the token of credential "{name}"; <others>: another credential, or a permission?',
    '对凭证“{name}”的令牌返回 {answer}，<others>：需要换用其他凭证，还是缺少权限？',
  ],
  [
    'it answers {answer}, but never as its document says: <why>',
    '返回 {answer}，但响应始终与文档不符：<why>',
  ],
  [
    'it answers {answer}; its request was recorded without a value for {names}',
    '返回 {answer}；文档保存的请求中 {names} 的值为空',
  ],
  ['it answers {answer} for <values>', '返回 {answer}；所用的值：<values>'],
  ...values,
];
