import type { Catalogue } from './entry.ts';

/** Why no answer came, or none that can be read. */
export const transportSentences = {
  because: ['{what} ({why})', '{what}（{why}）'],
  // Timeouts and cuts.
  noAnswerWithin: ['no answer within {time}', '{time} 内没有应答'],
  onlyBeginningWithin: ['only the beginning of an answer within {time}', '{time} 内只收到应答的开头'],
  onlyBytesWithin: ['only {n} bytes of the body within {time}', '{time} 内只收到响应体 {n} 字节'],
  noConnectionWithin: ['no connection within {time}', '{time} 内未能建立连接'],
  noTimeForRedirect: ['no time was left for the redirect', '没有时间完成重定向'],
  afterBytes: ['{what}, after {n} bytes of the body', '{what}（已收到响应体 {n} 字节）'],
  silentSinceHandshake: [
    '{what}; it said nothing after the TLS handshake, as where a client certificate is missing or not accepted',
    '{what}；TLS 握手后没有任何响应，可能缺少客户端证书或证书未被接受',
  ],
  handshakeTooLong: ['the handshake took too long', '握手超时'],
  stoppedBeforeSent: ['stopped before it was sent', '发出之前已停止'],
  cutOff: ['cut off when the patrol was stopped', '巡检停止时被中断'],
  // Names and connections.
  hostNameUnknown: ['the host name does not exist', '域名不存在'],
  nameServerSilent: ['the name server does not answer', 'DNS 服务器无应答'],
  nameServerFailed: ['the name server failed', 'DNS 服务器出错'],
  hostNameWithoutAddress: ['the host name has no address', '域名没有对应的地址'],
  hostNameUnresolved: ['the host name cannot be resolved', '域名无法解析'],
  certificateOfUnknown: [
    'its certificate is signed by a CA that is not known here',
    '证书由本机未知的 CA 签发',
  ],
  certificateOfOther: ['its certificate is for another host', '证书属于其他域名'],
  connectionRefused: ['connection refused', '连接被拒绝'],
  noRouteToHost: ['no route to the host', '没有到主机的路由'],
  networkUnreachable: ['the network is unreachable', '网络不可达'],
  networkDown: ['the network is down', '网络已断开'],
  hostDown: ['the host is down', '主机已关闭'],
  connectionTimedOut: ['the connection timed out', '连接超时'],
  connectionReset: ['the server reset the connection', '服务器重置了连接'],
  closedWhileSending: [
    'the server closed the connection while the request was being sent',
    '发送请求时服务器关闭了连接',
  ],
  connectionClosed: ['the server closed the connection', '服务器关闭了连接'],
  connectionBroke: ['the connection broke', '连接中断'],
  noFreeHandles: ['this host has no free file handles', '本机的文件句柄已耗尽'],
  noFreeBuffers: ['this host has no free network buffers', '本机的网络缓冲区已耗尽'],
  noFreePort: ['this host has no free local port or no such address', '本机没有空闲端口或没有该地址'],
  connectionNotAllowed: ['this host does not allow the connection', '本机不允许建立该连接'],
  requestNotBuilt: ['the request cannot be built', '无法构造请求'],
  // TLS.
  tlsFailed: ['the TLS handshake failed', 'TLS 握手失败'],
  plainHttpThere: [
    'the server does not speak TLS there but, most likely, plain HTTP: try http:// or another port',
    '该端口不是 TLS，很可能是明文 HTTP：请改用 http:// 或其他端口',
  ],
  tlsTooOld: [
    'the server speaks no version of TLS that is safe: 1.2 or newer is needed',
    '服务器的 TLS 版本过低：需要 1.2 或更高版本',
  ],
  clientCertificateRequired: ['the server requires a client certificate', '服务器要求客户端证书'],
  clientCertificateRefused: [
    'the server does not accept the client certificate, or misses one',
    '服务器不接受客户端证书，或未收到客户端证书',
  ],
  handshakeRefused: [
    'the server refuses the TLS handshake: it requires a client certificate, or there is no cipher in common',
    '服务器拒绝 TLS 握手：要求客户端证书，或没有共同的加密套件',
  ],
  siteUnknown: ['the server knows no site of this host name', '服务器上没有该域名的站点'],
  tlsTooWeak: ['the server uses keys or signatures that are too weak', '服务器的密钥或签名强度不足'],
  noCommonCipher: ['the server and the patrol have no cipher in common', '服务器与巡检没有共同的加密套件'],
  certificateExpired: ['the certificate has expired', '证书已过期'],
  certificateNotYetValid: ['the certificate is not valid yet', '证书尚未生效'],
  trustCaOfChannel: [
    '{why}; if that is your own CA, give its certificate at the top of the configuration: {lines}',
    '{why}；如为自建 CA，请在配置顶层填写其证书：{lines}',
  ],
  certificateSelfSigned: ['the certificate is self-signed', '证书是自签名的'],
  chainNotTrusted: [
    'the certificate chain ends in a certificate that is not trusted',
    '证书链的根证书不受信任',
  ],
  // Whoever signed it: which of the two it is cannot be seen from here.
  issuerUnknown: [
    'the issuer of the certificate is not known here: its authority is not trusted (name it as network.ca), or the server does not send an intermediate certificate',
    '巡检端不认识证书的颁发者：其 CA 不受信任（可用 network.ca 指定），或服务器没有发送中间证书',
  ],
  signatureOfOther: [
    'the certificate is not signed by the issuer of that name that is trusted',
    '证书并非由受信任的同名颁发者签发',
  ],
  certificateOfOtherHost: ['the certificate is for another host name', '证书与域名不符'],
  // What is no HTTP, or no HTTP that says where it ends.
  bodyTooShort: ['the body is shorter than its content-length', '响应体比 content-length 短'],
  headersTooLarge: ['the headers of the answer are over 64 KiB', '响应头超过 64 KiB'],
  notHttp: ['the answer is not HTTP', '应答不是 HTTP'],
  twoLengths: [
    'the answer has two lengths: content-length {lengths}',
    '应答有两个长度：content-length {lengths}',
  ],
  badLength: ['the answer has no length: content-length {length}', '应答的长度无效：content-length {length}'],
  endlessBesideData: [
    'the answer goes on without end beside its data',
    '应答在数据之外没完没了（分块扩展或尾部字段）',
  ],
  tooManyInterim: [
    'more than {n} interim answers (HTTP {status}) and no other',
    '超过 {n} 个临时应答（HTTP {status}），没有最终应答',
  ],
  noStatus: ['the answer has no status', '应答没有状态码'],
  headerWithoutColon: ['a header line of the answer has no colon: {line}', '应答的响应头缺少冒号：{line}'],
  nulInHeader: ['a header of the answer has a NUL byte in it', '应答的响应头含有 NUL 字节'],
  protocolSwitched: [
    'the server switches to another protocol, which was not asked for',
    '服务器切换到了未请求的协议',
  ],
  // The proxy, and addresses that nobody allowed.
  proxyUnreachable: ['the proxy {proxy} cannot be reached: {why}', '代理 {proxy} 无法访问：{why}'],
  proxyClosed: ['the proxy {proxy} closed the connection', '代理 {proxy} 关闭了连接'],
  proxySilent: ['the proxy {proxy} does not answer', '代理 {proxy} 没有应答'],
  proxyNotHttp: ['the proxy {proxy} does not speak HTTP', '代理 {proxy} 不是 HTTP 代理'],
  proxyCannotReach: [
    'the proxy {proxy} cannot reach {host}: HTTP {status}',
    '代理 {proxy} 无法访问 {host}：HTTP {status}',
  ],
  proxyWantsCredentials: [
    'the proxy {proxy} wants credentials: HTTP {status}',
    '代理 {proxy} 要求认证：HTTP {status}',
  ],
  proxyRefusesTunnel: [
    'the proxy {proxy} refuses a tunnel to {host}: HTTP {status}',
    '代理 {proxy} 拒绝连接 {host}：HTTP {status}',
  ],
  addressNotAllowed: [
    'not called: {origin} is {kind} ({address}) and comes from a document; to allow it set it as `baseUrl`, or its host under `network.internal`',
    '未调用：{origin} 是{kind}（{address}），且只在文档中出现；如需允许，请写入 `baseUrl`，或把主机写入 `network.internal`',
  ],
  internalAddress: ['an internal address', '内网地址'],
  metadataAddress: ['a cloud metadata address', '云主机元数据地址'],
} as const satisfies Catalogue;
