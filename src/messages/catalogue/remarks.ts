import type { Catalogue } from './entry.ts';

/** What a person should know about operations of a document, and about what a document or the configuration asks for them. */
export const remarkSentences = {
  remarkOn: ['{operation}: {what}', '{operation}：{what}'],
  remarkOnSeveral: [
    {
      one: '{operation} and {n} more operation: {what}',
      other: '{operation} and {n} more operations: {what}',
    },
    '{operation} 等，另有 {n} 个接口：{what}',
  ],
  matchesNothing: [
    'match "{match}" fits no operation of service {service}; its settings have no effect',
    'match“{match}”没有匹配到服务 {service} 的任何接口，其中的设置不生效',
  ],
  paramOfNone: [
    'params: no operation of service {service} has a parameter {name}; its value is sent nowhere',
    'params：服务 {service} 的接口都没有参数 {name}，该值不会被发送',
  ],
  paramOfOne: [
    'write it under the `operations` that take it: there it is sent although it is not documented',
    '请写在需要该参数的接口（operations）下：写在那里即使文档未列出也会发送',
  ],
  scanLists: ['apipatrol scan lists the operations', '可用 apipatrol scan 列出所有接口'],
  wasMeant: ['did you mean "{what}"?', '是否想写“{what}”？'],
  calledBelow: [
    'is called below {base}{path}: `baseUrl` names a host only, the document the base path {path}',
    '调用地址为 {base}{path} 之下：`baseUrl` 只写了主机，文档写了基础路径 {path}',
  ],
  writeWholeBase: [
    'write `baseUrl: {base}{path}` to say so, or `baseUrl: {base}/.` where the service answers without it',
    '可写明 `baseUrl: {base}{path}`；如果服务不带该路径，请写 `baseUrl: {base}/.`',
  ],
  writeBareBase: [
    'write `baseUrl: {base}/.` where the service answers without {path}',
    '如果服务不带 {path}，请写 `baseUrl: {base}/.`',
  ],
  calledBelowTwice: [
    'is called below {base}{path}: `baseUrl` and its path in the document both begin with {path}',
    '调用地址为 {base}{path} 之下：`baseUrl` 与文档中的路径都以 {path} 开头',
  ],
  writeHostAlone: [
    'write `baseUrl: {origin}` where the service answers at {base} and not below it again',
    '如果服务的地址就是 {base}，不应再重复该路径，请写 `baseUrl: {origin}`',
  ],
  makesOtherMethod: [
    'its document has {name} sent, which makes another method of it',
    '文档要求发送 {name}，这会改变请求的实际方法',
  ],
  // Headers that a document may not have sent.
  headerNotSent: ['the header {name} is not sent: {why}', '不发送请求头 {name}：{why}'],
  setHeaderOfService: [
    'If the service needs it, set it under `headers` of the service.',
    '如果服务需要它，请在该服务的 `headers` 中设置。',
  ],
  ofConnection: ['it belongs to the connection, not to the document', '它属于连接本身，不由文档决定'],
  asksForPart: ['it asks for a part of the answer', '它只请求响应的一部分'],
  saysForWhom: [
    'it says for whom or through which host the request comes',
    '它表明请求代谁发出、经过哪台主机',
  ],
  saysWhoAsks: ['it says who asks', '它表明调用者的身份'],
  saysWhichAddress: ['it says which address is meant', '它指定实际访问的地址'],
  partOfSignature: [
    'it is a part of a signature, which is for a credential to make',
    '它是签名的一部分，应由凭证生成',
  ],
  ownTrace: ['each call has a trace of its own', '每次调用都有自己的链路标识'],
  signsRequest: ['it signs the request, which is for a credential to do', '它用于认证，应由凭证提供'],
  // What an `x-patrol` says.
  extensionNotMapping: ['x-patrol is not a mapping; it is ignored', 'x-patrol 不是键值映射，已忽略'],
  extensionIgnored: ['x-patrol.{key} {why}; it is ignored', '已忽略 x-patrol.{key}：{why}'],
  ownerIgnored: ['x-owner {why}; it is ignored', '已忽略 x-owner：{why}'],
  keyUnknown: ['is not known', '未知的键'],
  keyUnknownMeant: ['is not known, did you mean {what}?', '未知的键，是否想写 {what}？'],
  onlyWhereTrusted: ['counts only in documents that the configuration trusts', '只在配置信任的文档中有效'],
  trustDocuments: [
    'If whoever writes the document is to be trusted, set `docsTrusted: true` for the service.',
    '如果信任编写该文档的人，请为该服务设置 `docsTrusted: true`。',
  ],
  forConfigurationAlone: ['is for the configuration alone to say ({what})', '只能由配置决定（{what}）'],
  shorterForConfiguration: [
    'is for the configuration alone to say when it is shorter than {time}',
    '短于 {time} 的值只能由配置决定',
  ],
  longerForConfiguration: [
    'is for the configuration alone to say when it is longer than {time}',
    '长于 {time} 的值只能由配置决定',
  ],
  writeIntoConfiguration: [
    'If it is meant, write it into the configuration, under `operations` of the service.',
    '如果确实需要，请写入配置中该服务的 `operations`。',
  ],
  howOftenRepeated: ['how often a call is repeated', '调用重试几次'],
  whatRequestIs: ['headers change what a request is', '请求头会改变请求的内容'],
  whoSigns: ['who signs requests', '用谁的凭证调用'],
  whereRequestsGo: ['where requests go', '请求发往哪里'],
  howRequestsGetThere: ['how requests get there', '请求如何到达'],
  howMuchIsAsked: ['how much is asked of a server', '对服务器的调用量'],
  whatIsCalled: ['what is called', '调用什么'],
  whatIsRead: ['what is read', '读取什么'],
  whomToTrust: ['whom to trust', '信任谁'],
  whoIsTold: ['who is told', '通知谁'],
  whetherCalledAnyway: ['whether it is called although it may change data', '可能修改数据时是否仍然调用'],
  whetherChangingIsRepeated: [
    'whether a call that may change data is repeated',
    '可能修改数据的调用是否重试',
  ],
  noDurationSuchAs: ['is not a duration such as 15m', '不是时长，应类似 15m'],
  outsideMinuteToDay: ['is outside 1m to 24h', '不在 1m 到 24h 之间'],
  noTimeout: ['is not a duration such as 5s, nor {form}', '既不是类似 5s 的时长，也不是 {form}'],
  notOfForm: ['is not of the form {form}', '格式应为 {form}'],
  noMappingOfParameters: ['is not a mapping of parameter names to values', '不是从参数名到值的映射'],
  givesForeign: ['gives {name}, which is no parameter of the operation', '其中的 {name} 不是该接口的参数'],
  givenWithoutBody: ['is given for an operation that is described without one', '但该接口的文档没有请求体'],
  noListOfTexts: ['is not a list of texts', '不是文本列表'],
  noSeverity: ['is not critical, major or minor', '应为 critical、major 或 minor'],
  noSkip: ['is neither true, false nor a reason', '应为 true、false 或一句原因'],
  noListOfPeople: ['is not a list of user ids', '不是用户 ID 列表'],
  notTrueOrFalse: ['is not true or false', '应为 true 或 false'],
  noMappingOfExpectations: ['is not a mapping of expectations to their settings', '不是从期望到其设置的映射'],
  allOfThem: ['{one}; {other}', '{one}；{other}'],
  expectationUnknown: [
    'knows no expectation "{kind}"; there are {kinds}',
    '没有期望“{kind}”；可用的有 {kinds}',
  ],
  expectationWrong: ['{kind}: {why}', '{kind}：{why}'],
  notValid: ['is not valid', '无效'],
  // Advice.
  isMadeUp: [{ one: '{values} is made up', other: '{values} are made up' }, '{values} 是自动生成的'],
  theBody: ['the body', '请求体'],
} as const satisfies Catalogue;
