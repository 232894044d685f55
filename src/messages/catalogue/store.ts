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
  reportStoreMistake: ['please report this with the message above', '请把上面的信息反馈给我们'],
} as const satisfies Catalogue;
