import type { Catalogue } from './entry.ts';

/** Locations, and the workers that call operations there. */
export const locationSentences = {
  // The command.
  'worker.useToken': [
    'Lets one worker join {location} until {at}: apipatrol worker --location {location} --server {server} --token …',
    '可供一个执行器在 {at} 之前加入 {location}：apipatrol worker --location {location} --server {server} --token …',
  ],
  'worker.none': ['no worker has joined', '还没有执行器加入'],
  'worker.locationLine': [
    {
      one: '{name}: {n} worker, called from there: {services}',
      other: '{name}: {n} workers, called from there: {services}',
    },
    '{name}：{n} 个执行器，从那里调用的服务：{services}',
  ],
  'worker.locationWaits': [
    {
      one: '{n} batch waits for a worker, for {lag} now',
      other: '{n} batches wait for a worker, the first one for {lag} now',
    },
    '{n} 个批次在等待执行器，最早的已等待 {lag}',
  ],
  'worker.locationSilent': [
    'nobody works there; start one: apipatrol worker --location {name} --server …',
    '没有在线的执行器；请启动：apipatrol worker --location {name} --server …',
  ],
  'worker.noTokens': ['no token is unused', '没有未使用的令牌'],
  'worker.tokenRevoked': ['the token {id} lets nobody join any more', '令牌 {id} 已作废，不能再用于加入'],
  'worker.expiresRange': [
    '--expires {found}: allowed is from {least} to {most}',
    '--expires {found}：允许 {least} 至 {most}',
  ],
  'worker.removed': ['{id} works no more', '已移除 {id}'],
  'worker.needsLocation': ['--location is missing', '缺少 --location'],
  'worker.needsServer': ['--server is missing', '缺少 --server'],
  'worker.noAddress': ['--server {address} is no http(s) address', '--server {address} 不是 http(s) 地址'],
  'worker.noNumber': [
    '--batches {text} is no number from 1 to 9999',
    '--batches {text} 不是 1 到 9999 的数字',
  ],
  'worker.seeHelp': ['See `apipatrol worker --help`.', '请看 `apipatrol worker --help`。'],
  'worker.needsToken': [
    'this worker has not joined yet: there is no {file}, and no --token is given',
    '该执行器尚未加入：没有 {file}，也没有给出 --token',
  ],
  'worker.makeToken': [
    'Make one on the server: apipatrol worker token --location {location}',
    '请在服务端生成：apipatrol worker token --location {location}',
  ],
  'worker.certificateHalf': [
    '--client-certificate and --client-key belong together; one is missing',
    '--client-certificate 与 --client-key 须同时给出，现缺少其一',
  ],
  'worker.certificateUnusable': [
    'the client certificate cannot be used: {certificate} with {key}: {why}',
    '客户端证书无法使用：{certificate} 与 {key}：{why}',
  ],
  'worker.nameCertificate': [
    'Name a PEM file with a certificate, and one with its private key without a passphrase.',
    '请给出证书的 PEM 文件，以及未加密码的私钥 PEM 文件。',
  ],
  'worker.identityUnusable': [
    '{file} is no identity of a worker: {why}',
    '{file} 不是执行器的身份文件：{why}',
  ],
  'worker.deleteIdentity': ['Delete it, and join with a new token.', '请删除它，再用新令牌加入。'],
  'worker.identityUnwritable': ['{file} cannot be written: {why}', '无法写入 {file}：{why}'],
  'worker.nameIdentity': ['Name another file with --identity.', '请用 --identity 指定其他文件。'],
  'worker.otherIdentity': [
    '{file} is of a worker at {own}, not at {location}',
    '{file} 属于地点 {own} 的执行器，而不是 {location}',
  ],
  'workerState.working': ['working', '工作中'],
  'workerState.idle': ['idle', '空闲'],
  'workerState.silent': ['silent', '失联'],
  'workerState.new': ['new', '未启动'],
  // The configuration.
  noLocationAtAll: [
    'there is no location "{name}": "locations" of the top level has none',
    '没有地点“{name}”：顶层的“locations”为空',
  ],
  noSuchLocationOf: [
    'there is no location "{name}"; there is: {defined}',
    '没有地点“{name}”，已有：{defined}',
  ],
  locationsNeedServer: [
    'locations need a PostgreSQL database as the store: what workers are to do goes through it',
    '使用地点需要以 PostgreSQL 作为存储：执行器的任务经由它分发',
  ],
  writeStoreAddress: [
    'Write `store: postgres://user@host/database`, or take `locations` out.',
    '请写 `store: postgres://user@host/database`，或删去 `locations`。',
  ],
  quorumTooLarge: [
    {
      one: 'a quorum of {quorum} cannot be reached: the service has {n} location',
      other: 'a quorum of {quorum} cannot be reached: the service has {n} locations',
    },
    '无法达到 {quorum} 的 quorum：该服务只有 {n} 个地点',
  ],
  lowerQuorum: [
    'Lower it, or name more `locations`; without it a majority decides.',
    '请调低，或写更多 `locations`；不写则以多数为准。',
  ],
  credentialNotAtLocation: [
    'service {name} is to be called from {location} with the credential "{credential}", which may not be used there',
    '服务 {name} 要在 {location} 用凭证“{credential}”调用，但该凭证不允许在那里使用',
  ],
  allowCredentialThere: [
    'Add "{credential}" to `locations.{location}.credentials`.',
    '请把“{credential}”加入 `locations.{location}.credentials`。',
  ],
  // What calls from locations come to.
  noWorkerAt: [
    'not called from {location}: no worker there has been heard of',
    '未在 {location} 调用：那里没有在线的执行器',
  ],
  notInTimeAt: [
    'not called from {location} in time: its workers are busy, or need more of them',
    '未能在 {location} 及时调用：那里的执行器繁忙或数量不足',
  ],
  failsAtSome: [
    'fails from {failing} alone; the other locations have no result',
    '仅在 {failing} 失败；其他地点没有结果',
  ],
  credentialKeptFrom: [
    'the credential {credential} may not be used at {location}; add it to `locations.{location}.credentials`',
    '凭证 {credential} 不允许在 {location} 使用；请把它加入 `locations.{location}.credentials`',
  ],
  serverDidNotSign: ['the server did not sign the request: {why}', '服务端未能为请求签名：{why}'],
  // What people are told of locations.
  theLocation: ['location {location}', '地点 {location}'],
  serviceFrom: ['{service} from {location}', '从 {location} 访问 {service}'],
  locationSilent: [
    'no worker at {location} has been heard of; its operations are not called from there',
    '{location} 没有在线的执行器，接口无法从那里调用',
  ],
  startWorkerThere: [
    'Look at `apipatrol worker status`, and start a worker there: apipatrol worker --location {location} --server …',
    '请查看 `apipatrol worker status`，并在当地启动执行器：apipatrol worker --location {location} --server …',
  ],
  failsOnlyFrom: [
    {
      one: 'only {places} cannot reach it: {n} of {of} operations fails from {location} and works from elsewhere, such as {operation}: {why}',
      other:
        'only {places} cannot reach it: {n} of {of} operations fail from {location} and work from elsewhere, such as {operation}: {why}',
    },
    '只有 {places} 访问不到：{of} 个接口中有 {n} 个从 {location} 调用失败、从其他地点正常，例如 {operation}：{why}',
  ],
  answeredOnlyFrom: [
    {
      one: 'only {places} gets another answer: {n} of {of} operations fails from {location} and works from elsewhere, such as {operation}: {why}; {others} got {answer}',
      other:
        'only {places} gets another answer: {n} of {of} operations fail from {location} and work from elsewhere, such as {operation}: {why}; {others} got {answer}',
    },
    '只有 {places} 得到不同的响应：{of} 个接口中有 {n} 个从 {location} 调用失败、从其他地点正常，例如 {operation}：{why}；{others} 得到{answer}',
  ],
  goodAnswer: ['a good answer', '正常的响应'],
  goodAnswerWith: ['a good answer, HTTP {status}', '正常的响应 HTTP {status}'],
  nothingCalledFrom: [
    'nothing can be called from {location}: {why}',
    '从 {location} 无法发出任何调用：{why}',
  ],
  lookAtNetworkThere: [
    'Look at the network of {location}, and at what stands between it and the service.',
    '请检查 {location} 的网络，以及它与该服务之间的线路。',
  ],
  lookAtAnswersThere: [
    'The service does answer {location}, and otherwise than the others. Look at what differs from there: its egress IP (allow lists, regions, rate limits), what the name resolves to, which gateway node or CDN answers.',
    '该服务能响应 {location}，但与其他地点不同。请检查从那里调用有何差别：出口 IP（白名单、地域或限流）、域名解析结果、应答的网关节点或 CDN。',
  ],
  // What a server says to a worker.
  workerKeyUnusable: ['its public key is no X25519 key', '其公钥不是 X25519 密钥'],
  joinWithProgram: [
    'Use `apipatrol worker` of the version of the server.',
    '请使用与服务端版本一致的 `apipatrol worker`。',
  ],
  workerUnknown: [
    'this worker is not known: it was removed, or has joined another patrol',
    '未知的执行器：已被移除，或加入的是另一个巡检',
  ],
  joinAnew: [
    'Make a token with `apipatrol worker token` on the server, delete the identity file of the worker, and start it with the token.',
    '请在服务端用 `apipatrol worker token` 生成令牌，删除执行器的身份文件，再用该令牌启动。',
  ],
  workerOfOther: [
    'this worker has joined the location {own}, and asks for the work of {location}',
    '该执行器属于地点 {own}，却在请求 {location} 的任务',
  ],
  joinThere: [
    'Start it with its own `--location`, or let it join {location} with a token made for it.',
    '请用它自己的 `--location` 启动，或用为 {location} 生成的令牌重新加入。',
  ],
  notOfBatch: ['the request is none of its batch', '该请求不属于它的批次'],
  batchLost: ["the batch is not this worker's any more", '该批次已不属于这个执行器'],
  workerVersion: [
    'a worker of version {version} and a server of version {own} do not understand each other',
    '版本 {version} 的执行器与版本 {own} 的服务端不兼容',
  ],
  updateWorker: [
    'Install apipatrol {own} for the worker; up to one minor version apart both go on.',
    '请给执行器安装 apipatrol {own}；相差不超过一个次版本时可以正常工作。',
  ],
  serverStops: ['the server is being stopped', '服务端正在停止'],
  askAnotherServer: ['Ask another one, or again in a while.', '请改用其他服务端，或稍后重试。'],
  nameLocation: [
    'Name a location of the configuration of the server, or add this one there.',
    '请使用服务端配置里的地点，或在那里添加该地点。',
  ],
  noWorkerToken: ['there is no unused token {id}', '没有未使用的令牌 {id}'],
  noWorker: ['there is no worker {id}', '没有执行器 {id}'],
  workersOfAll: [
    'workers are for those whose role is for all services; {name} has {services}',
    '执行器由对全部服务有权限的人管理；{name} 只有 {services}',
  ],
  joinTokenUnknown: ['there is no such token', '没有这个令牌'],
  joinTokenExpired: ['the token has expired', '令牌已过期'],
  joinTokenUsed: [
    'the token has been used: each lets one worker in',
    '令牌已被使用：每个令牌只能加入一个执行器',
  ],
  joinTokenOfOther: [
    'the token is for the location {meantFor}, not for {location}',
    '该令牌用于地点 {meantFor}，不能用于 {location}',
  ],
  makeJoinToken: [
    'Make another one on the server: apipatrol worker token --location {location}',
    '请在服务端另行生成：apipatrol worker token --location {location}',
  ],
  noLocationsHere: ['this patrol has no locations', '该巡检没有配置地点'],
  writeLocations: [
    'Write `locations` into the configuration of the server, with a PostgreSQL database as the store.',
    '请在服务端配置中写 `locations`，并以 PostgreSQL 作为存储。',
  ],
} as const satisfies Catalogue;
