import { inLanguage } from '../../messages/in-language.ts';
import type { Counts } from '../../model/members.ts';
import { personIn } from './person.ts';
import type { Words } from './words.ts';

export const zh: Words = {
  language: 'zh',
  say: (told) => inLanguage(told, 'zh'),
  severity: { critical: '严重', major: '重要', minor: '提醒' },
  testMessage: '测试',
  recovered: '恢复',
  budgetLasts: '错误预算消耗恢复正常',
  removed: '移除',
  causes: {
    self: '巡检自身网络异常',
    origin: '疑似主机故障',
    gateway: '疑似网关故障',
    credential: '凭证不可用',
    document: '接口文档不可用',
    service: '服务大面积异常',
    operation: '接口异常',
  },
  mismatch: '接口与文档不符',
  emptied: '返回空数据',
  unsteady: '疑似部分实例异常',
  untrusted: (isOfCertificate) => (isOfCertificate ? '证书校验未通过' : '无法建立 TLS 连接'),
  reasons: {
    none: '正常',
    dns: '域名解析失败',
    'connect-refused': '连接被拒绝',
    'connect-timeout': '连接超时',
    tls: 'TLS 握手失败',
    reset: '连接被重置',
    timeout: '响应超时',
    protocol: 'HTTP 协议错误',
    status: '状态码不符',
    'content-type': '内容类型不符',
    body: '响应体无法解析',
    schema: '响应结构与文档不符',
    assertion: '断言未通过',
    latency: '响应变慢',
    flaky: '时好时坏',
    'too-large': '响应体过大',
    credential: '取不到令牌',
    'auth-rejected': '身份认证未通过',
    'made-up-value': '参数值并非人工配置，被服务拒绝',
    interrupted: '巡检被中断',
    'origin-down': '主机不可达',
    self: '巡检自身异常',
    'refused-address': '目标地址被禁止访问',
    internal: '巡检内部错误',
    drift: '接口与文档有出入',
    certificate: '证书即将过期或无效',
    document: '接口文档无法读取',
    budget: '错误预算消耗过快',
    slower: '比平时慢',
    'no-route': '没有到主机的路由',
    'no-resolver': '域名服务器无应答',
    channel: '消息渠道不可用',
    store: '数据无法保存',
    'no-data': '长时间没有数据',
    'never-passed': '尚未成功过',
    'no-permission': '没有权限',
    location: '地点',
  },
  labels: {
    cause: '原因',
    since: '时间',
    expected: '期望',
    found: '实际',
    said: '服务返回',
    lastPass: '上次正常',
    documentChange: '文档变更',
    lastEdit: '文档修改',
    affected: '受影响',
    nextTry: '下次登录',
    hint: '建议',
    address: '文档地址',
    reproduce: '复现',
    links: '处理',
    times: '反复',
    closes: '同时结束',
    relieved: '已恢复',
    note: '备注',
  },
  trend: {
    title: '最近 24 小时',
    p95: 'P95 响应时间',
    failures: '每小时失败次数',
    nothing: '暂无数据',
  },
  actions: { open: '查看详情', ack: '我来处理', check: '立即检查', silence: '静默 4 小时' },
  flapping: '反复出现',
  times: (count) => `近 6 小时内第 ${count} 次`,
  overOnceWell: (time) => `连续正常 ${time}后才通知恢复，其间不再重复通知`,
  cameAndWent: (count) =>
    `近 6 小时内出现过 ${count} 次；若再次短暂出现，先只在 status 和页面上显示，持续下去才会通知`,
  unattended: '无人处理',
  taken: '已认领',
  credential: (name) => `凭证 ${name}`,
  takenBy(by) {
    const person = personIn(by);
    return person === undefined ? '有人已认领' : `${person} 已认领`;
  },
  uncommitted: '之后另有未提交的修改',
  colon: '：',
  comma: '，',
  paren: (text) => `（${text}）`,
  listComma: '、',
  bracket: (label) => `【${label}】`,
  status: (verdict, still) =>
    `${still ? '仍' : ''}${verdict === 'fail' ? (still ? '在失败' : '失败') : '变慢或偏离'}`,
  operations: (members, verdict, still) =>
    `${countOf(members)} 接口${still ? '仍' : ''}${verdict === 'fail' ? (still ? '在失败' : '失败') : '变慢或偏离'}`,
  newConnections: (of, still) => `新连接${still ? '仍' : ''}失败，${of} 个接口暂无失败`,
  share: (members, what) => `${countOf(members)} 接口${what}`,
  lasted: (duration) => `历时 ${duration}`,
  paused: (duration) => `期间巡检暂停 ${duration}`,
  quiet: (duration) => `之后 ${duration}未再失败`,
  again: (start) => `${start} 再次失败`,
  already: (duration) => `已 ${duration}`,
  clockSetBack: '其间系统时钟被调回',
  cycles: (count) => `连续 ${count} 轮`,
  from: (start, end) => (end === '' ? `自 ${start} 起` : `${start} 至 ${end}`),
  others: (names, count) => (count === undefined ? `${names} 等` : `${names} 等 ${count} 个`),
  summary: (failing, recovered) =>
    [failing > 0 ? `${failing} 项异常` : '', recovered > 0 ? `${recovered} 项恢复` : '']
      .filter((part) => part !== '')
      .join('、'),
  news: ({ opened, changed, resolved, removed, reminded }) =>
    [
      opened > 0 ? `新增 ${opened}` : '',
      changed > 0 ? `变化 ${changed}` : '',
      reminded > 0 ? `仍未恢复 ${reminded}` : '',
      resolved > 0 ? `恢复 ${resolved}` : '',
      removed > 0 ? `移除 ${removed}` : '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
  now: ({
    failing,
    checks,
    isLeast = false,
    silenced = 0,
    open = 0,
    slow = 0,
    slowOpen = 0,
    waiting = 0,
  }) => {
    const quiet = silenced === 0 ? '' : silenced < failing ? `（其中 ${silenced} 个已静默）` : '（已静默）';
    const slowToo = slow > 0 ? `，${slow} 个变慢` : '';
    if (failing > 0) return `现有${isLeast ? '至少' : ''} ${failing}/${checks} 接口失败${quiet}${slowToo}`;
    const others = open > slowOpen ? `，另有 ${open - slowOpen} 项异常未结束` : '';
    const toSetUp = waiting > 0 ? `，${waiting} 个待配置` : '';
    if (slow > 0) return `现有 ${slow}/${checks} 接口变慢，无失败${others}${toSetUp}`;
    return `${checks} 个接口现无失败${others}${toSetUp}`;
  },
  forwarded: (channel, refused) =>
    refused ? `渠道 ${channel} 未能送达，转发至此` : `代不可用的渠道 ${channel} 转发`,
  channel: (name) => `消息渠道 ${name}`,
  store: '巡检数据库',
  patrol: '巡检程序自身',
  clock: '巡检机器的系统时钟',
  clockOf: (host) => `${host} 的系统时钟`,
  folded: (messages, since) => `补发：合并了 ${since} 以来未送达的 ${messages} 条消息`,
  held: (messages, since) => `静默时段汇总：${since} 以来的 ${messages} 条消息`,
  ongoingLabel: (severity, kind) =>
    `${severity}·${{ changed: '变化', reminder: '持续', escalation: '升级' }[kind]}`,
  operationsFailing: '接口失败',
  more: (count) => `…其余 ${count} 个`,
  recoveredFrom: '曾因',
  noLongerWatched: '文档或配置中已无，不再巡检',
  missingFile: (name) => `上一条消息的附件 ${name} 未能发送，完整列表请用 apipatrol status 查看`,
};

/** The least that it may be where not all have been heard of. */
function countOf({ count, of, heard = of }: Counts): string {
  return `${heard < of ? '至少 ' : ''}${count}/${of}`;
}
