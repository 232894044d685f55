import type { Catalogue } from './entry.ts';

/** What is said of credentials: why there is no token, and what to do about it. */
export const authSentences = {
  ofCredential: ['credential "{name}": {why}', '凭证“{name}”：{why}'],
  needsCredential: ['needs credential "{name}": {why}', '依赖凭证“{name}”：{why}'],
  needsUnknownCredential: [
    'needs credential "{name}", which is not configured',
    '依赖凭证“{name}”，但未配置该凭证',
  ],
  needsTokenOfNone: [
    'needs a token of credential "{name}", but {scheme} has none',
    '需要凭证“{name}”的令牌，但 {scheme} 没有令牌',
  ],
  credentialUnknown: ['credential "{name}" is not configured', '未配置凭证“{name}”'],
  credentialCircle: ['credentials need each other: {circle}', '凭证相互依赖：{circle}'],
  breakCircle: ['break the circle in the config', '请在配置中消除循环依赖'],
  schemeUnknown: [
    'credential "{name}": there is no scheme "{scheme}"',
    '凭证“{name}”：没有认证方式“{scheme}”',
  ],
  notConfigured: ['is not configured', '未配置'],
  noCredentials: ['credentials: there are none', '当前没有配置任何凭证'],
  credentialsAre: ['credentials: configured are {names}', '已配置的凭证：{names}'],
  noSuchValue: [
    'credential "{name}" has no value "{field}"; it has {known}',
    '凭证“{name}”没有值“{field}”，只有 {known}',
  ],
  noValues: [
    'credential "{name}" has no value "{field}"; it has none',
    '凭证“{name}”没有值“{field}”，也没有其他值',
  ],
  interruptedBeforeToken: ['interrupted before a token arrived', '取得令牌之前被中断'],
  tokenEndedAtOnce: ['its token had ended before it could be used', '令牌还没用就已过期'],
  signInHeldBack: [
    'not tried now: {most} sign-ins within a minute are the most there are; it is tried as soon as there may be another',
    '本次未尝试：一分钟内最多登录 {most} 次；允许后会立即再试',
  ],
  signInLast: ['the last answer, {time} ago: {why}', '上一次的结果（{time}前）：{why}'],
  askedTooOften: [
    'no new token is asked for now: {most} requests within a minute are the most there are',
    '暂不申请新令牌：一分钟内最多请求 {most} 次',
  ],
  seeTokenLife: [
    'see what the token endpoint says about the life of its tokens: apipatrol auth test',
    '请用 apipatrol auth test 查看令牌接口给出的有效期',
  ],
  tokenNotReadable: [
    'the patrol keeps the newest token, and it cannot be read here: {why}',
    '最新的令牌由巡检保存，此处无法读取：{why}',
  ],
  sealedOtherwise: ['it is sealed with another key', '它是用另一把密钥加密的'],
  runAsPatrol: [
    'run the command as the user and with the APIPATROL_KEY that the patrol has',
    '请以巡检所用的用户和 APIPATROL_KEY 运行该命令',
  ],
  otherProcessSignsIn: [
    'another process of this patrol has been signing in with this credential for a minute',
    '本巡检的另一个进程正用该凭证登录，已持续一分钟',
  ],
  tokenEmpty: ['the token is empty ({name})', '令牌为空（{name}）'],
  tokenUnfit: [
    'the token cannot be sent: it has {fault}, which the header {header} cannot carry',
    '令牌无法发送：其中有{fault}，不能放进请求头 {header}',
  ],
  lineBreak: ['a line break', '换行符'],
  controlCharacter: ['a control character', '控制字符'],
  notAscii: ['a character that is not ASCII', '非 ASCII 字符'],
  checkTokenSource: [
    'check where the token is taken from, and the secrets in the config',
    '请检查令牌的来源位置和配置中的密钥',
  ],
  // Requests that were not answered.
  requestInterrupted: ['{request} was interrupted', '{request} 被中断'],
  requestUnanswered: ['{request} did not answer within {time}', '{request} 在 {time} 内没有应答'],
  requestFailed: ['{request} failed: {why}', '{request} 失败：{why}'],
  requestNotSent: [
    '{request} was not sent: {origin} is {kind} ({address}) that no credential names',
    '{request} 未发送：{origin} 是{kind}（{address}），没有凭证指定该地址',
  ],
  trustCaOfSignIn: [
    '{what}; if that is your own CA, give its certificate at the top of the configuration or to the service: {lines}',
    '{what}；如为自建 CA，请在配置顶层或该服务下填写其证书：{lines}',
  ],
  nameClientCertificate: [
    '{what}; name a credential with `scheme: mtls` under `uses` of this one',
    '{what}；请在本凭证的 `uses` 下填写一个 `scheme: mtls` 的凭证',
  ],
  // Answers that give no token. What is not quoted is described.
  answered: ['{request} answered {status}', '{request} 返回 {status}'],
  answeredWith: ['{request} answered {status}, {problem}', '{request} 返回 {status}，{problem}'],
  saying: ['{what}: {said}', '{what}：{said}'],
  leadsTo: ['it leads to {target}', '跳转到 {target}'],
  hasKeys: ['it has {keys}', '响应包含 {keys}'],
  isEmpty: ['it is empty', '响应为空'],
  isBytesOf: ['it is {n} bytes of {type}', '响应为 {n} 字节的 {type}'],
  isBytes: ['it is {n} bytes without a media type', '响应为 {n} 字节，未注明类型'],
  clientRefused: ['the client was refused', '客户端被拒绝'],
  grantRefused: ['the grant was refused', '授权被拒绝'],
  noUsableToken: ['without a usable token ({type})', '没有可用的令牌（{type}）'],
  noMediaType: ['no media type', '未注明类型'],
  noIdToken: ['without an id_token', '没有 id_token'],
  noDiscovery: ['and is no usable discovery document', '不是可用的发现文档（discovery）'],
  otherIssuer: [
    'and names the issuer {issuer}, not {expected}',
    '其中的 issuer 为 {issuer}，而不是 {expected}',
  ],
  ruleNotMet: ['and `{rule}` does not hold', '但 `{rule}` 不成立'],
  saysFailed: ['and says that it failed', '并称登录失败'],
  noCookie: ['without a cookie', '没有 Cookie'],
  noTokenAt: ['without a token at {path}', '{path} 处没有令牌'],
  notJson: ['which is not JSON', '内容不是 JSON'],
  noValueAt: ['without a value for "{name}" at {path}', '{path} 处没有“{name}”的值'],
  // Values that cannot be made.
  unreadablePrivateKey: ['privateKey is not a private key in PEM', 'privateKey 不是 PEM 格式的私钥'],
  putNowhere: ['"{name}" can be put only into a form or a JSON object', '“{name}”只能放进表单或 JSON 对象'],
  templateUnfit: [
    'the template cannot be filled with the values that it was given',
    '模板无法用所给的值填充',
  ],
  filterUnfit: [
    'the filter {filter} cannot work with the value that it was given',
    '过滤器 {filter} 无法处理所给的值',
  ],
  valueUnknown: ['there is no value for "{name}"', '“{name}”没有值'],
  // The key that tokens are sealed with.
  keyTooShort: [
    'APIPATROL_KEY has {n} characters; at least 16 are needed',
    'APIPATROL_KEY 只有 {n} 个字符，至少需要 16 个',
  ],
  makeKey: ['make one with: openssl rand -base64 32', '可用以下命令生成：openssl rand -base64 32'],
  keyReadableByOthers: [
    '{file} can be read by others (mode {mode})',
    '{file} 可被其他用户读取（权限 {mode}）',
  ],
  protectKey: ['chmod 600 {file}', 'chmod 600 {file}'],
  noKeyInFile: ['{file} does not hold a key of {n} bytes in base64', '{file} 中不是 {n} 字节的 base64 密钥'],
  deleteKey: [
    'delete it; a new one will be made, and each credential signs in once more',
    '请删除它；会生成新的密钥，每个凭证重新登录一次',
  ],
  keyFileUnusable: ['the key file cannot be used: {why}', '密钥文件无法使用：{why}'],
  giveKeyAccess: [
    'give the user who runs apipatrol access to it, or set APIPATROL_KEY',
    '请授予运行 apipatrol 的用户访问权限，或设置 APIPATROL_KEY',
  ],
  // What to do.
  checkAccount: [
    'check the user name, client id and secrets in the config',
    '请检查配置中的用户名、client id 和密钥',
  ],
  checkAddress: ['check the address and the method', '请检查地址和方法'],
  writeTarget: ['write the address that it leads to into the config', '请在配置中直接写入跳转后的地址'],
  checkPassword: ['check the user name and the password in the config', '请检查配置中的用户名和密码'],
  loginCaptcha: [
    'the login wants a captcha, which a patrol cannot solve: use a login for machines without one, or a token',
    '登录需要验证码，巡检无法填写：请改用不需要验证码的登录方式，或直接配置令牌',
  ],
  loginLocked: [
    'the account is locked: have it unlocked; it is tried again only sparingly meanwhile',
    '账号已被锁定：请联系管理员解锁，期间会减少登录尝试',
  ],
  loginUnwell: [
    'the login server says that it is unwell itself; it is asked again within a minute',
    '登录服务自称异常，一分钟内会再次尝试登录',
  ],
  checkGrant: [
    'check the user name and password, or get a new refresh token',
    '请检查用户名和密码，或重新获取 refresh token',
  ],
  checkClient: [
    'check clientId and clientSecret; some servers want them in the body: `clientAuth: post`',
    '请检查 clientId 和 clientSecret；有些服务要求放在请求体里：`clientAuth: post`',
  ],
  checkTokenPath: ['check `token` and the login data in the config', '请检查配置中的 `token` 和登录信息'],
  checkKey: ['check `{key}`', '请检查 `{key}`'],
  sayWhereToken: ['say where the token is: `token: {path}`', '请说明令牌的位置：`token: {path}`'],
  askForIdToken: ['ask for it: `scope: openid`', '请申请该范围：`scope: openid`'],
  usedStaysHome: [
    'credential "{name}" does not name {host}, so what it uses ({names}) did not go there; if that is meant to, add under the credential: `hosts: ["{host}"]`',
    '凭证“{name}”未写明 {host}，因此其 uses 中的凭证（{names}）未发往该处；如确需发送，请在该凭证下添加：`hosts: ["{host}"]`',
  ],
  endpointElsewhere: [
    'and names the token endpoint {where}: only the configuration may say that secrets go to another host',
    '其中的令牌端点为 {where}，而机密可发往哪些其他主机只能由配置决定',
  ],
  nameEndpointHost: [
    'if it is the right one, add under the credential: `hosts: ["{host}"]`',
    '如果该端点无误，请在该凭证下添加：`hosts: ["{host}"]`',
  ],
  writeIssuer: [
    'write `issuer` as the server names itself, or give `tokenUrl` instead',
    '请按服务自报的名称填写 `issuer`，或改用 `tokenUrl`',
  ],
  isItTokenEndpoint: [
    'is it the address of a token endpoint? A token under a name of its own is found by `scheme: login` with `token: {path}`',
    '这是令牌接口的地址吗？令牌字段名不标准时，请改用 `scheme: login` 和 `token: {path}`',
  ],
  // Trying a credential out.
  withRefreshToken: ['comes with a refresh token', '附带 refresh token'],
  answeredAfter: ['{status} after {ms} ms', '{status}，耗时 {ms} 毫秒'],
  received: ['< {line}', '< {line}'],
  tokenHas: ['has {names}', '包含 {names}'],
  tokenEnds: ['ends {at}, in {seconds} s', '有效至 {at}（{seconds} 秒后）'],
  noEndStated: ['does not say when it ends', '未说明有效期'],
  lifeUnknown: ['its life is unknown: {why}', '有效期未知：{why}'],
  usedUntilRefused: [
    '{what}; it is used until it is refused, and renewed every {minutes} minutes',
    '{what}；会一直使用到被拒绝为止，并每 {minutes} 分钟更新一次',
  ],
  signingRequest: ['signing {request}', '签名 {request}'],
  signedAddress: ['address: {url}', '地址：{url}'],
  bodyChanged: ['the body was changed', '修改了请求体'],
  certificatePresented: ['a client certificate is presented', '出示客户端证书'],
  // Commands.
  commandsOff: [
    'the command {command} was not run: commands are off',
    '未运行命令 {command}：未允许运行命令',
  ],
  allowCommands: ['set `allowExec: true` in the config', '请在配置中设置 `allowExec: true`'],
  commandEnded: ['the command {command} ended with code {code}', '命令 {command} 以退出码 {code} 结束'],
  commandTooSlow: ['the command {command} did not end within {time}', '命令 {command} 在 {time} 内没有结束'],
  commandNotRun: ['the command {command} cannot be run: {why}', '命令 {command} 无法运行：{why}'],
  commandSilent: ['the command {command} printed nothing', '命令 {command} 没有输出'],
  commandWithout: [
    'the command {command} printed no text at {path}',
    '命令 {command} 的输出在 {path} 处没有文本',
  ],
} as const satisfies Catalogue;
