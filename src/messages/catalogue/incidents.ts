import type { Catalogue } from './entry.ts';

/** What an incident is, and what to do about it. Where `count` and `of` stand they follow what is found later. */
export const incidentSentences = {
  /** In front of a count where not all have been called. */
  ofNotAll: ['at least ', '至少'],
  sameAnswer: [
    '{least?}{count} of {of} operations get the same answer: {why}',
    '{of} 个接口中{least?}有 {count} 个得到同样的响应：{why}',
  ],
  onlyWhenAskedAgain: [
    '{least?}{count} of {of} operations answer only when asked again: {why}',
    '{of} 个接口中{least?}有 {count} 个再次调用才成功：{why}',
  ],
  notEvenWhenAskedAgain: [
    '{least?}{count} of {of} operations answer only when asked again, {failing} not even then: {why}',
    '{of} 个接口中{least?}有 {count} 个再次调用才成功，另有 {failing} 个仍失败：{why}',
  ],
  withoutToken: [
    '{least?}{count} of {of} operations have no token: {why}',
    '{of} 个接口中{least?}有 {count} 个没有令牌：{why}',
  ],
  refuseToken: [
    '{least?}{count} of {of} operations refuse its token: {why}',
    '{of} 个接口中{least?}有 {count} 个拒绝其令牌：{why}',
  ],
  changedAtOnce: [
    '{least?}{count} of {of} operations of the document changed at once: {why}',
    '文档的 {of} 个接口中{least?}有 {count} 个同时发生变化：{why}',
  ],
  emptiedAtOnce: [
    '{least?}{count} of {of} operations succeed and carry nothing in {field}, where there always was something',
    '{of} 个接口中{least?}有 {count} 个调用成功，但 {field} 为 null，此前一直有内容',
  ],
  mostFail: [
    '{least?}{count} of {of} operations fail, most of them: {why}',
    '{of} 个接口中{least?}有 {count} 个失败，多数为：{why}',
  ],
  failVariously: [
    '{least?}{count} of {of} operations fail, for various reasons: {why}, among others',
    '{of} 个接口中{least?}有 {count} 个失败，原因各异，例如：{why}',
  ],
  originsSilent: ['{count} of {of} origins find no answer: {why}', '{of} 台主机中有 {count} 台无应答：{why}'],
  nothingKnown: ['nothing is known of any of its {n} operations: {why}', '{n} 个接口的结果均无法判定：{why}'],
  noResultSince: ['no result since then; the last one was: {why}', '此后没有新结果，最后一次为：{why}'],
  hasNoToken: ['has no token', '没有令牌'],
  signInAnswers: ['its sign-in answers HTTP {status}', '其登录接口返回 HTTP {status}'],
  goesOnBeingJudged: [
    'its operations ({n}) go on being judged by what it said when it was last readable',
    '其 {n} 个接口继续按上次可读的文档巡检',
  ],
  judgedMeanwhile: ['{going}. {hint}', '{going}。{hint}'],
  saidBesides: ['{what}; {more}', '{what}；{more}'],
  // Why something was told, or was not.
  ruleOpened: ['{severity}: {why} ({how})', '{severity}：{why}（{how}）'],
  badInARow: [{ one: 'bad {n} time in a row', other: 'bad {n} times in a row' }, '连续 {n} 次异常'],
  confirmedAtOnce: ['confirmed at once', '立即确认'],
  concludedFrom: [
    '{how}, concluded from {count} of {of} operations that fail alike',
    '{how}，{of} 个接口中有 {count} 个以同样方式失败，由此推断',
  ],
  comesAndGoes: ['{how}; it comes and goes', '{how}；反复出现'],
  ruleStillThere: ['still there: {why}', '仍未恢复：{why}'],
  ruleNotLookedAt: ['nobody could look at it for long: {why}', '长时间未能检查：{why}'],
  ruleRemains: ['what remains of a common cause that is over: {why}', '共同原因已恢复，这里仍有异常：{why}'],
  ruleOtherReason: ['another reason: {why}', '原因变为：{why}'],
  ruleSeverity: ['now {severity}', '级别变为{severity}'],
  ruleMore: [
    { one: '{n} operation instead of {before}', other: '{n} operations instead of {before}' },
    '涉及 {n} 个接口，此前 {before} 个',
  ],
  worksAgain: ['works again; it lasted {span}', '已恢复，持续 {span}'],
  worksAgainForGood: [
    'works again, and has stayed well; it came {times} times within hours; it lasted {span}',
    '已恢复并保持正常；数小时内出现 {times} 次，持续 {span}',
  ],
  noLongerCalled: [
    'no longer documented, or left out by the configuration',
    '文档中已没有该接口，或已在配置中排除',
  ],
  severityCritical: ['critical', '严重'],
  severityMajor: ['major', '重要'],
  severityMinor: ['minor', '次要'],
  notTold: ['{what} — not told: {why}', '{what}（未通知：{why}）'],
  notToldSilence: ['silence {note}', '静默 {note}'],
  notToldMaintenance: ['maintenance window {note}', '维护窗口 {note}'],
  notToldFlapping: ['it comes and goes ({note})', '反复出现（{note}）'],
  notToldPart: ['told with the end of what it was a part of', '它已并入范围更大的故障，随其结束一并告知'],
  nobodyHadHeard: ['nobody had heard of it', '此前未通知过任何人'],
  silenceNote: ['#{id} by {by}: {reason}', '#{id}（{by}）：{reason}'],
  flappingNote: [
    'time {times} within hours; told if it lasts {minutes} min',
    '数小时内第 {times} 次；持续 {minutes} 分钟才会通知',
  ],
  // Slowness.
  took: ['took {time}', '耗时 {time}'],
  p95Over: [
    'p95 is {p95} over the last {n} answers, objective {objective}',
    '最近 {n} 次响应的 p95 为 {p95}，目标 {objective}',
  ],
  slowerThanUsual: [
    '{ratio} × slower than usual at this hour: {now} in place of {usual}',
    '比该时段平时慢 {ratio} 倍：{now}，平时 {usual}',
  ],
  about: ['about {what}', '约 {what}'],
  manySlow: [
    '{n} of the last {all} answers ({share} %) were slow: about {slow}',
    '最近 {all} 次响应中有 {n} 次（{share} %）偏慢：约 {slow}',
  ],
  manySlowOthersFast: [
    '{n} of the last {all} answers ({share} %) were slow: about {slow}; the others took {fast}',
    '最近 {all} 次响应中有 {n} 次（{share} %）偏慢：约 {slow}，其余 {fast}',
  ],
  burnsByFailures: [
    'failed calls use it up {rate} × as fast as it lasts over the last {time}; {left} of the budget of {window} is left',
    '最近 {time} 内，失败的调用使其消耗速度达到可承受速度的 {rate} 倍，{window} 的错误预算还剩 {left}',
  ],
  burnsBySlowness: [
    'slow answers use it up {rate} × as fast as it lasts over the last {time}; {left} of the budget of {window} is left',
    '最近 {time} 内，偏慢的响应使其消耗速度达到可承受速度的 {rate} 倍，{window} 的错误预算还剩 {left}',
  ],
  /** As stored by earlier versions. */
  burns: [
    'burns {rate} × as fast as it lasts over the last {time}; {left} of the budget of {window} is left',
    '最近 {time} 的消耗速度是可承受速度的 {rate} 倍，{window} 的错误预算还剩 {left}',
  ],
  shareSucceeds: ['{share} calls that succeed', '{share} 的调用成功'],
  shareInTime: ['{share} answers in time', '{share} 的响应按时'],
  shareDidNot: ['{share} ({bad} of {all} did not)', '{share}（{all} 次中有 {bad} 次未达到）'],
  // What to do.
  lookAtGateway: [
    'look at the gateway or load balancer in front of it before the services behind it',
    '请先检查前面的网关或负载均衡，再检查后面的服务',
  ],
  lookAtAccount: [
    'check whether the account that the patrol signs in with has been locked, has expired or has lost its permissions',
    '请检查巡检所用的账号是否被停用、已过期或权限被收回',
  ],
  lookAtAccess: [
    'the service turns the patrol away: check whether it asks for a credential by now, or allows certain addresses only',
    '服务拒绝了巡检的访问：请检查是否需要配置凭证，或是否限制了来源 IP',
  ],
  sampleMayBeGone: [
    {
      one: '{values} stands in the document and may have been deleted since: give one that lasts under `params` ({names}), or correct the document',
      other:
        '{values} stand in the document and may have been deleted since: give some that last under `params` ({names}), or correct the document',
    },
    '{values} 取自文档，对应的数据可能已被删除：请在 `params`（{names}）中填写长期有效的值，或更正文档中的示例',
  ],
  lookAtInstances: [
    'one instance behind it may be failing or restarting while the others answer',
    '后端可能有某个实例异常或正在重启，其余实例正常',
  ],
  lookAtData: [
    'the service does not get at its data: look at its database and at what it calls',
    '服务可能取不到数据，请检查它的数据库和下游服务',
  ],
  lookAtBaseUrl: [
    'the base URL has moved, or another version than the documented one is deployed',
    '服务地址可能已变更，或部署的版本与文档不一致',
  ],
  lookAtOwnNetwork: [
    'check the network, DNS and proxy of the host that patrols, or what all these origins share',
    '请检查巡检主机的网络、DNS 和代理，或这些主机的共同依赖',
  ],
  lookAtCoverage: [
    '`apipatrol scan --coverage` says which values to configure so that calls prove something',
    '请用 `apipatrol scan --coverage` 查看需要配置哪些参数值，调用结果才有意义',
  ],
  renewCertificate: [
    'renew it on every instance, and find out why it was not renewed by itself',
    '请在所有实例上更新证书，并查明为何没有自动更新',
  ],
  lookAtDeployment: [
    'look at what was deployed last: calls go on only as long as old connections are kept',
    '请检查最近部署的证书：只有旧连接仍可用，新连接会失败',
  ],
} as const satisfies Catalogue;
