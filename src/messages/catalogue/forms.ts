import type { Catalogue } from './entry.ts';

/**
 * What the schemas of the configuration ask of a value, in their own words: a schema carries English texts alone, and is
 * recognised by them. Most follow the value that was found.
 */
export const formSentences = {
  // The validator's own, where it says no more.
  invalidInput: ['Invalid input', '内容无效'],
  invalidKeyIn: ['Invalid key in {what}', '{what} 中的键无效'],
  invalidElementIn: ['Invalid value in {what}', '{what} 中的值无效'],
  noChannelAddress: [
    'is no address of a channel; such addresses are {example} ({title})',
    '不是渠道地址；渠道地址形如 {example}（{title}）',
  ],
  noDuration: [
    'is not a duration; write for example 15m, 2s, 250ms or 1h30m',
    '不是时长；应类似 15m、2s、250ms 或 1h30m',
  ],
  noStatusOrList: [
    'is not a status; write 200, 2xx or a list of them',
    '不是状态码；请写 200、2xx，或由它们组成的列表',
  ],
  noSize: ['is not a size; write for example 1MiB, 512KiB or 2MB', '不是大小；应类似 1MiB、512KiB 或 2MB'],
  noHttpUrl: [
    'is not an http(s) URL; write for example https://orders.example',
    '不是 http(s) 地址；应类似 https://orders.example',
  ],
  noPercentage: [
    'is not a percentage from 50 to 99.99; write for example 99.9',
    '不是 50 到 99.99 之间的百分比；应类似 99.9',
  ],
  outsideDays: ['is outside 1d to 90d', '不在 1d 到 90d 之间'],
  outsideIntervals: ['is outside 10s to 24h', '不在 10s 到 24h 之间'],
  noTimeAtAll: ['is no time at all; write for example 15s', '时长为零；应类似 15s'],
  noTimeOfDay: ['is not a time of day; write for example 09:00', '不是时刻；应类似 09:00'],
  noTimeZone: [
    'is not a time zone; write an IANA name such as Asia/Shanghai',
    '不是时区；请写 IANA 名称，例如 Asia/Shanghai',
  ],
  noLocationName: [
    'is not a name of a location; write letters, digits, `-` and `_`, at most 40 of them',
    '不是地点名称；请用字母、数字、`-` 和 `_`，最多 40 个字符',
  ],
  noPartOfDay: [
    'is not a part of the day; write for example 22:00-08:00, mon-fri 09:00-18:00 or holiday 00:00-24:00',
    '不是时段；应类似 22:00-08:00、mon-fri 09:00-18:00 或 holiday 00:00-24:00',
  ],
  notADate: ['is not a date; write for example 2026-10-01', '不是日期；应类似 2026-10-01'],
  noDayOrKind: [
    'is neither a date nor a kind of day; write for example 2026-10-01, holiday or sat',
    '既不是日期也不是日期类别；应类似 2026-10-01、holiday 或 sat',
  ],
  noCron: [
    'is not a cron expression; write for example 0 2 * * 6 for Saturdays at 2',
    '不是 cron 表达式；应类似 0 2 * * 6（每周六 2 点）',
  ],
  noProxyAddress: [
    'is not a proxy; write http://host:port or none',
    '不是代理地址；请写 http://host:port 或 none',
  ],
  noPemCertificate: [
    'is not a certificate in PEM; write ${file:ca.pem}',
    '不是 PEM 格式的证书；请写 ${file:ca.pem}',
  ],
  brokenPemCertificate: [
    'has a certificate that cannot be read: it is cut short, or was changed on its way',
    '其中有无法解析的证书：内容不完整，或在复制时被改动',
  ],
  noPemAuthority: [
    'is not a certificate in PEM; write `${file:/path/ca.crt}`',
    '不是 PEM 格式的证书；请写 `${file:/path/ca.crt}`',
  ],
  noPemClient: [
    'is not a certificate in PEM; write `${file:/path/client.crt}`',
    '不是 PEM 格式的证书；请写 `${file:/path/client.crt}`',
  ],
  noPostgresAddress: [
    'is not the address of a PostgreSQL database; write postgres://user:password@host/database',
    '不是 PostgreSQL 数据库的地址；应写成 postgres://user:password@host/database',
  ],
  passwordNotEncoded: [
    'its password has characters that end it in an address; write %40 for @, %23 for #, %2F for /, %3F for ?, %25 for %, also in the environment variable that it comes from',
    '密码中含有在地址里另有含义的字符；请写成百分号编码：@ 写作 %40，# 写作 %23，/ 写作 %2F，? 写作 %3F，% 写作 %25，取自环境变量时也要这样写',
  ],
  noIpAddress: ['is not an IP address', '不是 IP 地址'],
  noMatch: [
    'is not a match; write `GET /orders/{id}`, `* /orders/**`, `operationId:getOrder` or `tag:orders`',
    '无法识别；请写 `GET /orders/{id}`、`* /orders/**`、`operationId:getOrder` 或 `tag:orders`',
  ],
  // The server.
  noHeaderName: ['is not the name of a header', '不是请求头的名称'],
  noNetwork: [
    'is not an address or network; write for example 10.0.0.0/8',
    '不是地址或网段；应类似 10.0.0.0/8',
  ],
  noHash: ['is not a hash; `apipatrol user hash` makes one', '不是密码哈希；可用 `apipatrol user hash` 生成'],
  invisibleInName: [
    'has characters in it that cannot be seen, or blanks around it',
    '含有不可见字符，或首尾有空格',
  ],
  mixesScripts: ['mixes {scripts}, which look alike', '混用了外形相近的文字（{scripts}）'],
  readsTheSame: [
    'reads the same as the user "{name}"; give each a name of its own',
    '与用户“{name}”看起来相同；请为每个用户取不同的名称',
  ],
  // Credentials.
  noJsonPath: ['is not a JSONPath; write for example $.data.token', '不是 JSONPath；应类似 $.data.token'],
  noHost: [
    'is not a host; write for example api.corp.example, *.corp.example or api.corp.example:8443',
    '不是主机；应类似 api.corp.example、*.corp.example 或 api.corp.example:8443',
  ],
  noPlaceInAnswer: [
    'is not a place in an answer; write a JSONPath (`$.data.token`), {others}',
    '不是响应中的位置；请写 JSONPath（`$.data.token`）、{others}',
  ],
  oneOrSeveralKeys: [
    'needs either `value` (one key) or `keys` (several), and not both',
    '需要 `value`（一个密钥）或 `keys`（多个密钥）之一，不能同时写',
  ],
  noPrivateKeyOrPassphrase: [
    'is not a private key in PEM, or the passphrase does not open it',
    '不是 PEM 格式的私钥，或口令不正确',
  ],
  noPrivateKey: ['is not a private key in PEM', '不是 PEM 格式的私钥'],
  presetOrSteps: [
    'needs either `preset` or `steps`, and not both',
    '需要 `preset` 或 `steps` 之一，不能同时写',
  ],
  needsTokenUrl: ['needs `tokenUrl` or `issuer`', '需要 `tokenUrl` 或 `issuer`'],
  needsPreset: [
    'needs `values.{name}` for {preset}: {meaning}',
    '使用 {preset} 需要 `values.{name}`：{meaning}',
  ],
  needsFor: ['needs `{key}` for `{what}`', '使用 `{what}` 需要 `{key}`'],
  needsProgram: ['needs at least the name of a program', '至少需要写程序的名称'],
  oneStep: ['must be exactly one of `set`, `put` and `join`', '只能写 `set`、`put`、`join` 之一'],
  severalBodies: [
    'has more than one body; keep one of `json`, `form`, `multipart` and `body`',
    '请求体多于一个；`json`、`form`、`multipart`、`body` 请只保留一个',
  ],
  valueUnknownHere: [
    'there is no value "{name}"; known here are {known}',
    '没有名为“{name}”的值；此处可用：{known}',
  ],
  // Channels.
  noWecomRobot: [
    'is neither the webhook URL of a group robot (…/cgi-bin/webhook/send?key=…) nor its key',
    '既不是群机器人的 webhook 地址（…/cgi-bin/webhook/send?key=…），也不是它的 key',
  ],
  noDingtalkRobot: [
    'is neither the webhook URL of a robot (…/robot/send?access_token=…) nor its access token',
    '既不是机器人的 webhook 地址（…/robot/send?access_token=…），也不是它的 access token',
  ],
  noFeishuRobot: [
    'is neither the webhook URL of a robot (…/open-apis/bot/v2/hook/…) nor its id',
    '既不是机器人的 webhook 地址（…/open-apis/bot/v2/hook/…），也不是它的 ID',
  ],
  noSlackWebhook: [
    'is not the URL of an incoming webhook (https://hooks.slack.com/services/…)',
    '不是 incoming webhook 的地址（https://hooks.slack.com/services/…）',
  ],
  noTeamsWorkflow: [
    'is not the URL of a workflow (https://….api.powerplatform.com/…/paths/invoke?…&sig=…)',
    '不是工作流的地址（https://….api.powerplatform.com/…/paths/invoke?…&sig=…）',
  ],
  noTeamsSignature: [
    'has no sig=: let "Anyone" trigger the workflow and copy its URL again',
    '地址中没有 sig=：请把工作流设为“任何人”可触发，再重新复制地址',
  ],
  noTelegramToken: [
    'is not the token of a bot, as @BotFather gives it (123456789:AAE…)',
    '不是 @BotFather 给出的机器人 token（123456789:AAE…）',
  ],
  noTelegramChat: [
    'is neither the number of a chat (-1001234567890) nor the name of a public one (@name)',
    '既不是聊天的编号（-1001234567890），也不是公开群组或频道的名称（@name）',
  ],
  noMailAddress: [
    'is not a mail address; write name@example.com or "Name <name@example.com>"',
    '不是邮箱地址；请写 name@example.com 或 "Name <name@example.com>"',
  ],
  needsRecipient: [
    'needs one of toUsers, toParties, toTags or chatId',
    '需要 toUsers、toParties、toTags、chatId 之一',
  ],
  // Templates of credentials.
  templateExpectsPipe: [
    '{expression}: expected a | behind the name, as in {example}',
    '{expression}：名称之后应为 |，例如 {example}',
  ],
  templateFilterMeant: [
    '{expression}: there is no filter "{filter}"; did you mean {meant}?',
    '{expression}：没有名为“{filter}”的过滤器；是否想写 {meant}？',
  ],
  templateFilterUnknown: [
    '{expression}: there is no filter "{filter}"; there are those of Liquid and {known}',
    '{expression}：没有名为“{filter}”的过滤器；可用的有 Liquid 自带的和 {known}',
  ],
  templateBrackets: [
    '{expression}: what stands in brackets must be a text',
    '{expression}：方括号中应为文本',
  ],
  templateTag: [
    'has a tag {% … %} that is not one of Liquid, or is not closed',
    '有未闭合的、或不属于 Liquid 的标签 {% … %}',
  ],
  templateNeedsValue: [
    '{expression}: {filter} needs a value, as in {example}',
    '{expression}：{filter} 需要一个值，例如 {example}',
  ],
  // Conditions, wherever they stand.
  conditionSubject: [
    'is no condition: found another beginning, expected what it is about: $.path, status, header NAME, body or size; write for example {examples}',
    '不是条件：开头应为检查的对象：$.path、status、header 名称、body 或 size；应类似 {examples}',
  ],
  conditionAge: [
    'is no condition: found {found} behind {operator}, expected a duration such as 10m; write for example {examples}',
    '不是条件：{operator} 之后是 {found}，应为类似 10m 的时长；应类似 {examples}',
  ],
  conditionNumber: [
    'is no condition: found {found} behind {operator}, expected a number or a size such as 10kb; write for example {examples}',
    '不是条件：{operator} 之后是 {found}，应为数字或类似 10kb 的大小；应类似 {examples}',
  ],
  conditionPath: [
    'is no condition: found {found}, expected a JSONPath (RFC 9535): {why}; write for example {examples}',
    '不是条件：{found} 不是 JSONPath（RFC 9535）：{why}；应类似 {examples}',
  ],
  conditionPattern: [
    'is no condition: found {found}, expected a regular expression: {why}; write for example {examples}',
    '不是条件：{found} 不是正则表达式：{why}；应类似 {examples}',
  ],
  conditionQuote: [
    'is no condition: found {found}, expected a quotation mark at the end of the text as well; write for example {examples}',
    '不是条件：{found} 缺少结尾的引号；应类似 {examples}',
  ],
  conditionTooLong: [
    'is no condition: found {n} characters, expected at most {most} of them; write for example {examples}',
    '不是条件：共 {n} 个字符，应为至多 {most} 个；应类似 {examples}',
  ],
  conditionPredicate: [
    'is no condition: found {found} behind {about}, expected what is to be true of it; write for example {examples}',
    '不是条件：{about} 之后是 {found}，应为要满足的内容；应类似 {examples}',
  ],
} as const satisfies Catalogue;
