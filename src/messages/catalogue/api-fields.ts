import type { Catalogue } from './entry.ts';

/** What the API's own document says of what goes over the wire: how things are. */
export const apiFieldSentences = {
  'api.field.thereIsNoConfiguration': [
    'There is no configuration yet: the first-run page is to be shown.',
    '尚无配置，应显示首次配置页。',
  ],
  'api.field.waysToSignIn': [
    'Ways to sign in; empty: nobody has to, whoever reaches the server is an admin.',
    '可用的登录方式；为空时无需登录，能访问服务的人都是管理员。',
  ],
  'api.field.aboutBlankOrA': [
    '`about:blank`, or a name of the kind of error below /problems/.',
    '`about:blank`，或 /problems/ 之下的错误类型名称。',
  ],
  'api.field.thePathThatWas': ['The path that was asked for.', '所请求的路径。'],
  'api.field.whatToDoNext': ['What to do next.', '接下来该做什么。'],
  'api.field.whatIsWrongWith': [
    'What is wrong with the request; `pointer` is `/body/…`, `/query/…` or `/path/…`.',
    '请求哪里不对；`pointer` 为 `/body/…`、`/query/…` 或 `/path/…`。',
  ],
  'api.field.certificatesOfAuthorities': [
    'Certificates of authorities to trust beside those of the system, PEM.',
    '除系统信任的之外，额外信任的 CA 证书（PEM）。',
  ],
  'api.field.aCertificateThereIs': [
    'A certificate there is of an authority that is not trusted: give its certificate as `ca`.',
    '该地址的证书由未受信任的 CA 签发：请在 `ca` 中给出该 CA 的证书。',
  ],
  'api.field.ianaNameInWhich': ['IANA name in which times are shown.', '显示时间所用的时区（IANA 名称）。'],
  'api.field.startingNoCycleHas': [
    '`starting`: no cycle has closed yet; `stalled`: cycles of a service do not close.',
    '`starting`：还没有巡检轮次完成；`stalled`：有服务的巡检轮次无法完成。',
  ],
  'api.field.whyNotAllIs': [
    'Why not all is well although no incident says so: nobody would hear, or nobody knows.',
    '没有故障却并非一切正常的原因：出了问题没有人会知道，或者无法得知是否正常。',
  ],
  'api.field.servicesWhoseLastCycle': [
    'Services whose last cycle failed, or is overdue by more than an interval, or of which nothing is called any more; `working`: a cycle that is overdue is being worked on since then; `behind`: cycles close, and ticks are left out since then; `limited`: most of its operations are answered that they are called too often, or wait because others were: those that worked before are `unknown`.',
    '上一轮失败、逾期超过一个间隔、或已没有任何接口被调用的服务。`working`：逾期的一轮自那时起仍在进行；`behind`：轮次能完成，但自那时起有轮次被跳过；`limited`：大部分接口返回调用过于频繁，或因此在等待，此前正常的接口视为 `unknown`。',
  ],
  'api.field.theLast48Half': [
    'The last 48 half hours, oldest first: calls that went well, that failed, and of which nothing was learnt.',
    '最近 48 个半小时，从旧到新：成功、失败、无法判定的调用次数。',
  ],
  'api.field.ofThese24Hours': [
    'Of these 24 hours, 0 to 1; absent when nothing counted.',
    '这 24 小时的成功率，0 到 1；没有可计入的结果时不返回。',
  ],
  'api.field.ofEachOfThe': [
    'Of each of the last 24 hours, oldest first.',
    '最近 24 小时中的每个小时，从旧到新。',
  ],
  'api.field.openIncidentsThatNothing': [
    'Open incidents that nothing else explains.',
    '未恢复、且不能由其他故障解释的故障。',
  ],
  'api.field.incidentsThatAreSilenced': ['Those of them that are silenced.', '其中已静默的故障数。'],
  'api.field.theWorst20That': [
    'The worst 20 that nothing else explains.',
    '不能由其他故障解释的故障中最严重的 20 个。',
  ],
  'api.field.operationsThatHaveNever': [
    'Operations that have never worked the way they are called, or wait to be called: see `/set-up`.',
    '按现有方式从未调通、或等待首次调用的接口数：见 `/set-up`。',
  ],
  'api.field.aCycleIsRunning': ['A cycle is running now.', '正在巡检。'],
  'api.field.theEarliestFirst': ['The earliest first.', '最早的在前。'],
  'api.field.aQuarterOfAn': [
    'A quarter of an hour each, oldest first, the last 95 or 96; results of all operations, of which the half hours of services are made.',
    '每项一刻钟，从旧到新，最近 95 或 96 项；全部接口的结果，各服务的半小时由它们合成。',
  ],
  'api.field.retryingTheLastSend': [
    '`retrying`: the last send failed and is repeated; `refusing`: it answers and does not take what it is sent; `broken`: a person has to act.',
    '`retrying`：上次发送失败，正在重试；`refusing`：有应答但拒收；`broken`：需要人工处理。',
  ],
  'api.field.ofOneWithoutA': [
    'Of one without a token: when it signs in again by itself.',
    '没有令牌的凭证何时自动重新登录。',
  ],
  'api.field.ofDocumentsAndPlan': ['Of documents and plan.', '接口文档与巡检计划的问题。'],
  'api.field.whyNothingCanBe': [
    'Why nothing can be stored; absent while something can.',
    '无法写入存储的原因；能写入时不返回。',
  ],
  'api.field.whichOfSeveralNodes': [
    'Which of several nodes has answered; absent: there is one.',
    '多节点部署时作出应答的节点；只有一个节点时不返回。',
  ],
  'api.field.hostAndProcess': [
    'Host and process; absent: no node leads at the moment.',
    '主机名与进程号；目前没有主节点时不返回。',
  ],
  'api.field.theLeaderHasAnother': [
    'The leader has another configuration than this node.',
    '主节点的配置与本节点不同。',
  ],
  'api.field.millisecondsSince197001': [
    'Milliseconds since 1970-01-01 UTC.',
    '自 1970-01-01 UTC 起的毫秒数。',
  ],
  'api.field.shortIdAsIn': ['Short id, as in the messages: `A7F3`.', '短编号，与消息中的相同：`A7F3`。'],
  'api.field.whatItIsAbout': [
    'What it is about: `GET /orders/{orderId}` or `https://orders.example`.',
    '对象：`GET /orders/{orderId}` 或 `https://orders.example`。',
  ],
  'api.field.soManyHaveBeen': [
    'So many have been heard of since it began: more may be affected. Absent: all.',
    '发生以来已得知结果的接口数：受影响的可能更多。不返回时为全部。',
  ],
  'api.field.affectedOperationsOfHow': ['Affected operations, of how many.', '受影响的接口数，以及总数。'],
  'api.field.whenItBecameWhat': [
    'When it became what it is, ms since 1970-01-01 UTC: after openedAt where it was only a warning before.',
    '何时成为现在的状态，自 1970-01-01 UTC 起的毫秒数：此前只是提醒的，晚于 openedAt。',
  ],
  'api.field.ofOneThatIs': [
    'Of one that is over: what comes and goes, and a sign-in, had to be well for some minutes first.',
    '已恢复的故障何时不再失败：反复出现的故障和登录须先正常若干分钟才算恢复。',
  ],
  'api.field.aSilenceCoversIt': [
    'A silence covers it now: nothing is told about it.',
    '当前被静默：不发通知。',
  ],
  'api.field.idOfTheOpen': ['Id of the open root cause that explains it.', '能解释它的未恢复根因的编号。'],
  'api.field.operationsThatWereLeft': [
    'Operations that were left out: no answer yet to the call of before. Absent: none.',
    '因上一次调用尚无响应而跳过的接口数。不返回时为零。',
  ],
  'api.field.thoseOfThemThat': [
    'Those of them that were answered badly and are called again before that counts. Absent: none.',
    '其中响应异常、确认之前正在再次调用的接口数。不返回时为零。',
  ],
  'api.field.whatIsTheMatter': ['What is the matter with it.', '它出了什么问题。'],
  'api.field.notCalledAsDown': [
    'Those of them that were not called, as their host was down: they count as failed. Absent: none.',
    '其中因主机不可达而未调用的接口数：计为失败。不返回时为零。',
  ],
  'api.field.whoseCyclesBegin': [
    'Whose cycles begin: all that the caller has.',
    '立即开始巡检的服务：调用者可见的全部服务。',
  ],
  'api.field.0To1Absent': ['0 to 1; absent when nothing counted.', '0 到 1；没有可计入的结果时不返回。'],
  'api.field.byTheWallClock': [
    'By the wall clock of the patrol, oldest first.',
    '按巡检所在时区的日期，从旧到新。',
  ],
  'api.field.byServiceDocumentAnd': [
    'By service, document and place in the document.',
    '按服务、文档和在文档中的位置排列。',
  ],
  'api.field.idOfTheDocument': ['Id of the document it stands in.', '所在接口文档的 ID。'],
  'api.field.whyItIsNot': [
    'Why it is not called, or what was wrong with the last answer.',
    '为何不调用，或上一次响应哪里不对。',
  ],
  'api.field.idOfTheOpenIncident': ['Id of the open incident it belongs to.', '所属未恢复故障的编号。'],
  'api.field.theLast24Hours': [
    'The last 24 hours, oldest first, a letter each half hour: p pass, d degraded, f fail, b blocked, u unknown, . none; the worst of the half hour wins.',
    '最近 24 小时，从旧到新，每半小时一个字母：p 正常、d 降级、f 失败、b 受阻、u 未知、. 无结果；取半小时内最差的。',
  ],
  'api.field.ofTheLast24': [
    '95th percentile of the last 24 hours, within 2 %.',
    '最近 24 小时的 p95，误差不超过 2%。',
  ],
  'api.field.95thPercentileOfEach': [
    '95th percentile of each of the last 24 hours, ms, oldest first; empty when never called.',
    '最近 24 小时每小时的 p95（毫秒），从旧到新；从未调用过则为空。',
  ],
  'api.field.setWhenItIs': [
    'Set when it is not called: why, and the lines of configuration that would change it.',
    '不调用时给出：原因，以及可改变它的配置。',
  ],
  'api.field.setWhenItHas': [
    'Set when it has never worked the way it is called: what would help.',
    '按现有方式从未调通时给出：怎样才能调通。',
  ],
  'api.field.whatTheDocumentSays': [
    'What the document says; absent when it is gone by now.',
    '文档中的约定；文档中已没有该接口时不返回。',
  ],
  'api.field.anyJSONValue': ['Any JSON value.', '任意 JSON 值。'],
  'api.field.whereTheValueComes': ['Where the value comes from.', '值的来源。'],
  'api.field.theOperationOfThe': [
    'The operation of the same service whose answer held it, when it is `captured`.',
    '值为 `captured` 时，取自同一服务的哪个接口的响应。',
  ],
  'api.field.whatAnAnswerIs': ['What an answer is held to.', '对响应的期望。'],
  'api.field.whatCountsAsSuccess': [
    'What counts as success in the body, and what says so; absent where nothing does.',
    '响应体中什么算成功，由什么表明；都没有时不返回。',
  ],
  'api.field.theLatest50Newest': ['The latest 50, newest first.', '最近 50 条，从新到旧。'],
  'api.field.theCallAsA': [
    'The call as a command; secrets are `***`.',
    '可执行的调用命令；密钥显示为 `***`。',
  ],
  'api.field.openAndRecentOnes': [
    'Open and recent ones that are about this operation.',
    '与该接口有关的未恢复和近期的故障。',
  ],
  'api.field.theLatestChangeOf': [
    'The latest change of what the document says about it.',
    '文档对该接口的约定最近一次变更。',
  ],
  'api.field.whatItWaitsFor': [
    'What it waits for; `allow`: nobody has said that it only reads; `left-out`: not called on purpose, nothing has to be done.',
    '在等什么；`allow`：没有人确认过它只读数据；`left-out`：有意不调用，无需处理。',
  ],
  'api.field.httpStatusAbsentWhen': [
    'HTTP status; absent when no answer came.',
    'HTTP 状态码；没有响应时不返回。',
  ],
  'api.field.whatTheServerSaid': [
    'What the server said, masked, on one line.',
    '服务返回的文字，已脱敏，一行。',
  ],
  'api.field.linesOfConfigurationThe': [
    'Lines of configuration, the most likely first; `…` stands for what only a person knows.',
    '配置内容，最可能的在前；`…` 处须由人填写。',
  ],
  'api.field.targetsOfTheRef': [
    'Targets of the `$ref`s in it, by the text of the `$ref`; cycles are normal.',
    '其中各 `$ref` 所指的内容，以 `$ref` 的文本为键；可能出现循环引用。',
  ],
  'api.field.whereItStandsIn': ['Where it stands in the document.', '在文档中的位置。'],
  'api.field.httpStatusAbsentWhenNo': [
    'HTTP status; absent when no answer arrived.',
    'HTTP 状态码；没有收到响应时不返回。',
  ],
  'api.field.keptWhereTheVerdict': [
    'Kept where the verdict is not `pass`; secrets are masked.',
    '结论不是 `pass` 时保留；密钥已脱敏。',
  ],
  'api.field.traceIdW3CThat': [
    'Trace id (W3C) that was sent along: look for it in the traces of the system.',
    '随请求发出的链路 ID（W3C）：可在被巡检系统的链路追踪中查找。',
  ],
  'api.field.nameOfTheExpectation': ['Name of the expectation that was not met.', '未满足的期望的名称。'],
  'api.field.rfc6901IntoThe': ['RFC 6901, into the body of the answer.', 'RFC 6901，响应体中的位置。'],
  'api.field.cursorOfTheNext': [
    '`cursor` of the next page; absent on the last one.',
    '下一页的 `cursor`；最后一页不返回。',
  ],
  'api.field.environmentVariablesThatLines': [
    'Environment variables that lines refer to and nobody has set: values may be given instead.',
    '配置中引用而无人设置的环境变量：可以直接填写其值。',
  ],
  'api.field.whenACycleHas': ['When a cycle has found it to be so first.', '巡检最早何时发现如此。'],
  'api.field.whenItsFirstReport': [
    'When its first report was sent; when nothing was wanted of it, when that would have been.',
    '首次报告的发送时间；无需处理时为本应发送的时间。',
  ],
  'api.field.byTheReason': ['By the reason.', '按原因计数。'],
  'api.field.operationsThatWaitFor': ['Operations that wait for somebody.', '等待处理的接口数。'],
  'api.field.howOftenItIs': ['How often it is called.', '调用间隔。'],
  'api.field.whenTheLastCycle': ['When the last cycle that has closed began.', '最近完成的一轮的开始时间。'],
  'api.field.documentsThatHaveNever': [
    'Documents that have never been readable; the credentials in their addresses are masked.',
    '从未读取成功的接口文档；地址中的凭证已脱敏。',
  ],
  'api.field.whatIsWorthMost': ['What is worth most first.', '最值得处理的在前。'],
  'api.field.howManyOperationsIt': ['How many operations it is about.', '涉及的接口数。'],
  'api.field.theFirst100Of': ['The first 100 of them.', '其中的前 100 个。'],
  'api.field.linesOfConfigurationThat': [
    'Lines of configuration that help all of them.',
    '对全部都有效的配置。',
  ],
  'api.field.from1OfA': ['From 1; of a removed line, where it stood.', '从 1 开始；删除的行为其原来的行号。'],
  'api.field.secretsAre': ['Secrets are `***`.', '密钥显示为 `***`。'],
  'api.field.whatChangesWithA': ['What changes, with a few lines around it.', '变更的内容及前后数行。'],
  'api.field.itIsWrittenAnd': ['It is written, and the patrol goes by it.', '已写入，巡检按此执行。'],
  'api.field.theCyclesOfThe': [
    'The cycles of the service that begin from then on go by it.',
    '该服务自此时起开始的轮次按此执行。',
  ],
  'api.field.secretsHaveBeenWritten': [
    'Secrets have been written, and everybody on the machine may read the file.',
    '写入了密钥，而本机所有用户都能读取该文件。',
  ],
  'api.field.toSeeItWith': [
    'To see it with your own eyes; secrets are `***`.',
    '供亲自查看；密钥显示为 `***`。',
  ],
  'api.field.whatWasBeforeIt': [
    'What was before it began; how its document has changed since, and who changed it last.',
    '故障之前的情况；文档此后有何变更，最后由谁修改。',
  ],
  'api.field.ofTheOperationWhen': [
    'Of the operation, when it last kept its promises.',
    '该接口最后一次符合约定的时间。',
  ],
  'api.field.idOfTheOperation': [
    'Id of the operation, where it is about a single one.',
    '只涉及一个接口时为其 ID。',
  ],
  'api.field.asItIsNow': ['As it is now.', '当前的状态。'],
  'api.field.whatItIsAboutThe': [
    'What it is about, the worst first; once it is over, what failed while it went on. At most 500.',
    '涉及的接口，最差的在前；恢复后为故障期间失败过的接口。最多 500 个。',
  ],
  'api.field.earlierOnesOfThe': [
    'Earlier ones of the same cause, or alike in the same service; at most 5.',
    '同一根因、或同一服务中相似的以往故障；最多 5 个。',
  ],
  'api.field.whenASilenceEnds': ['When a silence ends, or has ended.', '静默到期或已结束的时间。'],
  'api.field.thatKeepItQuiet': ['That keep it quiet now.', '当前使其静默的规则。'],
  'api.field.aName': ['A name.', '名称。'],
  'api.field.thereAreChangesOn': [
    'There are changes on top of it that nobody has committed.',
    '其上还有未提交的改动。',
  ],
  'api.field.whoChangedADocument': [
    'Who changed a document last, as far as its place tells.',
    '文档最后由谁修改，以其存放处能提供的为准。',
  ],
  'api.field.shortId': ['Short id.', '短编号。'],
  'api.field.whatItIsAboutFor': [
    'What it is about, `*` for anything: `GET /orders*`.',
    '对象，`*` 代表任意内容：`GET /orders*`。',
  ],
  'api.field.whichIncidentsAllThat': [
    'Which incidents: all that is given must fit, and something must be given.',
    '匹配哪些故障：给出的条件须全部符合，至少给出一项。',
  ],
  'api.field.openOnesThatIt': ['Open ones that it covers.', '涵盖的未恢复故障。'],
  'api.field.howManyOfThe': [
    'How many of the operations that have been called it would cover, should they fail.',
    '已调用过的接口中，今后失败时会被涵盖的个数。',
  ],
  'api.field.whetherTheConfigurationHas': [
    'Whether the configuration has a public status page.',
    '配置中是否有公开的状态页。',
  ],
  'api.field.thatAreShownThere': ['That are shown there.', '在状态页上展示的。'],
  'api.field.whatItIsAboutThePublic': [
    'What it is about; the public is not told that.',
    '所涉及的对象；不对外公开。',
  ],
  'api.field.oldestFirst': ['Oldest first.', '从旧到新。'],
  'api.field.noticesAndMaintenanceOldest': [
    'Notices and maintenance, oldest first.',
    '公告与维护，从旧到新。',
  ],
  'api.field.whatItIsAboutAbsent': [
    'What it is about; absent: a notice or maintenance.',
    '所涉及的故障；不返回时为公告或维护。',
  ],
  'api.field.takesThePlaceOf': [
    'Takes the place of the one that the page makes by itself.',
    '代替页面自动生成的内容。',
  ],
  'api.field.absentAllThatAre': ['Absent: all that are shown.', '不返回时为展示的全部服务。'],
  'api.field.ofServicesAndOf': [
    'Of services and of the plan, not of a single document.',
    '服务和巡检计划的问题，不属于某一份文档。',
  ],
  'api.field.openapi31Postman': [
    '`openapi-3.1`, `postman-2.1` …; absent when it was never readable.',
    '`openapi-3.1`、`postman-2.1` 等；从未读取成功时不返回。',
  ],
  'api.field.whenItsPresentContent': ['When its present content was read.', '读到当前内容的时间。'],
  'api.field.whenItsServiceWas': [
    'When its service was asked for its documents last, whatever they said.',
    '最近一次向该服务读取文档的时间，无论结果如何。',
  ],
  'api.field.ofTheOperationsHow': ['Of the operations: how many are called.', '其中调用的接口数。'],
  'api.field.itsId': ['Its id.', '其 ID。'],
  'api.field.worstFirst': ['Worst first.', '最差的在前。'],
  'api.field.slowestFirst': ['Slowest first.', '最慢的在前。'],
} as const satisfies Catalogue;
