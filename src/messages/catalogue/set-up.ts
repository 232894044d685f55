import type { Catalogue } from './entry.ts';

/** Why an operation has never worked the way it is called, or is not called, and where its values are from. */
export const setUpSentences = {
  // Lines that are written into the configuration.
  linesHaveNoPlace: [
    'these lines cannot be put into the configuration as it is written: a part of it stands on one line, or it has no list of services',
    '配置的现有写法容不下这几行：有一部分写成了单行，或没有 services 列表',
  ],
  writeByHand: ['copy the lines and write them by hand', '请复制这几行后手动写入'],
  linesAreThere: ['these lines are in the configuration already', '配置中已有这几行'],
  nothingToUndo: ['there is nothing to take back', '没有可撤销的修改'],
  fileChangedMeanwhile: [
    'the configuration has been changed by somebody else meanwhile',
    '配置文件已被他人修改',
  ],
  fileNotWritable: ['{file} cannot be written: {why}', '无法写入 {file}：{why}'],
  editedByDaemonAlone: ['only a running patrol writes its configuration', '只有运行中的巡检才能写入配置'],
  editedByLeaderAlone: [
    'the configuration is written on the node that leads ({leader}): use its page, or change the file of each node',
    '配置只能在主节点（{leader}）上写入：请使用主节点的页面，或修改各节点的配置文件',
  ],
  noLinesForThat: ['there are no lines that would help all of them', '没有能一并解决的配置'],
  notInSetUp: ['there is no operation {id} in the set-up list', '待配置清单中没有接口 {id}'],
  valueMissing: ['a value is missing: one for each gap', '缺少值：每个空位都要填写'],
  referencesByHand: ['references and templates are written by hand', '引用和模板请手动写入配置'],
  answersSinceFirst: [
    'it answers {answer} and has done so since it was first called',
    '返回 {answer}，自首次调用以来一直如此',
  ],
  fieldMissing: ['{field} missing', '{field} 缺失'],
  inWords: ['{answer} ({said})', '{answer}（{said}）'],
  leftOutOptional: [
    { one: '{what}; {names} is optional and not sent', other: '{what}; {names} are optional and not sent' },
    '{what}；可选参数 {names} 没有发送',
  ],
  asksForOptional: [
    'it answers {answer} and asks for {names}, which the document calls optional',
    '返回 {answer}，要求提供文档标为可选的 {names}',
  ],
  nobodySignsIn: ['it answers {answer}, and nobody signs in for it', '返回 {answer}，但没有配置凭证'],
  refusesToken: [
    'it answers {answer} to the token of credential "{credential}"; {others}: another credential, or a permission?',
    '对凭证“{credential}”的令牌返回 {answer}，{others}：需要换用其他凭证，还是缺少权限？',
  ],
  tokenElsewhere: [
    'it answers {answer} to the token of credential "{credential}", which its document has in the header {header} and the configuration elsewhere',
    '对凭证“{credential}”的令牌返回 {answer}：文档要求令牌放在请求头 {header} 中，而配置把它放在了别处',
  ],
  takenByNone: ['no other operation of the service has taken it yet', '本服务还没有接口接受过它'],
  takenByOthers: [
    { one: 'another one of the service takes it', other: '{n} others of the service take it' },
    '而本服务另有 {n} 个接口接受它',
  ],
  answeredByOthers: [
    {
      one: 'another one of the service answers well, perhaps without looking at it',
      other: '{n} others of the service answer well, perhaps without looking at it',
    },
    '本服务另有 {n} 个接口调用正常，但可能并不校验凭证',
  ],
  neverAsDocumented: [
    'it answers HTTP {status}, but never as its document says: {why}',
    '返回 HTTP {status}，但响应始终与文档不符：{why}',
  ],
  unreadable: ['HTTP {status} with a body that cannot be read', 'HTTP {status}，但响应内容无法读取'],
  answersUnreadable: [
    'it answers {answer}, whatever its document says: {why}',
    '返回 {answer}，与文档无关，是服务或其前面的网关有问题：{why}',
  ],
  recordedWithout: [
    'it answers {answer}; its request was recorded without a value for {names}',
    '返回 {answer}；文档保存的请求中 {names} 的值为空',
  ],
  breaksForOwnValues: [
    'it answers {answer} for what the service itself has given: {values}',
    '使用服务自身返回的值（{values}）调用时返回 {answer}',
  ],
  missesOwnValues: [
    'it answers {answer} for what the service itself lists: {values}; another value hardly helps: the list and this operation mean different records, or a path is wrong',
    '对服务自身列出的值（{values}）返回 {answer}，换一个值多半无济于事：列表与本操作指的不是同一种记录或编号，或文档中的路径有误',
  ],
  missesAll: [
    'it answers {answer}, as all others of the service do: {hint}',
    '返回 {answer}，该服务的其他接口也都如此：{hint}',
  ],
  missesBelow: [
    'it answers {answer}, as all others of the service do, and {what}; {hint}',
    '返回 {answer}，该服务的其他接口也都如此；{what}。{hint}',
  ],
  allMissing: ['all {n} operations answer {answer}: {hint}', '全部 {n} 个接口都返回 {answer}：{hint}'],
  allMissingBelow: [
    'all {n} operations answer {answer}, and the service {what}; {hint}',
    '全部 {n} 个接口都返回 {answer}；{what}。{hint}',
  ],
  answersForValues: ['it answers {answer} for {values}', '返回 {answer}；所用的值：{values}'],
  // Values, and where they are from.
  valueFrom: ['{value} ({origin})', '{value}（{origin}）'],
  bodyFrom: ['a body that is {origin}', '请求体（{origin}）'],
  andValue: ['{one} and {other}', '{one}和 {other}'],
  fromConfig: ['configured', '配置的值'],
  fromExample: ["the document's example", '文档示例'],
  fromDefault: ["the document's default", '文档默认值'],
  fromEnum: ['one of the documented values', '文档列出的值'],
  fromPaging: ['a small page', '小分页'],
  fromOtherAnswer: ['captured from another answer', '取自其他响应'],
  fromAnswerOf: ['captured from {operation}', '取自 {operation} 的响应'],
  madeUp: ['made up', '自动生成'],
  madeUpForSecret: [
    'made up: the value from {operation} contains a configured secret and is not sent',
    '自动生成：{operation} 返回的值中含有已配置的密钥，因此不会发送',
  ],
  // Several operations that wait for the same.
  allNeed: ['{n} operations need {names}', '{n} 个接口需要参数 {names}'],
  allAskForSignIn: [
    '{n} operations ask for a sign-in, and nobody signs in for them',
    '{n} 个接口需要登录，但没有配置凭证',
  ],
  allRefuseToken: [
    '{n} operations refuse the token of credential "{credential}"; {others}: another credential, or a permission?',
    '{n} 个接口拒绝凭证“{credential}”的令牌，{others}：需要换用其他凭证，还是缺少权限？',
  ],
  allHaveTokenElsewhere: [
    '{n} operations refuse the token of credential "{credential}", which their document has in the header {header} and the configuration elsewhere',
    '{n} 个接口拒绝凭证“{credential}”的令牌：文档要求令牌放在请求头 {header} 中，而配置把它放在了别处',
  ],
  allNeverAsDocumented: [
    '{n} operations answer well, but never as their document says',
    '{n} 个接口调用成功，但响应始终与文档不符',
  ],
  allWithoutAnswer: ['{n} operations have not given an answer yet', '{n} 个接口从未返回过响应'],
  allAnswerSinceFirst: [
    '{n} operations have answered {answer} since they were first called',
    '{n} 个接口自首次调用以来一直返回 {answer}',
  ],
  allRefuse: ['{n} operations refuse every call with {answer}', '{n} 个接口每次调用都被拒绝（{answer}）'],
  allLeftOut: [
    '{n} operations may change something, sign out or send files, and are left out',
    '{n} 个接口可能修改数据、退出登录或返回文件，不会调用',
  ],
  allReadByName: [
    '{n} operations only read by their names, but their methods may change data',
    '{n} 个接口从名称看只是查询，但请求方法可能修改数据',
  ],
  allUnsure: [
    '{n} operations are not called: nothing says that they only read',
    '{n} 个接口未调用：无法确认它们只读取数据',
  ],
  allNotCalled: ['{n} operations are not called: {why}', '{n} 个接口未调用：{why}'],
} as const satisfies Catalogue;
