import type { Catalogue } from './entry.ts';

/** What is wrong with the database. */
export const storeSentences = {
  ofDatabase: ['database {path}: {what}', '数据库 {path}：{what}'],
  diskFull: ['the disk is full', '磁盘已满'],
  lockedByOther: ['another process holds a lock on it', '被另一个进程锁定'],
  lockedByProcess: ['{who} holds a lock on it', '被 {who} 锁定'],
  lockedAllAlong: ['{what}; it was not free for {span}', '{what}；等待 {span} 仍未释放'],
  isDamaged: ['it is damaged or not a SQLite database', '已损坏，或不是 SQLite 数据库'],
  mayNotBeWritten: ['it may not be written', '没有写权限'],
  storeIsFolder: ['it is a folder', '这是一个文件夹'],
  fileUnusable: ['the file cannot be read or written', '文件无法读写'],
  fileSizeLimited: [
    'files of this process may have {n} bytes at the most',
    '本进程的文件大小上限为 {n} 字节',
  ],
  statementFailed: ['a statement failed', '有语句执行失败'],
  diskFullLeft: ['the disk is full ({n} bytes left)', '磁盘已满（剩余 {n} 字节）'],
  noDatabase: ['database {path} does not exist', '数据库 {path} 不存在'],
  databaseEmpty: ['database {path} is empty', '数据库 {path} 是空的'],
  otherPatrolAtWork: [
    'another patrol is at work on the database {path}',
    '另一个巡检进程正在使用数据库 {path}',
  ],
  databaseOutdated: [
    'database {path} was written by an older apipatrol and has not been brought up to date yet',
    '数据库 {path} 由旧版 apipatrol 写入，尚未升级',
  ],
  databaseForeign: ['{path} is a SQLite database of another program', '{path} 是其他程序的 SQLite 数据库'],
  databaseNewer: [
    'database {path} has version {version}, this apipatrol knows versions up to {known}',
    '数据库 {path} 的版本为 {version}，当前 apipatrol 最高支持版本 {known}',
  ],
  // Of a server.
  databaseAddressWrong: ['store.url: {what}', 'store.url：{what}'],
  databaseAddressForm: ['this is no address of a PostgreSQL database', '这不是 PostgreSQL 数据库的地址'],
  databasePasswordUnencoded: [
    'its password has characters that end it in an address (write %40 for @, %23 for #, %2F for /, %3F for ?, %25 for %)',
    '密码中含有在地址里另有含义的字符（@ 写作 %40，# 写作 %23，/ 写作 %2F，? 写作 %3F，% 写作 %25）',
  ],
  databaseParameterUnknown: ['it does not know the parameter {name}', '无法识别参数 {name}'],
  databaseSslMode: [
    'sslmode={mode} is not one of disable, require, verify-ca, verify-full',
    'sslmode={mode} 不在 disable、require、verify-ca、verify-full 之中',
  ],
  databaseSearchPath: [
    'search_path={schema} is not the name of one schema',
    'search_path={schema} 不是单个 schema 的名称',
  ],
  databaseFileUnread: ['{path} cannot be read', '无法读取 {path}'],
  databaseUnreachable: ['the database server cannot be reached', '无法连接数据库服务器'],
  databaseRefusesUser: ['the database server does not let this user in', '数据库服务器拒绝该用户登录'],
  databaseTlsFails: [
    'no trusted encrypted connection to the database server',
    '无法与数据库服务器建立可信的加密连接',
  ],
  databaseTlsMissing: ['the database server offers no encryption', '数据库服务器未提供加密连接'],
  databaseTlsUntrusted: [
    'no authority trusted here has signed the certificate of the database server',
    '数据库服务器的证书不是由本机信任的 CA 签发的',
  ],
  databaseTlsOtherName: [
    'the certificate of the database server is not for the host in store.url',
    '数据库服务器的证书与 store.url 中的主机名不符',
  ],
  databaseTlsExpired: ['the certificate of the database server has expired', '数据库服务器的证书已过期'],
  databaseConnectionsUsedUp: ['the database server takes no more connections', '数据库服务器的连接数已用完'],
  databaseTooSlow: ['the database did not answer in time', '数据库未能及时应答'],
  databaseRightsMissing: ['the user lacks a right that the patrol needs there', '该用户缺少巡检所需的权限'],
  databaseShort: [
    'the database server is short of memory or of another resource',
    '数据库服务器的内存或其他资源不足',
  ],
  databaseServerFiles: [
    'the database server cannot read or write its files',
    '数据库服务器无法读写自己的文件',
  ],
  databaseTablesGone: ['its tables, or a part of them, are gone', '其中的表（或部分表）已不存在'],
  databaseEncoding: [
    'the database has the encoding {encoding}; it has to be UTF8',
    '数据库的编码为 {encoding}，必须是 UTF8',
  ],
  databaseServerReadonly: ['the database server only reads', '数据库服务器处于只读状态'],
  databaseNotOnServer: ['the server has no such database', '服务器上没有该数据库'],
  databaseServerOld: [
    'the server is PostgreSQL {version}; it has to be {least} or newer',
    '服务器为 PostgreSQL {version}，需要 {least} 或更高版本',
  ],
  databaseSchemaForeign: [
    'there are tables of another program in the schema {schema}',
    'schema {schema} 中有其他程序的表',
  ],
  databaseSchemaNewer: [
    'its tables have version {version}, this apipatrol knows versions up to {known}',
    '表结构版本为 {version}，当前 apipatrol 最高支持版本 {known}',
  ],
  otherPatrolBy: [
    'another patrol ({by}) is at work on the database {path}',
    '另一个巡检进程（{by}）正在使用数据库 {path}',
  ],
  otherServicesBy: [
    '{by} patrols other services ({services}) on the database {path}',
    '{by} 正在数据库 {path} 上巡检其他服务（{services}）',
  ],
  otherKeyBy: ['{by}, which leads, has another APIPATROL_KEY', '主节点（{by}）的 APIPATROL_KEY 与本节点不同'],
  anotherNodeLeads: ['another node leads on the database {path}', '数据库 {path} 上已由其他节点担任主节点'],
  followsNow: [
    'this node follows it and stores nothing until it leads again',
    '本节点转为从节点，再次成为主节点之前不写入',
  ],
  leaderSilent: [
    'the leader ({leader}) has not answered: this can only be done by the node that leads',
    '主节点（{leader}）未响应：该操作只能由主节点执行',
  ],
  anotherLeads: ['another node leads', '已由其他节点担任主节点'],
  keyNeeded: [
    'with PostgreSQL as the store, APIPATROL_KEY has to be set: what signing in has given is sealed with it',
    '使用 PostgreSQL 存储时必须设置 APIPATROL_KEY：登录所得的令牌用它加密保存',
  ],
  // For those who have nothing to do with the machine.
  nothingStoredNow: ['nothing can be stored now: {why}', '目前无法保存任何数据：{why}'],
  heldByOther: ['another process holds the database', '另一个进程占用着数据库'],
  databaseDamaged: ['the database is damaged', '数据库已损坏'],
  databaseReadonly: ['the database may not be written', '数据库没有写权限'],
  databaseUnusable: ['the file of the database cannot be read or written', '数据库文件无法读写'],
  databaseTakenAway: ['the database was taken away', '数据库已被移走'],
  databaseOfNewer: ['the database is of a newer version', '数据库版本过新'],
  databaseOfOlder: ['the database is of an older version', '数据库版本过旧'],
  databaseOfOthers: ['the database is of another program', '数据库属于另一个程序'],
  databaseFails: ['the database fails', '数据库出错'],
  // How the patrol goes on meanwhile.
  goesOnInMemory: [
    '{why}; until it can be stored, the patrol goes on in memory, and alerts are sent as always',
    '{why}；恢复之前，巡检在内存中继续，告警照常发送',
  ],
  waitsInMemory: [
    '{why}; the patrol goes on meanwhile, and what it finds waits in memory until it can be stored, alerts about services included',
    '{why}；巡检照常进行，结果暂存在内存中，待恢复后写入，其间各服务的告警也会推迟发送',
  ],
  noRoomInMemory: ['there is no room in memory for more of what waits', '内存中等待写入的内容已达上限'],
  notReadYet: ['it is not known what was stored before', '尚未读到此前存储的内容'],
  cycleWithoutNumber: ['the cycle has no number yet', '该轮巡检还没有编号'],
  resultsGivenUp: [
    {
      one: '{what}, where {n} result had to be given up',
      other: '{what}, where {n} results had to be given up',
    },
    '{what}，其中 {n} 条结果未能保留',
  ],
  noRoomOverCrash: [
    '{what}; there is no room to keep what is told meanwhile over a crash',
    '{what}；此间已发通知也无处留存，进程异常退出即会丢失',
  ],
  databaseDeleted: [
    'the database was deleted while it was in use, and was put back whole at once; nothing is lost',
    '数据库在使用中被删除，已当即完整恢复，数据没有丢失',
  ],
  databaseReplaced: [
    'the database was replaced while it was in use, and was put back whole at once; nothing is lost',
    '数据库在使用中被替换，已当即完整恢复，数据没有丢失',
  ],
  databaseChanged: [
    'the database was changed or cut short by another program while it was in use; a new one goes on with what was open and waiting; the history before is in the file put aside',
    '数据库在使用中被其他程序改写或截断；已新建数据库，未恢复的故障和待发消息均已保留，此前的历史在另存的文件中',
  ],
  sourceLeftInReserve: [
    'database {path}: beside it lies what its last patrol could not store before it was ended',
    '数据库 {path}：旁边存有上次巡检结束前未能写入的内容',
  ],
  transferUnfinished: [
    'it is only half filled: bringing {from} over has not come to its end',
    '数据尚不完整：从 {from} 的迁移没有完成',
  ],
  transferOfOther: [
    'it holds an unfinished migration of {from}, which is another database or has changed since',
    '其中有一次从 {from} 的未完成的迁移，而那是另一个数据库，或此后已有变化',
  ],
  rowsOfTable: [{ one: '{table} ({n} row)', other: '{table} ({n} rows)' }, '{table}（{n} 行）'],
  targetFilled: ['it holds the data of a patrol already: {what}', '其中已有巡检数据：{what}'],
  targetTransferred: ['{from} was brought over into it at {at} already', '已于 {at} 从 {from} 完成迁移'],
  noTargetNamed: ['{file} names no PostgreSQL database', '{file} 中没有指定 PostgreSQL 数据库'],
  // What to do.
  startPatrol: [
    'nothing has been patrolled yet, or it ran with another store.path: start with apipatrol run',
    '尚未巡检过，或巡检使用了其他 store.path：请用 apipatrol run 启动',
  ],
  stopOtherPatrol: [
    'stop it first, look at it with `apipatrol status`, or give this one a store.path of its own',
    '请先停止它，或用 `apipatrol status` 查看，或为本次巡检另设 store.path',
  ],
  restartToUpdate: [
    'restart the daemon (apipatrol run) with this version; it updates the database when it starts',
    '请用当前版本重启守护进程（apipatrol run），启动时会升级数据库',
  ],
  chooseOtherFile: ['choose another file for store.path', '请为 store.path 指定其他文件'],
  useNewerProgram: [
    'use the apipatrol that wrote it (or a newer one), or choose another file for store.path',
    '请使用写入它的 apipatrol 版本（或更新的版本），或为 store.path 指定其他文件',
  ],
  replacementKept: [
    'what was put in its place is kept as {file}; to use it, stop the patrol first',
    '替换上来的文件保存为 {file}；如需使用，请先停止巡检',
  ],
  findWhoDeletes: [
    'find out who deletes files there; to begin anew, stop the patrol before you delete the database',
    '请查明是谁删除了文件；如需重新开始，请先停止巡检再删除数据库',
  ],
  damagedKept: [
    'what stands there now is kept as {file}; to restore a backup, stop the patrol, put it in place, start the patrol',
    '原处的文件保存为 {file}；如需恢复备份，请先停止巡检，放好备份，再启动巡检',
  ],
  freeSpace: [
    'free some space on that disk, or shorten store.retention; nothing stored before is lost',
    '请清理磁盘，或缩短 store.retention；已保存的数据不会丢失',
  ],
  closeOtherWriter: [
    'wait until the program that has it is through (a backup, a database browser), or end it, then try again; a patrol tries again by itself',
    '请等占用它的程序（备份、数据库工具等）结束，或将其关闭，然后重试；巡检进程会自动重试',
  ],
  putBackupInPlace: [
    'stop the patrol if it runs, move the file away or put a backup in its place, then start the patrol',
    '请先停止巡检（如在运行），移走该文件或放回备份，再启动巡检',
  ],
  giveWritePermission: [
    'give this user write permission on the file and on its folder',
    '请授予当前用户对该文件及其目录的写权限',
  ],
  checkFolder: [
    'check the permissions, the disk and the mount of that folder',
    '请检查该目录的权限、磁盘和挂载',
  ],
  raiseFileLimit: [
    'raise the limit on the size of files (ulimit -f, LimitFSIZE= of systemd) and start the patrol again',
    '请调高文件大小限制（ulimit -f 或 systemd 的 LimitFSIZE=），再重新启动巡检',
  ],
  writeDatabaseAddress: [
    'write postgres://user:password@host:5432/database (the password percent-encoded, best from the environment), with ?sslmode=, sslrootcert=, sslcert=, sslkey=, search_path= or host= where needed',
    '请写成 postgres://user:password@host:5432/database（密码需百分号编码，建议取自环境变量），可按需附加 ?sslmode=、sslrootcert=、sslcert=、sslkey=、search_path=、host=',
  ],
  startDatabaseServer: [
    'check host and port of store.url, that the server runs and that it can be reached from here; a patrol tries again by itself',
    '请检查 store.url 中的主机和端口，确认服务器正在运行且网络可达；巡检进程会自动重试',
  ],
  correctDatabaseUser: [
    'check user and password of store.url, and pg_hba.conf of the server',
    '请检查 store.url 中的用户名和密码，以及服务器的 pg_hba.conf',
  ],
  correctDatabaseTls: [
    'give the certificate of its authority with sslrootcert=, or say with sslmode= how much is to be checked (disable: no encryption)',
    '请用 sslrootcert= 指定其 CA 证书，或用 sslmode= 指定校验程度（disable 表示不加密）',
  ],
  turnTlsOn: [
    'turn it on there (ssl = on in postgresql.conf), or allow a connection without it: ?sslmode=disable in store.url',
    '请在服务器上启用（postgresql.conf 中 ssl = on），或在 store.url 中用 ?sslmode=disable 允许不加密的连接',
  ],
  nameDatabaseAuthority: [
    'name the file with the certificate of its authority: ?sslrootcert=/path/to/ca.pem in store.url',
    '请在 store.url 中用 ?sslrootcert=/path/to/ca.pem 指定签发它的 CA 证书文件',
  ],
  nameDatabaseHost: [
    'write a name that stands in the certificate into store.url, or have only its authority checked: ?sslmode=verify-ca',
    '请在 store.url 中填写证书所含的主机名，或用 ?sslmode=verify-ca 只校验 CA',
  ],
  renewDatabaseCertificate: [
    'renew the certificate of the server, then have it read anew (pg_ctl reload)',
    '请更新服务器的证书，并让服务器重新加载（pg_ctl reload）',
  ],
  lookAtDatabaseServer: [
    'look into the log of the database server; a patrol tries again by itself',
    '请查看数据库服务器的日志；巡检进程会自动重试',
  ],
  restoreTables: [
    'restore them from a backup, or restart the patrol with an empty schema, where it begins anew',
    '请从备份恢复，或清空 schema 后重启巡检，从头开始',
  ],
  createUtf8Database: [
    'create another one: createdb -E UTF8 -T template0 NAME',
    '请另建数据库：createdb -E UTF8 -T template0 NAME',
  ],
  allowMoreConnections: [
    'raise max_connections of the server, or put PgBouncer in front of it (each node uses eight at the most)',
    '请调高服务器的 max_connections，或在前面加 PgBouncer（每个节点最多使用 8 个连接）',
  ],
  freeDatabaseServer: [
    'free some space on the disk of the database server, or shorten store.retention',
    '请清理数据库服务器的磁盘，或缩短 store.retention',
  ],
  lookWhatHoldsDatabase: [
    'look in pg_stat_activity for what holds it up; a patrol tries again by itself',
    '请在 pg_stat_activity 中查看是什么阻塞了它；巡检进程会自动重试',
  ],
  nameDatabasePrimary: [
    'name the primary server in store.url, or take off default_transaction_read_only',
    '请在 store.url 中填写主库，或取消 default_transaction_read_only',
  ],
  grantDatabaseRights: [
    'give the user the rights to create and use tables in the schema',
    '请授予该用户在此 schema 中建表和读写的权限',
  ],
  createDatabase: [
    'create it (createdb), or correct its name in store.url',
    '请创建该数据库（createdb），或更正 store.url 中的名称',
  ],
  restoreDatabaseServer: [
    'restore the database from a backup; look into the log of the server',
    '请从备份恢复数据库，并查看服务器日志',
  ],
  useNewerServer: [
    'use a server with PostgreSQL {least} or newer',
    '请使用 PostgreSQL {least} 或更高版本的服务器',
  ],
  giveOwnSchema: [
    'give the patrol a database of its own, or a schema with ?search_path=patrol in store.url',
    '请为巡检单独使用一个数据库，或在 store.url 中用 ?search_path=patrol 指定单独的 schema',
  ],
  useNewerProgramHere: [
    'use the apipatrol that wrote it (or a newer one), or another database',
    '请使用写入它的 apipatrol 版本（或更新的版本），或改用其他数据库',
  ],
  startPatrolThere: [
    'nothing has been patrolled yet, or it ran with another store.url: start with apipatrol run',
    '尚未巡检过，或巡检使用了其他 store.url：请用 apipatrol run 启动',
  ],
  stopOtherPatrolThere: [
    'stop it first, or use a database, or a schema (?search_path=), of its own; one that was ended by force is gone after 10 s',
    '请先停止它，或另用一个数据库或 schema（?search_path=）；被强制结束的进程 10 秒后即失效',
  ],
  giveSchemaOfItsOwn: [
    'give this patrol a database, or a schema (?search_path=), of its own; nodes of one patrol have services in common',
    '请为本次巡检另设数据库或 schema（?search_path=）；同一巡检的各节点应包含相同的服务',
  ],
  giveSameKey: [
    'set the same APIPATROL_KEY on all nodes: what one of them has sealed, the others have to read',
    '请在所有节点上设置相同的 APIPATROL_KEY：一个节点加密的内容，其他节点也要能读取',
  ],
  askLeaderAgain: [
    'try again in half a minute: when a leader is gone, another node leads by then',
    '请半分钟后重试：主节点失效时，其他节点届时会接管',
  ],
  setKey: [
    'set APIPATROL_KEY in the environment to 16 characters or more (for example from `openssl rand -base64 32`), the same at every start',
    '请在环境变量中设置 APIPATROL_KEY，至少 16 个字符（例如用 `openssl rand -base64 32` 生成），每次启动保持一致',
  ],
  startPatrolOnSource: [
    'let a patrol of this version start on that file once (a configuration with store.path alone), stop it, and migrate then; on a copy where the file itself is to stay as it is',
    '请先用当前版本在该文件上启动一次巡检（配置中只写 store.path），停止后再迁移；如需保持原文件不变，请在副本上进行',
  ],
  nameSourceFile: [
    'name the database of the patrol with --from, or as store.path',
    '请用 --from 或 store.path 指定巡检的数据库文件',
  ],
  nameTarget: [
    'write `store: postgres://…` there, or name it with --to',
    '请在其中写 `store: postgres://…`，或用 --to 指定',
  ],
  finishTransfer: [
    'run `apipatrol store migrate` again: it goes on where it was; to begin without it, drop the schema',
    '请再次运行 `apipatrol store migrate`，会从中断处继续；如不再需要这些数据，请删除该 schema',
  ],
  restartTransfer: [
    'migrate that one to its end, or begin anew with --restart, which deletes what it has left',
    '请先完成那次迁移，或用 --restart 重新开始（会删除已迁移的部分）',
  ],
  emptyTarget: [
    'name an empty database, or a schema of its own: `?search_path=patrol`; nothing was changed',
    '请指定空的数据库，或单独的 schema：`?search_path=patrol`；没有改动任何内容',
  ],
  reportStoreMistake: ['please report this with the message above', '请把上面的信息反馈给我们'],
} as const satisfies Catalogue;
