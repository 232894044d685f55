import type { Phrase } from './phrase.ts';

/** What is said of incidents, credentials, channels and the store. */
export const incidentPhrases: readonly Phrase[] = [
  ['{n} of {all} operations get the same answer: <why>', '{all} 个接口中有 {n} 个得到同样的响应：<why>'],
  ['{n} of {all} operations have no token: <why>', '{all} 个接口中有 {n} 个没有令牌：<why>'],
  ['{n} of {all} operations refuse its token: <why>', '{all} 个接口中有 {n} 个拒绝其令牌：<why>'],
  [
    '{n} of {all} operations of the document changed at once: <why>',
    '文档的 {all} 个接口中有 {n} 个同时发生变化：<why>',
  ],
  ['{n} of {all} operations fail, most of them: <why>', '{all} 个接口中有 {n} 个失败，多数为：<why>'],
  [
    '{n} of the last {all} answers ({share} %) were slow: about {slow}; the others took {fast}',
    '最近 {all} 次响应中有 {n} 次（{share} %）偏慢：约 {slow}，其余 {fast}',
  ],
  [
    '{n} of the last {all} answers ({share} %) were slow: about {slow}',
    '最近 {all} 次响应中有 {n} 次（{share} %）偏慢：约 {slow}',
  ],
  ['took {time}', '耗时 {time}'],
  [
    '{n} of {all} operations answer only when asked again, {failing} not even then: <why>',
    '{all} 个接口中有 {n} 个再次调用才成功，另有 {failing} 个仍失败：<why>',
  ],
  [
    '{n} of {all} operations answer only when asked again: <why>',
    '{all} 个接口中有 {n} 个再次调用才成功：<why>',
  ],
  ['nothing is known of any of its {n} operations: <why>', '{n} 个接口的结果均无法判定：<why>'],
  ['{n} of {all} operations: <why>', '{all} 个接口中有 {n} 个：<why>'],
  ['{n} of {all} origins find no answer: <why>', '{all} 台主机中有 {n} 台无应答：<why>'],
  ['p95 is {p95} over the last {n} answers, objective {goal}', '最近 {n} 次响应的 p95 为 {p95}，目标 {goal}'],
  ['p95 {p95}, objective {goal}', 'p95 为 {p95}，目标 {goal}'],
  [
    '{n} × slower than usual at this hour: {now} in place of {usual}',
    '比该时段平时慢 {n} 倍：{now}，平时 {usual}',
  ],
  ['about {usual}', '约 {usual}'],
  [
    'burns {n} × as fast as it lasts over the last {time}; {left} of the budget of {window} is left',
    '最近 {time} 的消耗速度是可承受速度的 {n} 倍，{window} 的错误预算还剩 {left}',
  ],
  ['{share} calls that succeed', '{share} 的调用成功'],
  ['{share} answers in time', '{share} 的响应按时'],
  ['{share} ({bad} of {all} did not)', '{share}（{all} 次中有 {bad} 次未达到）'],
  ['has no token', '没有令牌'],
  // Hints.
  [
    'one instance behind it may be failing or restarting while the others answer',
    '后端可能有某个实例异常或正在重启，其余实例正常',
  ],
  [
    '`apipatrol scan --coverage` says which values to configure so that calls prove something',
    '请用 `apipatrol scan --coverage` 查看需要配置哪些参数值，调用结果才有意义',
  ],
  [
    'look at the gateway or load balancer in front of it before the services behind it',
    '请先检查前面的网关或负载均衡，再检查后面的服务',
  ],
  [
    'the base URL has moved, or another version than the documented one is deployed',
    '服务地址可能已变更，或部署的版本与文档不一致',
  ],
  [
    'check the network, DNS and proxy of the host that patrols, or what all these origins share',
    '请检查巡检主机的网络、DNS 和代理，或这些主机的共同依赖',
  ],
  ['check the user name, client id and secrets in the config', '请检查配置中的用户名、client id 和密钥'],
  ['check the address and the method', '请检查地址和方法'],
  ['check the user name and the password in the config', '请检查配置中的用户名和密码'],
  [
    'the login server says that it is unwell itself; it is asked again within a minute',
    '登录服务自称异常，一分钟内会再次尝试登录',
  ],
  [
    'check the user name and password, or get a new refresh token',
    '请检查用户名和密码，或重新获取 refresh token',
  ],
  [
    'check clientId and clientSecret; some servers want them in the body: `clientAuth: post`',
    '请检查 clientId 和 clientSecret；有些服务要求放在请求体里：`clientAuth: post`',
  ],
  ['check that the address is that of a token endpoint', '请确认该地址是令牌端点'],
  ['check `token` and the login data in the config', '请检查配置中的 `token` 和登录信息'],
  ['check `{key}`', '请检查 `{key}`'],
  ['say where the token is: `token: {path}`', '请说明令牌的位置：`token: {path}`'],
  ['ask for it: `scope: openid`', '请申请该范围：`scope: openid`'],
  [
    'write `issuer` as the server names itself, or give `tokenUrl` instead',
    '请按服务自报的名称填写 `issuer`，或改用 `tokenUrl`',
  ],
  [
    'free some space on that disk, or shorten store.retention; nothing stored before is lost',
    '请清理磁盘，或缩短 store.retention；已保存的数据不会丢失',
  ],
  [
    'close whatever has the database open for writing; the next cycle tries again',
    '请关闭占用数据库的程序；下一轮会重试',
  ],
  [
    'stop the patrol if it runs, move the file away or put a backup in its place, then start the patrol',
    '请先停止巡检（如在运行），移走该文件或放回备份，再启动巡检',
  ],
  ['give this user write permission on the file and on its folder', '请授予当前用户对该文件及其目录的写权限'],
  ['check the permissions, the disk and the mount of that folder', '请检查该目录的权限、磁盘和挂载'],
  // Credentials.
  ['credential "{name}": <why>', '凭证“{name}”：<why>'],
  ['needs credential "{name}": <why>', '依赖凭证“{name}”：<why>'],
  ['credential "{name}" is not configured', '未配置凭证“{name}”'],
  ['interrupted before a token arrived', '取得令牌之前被中断'],
  [
    'no new token is asked for now: {most} requests within a minute are the most there are',
    '暂不申请新令牌：一分钟内最多请求 {most} 次',
  ],
  [
    'see what the token endpoint says about the life of its tokens: apipatrol auth test',
    '请用 apipatrol auth test 查看令牌接口给出的有效期',
  ],
  ['its token had ended before it could be used', '令牌还没用就已过期'],
  [
    'the patrol keeps the newest token, and it cannot be read here: <why>',
    '最新的令牌由巡检保存，此处无法读取：<why>',
  ],
  ['it is sealed with another key', '它是用另一把密钥加密的'],
  [
    'run the command as the user and with the APIPATROL_KEY that the patrol has',
    '请以巡检所用的用户和 APIPATROL_KEY 运行该命令',
  ],
  [
    'another process of this patrol has been signing in with this credential for a minute',
    '本巡检的另一个进程正用该凭证登录，已持续一分钟',
  ],
  [
    'its token was refused, and it is too early to ask for another one',
    '令牌被拒绝，而现在还不能申请新的令牌',
  ],
  ['write the address that it leads to into the config', '请在配置中直接写入跳转后的地址'],
  // What an answer is that is not quoted.
  ['it has {keys}', '响应包含 {keys}'],
  ['it is empty', '响应为空'],
  ['it is {bytes} bytes of {type}', '响应为 {bytes} 字节的 {type}'],
  ['it is {bytes} bytes without a media type', '响应为 {bytes} 字节，未注明类型'],
  ['it leads to {target}', '跳转到 {target}'],
  ['{what} answered {status}, the client was refused: <said>', '{what} 返回 {status}，客户端被拒绝：<said>'],
  ['{what} answered {status}, the grant was refused: <said>', '{what} 返回 {status}，授权被拒绝：<said>'],
  [
    '{what} answered {status}, and {rule} does not hold: <said>',
    '{what} 返回 {status}，但 {rule} 不成立：<said>',
  ],
  [
    '{what} answered {status}, without a token at {path}: <said>',
    '{what} 返回 {status}，{path} 处没有令牌：<said>',
  ],
  ['{what} answered {status}, and says that it failed: <said>', '{what} 返回 {status}，并称登录失败：<said>'],
  ['{what} answered {status}, without a cookie: <said>', '{what} 返回 {status}，没有 Cookie：<said>'],
  ['{what} answered {status}, which is not JSON: <said>', '{what} 返回 {status}，内容不是 JSON：<said>'],
  [
    '{what} answered {status}, without a value for "{name}" at {path}: <said>',
    '{what} 返回 {status}，{path} 处没有“{name}”的值：<said>',
  ],
  ['{what} answered {status}, without an id_token: <said>', '{what} 返回 {status}，没有 id_token：<said>'],
  [
    '{what} answered [status], and names the issuer {issuer}, not {other}: <said>',
    '{what} 返回 [status]，其中的 issuer 为 {issuer}，而不是 {other}：<said>',
  ],
  ['{what} answered [status], <problem>: <said>', '{what} 返回 [status]，<problem>：<said>'],
  ['{what} answered [status], <problem>', '{what} 返回 [status]，<problem>'],
  ['{what} answered {status}: <said>', '{what} 返回 {status}：<said>'],
  ['{what} answered {status}', '{what} 返回 {status}'],
  ['{what} failed: <why>', '{what} 失败：<why>'],
  ['{what} did not answer within {time}', '{what} 在 {time} 内没有应答'],
  ['{what} was interrupted', '{what} 被中断'],
  [
    '{what} was not sent: {origin} is a cloud metadata address ({address}) that no credential names',
    '{what} 未发送：{origin} 是云元数据地址（{address}），没有凭证指定该地址',
  ],
  [
    '{what} was not sent: {origin} is an internal address ({address}) that no credential names',
    '{what} 未发送：{origin} 是内网地址（{address}），没有凭证指定该地址',
  ],
  ['credential "{name}" has no value "{field}"; it has none', '凭证“{name}”没有值“{field}”，也没有其他值'],
  ['credential "{name}" has no value "{field}"; it has {known}', '凭证“{name}”没有值“{field}”，只有 {known}'],
  ['needs credential "{name}", which is not configured', '依赖凭证“{name}”，但未配置该凭证'],
  ['needs a token of credential "{name}", but {kind} has none', '需要凭证“{name}”的令牌，但 {kind} 没有令牌'],
  ['credentials need each other: {circle}', '凭证相互依赖：{circle}'],
  ['break the circle in the config', '请在配置中消除循环依赖'],
  ['is not configured', '未配置'],
  ['credentials: there are none', '当前没有配置任何凭证'],
  ['credentials: configured are {names}', '已配置的凭证：{names}'],
  ['the command {name} was not run: commands are off', '未运行命令 {name}：未允许运行命令'],
  ['set `allowExec: true` in the config', '请在配置中设置 `allowExec: true`'],
  ['the command {name} ended with code {code}', '命令 {name} 以退出码 {code} 结束'],
  ['the command {name} did not end within {time}', '命令 {name} 在 {time} 内没有结束'],
  ['the command {name} cannot be run: {why}', '命令 {name} 无法运行：{why}'],
  ['the command {name} printed nothing', '命令 {name} 没有输出'],
  ['the command {name} printed no text at {path}', '命令 {name} 的输出在 {path} 处没有文本'],
  ['privateKey is not a private key in PEM', 'privateKey 不是 PEM 格式的私钥'],
  ['"{name}" can be put only into a form or a JSON object', '“{name}”只能放进表单或 JSON 对象'],
  ['the filter {filter} cannot work with the value that it was given', '过滤器 {filter} 无法处理所给的值'],
  ['there is no value for "{name}"', '“{name}”没有值'],
  ['other side closed', '对方关闭了连接'],
  ['the client was refused', '客户端被拒绝'],
  ['the grant was refused', '授权被拒绝'],
  ['without a usable token (no media type)', '没有可用的令牌（未注明类型）'],
  ['without a usable token ({type})', '没有可用的令牌（{type}）'],
  ['without an id_token', '没有 id_token'],
  ['and is no usable discovery document', '不是可用的发现文档（discovery）'],
  ['and names the issuer {issuer}, not {other}', '其中的 issuer 为 {issuer}，而不是 {other}'],
  ['the token is empty ({name})', '令牌为空（{name}）'],
  [
    'the token cannot be sent: it has a line break, which the header {header} cannot carry',
    '令牌无法发送：其中有换行符，不能放进请求头 {header}',
  ],
  [
    'the token cannot be sent: it has a control character, which the header {header} cannot carry',
    '令牌无法发送：其中有控制字符，不能放进请求头 {header}',
  ],
  [
    'the token cannot be sent: it has a character that is not ASCII, which the header {header} cannot carry',
    '令牌无法发送：其中有非 ASCII 字符，不能放进请求头 {header}',
  ],
  [
    'check where the token is taken from, and the secrets in the config',
    '请检查令牌的来源位置和配置中的密钥',
  ],
  [
    'is it the address of a token endpoint? A token under a name of its own is found by `scheme: login` with `token: {path}`',
    '这是令牌接口的地址吗？令牌字段名不标准时，请改用 `scheme: login` 和 `token: {path}`',
  ],
  // The store.
  ['nothing can be stored now: the disk is full', '目前无法保存任何数据：磁盘已满'],
  [
    'nothing can be stored now: another process holds the database',
    '目前无法保存任何数据：另一个进程占用着数据库',
  ],
  ['nothing can be stored now: the database is damaged', '目前无法保存任何数据：数据库已损坏'],
  ['nothing can be stored now: the database may not be written', '目前无法保存任何数据：数据库没有写权限'],
  [
    'nothing can be stored now: the file of the database cannot be read or written',
    '目前无法保存任何数据：数据库文件无法读写',
  ],
  ['nothing can be stored now: the database was taken away', '目前无法保存任何数据：数据库已被移走'],
  ['nothing can be stored now: the database is of a newer version', '目前无法保存任何数据：数据库版本过新'],
  ['nothing can be stored now: the database is of an older version', '目前无法保存任何数据：数据库版本过旧'],
  [
    'nothing can be stored now: the database is of another program',
    '目前无法保存任何数据：数据库属于另一个程序',
  ],
  ['nothing can be stored now: the database fails', '目前无法保存任何数据：数据库出错'],
  ['database {file}: the disk is full ({why})', '数据库 {file}：磁盘已满（{why}）'],
  ['database {file}: another process holds a lock on it ({why})', '数据库 {file}：被另一个进程锁定（{why}）'],
  [
    'database {file}: it is damaged or not a SQLite database ({why})',
    '数据库 {file}：已损坏，或不是 SQLite 数据库（{why}）',
  ],
  [
    'database {file}: files of this process may have {bytes} bytes at the most ({why})',
    '数据库 {file}：本进程的文件大小上限为 {bytes} 字节（{why}）',
  ],
  [
    'raise the limit on the size of files (ulimit -f, LimitFSIZE= of systemd) and start the patrol again',
    '请调高文件大小限制（ulimit -f 或 systemd 的 LimitFSIZE=），再重新启动巡检',
  ],
  ['database {file}: it may not be written ({why})', '数据库 {file}：没有写权限（{why}）'],
  ['database {file}: the file cannot be read or written ({why})', '数据库 {file}：无法读写（{why}）'],
  [
    'the database was deleted while it was in use, and has been put back whole',
    '数据库在使用中被删除，已完整恢复',
  ],
  [
    'the database was replaced while it was in use, and has been put back whole',
    '数据库在使用中被替换，已完整恢复',
  ],
  [
    'the database was changed or cut short by another program while it was in use; a new one goes on with what was open and waiting',
    '数据库在使用中被其他程序改写或截断；已新建数据库，未结束的异常和待发消息均已保留',
  ],
  [
    'what stands there now is kept as {file}; to restore a backup, stop the patrol, put it in place, start the patrol',
    '原处的文件保存为 {file}；如需恢复备份，请先停止巡检，放好备份，再启动巡检',
  ],
  ['<why>; until it can be stored, the patrol goes on in memory', '<why>；恢复之前，巡检在内存中继续'],
  ['<why>, where {count} results had to be given up', '<why>，其中 {count} 条结果未能保留'],
  [
    '<why>; there is no room to keep what is told meanwhile over a crash',
    '<why>；此间已发通知也无处留存，进程异常退出即会丢失',
  ],
  [
    'what was put in its place is kept as {file}; to use it, stop the patrol first',
    '替换上来的文件保存为 {file}；如需使用，请先停止巡检',
  ],
  [
    'find out who deletes files there; to begin anew, stop the patrol before you delete the database',
    '请查明是谁删除了文件；如需重新开始，请先停止巡检再删除数据库',
  ],
  // The clock.
  ['the system clock was set back by {span}', '系统时钟被调回 {span}'],
  ['the system clock was set on by {span}', '系统时钟被调快 {span}'],
  [
    'check the time synchronization of that machine: times in messages and reports go by its clock',
    '请检查该机器的时间同步：消息和报告中的时间以它的时钟为准',
  ],
];
