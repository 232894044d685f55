import type { Catalogue } from './entry.ts';

/** How the patrol itself is: whether it patrols, and what it stands on. */
export const daemonSentences = {
  // Cycles that are not as they should be.
  noCycleClosed: ['no cycle has closed since then', '此后没有一轮巡检完成'],
  stillReading: ['its documents are still being read', '仍在读取接口文档'],
  operationsDone: ['{settled} of {n} operations are done', '已完成 {settled}/{n} 个接口'],
  operationsDoneUnanswered: [
    '{settled} of {n} operations are done, {unanswered} of them got no answer',
    '已完成 {settled}/{n} 个接口，其中 {unanswered} 个无应答',
  ],
  calledTooOften: [
    '{limited} of its {n} operations are answered that they are called too often: lower `limits.ratePerOrigin`, or call them at a longer `interval`',
    '{n} 个接口中有 {limited} 个的响应表示调用过于频繁：请调低 `limits.ratePerOrigin`，或加大 `interval`',
  ],
  calledTooOftenOthersWait: [
    '{limited} of its {n} operations are answered that they are called too often, and others wait for that: lower `limits.ratePerOrigin`, or call them at a longer `interval`',
    '{n} 个接口中有 {limited} 个的响应表示调用过于频繁，其余接口因此等待：请调低 `limits.ratePerOrigin`，或加大 `interval`',
  ],
  ticksUnanswered: [
    '{ticks} ticks were left out: what was due had no answer yet to its call of before',
    '已跳过 {ticks} 次巡检：到期接口的上一次调用尚无应答',
  ],
  ticksUnconfirmed: [
    '{ticks} ticks were left out: what was due was still being confirmed, which takes about 10 s',
    '已跳过 {ticks} 次巡检：到期接口的失败仍在复核，复核约需 10 秒',
  ],
  ticksNotAllCalled: [
    '{ticks} ticks were left out: not everything has been called within its interval of {interval}',
    '已跳过 {ticks} 次巡检：在 {interval} 的间隔内未能调用完所有接口',
  ],
  ticksTooShort: [
    '{ticks} ticks were left out: its interval of {interval} is too short, to call its {n} operations takes {duration}',
    '已跳过 {ticks} 次巡检：间隔 {interval} 太短，调用完 {n} 个接口需要 {duration}',
  ],
  nothingDescribed: ['its documents describe no operation any more', '接口文档中已没有任何接口'],
  noneCalledAnyMore: [
    'none of its {n} operations is called any more, most of them because: {why}',
    '{n} 个接口已全部不再调用，多数原因是：{why}',
  ],
  // Whether it is ready.
  configurationValid: ['valid', '有效'],
  configurationRefused: [
    'changed and refused; the last good one is in use',
    '已修改但未被接受，仍使用上一份有效的配置',
  ],
  documentsReadable: ['readable', '可读取'],
  documentsWrong: [
    {
      one: 'something is wrong with those of one service',
      other: 'something is wrong with those of {n} services',
    },
    '{n} 个服务的文档有问题',
  ],
  storeWritable: ['writable', '可写入'],
  storeNotWritable: ['cannot be written', '无法写入'],
  cyclesStalled: ['{what}: {why}', '{what}：{why}'],
  cyclesStalledAndMore: ['{what} and {n} more: {why}', '{what}，另有 {n} 个服务：{why}'],
  cyclesFailed: ['failed', '巡检失败'],
  cyclesOverdue: ['overdue', '巡检逾期'],
  cycleAtWork: ['the patrol is at work on one for {n} s: {why}', '正在进行的一轮已持续 {n} 秒：{why}'],
  cycleLimited: ['limited: {why}', '调用受限：{why}'],
  nodeLeads: ['this node leads', '本节点为主节点'],
  nodeFollows: ['this node follows {leader}', '本节点为从节点，主节点为 {leader}'],
  nodeDiffers: [
    'this node follows {leader}, which has another configuration',
    '本节点为从节点，主节点为 {leader}，其配置与本节点不同',
  ],
  nobodyLeads: ['no node leads at the moment', '目前没有主节点'],
  noCycleYet: ['the first one has not closed yet', '第一轮尚未完成'],
  lastCycleClosed: ['the last one closed {n} s ago', '最近一轮于 {n} 秒前完成'],
  // The clock.
  clockSetBack: ['the system clock was set back by {span}', '系统时钟被调回 {span}'],
  clockSetOn: ['the system clock was set on by {span}', '系统时钟被调快 {span}'],
  synchronizeClock: [
    'check the time synchronization of that machine: times in messages and reports go by its clock',
    '请检查该机器的时间同步：消息和报告中的时间以它的时钟为准',
  ],
  // Several nodes.
  nodeClockAhead: ['its clock is {span} ahead of that of the database', '其时钟比数据库快 {span}'],
  nodeClockBehind: ['its clock is {span} behind that of the database', '其时钟比数据库慢 {span}'],
  synchronizeNodeClock: [
    'check the time synchronization (NTP) of {host} and of the database server: times in messages and on pages go by the clock of the node that leads; cycles and who leads do not',
    '请检查 {host} 和数据库服务器的时间同步（NTP）：消息和页面中的时间以主节点的时钟为准；巡检计划和主节点选举不受影响',
  ],
} as const satisfies Catalogue;
