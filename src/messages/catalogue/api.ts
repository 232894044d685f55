import type { Catalogue } from './entry.ts';

/** What the API's own document says: of each endpoint by its `operationId`, of each group by its tag. */
export const apiSentences = {
  'api.getMeta': ['What the page has to know before anybody has signed in', '登录之前页面所需的信息'],
  'api.getOverview': [
    'Is all well, what is wrong, what comes next',
    '整体是否正常、有哪些异常、接下来做什么',
  ],
  'api.getServiceDays': ['What came of the calls of each service, day by day', '各服务每天的调用结果'],
  'api.runCycle': [
    'Start a cycle outside the grid; of what is being patrolled, once that has ended',
    '立即开始一轮巡检，不等计划时间；正在巡检的服务在本轮结束后开始',
  ],
  'api.listNodes': [
    'Which nodes there are, who leads, how their clocks are, and the last fail-over',
    '有哪些节点、谁是主节点、各节点的时钟偏差，以及最近一次主节点切换',
  ],
  'api.listOperations': [
    'Every documented operation with its state and its last 24 hours, in one answer',
    '全部文档接口及其当前状态和最近 24 小时的结果，一次返回',
  ],
  'api.getOperation': [
    'What the document says, what is asked and expected, what came back',
    '接口文档的约定、实际的请求和期望、收到的响应',
  ],
  'api.listResults': [
    'Results of an operation in a period, newest first',
    '某个接口在一段时间内的结果，从新到旧',
  ],
  'api.checkOperation': [
    'Call it once, now; what comes back counts for incidents and not for statistics',
    '立即调用一次；结果用于判断故障，不计入统计',
  ],
  'api.getSetUp': [
    'What has never worked or is not called, by service, and the lines that would help',
    '从未成功或未被调用的接口，按服务列出，并给出可用的配置',
  ],
  'api.changeSetUp': [
    'Write the lines that help an operation, or that leave it out, into the configuration',
    '把让接口可用（或跳过它）的配置写入配置文件',
  ],
  'api.undoSetUp': [
    'Take the last such change back, unless the configuration has been changed since',
    '撤销最近一次这样的修改；配置文件此后又有改动则不撤销',
  ],
  'api.listIncidents': [
    'What is or was wrong; open ones worst first, others newest first',
    '现在和过去的故障；未结束的按严重程度排列，其余从新到旧',
  ],
  'api.getIncident': [
    'The whole story of an incident: what happened, who was told, who did what',
    '一个故障的全部经过：发生了什么、通知了谁、谁做了什么',
  ],
  'api.acknowledgeIncident': [
    'Say that somebody looks after it: no reminders, no escalation until then',
    '认领故障：到期之前不再提醒，也不升级',
  ],
  'api.checkIncident': [
    'Call up to three of its operations once, now; what comes back counts for it and not for statistics',
    '立即调用其中至多三个接口各一次；结果用于判断该故障，不计入统计',
  ],
  'api.unacknowledgeIncident': ['Take the acknowledgement back', '取消认领'],
  'api.commentIncident': ['Write down something about it', '为故障添加备注'],
  'api.listSilences': [
    'Silences that have not ended, and the maintenance windows of the configuration',
    '未结束的静默，以及配置中的维护窗口',
  ],
  'api.createSilence': [
    'Tell nobody about some incidents for a while; evaluation goes on',
    '在一段时间内不通知某些故障；巡检和判断照常进行',
  ],
  'api.previewSilence': [
    'What a silence would cover now; nothing is changed',
    '静默现在会覆盖哪些内容；不做任何修改',
  ],
  'api.endSilence': ['End a silence now', '立即结束静默'],
  'api.getStatusPage': [
    'What the public status page shows of incidents, and what has been written on it',
    '公开状态页展示的故障，以及写在上面的公告',
  ],
  'api.createStatusPost': [
    'Write on the public status page: about an incident, a notice, or maintenance',
    '在公开状态页上发布：故障说明、公告或维护',
  ],
  'api.changeStatusPost': ['Change what a text on the public status page says', '修改公开状态页上的一条公告'],
  'api.removeStatusPost': ['Take a text from the public status page', '删除公开状态页上的一条公告'],
  'api.listDocuments': [
    'Documents that were found, and everything that is wrong with them',
    '找到的接口文档，以及其中的所有问题',
  ],
  'api.listChanges': [
    'What changed in documents between two scans, newest first',
    '相邻两次读取之间接口文档的变化，从新到旧',
  ],
  'api.getReport': [
    'Cycles, incidents, failing and slow operations of a period',
    '一段时间内的轮次、故障、失败和缓慢的接口',
  ],
  'api.getReportFile': ['The whole report of a period as a file', '以文件形式下载一段时间的完整报告'],
  'api.getSlo': [
    'Objectives, what is left of their error budgets, and how fast it goes',
    '各项目标、剩余的错误预算及其消耗速度',
  ],
  'api.listChannels': [
    'Where messages go, and how each of these places is doing',
    '消息发往哪些渠道，各渠道的状况',
  ],
  'api.listMessages': [
    'The last messages of a channel as they looked, newest first',
    '某个渠道最近的消息原文，从新到旧',
  ],
  'api.testChannel': [
    'Send a message that is marked as a test message, and show every step',
    '发送一条标明为测试的消息，并列出每一步',
  ],
  'api.requeueMessages': [
    'Requeue undelivered messages; they are sent at once',
    '让未送达的消息重新排队，并立即发送',
  ],
  'api.forgetTokens': [
    'Forget the tokens of a credential, or of all: the next call signs in anew',
    '清除某个凭证或全部凭证的令牌：下次调用时重新登录',
  ],
  'api.retrySignIn': [
    'Sign in now with a credential that has no token, without waiting for the next try',
    '用尚无令牌的凭证立即登录，不等下一次重试',
  ],
  'api.getConfig': [
    'The configuration in use, every value with its origin',
    '当前使用的配置，每个值都注明来源',
  ],
  'api.reloadConfig': ['Read the configuration again', '重新读取配置'],
  'api.listAudit': ['Who did what and when, newest first', '谁在何时做了什么，从新到旧'],
  'api.getSession': ['Who is signed in; 401 when nobody is', '当前登录的用户；未登录时返回 401'],
  'api.signIn': [
    'Sign in with name and password; the cookie of the session is set',
    '用用户名和密码登录，并设置会话 cookie',
  ],
  'api.signOut': ['Sign out', '退出登录'],
  'api.listUsers': ['Local users', '本地用户'],
  'api.createUser': ['Add a local user', '添加本地用户'],
  'api.changeUser': [
    'Change role, services or password of a local user; sessions of the user end, and tokens that the user made and that may do more',
    '修改本地用户的角色、服务或密码；该用户的会话结束，其创建的、权限超出的令牌也一并失效',
  ],
  'api.removeUser': [
    'Remove a local user; sessions of the user and tokens that the user made end',
    '移除本地用户；该用户的会话和其创建的令牌一并失效',
  ],
  'api.listTokens': ['API tokens, without the tokens themselves', 'API 令牌列表，不含令牌本身'],
  'api.createToken': ['Make an API token; it is shown this once', '生成 API 令牌；令牌只显示这一次'],
  'api.removeToken': ['Make an API token worthless', '使一个 API 令牌失效'],
  'api.listWorkers': [
    'Locations, and the workers that call operations there',
    '地点，以及在各地点调用接口的执行器',
  ],
  'api.createWorkerToken': [
    'Make a token that lets one worker join a location; it is shown this once',
    '生成供一个执行器加入某地点的令牌；令牌只显示这一次',
  ],
  'api.listWorkerTokens': [
    'Tokens that would still let a worker join, without the tokens themselves',
    '尚可供执行器加入的令牌列表，不含令牌本身',
  ],
  'api.removeWorkerToken': [
    'Revoke a token that no worker has joined with yet',
    '作废一个尚未使用的执行器令牌',
  ],
  'api.removeWorker': [
    'Let a worker work no more; others go on with what it has in hand',
    '移除一个执行器；它手中的任务由其他执行器继续',
  ],
  'api.setupScan': [
    'What would be called of these documents, and why the rest would not; nothing is called',
    '这些文档中哪些接口会被调用，其余为何不会；不发出任何调用',
  ],
  'api.setupSchemes': [
    'Ways to sign in, with the options each takes (JSON Schema)',
    '可用的登录方式及各自的选项（JSON Schema）',
  ],
  'api.setupSignIn': [
    'Sign in with a credential, prove it on an operation, and show every step, secrets masked; nothing is kept',
    '用凭证登录，以一个接口验证，并列出每一步；敏感信息已隐去，不保存任何内容',
  ],
  'api.setupChannels': [
    'Channels that an address alone makes, and what their addresses look like',
    '只需一个地址的渠道，及其地址的形式',
  ],
  'api.setupMessage': [
    'Send a message that is marked as a test message to a webhook',
    '向一个 webhook 发送标明为测试的消息',
  ],
  'api.setupSave': ['Write the configuration and start to patrol', '写入配置并开始巡检'],
  'api.listenToEvents': [
    'Live events (server-sent); `data` of each is a LiveEvent',
    '实时事件（server-sent events）；每条的 `data` 是一个 LiveEvent',
  ],
  // Groups.
  'api.tag.overview': ['Overview', '概览'],
  'api.tag.operations': ['Operations', '接口'],
  'api.tag.incidents': ['Incidents', '故障'],
  'api.tag.silences': ['Silences', '静默'],
  'api.tag.status page': ['Status page', '状态页'],
  'api.tag.documents': ['Documents', '接口文档'],
  'api.tag.reports': ['Reports', '报告'],
  'api.tag.channels': ['Channels', '渠道'],
  'api.tag.credentials': ['Credentials', '凭证'],
  'api.tag.settings': ['Settings', '设置'],
  'api.tag.workers': ['Workers at locations', '各地点的执行器'],
  'api.tag.access': ['Users and tokens', '用户与令牌'],
  'api.tag.setup': ['First run', '首次设置'],
  // Parameters.
  'api.param.days': ['The last so many, today included.', '最近多少天，含今天。'],
  'api.param.limit': ['How many at most.', '至多返回多少条。'],
  'api.param.cursor': ['`next` of the page before.', '上一页给出的 `next`。'],
  'api.param.from': [
    'Epoch ms; default: 24 hours before `to`.',
    'Unix 毫秒时间戳；默认：`to` 之前 24 小时。',
  ],
  'api.param.to': ['Epoch ms; default: now.', 'Unix 毫秒时间戳；默认：现在。'],
  'api.param.service': ['Name of one service; default: all.', '某个服务的名称；默认：全部。'],
  'api.param.document': ['Id of one document.', '某份接口文档的 ID。'],
  'api.param.keepTokens': [
    '`true` keeps the API tokens that the user created.',
    '`true`：保留该用户生成的 API 令牌。',
  ],
  'api.param.idempotencyKey': [
    'Whoever repeats a request with the same key does it once, and gets the first answer again.',
    '以同一个键重复请求时只执行一次，并再次得到第一次的响应。',
  ],
  // Of all of it.
  'api.about': [
    'Everything that the page shows and does. Times are milliseconds since 1970-01-01 UTC.',
    '页面上的一切内容和操作。时间均为 Unix 毫秒时间戳（UTC）。',
  ],
  'api.token': [
    'An API token; one that was made for some scopes alone must have the one that is named. Scopes: {scopes}.',
    'API 令牌；如果令牌限定了权限范围，则须包含所注明的范围。权限范围：{scopes}。',
  ],
  'api.public': ['Needs no sign-in.', '无需登录。'],
  'api.takesRole': ['Takes the role {role}.', '需要 {role} 角色。'],
  'api.takesRoleAndScope': [
    'Takes the role {role}; of a token with scopes, {scope}.',
    '需要 {role} 角色；限定了权限范围的令牌还需要 {scope}。',
  ],
  'api.done': ['As asked for.', '成功。'],
  'api.notDone': ['Not as asked for; says why.', '未成功；说明原因。'],
  'api.stream': ['A stream without end.', '持续不断的事件流。'],
} as const satisfies Catalogue;
