import type { Catalogue } from './entry.ts';

/** What `--help` says, and what is wrong with a command line. */
export const cliHelpSentences = {
  'help.program': [
    'Monitors every endpoint in your API docs and alerts WeCom when one breaks.',
    '巡检接口文档中的每个接口，出现故障时通知企业微信群。',
  ],
  'help.exitCodes': [
    `  Exit codes:
    0  all pass        1  something failed        2  could not run`,
    `  退出码：
    0  全部通过        1  有失败        2  无法运行`,
  ],
  'help.startHere': ['Start here:', '从这里开始：'],
  'help.examples': [{ one: 'Example:', other: 'Examples:' }, '示例：'],
  'help.seeHelp': ['(see --help)', '（用法见 --help）'],
  'help.help': ['display help for command', '显示命令的用法'],
  'help.version': ['output the version number', '显示版本号'],
  'help.language': [
    'Language of the output (default: from LC_ALL, LC_MESSAGES or LANG)',
    '输出语言（默认取自 LC_ALL、LC_MESSAGES 或 LANG）',
  ],
  // Words of the library that reads command lines.
  'help.usage': ['Usage:', '用法：'],
  'help.arguments': ['Arguments:', '参数：'],
  'help.options': ['Options:', '选项：'],
  'help.globalOptions': ['Global Options:', '全局选项：'],
  'help.commands': ['Commands:', '命令：'],
  'help.optionsPlace': ['[options]', '[选项]'],
  'help.commandPlace': ['[command]', '[命令]'],
  'help.choices': ['choices: {choices}', '可选 {choices}'],
  'help.default': ['default: {value}', '默认 {value}'],
  'help.env': ['env: {name}', '环境变量 {name}'],
  'help.separator': [', ', '，'],
  'help.more': ['{text} ({more})', '{text}（{more}）'],
  'usage.error': ['error: {what}', '错误：{what}'],
  'usage.didYouMean': ['(Did you mean {name}?)', '（是否想写 {name}？）'],
  'usage.didYouMeanOne': ['(Did you mean one of {names}?)', '（是否想写其中之一：{names}？）'],
  'usage.unknownOption': ["unknown option '{flag}'", '没有选项 {flag}'],
  'usage.unknownCommand': ["unknown command '{name}'", '没有命令 {name}'],
  'usage.missingArgument': ["missing required argument '{name}'", '缺少参数 {name}'],
  'usage.missingValue': ["option '{flags}' argument missing", '选项 {flags} 缺少值'],
  'usage.missingOption': ["required option '{flags}' not specified", '缺少必需的选项 {flags}'],
  'usage.invalidOption': [
    "option '{flags}' argument '{value}' is invalid. {why}",
    '选项 {flags} 的值 {value} 无效：{why}',
  ],
  'usage.invalidOptionFromEnv': [
    "option '{flags}' value '{value}' from env '{name}' is invalid. {why}",
    '选项 {flags} 的值 {value}（来自环境变量 {name}）无效：{why}',
  ],
  'usage.invalidArgument': [
    "command-argument value '{value}' is invalid for argument '{name}'. {why}",
    '参数 {name} 的值 {value} 无效：{why}',
  ],
  'usage.allowed': ['Allowed choices are {choices}.', '可选 {choices}。'],
  'usage.tooMany': [
    {
      one: 'too many arguments{forCommand}. Expected {n} argument but got {got}.',
      other: 'too many arguments{forCommand}. Expected {n} arguments but got {got}.',
    },
    '参数过多{forCommand}：应有 {n} 个，实际 {got} 个。',
  ],
  'usage.forCommand': [" for '{name}'", '（命令 {name}）'],
  'usage.duration': ['write for example 24h, 7d or 30m.', '请写成 24h、7d 或 30m 这样的形式。'],
  'usage.header': ["write 'Name: value'.", '请写成 "Name: value" 的形式。'],
  'usage.port': ['write a number from 0 to 65535.', '请写 0 到 65535 之间的数字。'],
  'usage.messageId': ['write the number of a message, for example 17.', '请写消息编号，例如 17。'],
  // Options of several commands.
  'option.config': ['Configuration file', '配置文件'],
  'option.json': ['Print JSON', '以 JSON 输出'],
  'option.only': [
    "Only these operations, by method and path: 'GET /orders*'",
    "只包括这些接口，按方法和路径：'GET /orders*'",
  ],
  'option.tag': ['Only operations with one of these tags', '只包括带有其中某个标签的接口'],
  'option.service': ['Only operations of these services', '只包括这些服务的接口'],
  'option.since': ['How far back', '往前多久'],
  'option.outputFile': ['File to write', '要写入的文件'],
  'option.log': [
    'Log format (default: text on a terminal, json otherwise)',
    '日志格式（默认：终端上为 text，否则为 json）',
  ],
  'option.scenario': ['Sample situation to render', '用哪种示例情形'],
  'option.channel': ['Channel name (default: all)', '渠道名称（默认：全部）'],
  'option.credential': ['Credential name (default: all)', '凭证名称（默认：全部）'],
  'option.incidentId': ['Incident id: A7F3', '故障编号：A7F3'],
  'option.duration': ['Duration', '时长'],
  'option.userName': ['User name', '用户名'],
  // Commands.
  'help.init.does': [
    'Create a commented apipatrol.yaml from three answers',
    '回答三个问题，生成带注释的 apipatrol.yaml',
  ],
  'help.init.docs': ['File, folder, glob or URL of the API docs', '接口文档的文件、文件夹、通配符或 URL'],
  'help.init.webhook': ['Address of the channel: {titles}', '渠道地址：{titles}'],
  'help.init.auth': ['How the API authenticates', '接口的登录方式'],
  'help.init.force': ['Overwrite an existing file', '覆盖已有的文件'],
  'help.init.yes': ['Ask nothing, accept the defaults', '不提问，采用默认值'],
  'help.scan.does': [
    'List documents and operations, and whether each is called',
    '列出文档和接口，以及每个接口是否会调用',
  ],
  'help.scan.coverage': ['Show coverage and how to improve it', '显示覆盖情况和改进方法'],
  'help.check.does': ['Call every operation once, now', '立即把每个接口调用一次'],
  'help.silence.dryRun': ['Show what it would cover and begin none', '只显示会静默哪些内容，不真正静默'],
  'help.check.now': [
    "Have the patrol that runs call one operation, or those of an incident, now: 'GET /orders' or A7F3",
    "让正在运行的巡检立即调用一个接口或某个故障的接口：'GET /orders' 或 A7F3",
  ],
  'help.auth.retryDoes': [
    'Have the patrol that runs sign in now with a credential that has no token',
    '让正在运行的巡检立即用尚无令牌的凭证重新登录',
  ],
  'help.check.document': [
    'File, folder, glob or URL of API docs to check without a configuration',
    '接口文档的文件、文件夹、通配符或 URL，不用配置即可检查',
  ],
  'help.check.baseUrl': [
    'Base URL for [document] (default: its own servers)',
    '[document] 的服务地址（默认：文档中写明的地址）',
  ],
  'help.check.bearer': ['Bearer token for [document]', '[document] 使用的 Bearer 令牌'],
  'help.check.header': ["Headers for [document]: 'X-Tenant: 7'", "[document] 使用的请求头：'X-Tenant: 7'"],
  'help.check.reporter': ['Write a report in this format', '按此格式输出报告'],
  'help.check.output': [
    'Report file (default: standard output, instead of the usual one)',
    '报告文件（默认：标准输出，取代平常的输出）',
  ],
  'help.check.failOn': [
    'Exit with 1 from this level on; each includes the ones before',
    '达到此程度即以 1 退出，每一级都包含前面的各级',
  ],
  'help.check.baseline': [
    'Earlier JSON report: known failures do not count',
    '以前的 JSON 报告：其中已有的失败不计',
  ],
  'help.check.wait': [
    'Wait so long for services that are still starting',
    '等待仍在启动的服务，最长等待此时间',
  ],
  'help.runNow.does': [
    'Have the patrol that runs patrol every service now',
    '让正在运行的巡检立即巡检所有服务',
  ],
  'help.completion.does': ['Write a script that completes commands in a shell', '输出命令行补全脚本'],
  'help.completion.shell': ['Which shell', '所用的 shell'],
  'help.check.more': [
    `What counts as failed (--fail-on):
  fail      what no value of ours explains: a 5xx, a business error, a broken promise
  degraded  also what is slow, flaky or bends its promise
  drift     also what differs from the document beside that
  unproven  also what a made-up value, an example or a parameter that is not sent may explain

Exit codes:
  0    nothing failed, or only what the baseline knows
  1    something failed, by --fail-on
  2    could not run: configuration, document or sign-in
  130  interrupted`,
    `哪些算失败（--fail-on）：
  fail      与所用参数值无关的失败：5xx、业务错误、违反文档约定
  degraded  还包括变慢、不稳定、轻微偏离约定
  drift     还包括其他与文档不一致之处
  unproven  还包括可能由自动生成的值、文档示例或未发送的参数造成的失败

退出码：
  0    没有失败，或只有基线中已知的失败
  1    有失败（按 --fail-on）
  2    无法运行：配置、文档或登录有问题
  130  被中断`,
  ],
  'help.run.does': [
    'Run the daemon: one cycle now, then one every interval',
    '常驻运行：立即巡检一轮，之后每个周期一轮',
  ],
  'help.run.checkConfig': ['Check the configuration and exit', '只检查配置，然后退出'],
  'help.run.more': [
    `Signals:
  SIGTERM, SIGINT  stop: no new checks, those in flight end within the grace period; a second one ends at once
  SIGHUP           read the configuration again
  SIGUSR2          run a cycle now`,
    `信号：
  SIGTERM, SIGINT  停止：不再发起检查，进行中的在宽限期内结束；再次收到则立即退出
  SIGHUP           重新读取配置
  SIGUSR2          立即巡检一轮`,
  ],
  'help.serve.does': ['Run the daemon with the web UI and HTTP API', '常驻运行，并提供网页和 HTTP API'],
  'help.serve.port': ['Port to listen on (default: server.port)', '监听端口（默认：server.port）'],
  'help.serve.more': [
    `Listens on server.host and server.port of the configuration, by default http://127.0.0.1:8420. Without a
configuration the page leads from a document and a webhook to one.
Signals: as for run.`,
    `监听配置中的 server.host 和 server.port，默认 http://127.0.0.1:8420。
还没有配置时，网页会引导你用一份文档和一个群机器人地址生成配置。
信号：与 run 相同。`,
  ],
  'help.status.does': ['Show open incidents and the last cycle', '显示未恢复的故障和最近一轮巡检'],
  'help.health.does': [
    'Ask the patrol that runs here whether it works (for container probes)',
    '询问本机运行中的巡检是否正常（用于容器探针）',
  ],
  'help.health.ready': [
    'Whether it also does its work: configuration, store, cycles',
    '同时检查能否正常工作：配置、存储、巡检',
  ],
  'help.health.more': [
    `Asks through the socket beside the store, so that no port has to be open and nobody has to sign in. What the patrol finds in
services makes no difference. Exit code 0: it works; 1: it does not, or does not answer in time, or none runs.`,
    `通过存储旁的套接字询问，不需要开放端口，也不需要登录。被巡检的服务是否出故障不影响结果。
退出码 0：正常；1：不正常、没有按时应答，或没有巡检在运行。`,
  ],
  'help.setUp.does': [
    'Show what has never worked or is not called, why, and how to fix it',
    '显示从未调通或没有调用的接口、原因和解决办法',
  ],
  'help.setUp.service': ['Only this service', '只看这个服务'],
  'help.setUp.more': [
    `As the last complete cycle of \`run\` or \`serve\` has found it. What stands here does not alarm before it has once worked.
Without a patrol, \`apipatrol check\` ends with the same list.`,
    `以 \`run\` 或 \`serve\` 最近一轮完整的巡检为准。列出的接口在首次调通之前不会告警。
没有常驻巡检时，\`apipatrol check\` 的末尾也会列出同样的清单。`,
  ],
  'help.why.does': [
    'Explain an incident or operation: results, rules, messages sent and suppressed',
    '说明一起故障或一个接口的来龙去脉：结果、规则、已发送和未通知的消息',
  ],
  'help.why.what': ['Incident id (A7F3) or operation ({example})', '故障编号（A7F3）或接口（{example}）'],
  'help.why.service': [
    'Service of the operation, if several have it',
    '接口所属的服务（多个服务都有该接口时）',
  ],
  'help.ack.does': [
    'Acknowledge an incident (pauses reminders and escalation)',
    '认领一起故障（暂停提醒和升级）',
  ],
  'help.ack.note': ['What is being done', '正在如何处理'],
  'help.ack.undo': ['Remove the acknowledgement', '取消认领'],
  'help.comment.does': [
    'Comment on an incident; shown by `why` and in the audit log',
    '评论一起故障，显示在 `why` 和审计记录中',
  ],
  'help.comment.text': ['The comment', '评论内容'],
  'help.silence.does': [
    'Silence matching incidents for a while; checks keep running, and recoveries of what was announced are still sent',
    '在一段时间内静默匹配的故障；检查照常进行，已通知过的故障恢复时仍会通知',
  ],
  'help.silence.addDoes': [
    'Add a silence; an incident has to match every option given',
    '添加静默，故障须符合给出的每个条件',
  ],
  'help.silence.for': ['Duration: 2h, 3d', '时长：2h、3d'],
  'help.silence.reason': ['Reason, shown wherever the silence applies', '原因，显示在静默生效的各处'],
  'help.silence.incident': ['This incident: A7F3', '这起故障：A7F3'],
  'help.silence.service': ['Incidents of these services', '这些服务的故障'],
  'help.silence.tag': ['Incidents of operations with one of these tags', '带有其中某个标签的接口的故障'],
  'help.silence.cause': ['Incidents with one of these cause levels', '根因属于其中某个层级的故障'],
  'help.silence.subject': ["Subject, * for any text: 'GET /orders*'", "对象，* 代表任意内容：'GET /orders*'"],
  'help.silence.listDoes': ['List active silences', '列出生效中的静默'],
  'help.silence.endDoes': [
    'End a silence early; incidents it suppressed that are still open are announced',
    '提前结束静默，被它静默且尚未恢复的故障会发出通知',
  ],
  'help.silence.id': ['Silence number from `silence list`', '`silence list` 中的静默编号'],
  'help.maintenance.does': [
    'List maintenance windows and when each starts next',
    '列出维护窗口和各自的下次开始时间',
  ],
  'help.audit.does': [
    'List who silenced, acknowledged or commented what, and when',
    '列出谁在何时静默、认领、评论了什么',
  ],
  'help.report.does': [
    'Report on a period: incidents, failing and slow operations, SLOs, changes',
    '生成一段时间的报告：故障、失败和偏慢的接口、SLO、文档变更',
  ],
  'help.report.format': [
    'Report format (default: by file extension, otherwise text)',
    '报告格式（默认：按文件扩展名，否则为 text）',
  ],
  'help.report.more': [
    'The report is in the language that --language names, and otherwise in that of the configuration.',
    '报告使用 --language 指定的语言，未指定时使用配置中的语言。',
  ],
  'help.notify.does': [
    'Test channels, preview messages, manage the outbox',
    '测试渠道、预览消息、管理待发消息',
  ],
  'help.notify.testDoes': ['Send a test message and show every step', '发送一条测试消息，逐步显示过程'],
  'help.notify.mention': [
    'Mention these people: user ids, mobile numbers or @all',
    '提及这些人：用户 ID、手机号或 @all',
  ],
  'help.notify.previewDoes': [
    'Print what a channel would receive in a sample situation; sends nothing',
    '显示渠道在示例情形下会收到的内容，不会发送',
  ],
  'help.notify.queueDoes': ['List pending and undelivered messages', '列出待发送和未送达的消息'],
  'help.notify.queueMore': [
    `Exit codes:
  0  nothing is undelivered      1  something is: see notify requeue`,
    `退出码：
  0  没有未送达的消息      1  有未送达的消息：见 notify requeue`,
  ],
  'help.notify.requeueDoes': [
    'Requeue undelivered messages; a running daemon sends them at once',
    '重新发送未送达的消息，常驻巡检会立即发送',
  ],
  'help.notify.messageIds': ['Message numbers from `notify queue`', '`notify queue` 中的消息编号'],
  'help.notify.all': ['All of them', '全部重发'],
  'help.auth.does': ['Test credentials, clear cached tokens', '测试凭证、清除缓存的令牌'],
  'help.auth.testDoes': [
    'Sign in again and make a signed request, showing each step but no secrets',
    '重新登录并发出一次带凭证的请求，逐步显示过程，不显示密钥',
  ],
  'help.auth.testMore': [
    `verified      an operation has taken it, and refuses to be called without it
not verified  nothing has refused it, but no operation shows that it is good
refused       the sign-in failed, or an operation does not take it: exit code 1`,
    `已验证    有接口接受它，不带它则被拒绝
未验证    没有被拒绝，但也没有接口能证明它有效
被拒绝    登录失败，或接口不接受它：退出码 1`,
  ],
  'help.auth.clearDoes': [
    'Clear cached tokens, on disk too; the next call signs in again',
    '清除缓存的令牌，包括磁盘上的，下次调用时重新登录',
  ],
  'help.worker.does': ['Call operations from another network for a patrol', '在另一个网络中为巡检调用接口'],
  'help.worker.location': ['Location to work at', '所在地点'],
  'help.worker.server': [
    'Addresses of the servers of the patrol; they are tried in turn',
    '巡检服务端地址；可写多个，依次尝试',
  ],
  'help.worker.token': ['Token to join with; needed once', '加入用的令牌；只需一次'],
  'help.worker.tokenFile': ['Read the token from a file', '从文件读取令牌'],
  'help.worker.identity': [
    'File with what the worker is known by (default: .apipatrol/worker-LOCATION.json)',
    '执行器的身份文件（默认 .apipatrol/worker-地点.json）',
  ],
  'help.worker.certificate': [
    'Certificate (PEM) to show a server that asks for one',
    '服务端要求客户端证书时出示的证书（PEM）',
  ],
  'help.worker.certificateKey': ['Its private key (PEM)', '该证书的私钥（PEM）'],
  'help.worker.batches': ['Batches at once (default: 50)', '同时处理的批次数（默认 50）'],
  'help.worker.more': [
    'It asks the servers for work over outbound HTTPS, so it works behind NAT. SIGTERM gives its batches back.',
    '执行器只通过出站 HTTPS 向服务端领取任务，可在 NAT 之后运行。收到 SIGTERM 时交还手中的批次。',
  ],
  'help.worker.tokenDoes': [
    'Make a token that lets one worker join a location',
    '生成供一个执行器加入某地点的令牌',
  ],
  'help.worker.tokenLocation': ['Location that it is for', '令牌所属的地点'],
  'help.worker.expires': [
    'How long it is good for, from 1m to 30d (default: 24h)',
    '有效期，1m 至 30d（默认 24h）',
  ],
  'help.worker.tokensDoes': ['List tokens that no worker has joined with yet', '列出尚未使用的令牌'],
  'help.worker.listDoes': ['List workers', '列出执行器'],
  'help.worker.statusDoes': [
    'Show locations and who works there; exit code 1 when nobody does',
    '显示各地点及其执行器；有地点无执行器时退出码为 1',
  ],
  'help.worker.removeDoes': [
    'Let a worker work no more; others go on with what it has in hand. Or revoke an unused token',
    '移除一个执行器，它手中的任务由其他执行器继续；也可作废尚未使用的令牌',
  ],
  'help.worker.id': [
    'Id of the worker, as `worker list` shows it, or of the token, as `worker tokens` does',
    '执行器编号（见 `worker list`）或令牌编号（见 `worker tokens`）',
  ],
  'help.user.does': ['Manage users of the web UI', '管理网页的用户'],
  'help.user.addDoes': [
    'Add a user or change a password (prompted for, or read from stdin)',
    '添加用户或修改密码（密码由提示输入，或从标准输入读取）',
  ],
  'help.user.role': ['Role of the user', '用户的角色'],
  'help.user.service': ['Limit the role to these services', '角色仅限于这些服务'],
  'help.user.removeDoes': [
    'Remove a user and end their sessions and API tokens',
    '删除用户，并使其会话和 API 令牌失效',
  ],
  'help.user.keepTokens': ['Keep the API tokens that the user created', '保留该用户创建的 API 令牌'],
  'help.user.listDoes': ['List users', '列出用户'],
  'help.user.hashDoes': [
    'Print a password hash for server.signIn.users',
    '输出用于 server.signIn.users 的密码哈希',
  ],
  'help.store.does': ['Look after the database', '管理数据库'],
  'help.store.migrateDoes': [
    'Bring the embedded database into a PostgreSQL one, and compare both',
    '把内嵌数据库迁移到 PostgreSQL，并核对两边的数据',
  ],
  'help.store.from': [
    'Embedded database to bring over (default: store.path of the configuration)',
    '要迁移的内嵌数据库（默认：配置中的 store.path）',
  ],
  'help.store.to': [
    'PostgreSQL database, empty (default: store of the configuration); {example} is filled in',
    '目标 PostgreSQL 数据库，须为空（默认：配置中的 store）；{example} 会被替换',
  ],
  'help.store.restart': [
    'Delete what an unfinished migration has left, and begin anew',
    '删除未完成的迁移留下的数据，重新开始',
  ],
  'help.store.migrateMore': [
    `Stop the patrol first, and set APIPATROL_KEY as it will be set for it. The file is not changed. One that was
interrupted goes on where it was when it is run again; until it has ended no patrol starts on the new database.`,
    `请先停止巡检，并设置巡检将使用的 APIPATROL_KEY。原文件不会改动。中断后再次运行即可从中断处继续；
迁移完成之前，巡检无法在新数据库上启动。`,
  ],
  'help.replay.does': [
    'Replay stored results against another configuration; sends and changes nothing',
    '用另一份配置重放已存储的结果，不发送也不修改任何内容',
  ],
  'help.replay.database': [
    'Database to replay (default: the configured one)',
    '要重放的数据库（默认：配置中的数据库）',
  ],
  'help.replay.more': [
    `Operations are planned by the configuration and the documents as they are now. Silences, acknowledgements and what
looks between cycles found count as they did then; summaries and messages about changed documents are left out. What
is not known any more: operations that are no longer planned, when exactly response times were learnt, and, for
cycles from before looks were kept, what they found (there, a recovery counts at once). Cycles are judged at their
ends, not in the middle as well. Certificates that were looked at apart from calls are not judged, and what had
never worked by then stays as it was judged. Messages are those that were put together; several may have been sent
as one.`,
    `接口按现在的配置和文档规划。静默、认领和轮次之间复查的结果按当时的情况计入，日报、周报和文档变更的消息不计。
以下情况已无法得知：不再规划的接口、响应时间基线形成的确切时间，以及尚未保存复查结果的轮次中复查的结果（这些轮次中恢复即时生效）。
每一轮只在结束时判定，不在中途判定。单独检查的证书不做判定，当时从未调通的接口保持原判定。
消息按汇总后的条数计，实际发送时可能几条合为一条。`,
  ],
  'help.config.does': ['Work with the configuration file', '处理配置文件'],
  'help.config.checkDoes': [
    'Report every problem in the configuration without running anything',
    '列出配置中的全部问题，不运行任何检查',
  ],
} as const satisfies Catalogue;
