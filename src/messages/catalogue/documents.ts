import type { Catalogue } from './entry.ts';

/** Why a document, or a part of one, is not read, and what is known of the places where documents stand. */
export const documentSentences = {
  // Files and folders.
  doesNotExist: ['does not exist', '不存在'],
  isFilePath: [
    'This is read as the path of a file; for a URL write http://…',
    '这里按文件路径读取；如果是 URL，请写成 http://…',
  ],
  giveAddressThatIs: [
    'There is nothing at this address. Give that of the document (…/v3/api-docs, …/openapi.json), of Swagger UI, or of the service itself.',
    '该地址上没有内容。请填写文档地址（…/v3/api-docs、…/openapi.json）、Swagger UI 地址或服务本身的地址。',
  ],
  wasReadThere: [
    'The document could be read at this address before: see whether the service still serves it, and whether it has moved.',
    '此前在该地址可以读到文档：请确认服务是否仍提供文档，以及地址是否有变。',
  ],
  serverFailsThere: [
    'The service fails there itself: its log says why. The document can also be given as a file.',
    '服务自身在此报错，原因见其日志。也可以改用文档文件。',
  ],
  nobodyListensThere: [
    'Nothing listens there: is the service running, and is this its port? In a container localhost is the container itself.',
    '该端口无人监听：服务是否已启动，端口是否正确？在容器中，localhost 指容器自身。',
  ],
  checkHostName: [
    'This machine knows no such host: check its spelling, and whether the name is known here (VPN, DNS).',
    '本机无法解析该域名：请检查拼写，以及本机能否解析（VPN、DNS）。',
  ],
  checkWayThere: [
    'There is no way there from this machine: check the address, the firewall and the proxy (network.proxy).',
    '本机无法连通该地址：请检查地址、防火墙和代理（network.proxy）。',
  ],
  seeWhyItHangs: [
    'It takes the connection and does not answer: open the address from this machine, or give the document as a file.',
    '连接已建立但没有响应：请在本机打开该地址查看，或改用文档文件。',
  ],
  renewOrCheckClock: [
    'Have the certificate renewed, or check the clock of this machine. Until then the document can be given as a file.',
    '请更新证书，或检查本机的时钟。在此之前可以改用文档文件。',
  ],
  useNameOfCertificate: [
    'Write the host name that the certificate is for, or give it to the service: {lines}',
    '请使用证书所对应的域名，或为该服务配置：{lines}',
  ],
  checkProxy: [
    'Check network.proxy (or HTTPS_PROXY, HTTP_PROXY); what is reached without one: {lines}',
    '请检查 network.proxy（或环境变量 HTTPS_PROXY、HTTP_PROXY）；无需代理的服务：{lines}',
  ],
  giveProxyCredentials: ['Write them with its address: {lines}', '请写在代理地址中：{lines}'],
  checkPort: [
    'Something else than a web server listens there: check the port.',
    '监听该端口的不是 Web 服务：请检查端口。',
  ],
  giveOwnCa: ['Give the certificate of its CA to the service: {lines}', '请为该服务配置其 CA 证书：{lines}'],
  perhapsTls: ['If it speaks TLS, write {url}', '如果该端口使用 TLS，请写成 {url}'],
  addressNotRead: [
    'is an address that begins with {scheme}://; only http:// and https:// addresses, files, folders and git repositories are read',
    '是以 {scheme}:// 开头的地址；只能读取 http:// 和 https:// 地址、文件、目录以及 git 仓库',
  ],
  notReadable: ['cannot be read: {why}', '无法读取：{why}'],
  notRegularFile: ['is not a regular file', '不是普通文件'],
  fileTooLarge: [
    'is {size} bytes, more than the limit of {limit}',
    '大小为 {size} 字节，超过 {limit} 的上限',
  ],
  moreThanBytes: ['is more than the limit of {limit} bytes', '超过 {limit} 字节的上限'],
  matchesNoFile: ['matches no file', '没有匹配的文件'],
  patternsAreRelative: [
    'Patterns are relative to the folder of the configuration; `**` goes into folders.',
    '通配路径相对于配置文件所在的目录；`**` 可匹配多级目录。',
  ],
  matchesTooMany: [
    'matches {found} files, more than the limit of {limit}',
    '匹配到 {found} 个文件，超过 {limit} 的上限',
  ],
  makePatternNarrower: ['Make the pattern narrower.', '请缩小通配路径的范围。'],
  patternTooWide: [
    'its pattern can fit in too many ways; write {forms} instead',
    '该通配路径的匹配方式过多；请改用 {forms}',
  ],
  linkLeadsOut: [
    'holds a link that leads out of the folder and is not followed: {places}',
    '含有指向目录之外的链接，未跟随：{places}',
  ],
  nameWhereLinkLeads: [
    'If there are documents behind it, name the place that it leads to in `docs`.',
    '如果链接指向的位置有接口文档，请把该位置写入 `docs`。',
  ],
  folderTooLarge: [
    'holds more than {limit} files and folders; what was not seen until then is not read',
    '含有超过 {limit} 个文件和目录；此前没有扫描到的部分不会读取',
  ],
  folderTooSlow: [
    'holds more than {seconds} s can show; what was not seen until then is not read',
    '{seconds} 秒内没有扫描完；此前没有扫描到的部分不会读取',
  ],
  nameFolderOfDocuments: [
    'Name the folder of the documents, or the documents themselves.',
    '请在 `docs` 中写明文档所在的目录，或直接写文档本身。',
  ],
  andOthers: ['{what} and {n} more', '{what} 等，另有 {n} 个'],
  // References from one file to another.
  refersNotRead: ['refers to {reference}, which is not read: {why}', '引用了 {reference}，没有读取：{why}'],
  onlyFilesBeside: ['only files beside the document may be referred to', '只能引用与文档相邻的文件'],
  liesOutside: ['it lies outside {folder}', '它在 {folder} 之外'],
  onlyOriginReferred: ['only {origin} may be referred to', '只能引用 {origin} 上的文件'],
  couldDoMore: ['by its address it could do more than read', '从地址看访问它可能不只是读取'],
  refersFromExport: [
    'refers to {reference}, but an export has no other files',
    '引用了 {reference}，但导出的文档没有其他文件',
  ],
  refersToNothing: ['refers to {reference}, which does not exist', '引用了 {reference}，但它不存在'],
  refersTo: ['refers to {reference}: {file} {why}', '引用了 {reference}：{file} {why}'],
  refersInCircle: ['refers to itself in a circle', '循环引用自身'],
  refersToTooManyFiles: [
    'refers to more than the limit of {limit} files; the others are not read',
    '引用的文件超过 {limit} 个的上限，其余没有读取',
  ],
  refersToTooManyBytes: [
    'refers to files of more than the limit of {limit} bytes together; the others are not read',
    '引用的文件合计超过 {limit} 字节的上限，其余没有读取',
  ],
  // Servers.
  isNoUrl: ['is no URL', '不是合法的 URL'],
  answeredStatus: ['answered {status}, expected 200', '返回 {status}，应为 200'],
  answeredNotAllowed: ['answered {status}, so it may not be read', '返回 {status}，没有读取权限'],
  giveDocumentCredential: [
    'Set `docsCredential: NAME` of the service, a credential that may read the document.',
    '请为该服务设置 `docsCredential: 凭证名`，该凭证须有权读取文档。',
  ],
  setDocumentCredential: [
    'Give the service a credential that may read the document: {setting}, with {credential}.',
    '请为该服务配置有权读取文档的凭证：{setting}，并定义 {credential}。',
  ],
  setDocumentPassword: [
    'Give the service a credential that may read the document: {setting}, with {credential}. Or write user and password into the address, before its host: {address}.',
    '请为该服务配置有权读取文档的凭证：{setting}，并定义 {credential}；也可以在地址中把用户名和密码写在主机名之前：{address}。',
  ],
  credentialStaysHome: [
    '`credential: {name}` goes only to the host of `baseUrl`: if it may read the documents, set `docsCredential: {name}`',
    '`credential: {name}` 只会发送到 `baseUrl` 的主机：如果该凭证有权读取文档，请设置 `docsCredential: {name}`',
  ],
  credentialWithoutHome: [
    '`credential: {name}` goes only to the host of `baseUrl`, which is not set: if it may read the documents, set `docsCredential: {name}`, or `baseUrl` if they are on the host of the service',
    '`credential: {name}` 只会发送到 `baseUrl` 的主机，而 `baseUrl` 未配置：如果该凭证有权读取文档，请设置 `docsCredential: {name}`；文档与服务在同一主机时，也可以设置 `baseUrl`',
  ],
  notSignedIn: ['cannot be signed in to: {why}', '无法登录：{why}'],
  notFetched: ['cannot be fetched: {why}', '无法获取：{why}'],
  branchNotFetched: ['cannot be fetched at {branch}: {why}', '无法获取分支 {branch}：{why}'],
  gitNotInstalled: ['the command `git` is not installed', '没有安装 `git` 命令'],
  serverTooSlow: [
    'takes its server more than {seconds} s, all of it together',
    '服务器返回全部内容共需 {seconds} 秒以上，已放弃',
  ],
  redirectsTooOften: ['redirects more than {n} times', '重定向超过 {n} 次'],
  redirectsToNoHttp: ['redirects to something that is no http(s) address', '重定向到的不是 http(s) 地址'],
  redirectsToMore: [
    'redirects to {where}, which by its address does more than read',
    '重定向到 {where}，从地址看访问它不只是读取，因此没有访问',
  ],
  nameTheDocument: [
    'If it is the document, name it in `docs` of the service: {where}',
    '如果它就是文档，请写入该服务的 `docs`：{where}',
  ],
  nameIfDocument: [
    'If it is a document, name it in `docs` of the service: {where}',
    '如果它是接口文档，请写入该服务的 `docs`：{where}',
  ],
  addressNotNamed: [
    'is {kind} ({address}) that the configuration does not name, so it is not asked',
    '是{kind}（{address}），配置中没有写明，因此没有访问',
  ],
  leadsToAddressNotNamed: [
    'leads to {origin}, which is {kind} ({address}) that the configuration does not name, so it is not asked',
    '指向 {origin}，它是{kind}（{address}），配置中没有写明，因此没有访问',
  ],
  nameOrigin: [
    'If it is meant, name {origin} in `docs` of the service.',
    '如果确实要访问，请把 {origin} 写入该服务的 `docs`。',
  ],
  nameOriginOrInternal: [
    'If it is meant, name {origin} in `docs`, or its host under `network.internal` of the service.',
    '如果确实要访问，请把 {origin} 写入该服务的 `docs`，或把其主机写入 `network.internal`。',
  ],
  repositoryMoved: ['has moved to {where}, which is not followed', '已迁移到 {where}，未跟随'],
  writeNewRepository: [
    'If it is meant, write {where} in `docs`.',
    '如果确实要读取，请在 `docs` 中改写为 {where}。',
  ],
  refusedByYapi: ['is refused by YApi: {why}', '被 YApi 拒绝：{why}'],
  giveYapiToken: [
    'Set `docsCredential` to one that puts the project’s token into the query as `token`.',
    '请把 `docsCredential` 设为在查询参数 `token` 中携带项目 token 的凭证。',
  ],
  // What is found from a base address.
  leadsElsewhere: [
    'leads to {where}, where nothing is read: only {origin} was named',
    '指向 {where}，那里不会读取：配置中只写了 {origin}',
  ],
  nameThemAsWell: [
    'If there are documents of the service, name them in `docs` as well.',
    '如果那里有该服务的文档，请一并写入 `docs`。',
  ],
  leadsToMore: [
    'leads to {where}, which is not asked: by its address it does more than read',
    '指向 {where}，没有访问：从地址看访问它不只是读取',
  ],
  showsNothingUnsigned: [
    'shows no interface document without a sign-in: {why}',
    '不登录看不到接口文档：{why}',
  ],
  placeAnswered: ['{where} answered {status}', '{where} 返回 {status}'],
  placeIsSignIn: ['{where} is a sign-in page', '{where} 是登录页'],
  giveCredentialOrOpen: [
    'Set `docsCredential: NAME` of the service, a credential that may read it, or give the address of a document that is open.',
    '请为该服务设置 `docsCredential: 凭证名`（有权读取文档的凭证），或填写无需登录即可访问的文档地址。',
  ],
  offersNoDocument: [
    'offers no interface document at any of {n} addresses where services keep theirs: {places} …',
    '在常见的 {n} 个文档地址上都没有找到接口文档：{places} …',
  ],
  offersNoneAndFails: [
    'offers no interface document at any of {n} addresses where services keep theirs, and fails at {where} (HTTP {status})',
    '在常见的 {n} 个文档地址上都没有找到接口文档，其中 {where} 返回 HTTP {status}',
  ],
  giveDocumentAddress: [
    'Give the address of the document itself, for example …/v3/api-docs or …/openapi.json.',
    '请填写文档本身的地址，例如 …/v3/api-docs 或 …/openapi.json。',
  ],
  // What it is written in.
  nulCharacter: [
    'is not text: a NUL character stands at position {n}',
    '不是文本：第 {n} 个字符处有 NUL 字符',
  ],
  writtenIn: ['is written in {encoding}, expected UTF-8', '编码为 {encoding}，应为 UTF-8'],
  unknownEncoding: ['an unknown encoding', '未知编码'],
  documentEmpty: ['is empty', '内容为空'],
  saveAsUtf8: ['Save it as UTF-8 text.', '请保存为 UTF-8 文本。'],
  invalidYaml: ['is not valid YAML: {why}', '不是合法的 YAML：{why}'],
  invalidJson: ['is not valid JSON: {why}', '不是合法的 JSON：{why}'],
  nestedTooDeep: ['is nested deeper than the limit of {n} levels', '嵌套超过 {n} 层的上限'],
  nestedTooDeepToRead: ['is nested too deep to be read', '嵌套过深，无法读取'],
  yamlTooLarge: [
    'is {n} characters of YAML, more than the limit of {limit}; export it as JSON',
    '是 {n} 个字符的 YAML，超过 {limit} 的上限；请导出为 JSON',
  ],
  severalDocuments: [
    'holds several documents, of which the first one is read',
    '含有多个 YAML 文档，只读取第一个',
  ],
  keyTwice: [
    'the key "{key}" stands here a second time; the last one counts',
    '键“{key}”在此重复出现，以最后一个为准',
  ],
  aliasWithoutAnchor: [
    'the alias *{name} has no anchor before it; taken as empty',
    '别名 *{name} 之前没有对应的锚点，按空值处理',
  ],
  aliasInsideItself: [
    'the alias *{name} stands inside what it refers to',
    '别名 *{name} 出现在它所引用的内容之内',
  ],
  tooManyAliases: [
    'its YAML aliases stand for more than the limit of {n} nodes',
    'YAML 别名展开后超过 {n} 个节点的上限',
  ],
  // What it is.
  notKnownHere: ['is no interface document of a kind that is known here', '不是已知格式的接口文档'],
  leaveOutOrExport: [
    'Give the address of an OpenAPI document, or export one; where it stands among other documents, leave it out.',
    '请填写 OpenAPI 文档的地址，或先导出为 OpenAPI；若它混在其他文档之中，请将其排除。',
  ],
  isSignInPage: ['is a sign-in page: the document wants a sign-in', '是登录页：读取文档需要登录'],
  isSignInPageCalled: [
    'is a sign-in page ("{title}"): the document wants a sign-in',
    '是登录页（“{title}”）：读取文档需要登录',
  ],
  answersThatSignInIsWanted: [
    'answers "{said}" and no document: the document wants a sign-in',
    '返回“{said}”，没有返回文档：读取文档需要登录',
  ],
  answersInstead: ['answers "{said}" and no document', '返回“{said}”，没有返回文档'],
  setDocsCredential: [
    'Set `docsCredential: NAME` of the service, a credential under `credentials` that may read the document.',
    '请为该服务设置 `docsCredential: 凭证名`，凭证在 `credentials` 中配置，且有权读取文档。',
  ],
  describesNoOperation: ['describes no operation', '没有描述任何接口'],
  isItThisGroup: [
    'Nothing is patrolled by it. Is it the right address or group, for example …/v3/api-docs/GROUP?',
    '因此没有任何接口被巡检。请确认地址或分组是否正确，例如 …/v3/api-docs/分组名。',
  ],
  holdsNoMapping: [
    'holds {found}, expected a mapping: is the document cut off here?',
    '的值是 {found}，应为映射：文档是否在此处被截断？',
  ],
  saysVersion: [
    'says `{name}: {version}`, a version that is not known; known are `openapi: 3.0` to `3.2` and `swagger: "2.0"`',
    '写着 `{name}: {version}`，不是已知版本；支持 `openapi: 3.0` 至 `3.2` 和 `swagger: "2.0"`',
  ],
  readAsVersion: [
    'says `openapi: {version}`, a version that is not known; read as {as}',
    '写着 `openapi: {version}`，不是已知版本，按 {as} 读取',
  ],
  placeSays: ['{where} answered "{said}"', '{where} 返回“{said}”'],
  isWebPage: ['is a web page, expected an interface document', '是网页，应为接口文档'],
  isWebPageCalled: [
    'is a web page ("{title}"), expected an interface document',
    '是网页（“{title}”），应为接口文档',
  ],
  ifSignInPage: [
    'If it is a sign-in page, set `docsCredential: NAME` of the service; else give the address of the document itself.',
    '如果是登录页，请为该服务设置 `docsCredential: 凭证名`；否则请填写文档本身的地址。',
  ],
  // How it is read.
  notReadAs: ['could not be read as {format}: {why}', '无法按 {format} 读取：{why}'],
  notScanned: ['could not be scanned: {why}', '无法扫描：{why}'],
  couldNotBeRead: ['could not be read: {why}', '无法读取：{why}'],
  threadEnded: ['could not be read: its thread ended', '无法读取：读取线程意外结束'],
  notReadToItsEnd: ['was not read to its end', '没有读完就被中断'],
  notReadWithin: ['could not be read within {seconds} s', '{seconds} 秒内没有读完，已放弃'],
  needsMoreMemory: ['needs more than {n} MB of memory to be read', '读取所需内存超过 {n} MB'],
  cacheNotRead: [
    'the cache of the documents of {service} cannot be read: {why}',
    '服务 {service} 的文档缓存无法读取：{why}',
  ],
  cacheNotWritten: [
    'the cache of the documents of {service} cannot be written: {why}',
    '服务 {service} 的文档缓存无法写入：{why}',
  ],
  readAnewAfterRestart: [
    'The patrol goes on; after a restart the documents are read anew.',
    '巡检不受影响；重启后会重新读取文档。',
  ],
  goesOnAsLastReadable: [
    'What it held when it was last readable goes on being patrolled.',
    '上次可读时的接口会继续巡检。',
  ],
  twoHints: ['{one} {other}', '{one}{other}'],
  // Limits on what it holds.
  tooManyOperations: [
    'holds {found} operations, more than the limit of {limit}',
    '有 {found} 个接口，超过 {limit} 的上限',
  ],
  splitDocument: ['Split the document.', '请拆分文档。'],
  operationTooLarge: [
    '{operation} is left out: more than {parameters} parameters, {alternatives} alternatives of security or a path of {chars} characters',
    '已略过 {operation}：参数超过 {parameters} 个，或认证方式超过 {alternatives} 种，或路径超过 {chars} 个字符',
  ],
  namesTooLong: [
    'holds {n} operations with a name of more than {limit} characters, which are left out',
    '有 {n} 个接口的名称超过 {limit} 个字符，已略过',
  ],
  // What single formats leave out.
  parameterWithoutName: ['has no name or no place (`in`)', '没有名称，或没有位置（`in`）'],
  querystringNotRead: [
    'describes the whole query string in a way that is not read',
    '以无法识别的方式描述整个查询字符串',
  ],
  listOfSchemas: [
    'is a list of schemas, where one was expected: what the array holds is not judged',
    '此处应为一个 schema，实际为列表：数组的内容不做校验',
  ],
  giveOneSchema: ['Give one schema, or `oneOf` of them.', '请写成一个 schema，或用 `oneOf` 列出多个。'],
  scriptsNotRun: [
    { one: 'scripts of {n} request are not run', other: 'scripts of {n} requests are not run' },
    '有 {n} 个请求带有脚本，脚本不会执行',
  ],
  scriptsBeforeNotRun: [
    { one: '{n} script before requests is not run', other: '{n} scripts before requests are not run' },
    '有 {n} 段请求前脚本，不会执行',
  ],
  hasScripts: [
    'has scripts, which are not run; what they set must be given in the configuration',
    '含有脚本，不会执行；脚本设置的值请写入配置',
  ],
  notPlainHttp: [
    {
      one: '{n} request is not plain HTTP (WebSocket, gRPC …) and is left out',
      other: '{n} requests are not plain HTTP (WebSocket, gRPC …) and are left out',
    },
    '有 {n} 个请求不是普通 HTTP（WebSocket、gRPC 等），已略过',
  ],
  webSocketsLeftOut: [
    { one: '{n} WebSocket interface is left out', other: '{n} WebSocket interfaces are left out' },
    '有 {n} 个 WebSocket 接口，已略过',
  ],
  graphqlLeftOut: [
    { one: '{n} request is GraphQL and is left out', other: '{n} requests are GraphQL and are left out' },
    '有 {n} 个 GraphQL 请求，已略过',
  ],
  answersGraphql: [
    'offers no interface document; {where} speaks GraphQL',
    '没有提供接口文档；{where} 是 GraphQL 接口',
  ],
  nameSchemaOfEndpoint: [
    'This is a GraphQL endpoint. Write its schema into a file (SDL, or the answer of an introspection query) and name that file.',
    '这是 GraphQL 接口。请把它的 schema（SDL，或内省查询的结果）存成文件，并在 docs 中填写该文件。',
  ],
  nameSchemaInstead: ['name the schema instead', '请改为填写 GraphQL schema'],
  entriesNotHttp: [
    {
      one: '{n} recorded entry is no HTTP request (data:, blob:, extensions, WebSocket) and is left out',
      other:
        '{n} recorded entries are no HTTP requests (data:, blob:, extensions, WebSocket) and are left out',
    },
    '有 {n} 条记录不是 HTTP 请求（data:、blob:、浏览器扩展、WebSocket），已略过',
  ],
  callsOfOtherSites: [
    {
      one: '{n} recorded call of other sites than {sites} is left out',
      other: '{n} recorded calls of other sites than {sites} are left out',
    },
    '有 {n} 条记录不属于 {sites}，已略过',
  ],
  watchByOwnDocument: [
    'what they go to is watched best by a document of its own',
    '要巡检它们访问的服务，最好使用该服务自己的文档',
  ],
  noServiceAddress: [
    'does not say where its service is: the variable in front of the paths has no value',
    '没有写明服务地址：路径前的变量没有值',
  ],
  setBaseUrlOrExport: [
    'Set `baseUrl` of the service, or export the environment into the same folder.',
    '请设置该服务的 `baseUrl`，或把环境变量导出到同一目录。',
  ],
  sampleNotJson: [
    'the answer described here is not JSON; its schema is not checked',
    '此处的返回示例不是 JSON，不校验其结构',
  ],
  graphqlNotReadable: ['the GraphQL schema cannot be read: {why}', '无法读取 GraphQL schema：{why}'],
  exportSchemaAgain: [
    'export the schema again, as SDL or as the answer of an introspection query',
    '请重新导出 schema：SDL，或内省查询的结果',
  ],
  mutationsLeftOut: [
    '{mutations} mutations and {subscriptions} subscriptions are left out: only queries are called',
    '已略过 {mutations} 个 mutation 和 {subscriptions} 个 subscription：只调用 query',
  ],
  noQueryType: [
    'the schema has no query type of its own; it may be a part of another schema',
    '该 schema 没有自己的 query 类型，可能是其他 schema 的一部分',
  ],
  // Markdown.
  noOperationNamed: ['no operation is named by method and path', '没有找到写明请求方式和路径的接口'],
  writeMethodAndPath: [
    'write method and path where an operation is described, for example: `{example}`',
    '请在接口说明处写明请求方式和路径，例如：`{example}`',
  ],
  tooManyChars: [
    'the document has {n} characters; what is beyond {limit} is not read',
    '文档有 {n} 个字符，第 {limit} 个之后的内容没有读取',
  ],
  tooManyBlocks: [
    'the document has {n} headings, lines, tables and blocks of code; what is beyond {limit} is not read',
    '文档的标题、文字行、表格和代码块共 {n} 个，第 {limit} 个之后的没有读取',
  ],
  operationsBeyond: [
    'the document has {n} operations; what is beyond {limit} is not read',
    '文档有 {n} 个接口，超出 {limit} 个的部分没有读取',
  ],
  mentionsBeyond: [
    'the document has {n} lines that look like operations; those beyond {limit} are not checked for being read',
    '文档有 {n} 行像是接口，第 {limit} 行之后的没有逐一核对是否已读取',
  ],
  splitIntoFiles: ['split it into several files', '请拆分为多个文件'],
  addressesWithoutMethod: [
    { one: '{n} address without a method', other: '{n} addresses without a method' },
    '有 {n} 个地址没有写请求方式',
  ],
  nameMethod: [
    'name the method beside the path, for example: 请求方式: GET',
    '请在路径旁写明请求方式，例如：请求方式: GET',
  ],
  callsOnlyMentioned: [
    {
      one: '{n} call only in a sentence or an example',
      other: '{n} calls only in a sentence or an example',
    },
    '有 {n} 处调用只出现在叙述或示例中',
  ],
  writeOnOwnLine: [
    'where it is an interface of its own, write method and path in a line of their own below its heading',
    '如果是单独的接口，请在其标题下用单独一行写明请求方式和路径',
  ],
  callsOfOtherHosts: [
    { one: '{n} call of other hosts left out', other: '{n} calls of other hosts left out' },
    '有 {n} 处调用属于其他主机，已略过',
  ],
  ownDocumentForService: [
    'a service of its own belongs into a document of its own',
    '其他服务的接口请写在单独的文档中',
  ],
  counted: ['{what}: {list}', '{what}：{list}'],
  countedInParts: ['{what} (list {part} of {parts}): {list}', '{what}（第 {part}/{parts} 条）：{list}'],
  callOnLine: ['{call} (line {lines})', '{call}（第 {lines} 行）'],
  callOnLines: ['{call} (lines {lines})', '{call}（第 {lines} 行）'],
  andLines: ['{what} and {n} more', '{what} 等，另有 {n} 行'],
  andMoreListed: ['{what}, and {n} more', '{what}，另有 {n} 处'],
} as const satisfies Catalogue;
