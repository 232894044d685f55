import type { Catalogue } from './entry.ts';

/** Why an operation is not called. */
export const planSentences = {
  notSafeMethod: ['{method} may change data', '{method} 可能修改数据'],
  linesWithCare: [
    '{head}# CAREFUL, it is then called every cycle: {does}\n{match}',
    '{head}# 注意：允许后每轮巡检都会调用它：{does}\n{match}',
  ],
  readsByName: [
    '{method} may change data; by its name it only reads',
    '{method} 可能修改数据；从名称看只是查询',
  ],
  markedUnsafe: ['marked as not safe to call', '已标记为不可安全调用'],
  leftOutBySettings: ['left out by its settings', '已在配置中排除'],
  wordUnknown: [
    'nothing says that it only reads: "{word}" in {place} is not known',
    '无法确认它只读取数据：{place}中的“{word}”含义不明',
  ],
  mayChange: ['may change something: "{word}" in {place}', '可能修改数据：{place}中有“{word}”'],
  signsIn: [
    'signs in or out, or has a code sent: "{word}" in {place}',
    '会登录、退出登录或发送验证码：{place}中有“{word}”',
  ],
  exports: ['exports or downloads: "{word}" in {place}', '会导出或下载文件：{place}中有“{word}”'],
  itsPath: ['its path', '路径'],
  itsAddress: ['its address', '地址'],
  itsOperationId: ['its operationId', ' operationId '],
  itsTitle: ['its title', '标题'],
  itsDescription: ['its description', '描述'],
  itsAnswer: ['what it answers', '响应说明'],
  itsSection: ['the title of its section', '所在章节的标题'],
  parameterSays: [
    'may change something: its {name} says what is done',
    '可能修改数据：参数 {name} 表示要执行的操作',
  ],
  changesByValue: ['by its {name} it changes something ({value})', '参数 {name} 的值 {value} 表示会修改数据'],
  leadsOutside: [
    'by its {name} the service itself may call or fetch {host}, which is none of its own',
    '参数 {name} 可能让服务自己去访问外部地址 {host}',
  ],
  namesFile: [
    'by its {name} the service may read a file of its own machine ({value})',
    '参数 {name} 的值 {value} 指向服务所在机器上的文件',
  ],
  namesStatement: [
    'its {name} holds a statement or an expression that the service may run ({value})',
    '参数 {name} 的值 {value} 是服务可能会执行的语句或表达式',
  ],
  namesRecipient: [
    'by its {name} the service may write to somebody ({value})',
    '参数 {name} 可能让服务向 {value} 发送消息',
  ],
  changesByAddress: ['by its address it changes something ({word})', '从地址看会修改数据（{word}）'],
  changesByBase: [
    'may change something: "{word}" in {base}, which its document puts before its path',
    '可能修改数据：文档在路径前加上的 {base} 中有“{word}”',
  ],
  holdsMutation: ['its {name} holds a GraphQL mutation', '参数 {name} 中是 GraphQL 变更操作'],
  dotSegments: [
    'its path has a segment . or .., which leads elsewhere than it says',
    '路径中含有 . 或 .. 段，实际指向的并不是所写的地址',
  ],
  addressTooLong: [
    'its address would have {n} characters, more than {limit}',
    '地址有 {n} 个字符，超过 {limit} 的上限',
  ],
  sunsetPassed: ['its sunset date {date} has passed', '已过停用日期 {date}'],
  switchesToWebSocket: ['switches to WebSocket', '会切换为 WebSocket'],
  endlessStream: ['answers with a stream that does not end', '响应是不会结束的流'],
  answersWithFile: ['answers with a file to download', '响应是下载文件'],
  sameRequest: ['the same request as {operation}', '与 {operation} 请求相同'],
  sameRequestOf: ['the same request as {operation} of {document}', '与 {document} 的 {operation} 请求相同'],
  // Values that nobody has given.
  valueIsOrder: [
    'no value for the required path parameter {name} fits: {value} reads as something that is done',
    '必填的 path 参数 {name} 没有可用的值：{value} 看起来是一种操作，而不是要查询的对象',
  ],
  valueMakesOtherPath: [
    'no value for the required {place} parameter {name} fits: {value} would make another path of it',
    '必填的 {place} 参数 {name} 没有可用的值：{value} 会变成另一个路径',
  ],
  noValue: [
    'no value for the required {place} parameter {name} is documented, and none could be made up',
    '文档没有给出必填的 {place} 参数 {name} 的值，也无法生成',
  ],
  noVariable: ['no value for the required variable {name} could be made up', '无法生成必填变量 {name} 的值'],
  noBodyValue: [
    'no value for the required {what} is documented, and none could be made up',
    '文档没有给出必填的{what}，也无法生成',
  ],
  plainBody: ['body', '请求体'],
  bodyOfType: ['{type} body', ' {type} 请求体'],
  bodyWithRead: [
    'its document asks for a body with {method}, which is sent only when it is configured',
    '文档要求 {method} 请求携带请求体，仅在配置后才会发送',
  ],
  secretValue: [
    '{name} is not made up: it is a secret that only its owner knows',
    '不生成 {name} 的值：它是只有持有者知道的密钥',
  ],
  lockingValue: [
    '{name} is not made up: a wrong one could lock an account',
    '不生成 {name} 的值：错误的值可能锁定账号',
  ],
  placeholderValue: [
    '{name} is not made up: its document has {text} in its place',
    '不生成 {name} 的值：文档在此处写的是占位文字 {text}',
  ],
  needsHeader: [
    'needs the header {name}: it may say who asks or what is asked for, which a document does not',
    '需要请求头 {name}：它可能表明调用者身份或请求目标，不采用文档给出的值',
  ],
  needsCookie: [
    'needs the cookie {name}: it may say who asks or what is asked for, which a document does not',
    '需要 Cookie {name}：它可能表明调用者身份或请求目标，不采用文档给出的值',
  ],
  // Credentials and where they may go.
  noSuchCredential: ['no credential is called {name}', '没有名为 {name} 的凭证'],
  wantsCredential: [
    'its document asks for {wanted}; no credential is configured for it',
    '文档要求 {wanted}，但没有配置相应的凭证',
  ],
  wantsOneOf: [
    'its document asks for {wanted}; {names} would all do',
    '文档要求 {wanted}，{names} 都符合，请指定其一',
  ],
  wantsBrowser: [
    'its document asks for {wanted}, where a person signs in with a browser: a token that lives long will do, or {schemes}',
    '文档要求 {wanted}，需要有人在浏览器中登录：可改用长期有效的令牌，或 {schemes}',
  ],
  wantsTokenIn: [
    'its document asks for a token in the {place} {name}; no credential is configured for it',
    '文档要求在 {place} 参数 {name} 中携带令牌，但没有配置相应的凭证',
  ],
  orElse: ['{one}, or {other}', '{one} 或 {other}'],
  credentialOfNobody: [
    'no service names credential {name}: with several services a document cannot choose it',
    '没有服务指定凭证 {name}：配置了多个服务时，文档不能自行选用',
  ],
  credentialNotSent: [
    'credential {name} is not sent to {host}, which only its document names',
    '凭证 {name} 不会发往 {host}：该主机只在文档中出现',
  ],
  credentialOfOthers: [
    'credential {name} is that of {owners} and not sent to {host}',
    '凭证 {name} 属于 {owners}，不会发往 {host}',
  ],
  settingNotSent: [
    '{name} of the config is not sent to {host}, which only its document names',
    '配置中的 {name} 不会发往 {host}：该主机只在文档中出现',
  ],
  // Where it answers.
  noServerNamed: ['its document names no server', '文档没有写明服务地址'],
  serverNotCallable: [
    "its document's server {url} is not an address that can be called",
    '文档中的服务地址 {url} 无法调用',
  ],
  standsElsewhere: [
    "its document has it at {host}, and most others of the service at {home}: it is somebody else's, a service of its own without the credential, or skipped",
    '文档中该接口的地址在 {host}，而本服务的大多数接口在 {home}：应视为第三方接口，单独配置为一个服务（不带凭证），或跳过',
  ],
  serverInternal: [
    'its server {origin} is an internal address, which only its document names',
    '服务地址 {origin} 是内网地址，且只在文档中出现',
  ],
  serverNotHttp: ['its server speaks {protocol}, not HTTP', '服务使用 {protocol}，不是 HTTP'],
  noUsableServer: [
    'no usable server {wanted}: its document names none',
    '没有可用的服务地址 {wanted}：文档没有写明',
  ],
  noUsableServerOf: [
    'no usable server {wanted}: its document has {names}',
    '没有可用的服务地址 {wanted}：文档中有 {names}',
  ],
} as const satisfies Catalogue;
