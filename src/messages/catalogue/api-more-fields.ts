import type { Catalogue } from './entry.ts';

/** The same: reports, channels, settings, the first run, events, and what is sent. */
export const apiMoreFieldSentences = {
  'api.field.ofTheProcessAnother': [
    'Of the process: another one after each start.',
    '进程的标识，每次启动都不同。',
  ],
  'api.field.hostAndItsProcess': ['Host and process.', '主机和进程。'],
  'api.field.silentNotHeardOf': [
    '`silent`: it has not been heard of for 10 s and was not stopped either.',
    '`silent`：10 秒没有消息，也没有正常停止。',
  ],
  'api.field.itIsTheNodeThat': ['It is the node that has answered.', '本次应答的节点。'],
  'api.field.whenItWasStarted': ['When it was started.', '启动时间。'],
  'api.field.sinceItsLastSign': ['Since its last sign of life.', '距最近一次心跳的时间。'],
  'api.field.byHowMuchItsClock': [
    'By how much its clock is ahead of that of the database; negative: behind it.',
    '其时钟比数据库快多少；负数表示慢。',
  ],
  'api.field.byMoreThanIsGood': ['By more than is good: people are told.', '偏差过大，会发出通知。'],
  'api.field.emptyWhereOneOnly': [
    'Empty where there can be only one: without PostgreSQL.',
    '只能有一个节点时（未使用 PostgreSQL）为空。',
  ],
  'api.field.absentNoNodeLeads': ['Absent: no node leads at the moment.', '目前没有主节点时不返回。'],
  'api.field.sinceTheLeaderSaid': [
    'Since the leader has said last that it leads; another one may lead after 10 s.',
    '距主节点最近一次续约的时间；超过 10 秒后其他节点可以接管。',
  ],
  'api.field.howOftenANodeTook': ['How often a node took over from another one.', '主节点切换的次数。'],
  'api.field.howLongNoNodeLed': [
    'How long no node led, at the most; absent: not known.',
    '最多有多久没有主节点；未知时不返回。',
  ],
  'api.field.whatTheFileMay': ['What the file may be called.', '文件可用的名称。'],
  'api.field.mediaType': ['Media type.', '媒体类型。'],
  'api.field.whatIsInIt': ['What is in it.', '文件内容。'],
  'api.field.absentAll': ['Absent: all.', '不返回时为全部。'],
  'api.field.0To1': ['0 to 1.', '0 到 1。'],
  'api.field.0To1AbsentWithout': ['0 to 1; absent without results.', '0 到 1；没有结果时不返回。'],
  'api.field.shareOfTheError': [
    'Share of the error budget that is left; below 0: overspent.',
    '剩余的错误预算比例；小于 0 表示已超支。',
  ],
  'api.field.setWhenItBurns': [
    'Set when it burns too fast; 1: the budget would last exactly for the window.',
    '消耗过快时给出；1 表示预算恰好够用到窗口结束。',
  ],
  'api.field.whatPeopleCallThis': ['What people call this kind of channel.', '这类渠道通常的名称。'],
  'api.field.messagesThatWaitTo': [
    'Messages that wait to be sent; for callers who see some services, their own.',
    '等待发送的消息数；只能看到部分服务的调用者只计其自己的。',
  ],
  'api.field.undeliveredMessagesWhichCan': [
    'Undelivered messages, which can be requeued; the same.',
    '未送达、可重新发送的消息数；范围同上。',
  ],
  'api.field.ofTheOldestThat': [
    'Of the oldest that waits for more than quiet hours.',
    '不只是因免打扰而等待的消息中最早一条的时间。',
  ],
  'api.field.theLastRefusalOf': [
    'The last refusal of what has not been taken, and what it means.',
    '尚未送达的消息最近一次被拒的情况及其含义。',
  ],
  'api.field.theLastRefusal': ['The last refusal.', '最近一次被拒的情况。'],
  'api.field.whatItMeansAnd': ['What it means, and what to do.', '其含义及处理办法。'],
  'api.field.itWasSentAnd': [
    'It was sent and no answer came: people may have it already.',
    '已发出但没有应答：收件人可能已经收到。',
  ],
  'api.field.whatAPersonSees': [
    'What a person sees of it, a text for each part.',
    '收件人看到的内容，每部分一段文字。',
  ],
  'api.field.howManyTokensWere': ['How many tokens were kept over restarts.', '重启后仍保留的令牌数。'],
  'api.field.itHasAToken': ['It has a token.', '已有令牌。'],
  'api.field.whyItHasNone': ['Why it has none.', '没有令牌的原因。'],
  'api.field.itWasNotTried': [
    'It was not tried: as many sign-ins as may be within a minute were made. `hint` has the last answer.',
    '本次未尝试：一分钟内的登录次数已达上限。`hint` 为上一次的结果。',
  ],
  'api.field.whenThePatrolTries': ['When the patrol tries again by itself.', '巡检何时自动重试。'],
  'api.field.inTheOrderOf': ['In the order of the reference.', '按配置参考中的顺序。'],
  'api.field.theFileWasChanged': [
    'The file was changed and is not good; the last good one stays in use.',
    '文件已被修改但内容有误，继续使用上一份有效的配置。',
  ],
  'api.field.asItIsUsed': ['As it is used; secrets are `***`.', '实际使用的值；密钥显示为 `***`。'],
  'api.field.whereItWasWritten': ['Where it was written.', '写入的位置。'],
  'api.field.openNobodyHasTo': ['`open`: nobody has to sign in here.', '`open`：这里无需登录。'],
  'api.field.theRoleIsFor': [
    'The role is for these alone; absent: for all.',
    '角色只对这些服务有效；不返回时为全部。',
  ],
  'api.field.ofATokenThat': ['Of a token that was made for these alone.', '只能用于这些服务的令牌。'],
  'api.field.toBeSentAs': [
    'To be sent as `X-CSRF-Token` with everything that is not a GET.',
    '除 GET 外的请求都须以 `X-CSRF-Token` 请求头发送。',
  ],
  'api.field.usersOfTheConfiguration': [
    'Users of the configuration are changed there alone.',
    '配置中的用户只能在配置中修改。',
  ],
  'api.field.whatTheUserHad': [
    'What the user had made and may do more than the user may now: they are good for nothing any more.',
    '该用户创建的、权限高于其现有权限的令牌，已失效。',
  ],
  'api.field.theSameLeftAs': [
    'The same, left as they are because of `keepTokens`. `DELETE /tokens/{id}` ends one.',
    '同上，因 `keepTokens` 而保留。可用 `DELETE /tokens/{id}` 删除。',
  ],
  'api.field.madeWhileNobodyHad': [
    'Made while nobody had to sign in: good for nothing since somebody has to. Make another one.',
    '在无需登录时创建的令牌，启用登录后已失效，请重新创建。',
  ],
  'api.field.madeByThisUser': [
    'Made by this user, or by a token of theirs, and good for nothing since. Listed for some months, or until it is removed.',
    '由该用户或其令牌创建，现已失效。保留数月，或直到被删除。',
  ],
  'api.field.changedTheUserMay': [
    '`changed`: the user may do less than the token might.',
    '`changed`：用户现有的权限低于令牌可能具有的权限。',
  ],
  'api.field.sendItAsAuthorization': [
    'Send it as `Authorization: Bearer …`.',
    '以 `Authorization: Bearer …` 发送。',
  ],
  'api.field.asItWasUnderstood': [
    'As it was understood: `localhost:8080` is `http://localhost:8080`.',
    '识别后的地址：`localhost:8080` 即 `http://localhost:8080`。',
  ],
  'api.field.asItWasUnderstoodToo': ['As it was understood.', '识别后的内容。'],
  'api.field.whatTheDocumentsCall': ['What the documents call the service.', '文档中的服务名称。'],
  'api.field.aDocumentIsNot': [
    'A document is not shown without a sign-in, or not with this one.',
    '文档须登录才能读取，或所给的登录方式无效。',
  ],
  'api.field.optionsOfDocsCredentialThat': [
    'Options of `docsCredential` that the answer of its login shows, to be added to those that were given.',
    '从登录响应中得出的 `docsCredential` 选项，补充到已填写的选项中。',
  ],
  'api.field.theFirst200': ['The first 200.', '前 200 个。'],
  'api.field.waysToSignInThat': [
    'Ways to sign in that the documents describe, the best one first.',
    '文档描述的登录方式，最合适的在前。',
  ],
  'api.field.byWhichOneSigns': [
    'By which one signs in: `POST /auth/login`.',
    '用于登录的接口：`POST /auth/login`。',
  ],
  'api.field.whatTheDocumentCalls': ['What the document calls it.', '文档中的叫法。'],
  'api.field.asInTheConfiguration': [
    'As in the configuration, with something else where a person has something to give.',
    '与配置中的写法相同，须由人填写之处另有占位。',
  ],
  'api.field.whereItGoesIn': ['Where it goes in the options.', '填入选项中的位置。'],
  'api.field.whatNearlyEverybodyFills': [
    'What nearly everybody fills in, in this order; secrets are expressions.',
    '通常需要填写的项，按此顺序；密钥以表达式表示。',
  ],
  'api.field.nothingRefusesIt': ['Nothing refuses it.', '没有接口拒绝它。'],
  'api.field.verifiedAnOperationTakes': [
    '`verified`: an operation takes it and refuses to go without.',
    '`verified`：有接口接受该凭证，且没有凭证时拒绝。',
  ],
  'api.field.onWhichItWas': ['On which it was tried.', '用于试验的接口。'],
  'api.field.whatTheLoginAnswered': [
    'What the login answered, secrets masked.',
    '登录返回的内容，密钥已脱敏。',
  ],
  'api.field.optionsThatTheAnswer': [
    'Options that the answer shows, to be added to those that were given.',
    '从响应中得出的选项，补充到已填写的选项中。',
  ],
  'api.field.aRegularExpressionThat': [
    'A regular expression that its addresses match; the first one wins.',
    '与其地址匹配的正则表达式；以第一个匹配的为准。',
  ],
  'api.field.howAPersonComes': ['How a person comes by one.', '获取它的方法。'],
  'api.field.whatAPersonSeesOf': ['What a person sees of it.', '收件人看到的内容。'],
  'api.field.whatWasWrittenSecrets': [
    'What was written; secrets are `***`.',
    '写入的内容；密钥显示为 `***`。',
  ],
  'api.field.firstEventOfEvery': ['First event of every connection.', '每次连接后的第一个事件。'],
  'api.field.cycleIsAbsentFor': [
    '`cycle` is absent for callers who see some services only.',
    '只能看到部分服务的调用者不返回 `cycle`。',
  ],
  'api.field.theseHaveOpenedChanged': [
    'These have opened, changed, ended, or somebody has done something about them.',
    '这些故障已发生、变化、结束，或有人对其做了操作。',
  ],
  'api.field.somethingHasBeenWritten': [
    'Something has been written on the public status page.',
    '公开的状态页上发布了新内容。',
  ],
  'api.field.calledByHand': ['Called by hand.', '手动调用的接口。'],
  'api.field.documentsOrTheirProblems': [
    'Documents or their problems have changed.',
    '接口文档或其问题有变化。',
  ],
  'api.field.readAgain': ['Read again.', '重新读取的结果。'],
  'api.field.ofTheFirstOperation': ['Of the first operation that it is about.', '所涉及的第一个接口的。'],
  'api.field.allOperationsOfIts': ['All operations of its group.', '同组的全部接口。'],
  'api.field.notCalledAnyMore': [
    'Not called any more, in place of the lines that would help.',
    '不再调用，而不写入建议的配置。',
  ],
  'api.field.forEachInThe': ['For each `…` in the lines, in their order.', '配置中各个 `…` 的值，按其顺序。'],
  'api.field.whatIsWrittenIn': [
    'What is written in place of an environment variable that nobody has set, by its name.',
    '代替无人设置的环境变量写入的值，以变量名为键。',
  ],
  'api.field.falseShowsWhatWould': ['`false`: shows what would change.', '`false`：只显示将要变更的内容。'],
  'api.field.forHowLongIn': ['For how long, in ms; default: 8 hours.', '时长，毫秒；默认 8 小时。'],
  'api.field.defaultNow': ['Default: now.', '默认：现在。'],
  'api.field.defaultAllUndeliveredOnes': ['Default: all undelivered ones.', '默认：全部未送达的消息。'],
  'api.field.defaultAll': ['Default: all.', '默认：全部。'],
  'api.field.nullAll': ['null: all.', 'null 表示全部。'],
  'api.field.tokensOfTheUser': [
    'Tokens of the user that may do more go on.',
    '该用户权限更高的令牌继续有效。',
  ],
  'api.field.whatItMayDo': [
    'What it may do: that of a viewer, an operator or an admin.',
    '权限：查看者、操作员或管理员。',
  ],
  'api.field.onlyForTheseEach': [
    'Only for these; each takes its role. Default: all that the role may.',
    '只限这些权限范围，各自要求相应的角色。默认：角色允许的全部。',
  ],
  'api.field.onlyAboutThese': ['Only about these.', '只涉及这些服务。'],
  'api.field.atEachLocation': [
    'What it came to at each of the locations from which it was called.',
    '在各调用地点分别得到的结果。',
  ],
  'api.field.calledFromThere': ['That are called from there.', '从那里调用的服务。'],
  'api.field.usedThere': ['That may be used there.', '允许在那里使用的凭证。'],
  'api.field.noWorkerThere': ['No worker is there.', '那里没有在线的执行器。'],
  'api.field.ofItsHost': ['Of its host.', '其所在主机的名称。'],
  'api.field.workerState': [
    '`silent`: it has not been heard of for half a minute; `new`: it has never asked for work.',
    '`silent`：半分钟没有消息；`new`：从未领取过任务。',
  ],
  'api.field.batchesInHand': ['Batches that it has in hand.', '手中的批次数。'],
  'api.field.batchesWaiting': ['Batches that no worker has in hand yet.', '尚无执行器领取的批次数。'],
  'api.field.batchLag': ['How long the first of them has waited.', '其中最早的已等待多久。'],
  'api.field.clockAhead': [
    'How far its clock is ahead of the server; what it reports is corrected by it.',
    '其时钟比服务端快多少；上报的时间会据此校正。',
  ],
  'api.field.letsOneJoin': ['Lets one worker join.', '供一个执行器加入。'],
  'api.field.joinTokenMaker': ['Who has made it.', '创建者。'],
  'api.field.goodForADay': ['How long it is good for; default: a day.', '有效期；默认一天。'],
  'api.field.whoseCycles': [
    'Whose cycles begin: all that the caller has.',
    '开始巡检的服务：调用者有权限的全部服务。',
  ],
  'api.field.howLongItIs': ['How long it is good for; default: until removed.', '有效期；默认：直到被删除。'],
  'api.field.fileFolderGlobOr': [
    'File, folder, glob or URL of the documents; `host:port` is a URL.',
    '接口文档的文件、文件夹、通配符或 URL；`host:port` 视为 URL。',
  ],
  'api.field.urlOrHostPort': [
    "URL, or `host:port`. Default: the document's own servers.",
    'URL 或 `host:port`。默认：文档自己的服务地址。',
  ],
  'api.field.asInTheConfigurationToo': ['As in the configuration.', '与配置中的写法相同。'],
  'api.field.byWhatTheDocuments': [
    'By what the documents are read; absent: they are open to everybody.',
    '读取文档所用的凭证；不返回时文档无需登录。',
  ],
  'api.field.addressOfAChannel': ['Address of a channel.', '渠道的地址。'],
  'api.field.whatTheServiceIs': ['What the service is called.', '服务的名称。'],
} as const satisfies Catalogue;
