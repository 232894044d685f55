import type { Catalogue } from './entry.ts';

/** What is said of a call, and of an answer that is not as promised. */
export const callSentences = {
  andMore: ['{what} (+{n} more)', '{what}（另有 {n} 处）'],
  inPlaces: ['{what} (in {n} places)', '{what}（共 {n} 处）'],
  listed: ['{names}', '{names}'],
  afterWay: ['{what} (after {way})', '{what}（经 {way}）'],
  wayThen: ['{way}: {what}', '{way}：{what}'],
  asksToBeLeftAlone: ['{what}; it asks to be left alone for {time}', '{what}；服务要求暂停调用 {time}'],
  // The life of a call.
  passedLater: ['passed on attempt {n}, after: {why}', '第 {n} 次才成功，此前：{why}'],
  interruptedUnconfirmed: ['interrupted before a failure was confirmed: {why}', '确认故障之前被中断：{why}'],
  notCalledBecause: ['not called, because {why}', '未调用：{why}'],
  originSilent: ['{origin} does not answer: {why}', '{origin} 无应答（{why}）'],
  patrolFailed: ['the patrol itself failed: {why}', '巡检自身出错：{why}'],
  patrolStoodStill: ['the patrol itself stood still during the call: {why}', '调用期间巡检进程停顿：{why}'],
  networkOfHost: ['the network of this host is at fault: {why}', '巡检主机网络异常：{why}'],
  noRouteToAny: ['this host has no route to any other', '本机没有到其他主机的路由'],
  gatewaySilent: ['the default gateway {gateway} does not answer', '默认网关 {gateway} 无应答'],
  nameServersSilent: [
    'the name servers of this host do not answer ({why})',
    '本机的 DNS 服务器无应答（{why}）',
  ],
  urlUnreachable: ['{url} cannot be reached either ({why})', '探测地址 {url} 也无法访问（{why}）'],
  // Why a host is called more slowly.
  answersSlower: ['its answers became much slower', '响应明显变慢'],
  saysTooOften: ['it says that it is called too often', '服务表示调用过于频繁'],
  networkOfPatrol: ['no network on the side of the patrol: {why}', '巡检主机网络异常：{why}'],
  // Who calls.
  noCredential: [
    '{what}, and no credential is configured: set `credential` for service "{service}"',
    '{what}，且未配置凭证：请为服务“{service}”设置 `credential`',
  ],
  tokenRefused: [
    '{what}: the server does not accept the token of credential "{credential}"',
    '{what}：服务不接受凭证“{credential}”的令牌',
  ],
  noPermission: [
    '{what}: credential "{credential}" lacks a permission for it',
    '{what}：凭证“{credential}”没有相应权限',
  ],
  renewedLater: [
    '{what}; credential "{credential}": its token was refused, and it is too early to ask for another one',
    '{what}；凭证“{credential}”：令牌被拒绝，且尚未到可以重新获取的时间',
  ],
  signInWithout: [
    '{way}, where one signs in: set `credential` for service "{service}"',
    '{way}，为登录页面：请为服务“{service}”设置 `credential`',
  ],
  signInInVain: [
    '{way}, where one signs in: the server does not accept what credential "{credential}" gives',
    '{way}，为登录页面：服务不接受凭证“{credential}”',
  ],
  // Redirects.
  redirected: ['redirected: {way}', '重定向：{way}'],
  redirectedInCircle: ['redirected in a circle: {way}', '循环重定向：{way}'],
  redirectedTooOften: ['redirected more than {n} times: {way}', '重定向超过 {n} 次：{way}'],
  redirectMayChange: [
    'redirects to what may change something: {way}, not followed; `redirects: follow` allows it',
    '重定向到可能修改数据的地址：{way}，未跟随；如需允许，请设置 `redirects: follow`',
  ],
  // Our own values, and how often we call.
  limitsCalls: [
    '{what}: the server limits how often we may call; lower `limits.ratePerOrigin`',
    '{what}：服务限制了调用频率，请调低 `limits.ratePerOrigin`',
  ],
  butMadeUp: [
    {
      one: '{what}, but we made up {values}; give it a real value under `params` ({names})',
      other: '{what}, but we made up {values}; give them a real value under `params` ({names})',
    },
    '{what}，但参数值 {values} 由巡检生成；请在 `params` 中给出真实的值（{names}）',
  ],
  butCaptured: [
    '{what}, but we took {values} from {from}; another value is tried next',
    '{what}，但参数值 {values} 取自 {from} 的响应；下次将换用其他值',
  ],
  butCapturedAndMadeUp: [
    {
      one: '{what}, but we took {captured} from {from}, and we made up {values}; give it a real value under `params` ({names})',
      other:
        '{what}, but we took {captured} from {from}, and we made up {values}; give them a real value under `params` ({names})',
    },
    '{what}，但参数值 {captured} 取自 {from} 的响应，{values} 由巡检生成；请在 `params` 中给出真实的值（{names}）',
  ],
  // What differs from the document.
  statusDocumented: ['HTTP {status}, documented: {expected}', 'HTTP {status}，文档约定：{expected}'],
  statusExpected: ['HTTP {status}, expected: {expected}', 'HTTP {status}，期望：{expected}'],
  calledWithoutCredential: [
    'HTTP {status} to a call without a credential, expected: 401 or 403',
    '不带凭证的调用得到 HTTP {status}，期望 401 或 403',
  ],
  noContentType: ['content type none, documented: {expected}', '缺少 Content-Type，文档约定：{expected}'],
  contentTypeOfPage: [
    'the answer is a page, {page} (content type {type}, documented: {expected})',
    '返回的是网页：{page}（Content-Type 为 {type}，文档约定：{expected}）',
  ],
  contentType: [
    'content type {type}, documented: {expected}',
    'Content-Type 为 {type}，文档约定：{expected}',
  ],
  encodingNotAskedFor: [
    'content-encoding {encoding}, which was not asked for',
    '响应使用了未请求的 content-encoding {encoding}',
  ],
  bodyNotEncoded: [
    'the body is not {encoding}, as content-encoding says',
    '响应体不是 content-encoding 所说的 {encoding}',
  ],
  bodyNotJson: ['the body is not JSON: {found}', '响应体不是 JSON：{found}'],
  bodyBreaksOff: [
    'the body is JSON that breaks off after {bytes} bytes: {found}',
    '响应体是不完整的 JSON，在第 {bytes} 字节处中断：{found}',
  ],
  bodyIsPage: ['the body is a page, not JSON: {found}', '响应体是网页而不是 JSON：{found}'],
  bodyNoLongerJson: [
    'the body is no longer JSON, as all answers before were: {found}',
    '响应体不再是 JSON（此前的响应一直都是）：{found}',
  ],
  bodyNoLongerJsonButPage: [
    'the body is a page and no longer JSON, as all answers before were: {found}',
    '响应体是网页而不再是 JSON（此前的响应一直都是）：{found}',
  ],
  bodyNoLongerThere: [
    'the body is empty and no longer JSON, as all answers before were',
    '响应体为空，不再是 JSON（此前的响应一直都是）',
  ],
  bodyIsPageNow: [
    'the body is a page, as none before was: {found}',
    '响应体变成了网页（此前从未如此）：{found}',
  ],
  bodyIsEmptyNow: ['the body is empty, as none before was', '响应体为空（此前从未为空）'],
  aTextAsBefore: ['a text, as before', '与此前一样的文本'],
  streamStopped: [
    'the answer is a stream that does not end ({type}): it was stopped, and its body was not checked',
    '响应是不会结束的流（{type}）：已中止读取，未校验响应体',
  ],
  bodyEmpty: ['the body is empty, documented: {expected}', '响应体为空，文档约定：{expected}'],
  emptyBody: ['empty body', '空响应体'],
  notDocumented: ['not documented: {fields}', '文档中没有的字段：{fields}'],
  noSuchField: ['no such field', '没有该字段'],
  queryError: ['the query came back with an error: {said}', '查询返回错误：{said}'],
  noErrors: ['no errors', '没有错误'],
  tookTooLong: ['took {time}, expected: {limit}', '耗时 {time}，期望 {limit}'],
  assertionFailed: ['expected: {expected}, found: {found}', '期望：{expected}，实际：{found}'],
  assertionTooDeep: [
    'not judged, the body is nested too deep: {assertion}',
    '响应体嵌套过深，未校验：{assertion}',
  ],
  nothing: ['nothing', '无'],
  // Answers that take too much work.
  tooLargeForSchema: [
    'the answer is too large to be judged against its schema',
    '响应过大，无法按其结构定义校验',
  ],
  tooLargeForThat: [
    'the answer is too large to be held against the conditions of `that`',
    '响应过大，无法按 `that` 的条件判断',
  ],
  tooLargeForDrift: [
    'the answer is too large to be searched for fields that are not documented',
    '响应过大，未查找文档中没有的字段',
  ],
  tooLargeToJudge: ['the answer is too large to be judged (`{kind}`)', '响应过大，无法判断（`{kind}`）'],
  // Certificates.
  certificateEnds: [
    'the certificate of {host} ends in {left} ({date}, by {issuer})',
    '{host} 的证书将在 {left}后过期（{date}，颁发者 {issuer}）',
  ],
  certificateEnded: [
    'the certificate of {host} ended {left} ago ({date}, by {issuer})',
    '{host} 的证书已过期 {left}（{date}，颁发者 {issuer}）',
  ],
  sentCertificateEnds: [
    'the certificate of {subject}, which {host} sends along, ends in {left} ({date}, by {issuer})',
    '{host} 附带的证书 {subject} 将在 {left}后过期（{date}，颁发者 {issuer}）',
  ],
  sentCertificateEnded: [
    'the certificate of {subject}, which {host} sends along, ended {left} ago ({date}, by {issuer})',
    '{host} 附带的证书 {subject} 已过期 {left}（{date}，颁发者 {issuer}）',
  ],
  validForOrMore: ['valid for {span} or more', '有效期不少于 {span}'],
  spanLeft: ['{span} left', '还剩 {span}'],
  ended: ['ended', '已过期'],
  days: [{ one: '{n} day', other: '{n} days' }, '{n} 天'],
  hours: [{ one: '{n} hour', other: '{n} hours' }, '{n} 小时'],
  minutes: [{ one: '{n} minute', other: '{n} minutes' }, '{n} 分钟'],
  seconds: [{ one: '{n} second', other: '{n} seconds' }, '{n} 秒'],
} as const satisfies Catalogue;
