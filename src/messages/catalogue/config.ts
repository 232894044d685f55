import type { Catalogue } from './entry.ts';

/** What is wrong with a configuration, or worth a notice, and what to do. */
export const configSentences = {
  // The file.
  noSuchFile: ['there is no such file', '文件不存在'],
  initOrName: [
    'Let `apipatrol init` write one, or name another with --config.',
    '可用 `apipatrol init` 生成，或用 --config 指定其他文件。',
  ],
  saveOrName: [
    'Save it as text in UTF-8, or name another file with --config.',
    '请保存为 UTF-8 文本，或用 --config 指定其他文件。',
  ],
  nameAnother: ['Name another file with --config.', '请用 --config 指定其他文件。'],
  over4MiB: ['it is larger than 4 MiB', '文件大于 4 MiB'],
  isUtf16: ['it is UTF-16; save it as UTF-8', '编码为 UTF-16；请保存为 UTF-8'],
  isNotUtf8: ['it is not UTF-8, perhaps GBK; save it as UTF-8', '编码不是 UTF-8，可能是 GBK；请保存为 UTF-8'],
  fileEmpty: ['the file is empty', '文件是空的'],
  fileNotMapping: ['the file is not a mapping of keys to values', '文件不是由键和值组成的映射'],
  writeAtLeast: [
    'Write at least `docs:` and `webhook:`, or let `apipatrol init` write the file.',
    '至少要写 `docs:` 和 `webhook:`，或用 `apipatrol init` 生成该文件。',
  ],
  // YAML.
  notValidYaml: ['not valid YAML: {why}', '不是合法的 YAML：{why}'],
  starWithoutAnchor: [
    'what begins with * refers to an anchor, and there is none of that name',
    '以 * 开头表示引用锚点，但没有该名称的锚点',
  ],
  starNeedsQuotes: [
    'A text that starts with * needs quotes, for example: "*.yaml".',
    '以 * 开头的文本需要加引号，例如："*.yaml"。',
  ],
  keyStandsTwice: ['the key "{key}" stands twice in one mapping', '同一映射中键“{key}”重复出现'],
  keepOne: ['Keep one of them.', '请只保留一个。'],
  moveUnderFirst: [
    'Put what stands below the second one (but for `- name:`) into the entry of that service under line {n}; the entry may have no `name` yet.',
    '请把第二处下面的内容（`- name:` 除外）移到第 {n} 行之下该服务的条目中；该条目可能还没有 `name`。',
  ],
  indentedWithTab: ['the line is indented with a tab', '该行用制表符缩进'],
  indentWithSpaces: ['YAML is indented with spaces.', 'YAML 只能用空格缩进。'],
  severalYamlDocuments: [
    'the file holds several YAML documents, divided by ---',
    '文件中有多个以 --- 分隔的 YAML 文档',
  ],
  keepOneDocument: [
    'Keep one of them; `services:` takes any number of documents.',
    '请只保留一个；`services:` 下可以写任意多个文档。',
  ],
  lookAtIndentation: [
    'Keys of one mapping begin in the same column, also on the line below: look at the indentation.',
    '同一映射的键必须从同一列开始，下一行也一样：请检查缩进。',
  ],
  quoteExpressions: [
    'Inside {braces} and [ ], put texts with {expression} in quotes: {example}.',
    '在 {braces} 和 [ ] 内，含有 {expression} 的文本请加引号：{example}。',
  ],
  // What is filled in.
  expressionUnknown: [
    '{expression} is not understood; allowed: {forms}',
    '无法识别 {expression}；可用的写法：{forms}',
  ],
  writeExpression: [
    'Write {variable} for an environment variable, or {literal} for the text itself.',
    '引用环境变量请写 {variable}；如果就是这段文本，请写 {literal}。',
  ],
  variableNotSet: ['the environment variable {name} is not set', '环境变量 {name} 未设置'],
  variableEmpty: ['the environment variable {name} is empty', '环境变量 {name} 为空'],
  setOrDefault: ['Set it, or give a default: {example}.', '请设置它，或给出默认值：{example}。'],
  setOrDefaultMeant: [
    'Set it, or give a default: {example}. Did you mean {name}?',
    '请设置它，或给出默认值：{example}。是否想写 {name}？',
  ],
  fileNotReadable: ['the file {file} cannot be read: {why}', '文件 {file} 无法读取：{why}'],
  namedNotReadable: ['"{file}" cannot be read: {why}', '“{file}”无法读取：{why}'],
  checkMounted: [
    'Check that it is mounted, and that this user may read it.',
    '请检查它是否已挂载，以及当前用户是否有权读取。',
  ],
  relativeToConfig: [
    'Relative paths are relative to the configuration file.',
    '相对路径以配置文件所在的目录为准。',
  ],
  // Keys and values.
  unknownKey: ['unknown key {key}; allowed: {allowed}', '未知的键 {key}；可用的键：{allowed}'],
  keyMissing: ['"{key}" is missing', '缺少“{key}”'],
  keyMissingOf: ['"{key}" is missing; allowed: {allowed}', '缺少“{key}”；可用的值：{allowed}'],
  didYouMean: ['Did you mean "{what}"?', '是否想写“{what}”？'],
  meantToBe: ['Is "{what}" meant to be it?', '是否误写成了“{what}”？'],
  quoteIt: ['Put it in quotes to make it a text.', '请加引号，使其成为文本。'],
  foundExpected: ['found {found}, expected {expected}', '实际为 {found}，应为{expected}'],
  foundAllowed: ['found {found}; allowed: {allowed}', '实际为 {found}；可用的值：{allowed}'],
  foundThat: ['{found} {what}', '{found} {what}'],
  thatFound: ['{what} (found {found})', '{what}（实际为 {found}）'],
  orElseType: ['{one} or {other}', '{one}或{other}'],
  expectedOnly: ['expected {expected}', '应为{expected}'],
  foundNothing: ['nothing', '空'],
  foundNull: ['nothing (null)', '空（null）'],
  foundList: ['a list of {n}', '{n} 项的列表'],
  foundMapping: ['a mapping', '映射'],
  aText: ['a text', '文本'],
  aNumber: ['a number', '数字'],
  aWholeNumber: ['a whole number', '整数'],
  trueOrFalse: ['true or false', ' true 或 false'],
  aList: ['a list', '列表'],
  aMapping: ['a mapping', '映射'],
  aTextLike: ['a text like {pattern}', '符合 {pattern} 的文本'],
  aValueOf: ['{form}', ' {form}'],
  anythingElse: ['nothing at all', '不填'],
  atLeast: ['at least {least}', '至少 {least}'],
  atLeastChars: [{ one: 'at least {n} character', other: 'at least {n} characters' }, '至少 {n} 个字符'],
  atLeastEntries: [{ one: 'at least {n} entry', other: 'at least {n} entries' }, '至少 {n} 项'],
  moreThan: ['more than {least}', '大于 {least}'],
  atMost: ['at most {most}', '至多 {most}'],
  lessThan: ['less than {most}', '小于 {most}'],
  atMostChars: [{ one: 'at most {n} character', other: 'at most {n} characters' }, '至多 {n} 个字符'],
  atMostEntries: [{ one: 'at most {n} entry', other: 'at most {n} entries' }, '至多 {n} 项'],
  multipleOf: ['a multiple of {n}', '{n} 的倍数'],
  badHeaderName: ['"{name}" is not the name of a header', '“{name}”不是请求头的名称'],
  headerNames: [
    'Letters, digits and - are: X-Tenant. The value stands behind the colon.',
    '名称由字母、数字和 - 组成，例如 X-Tenant；值写在冒号之后。',
  ],
  // Names that point nowhere, or several times.
  noSuchCredentialOf: [
    'there is no credential "{name}"; defined: {defined}',
    '没有名为“{name}”的凭证；已定义：{defined}',
  ],
  noCredentialAtAll: [
    'there is no credential "{name}"; there is no credential at all',
    '没有名为“{name}”的凭证；没有定义任何凭证',
  ],
  noSuchChannelOf: [
    'there is no channel "{name}"; defined: {defined}',
    '没有名为“{name}”的渠道；已定义：{defined}',
  ],
  noChannelAtAll: [
    'there is no channel "{name}"; there is no channel at all',
    '没有名为“{name}”的渠道；没有定义任何渠道',
  ],
  noSuchServiceOf: [
    'there is no service "{name}"; defined: {defined}',
    '没有名为“{name}”的服务；已定义：{defined}',
  ],
  noServiceAtAll: [
    'there is no service "{name}"; there is no service at all',
    '没有名为“{name}”的服务；没有定义任何服务',
  ],
  neitherServicesNorDocs: ['neither "services" nor "docs" is given', '“services”和“docs”都没有写'],
  sayWhereDocuments: [
    'Say where the documents are: docs: ./openapi.yaml',
    '请写明文档的位置：docs: ./openapi.yaml',
  ],
  excludeEachOther: ['"{key}" and "services" exclude each other', '“{key}”不能与“services”同时使用'],
  moveIntoServices: ['Move "{key}" into an entry of "services".', '请把“{key}”移到“services”的某个条目中。'],
  webhookIsTeam: [
    '"webhook" is short for a channel called team, and "channels" has one too',
    '“webhook”等同于名为 team 的渠道，而“channels”中也有 team',
  ],
  servicesOfOneName: ['two services are called "{name}"', '有两个服务都叫“{name}”'],
  objectivesOfOneName: ['two objectives are called "{name}"', '有两个目标都叫“{name}”'],
  renameOne: ['Rename one of them.', '请为其中一个改名。'],
  objectiveWithoutGoal: [
    '"{name}" has neither "availability" nor "latency"',
    '“{name}”既没有“availability”也没有“latency”',
  ],
  writeAvailability: ['Write for example availability: 99.9.', '请写明目标，例如 availability: 99.9。'],
  credentialNeedsItself: [
    'the credential "{name}" needs itself, by way of {way}',
    '凭证“{name}”循环依赖自身，经由 {way}',
  ],
  channelForItself: ['the channel "{name}" cannot stand in for itself', '渠道“{name}”不能作为自己的备用渠道'],
  noTemplate: ['is no Liquid template: {why}', '不是合法的 Liquid 模板：{why}'],
  ownerOfNothing: [
    '"{match}" is no operation; write for example GET /orders/** zhangsan',
    '“{match}”不是接口；应类似 GET /orders/** zhangsan',
  ],
  // Notices.
  unusualInterval: [
    'the interval is {interval} instead of the usual {usual}',
    '巡检间隔为 {interval}，而不是通常的 {usual}',
  ],
  nobodyIsTold: [
    'there is no channel: incidents are recorded and nobody is told',
    '没有配置渠道：故障会记录，但不会通知任何人',
  ],
  addWebhook: [
    'Add `webhook:` with the address of a WeCom group robot, or `channels:`.',
    '请添加 `webhook:`（企业微信群机器人的地址）或 `channels:`。',
  ],
  secretsReadableByAll: [
    {
      one: 'everybody on this machine can read the secret in {files}',
      other: 'everybody on this machine can read the secrets in {files}',
    },
    '本机所有用户都能读取 {files} 中的密钥',
  ],
  closeSecrets: ['Close it to others: `chmod o-r {files}`.', '请取消其他用户的读权限：`chmod o-r {files}`。'],
  noPictures: [
    'messages go without their picture: what draws it ({name}) is not installed',
    '消息不带图片：未安装用于绘图的 {name}',
  ],
  installPictures: [
    'Run `npm install --global {name}` (without `--global` where apipatrol is installed in a folder), or set `picture: never`.',
    '请运行 `npm install --global {name}`（apipatrol 安装在某个目录中时不加 `--global`），或设置 `picture: never`。',
  ],
  noPageForCard: [
    'a card or news leads to a page, and there is none: messages are sent as markdown',
    '卡片和图文消息需要跳转页面，但没有页面：消息改为 markdown 发送',
  ],
  setPage: ['Set `server.url`, or `link` of the channel.', '请设置 `server.url`，或该渠道的 `link`。'],
  oneAddressForAll: [
    'everybody comes from one address: people share one limit on sign-ins, and the audit does not know them apart',
    '所有人的来源地址相同：登录次数限制由大家共用，审计日志也无法区分',
  ],
  setProxies: [
    'Set `server.proxies` to the addresses of what stands before the server and speaks https.',
    '请把 `server.proxies` 设为服务前面提供 https 的代理的地址。',
  ],
  calendarWithoutDay: [
    'the calendar has no day in it: Monday to Friday are workdays from now on, without exception',
    '日历中没有任何日期：今后周一至周五一律算工作日',
  ],
  calendarOver: [
    'the calendar ends on {date}: Monday to Friday are workdays from now on, without exception',
    '日历只到 {date}：此后周一至周五一律算工作日',
  ],
  addDaysTo: ['Add the days to come to {files}.', '请在 {files} 中补充今后的日期。'],
  addDays: [
    'Add the days to come to `calendar.holidays` and `calendar.workdays`.',
    '请在 `calendar.holidays` 和 `calendar.workdays` 中补充今后的日期。',
  ],
  // Files with holidays.
  noDate: [
    '"{text}" is not a date; write for example 2026-10-01 or 2026-10-01..2026-10-07',
    '“{text}”不是日期；应类似 2026-10-01 或 2026-10-01..2026-10-07',
  ],
  endsBeforeItBegins: ['"{text}" ends before it begins', '“{text}”的结束早于开始'],
  longerThanYear: ['"{text}" is longer than a year', '“{text}”超过一年'],
  noCalendarBegin: ['does not begin with BEGIN:VCALENDAR', '没有以 BEGIN:VCALENDAR 开头'],
  eventWithoutStart: ['the event has no DTSTART', '该事件没有 DTSTART'],
  startNotWholeDay: [
    '"{text}" is not a whole day; expected DTSTART;VALUE=DATE:20261001',
    '“{text}”不是全天；应类似 DTSTART;VALUE=DATE:20261001',
  ],
  endNotAfter: [
    '"{text}" is not a whole day after the {from} on which it begins',
    '“{text}”不是开始日 {from} 之后的全天日期',
  ],
  ruleUnknown: [
    '"{rule}" is not understood; only RRULE:FREQ=YEARLY is, or the dates one by one',
    '无法识别“{rule}”；只支持 RRULE:FREQ=YEARLY，或逐一列出日期',
  ],
  notValidTree: ['not valid: {why}', '内容有误：{why}'],
  otherKeys: [
    'found other keys, expected a list of dates, or a mapping with `days`, `holidays` or `workdays`',
    '只有其他的键；应为日期列表，或含有 `days`、`holidays`、`workdays` 的映射',
  ],
  somethingElse: [
    'found something else, expected a list of dates, or a mapping with `days`, `holidays` or `workdays`',
    '内容不符；应为日期列表，或含有 `days`、`holidays`、`workdays` 的映射',
  ],
  entryWithoutDate: [
    'has no `date`; write for example date: 2026-10-01',
    '没有 `date`；应类似 date: 2026-10-01',
  ],
  // Comments of the configuration for a start.
  'template.scan': [
    'shows what will be called, and why the rest will not',
    '查看会调用哪些接口，以及其余接口为何不调用',
  ],
  'template.check': ['calls it once', '调用一次'],
  'template.run': [
    'calls it every 15 minutes and tells the channel what broke',
    '每 15 分钟调用一次，出现异常时通知渠道',
  ],
  'template.values': ['Values from elsewhere:', '取自别处的值：'],
  'template.name': [
    "the service's name in every message; default: from the file or host",
    '消息中的服务名；默认取自文件名或主机名',
  ],
  'template.baseUrl': ["default: the document's own servers", '默认为文档中的 servers'],
  'template.owners': ['user ids to mention', '需要 @ 的成员 ID'],
  'template.params': [
    'values for parameters that the document gives no example for',
    '文档没有示例的参数，其值写在这里',
  ],
  'template.operations': ['settings for some operations', '针对部分接口的设置'],
  'template.match': [
    'or a glob (GET /orders/**), operationId:x, tag:x',
    '也可以用通配（GET /orders/**）、operationId:x、tag:x',
  ],
  'template.allow': ['call it although it is not a GET', '不是 GET 也调用'],
  'template.latency': ['slower is reported as degraded', '超过即视为变慢'],
  'template.ca': [
    'Trusted as well; {expression} in its place reads it from a file.',
    '额外信任的 CA 证书；写成 {expression} 则从文件读取。',
  ],
  'template.language': ['or en', '或 en'],
  'template.told': ['Who is told: the address of one of {kinds}.', '通知到哪里：填写 {kinds} 之一的地址。'],
  'template.others': [
    'For several, or another kind ({kinds}), write channels: in its place.',
    '需要多个渠道或其他类型（{kinds}）时，改写为 channels:。',
  ],
  'template.defaults': ['Defaults:', '默认值：'],
  'template.or': ['or', '或'],
} as const satisfies Catalogue;
