import type { Phrase } from './phrase.ts';

/** Why a document cannot be read. What a parser says beyond the usual stays as it said it. */
export const documentPhrases: readonly Phrase[] = [
  ['is not valid YAML: <why>', '不是合法的 YAML：<why>'],
  ['is not valid JSON: <why>', '不是合法的 JSON：<why>'],
  [
    'Nested mappings are not allowed in compact mappings',
    '同一行里不能嵌套映射，值中有冒号时请加引号（Nested mappings are not allowed in compact mappings）',
  ],
  [
    'All mapping items must start at the same column',
    '同一映射各项的缩进必须一致（All mapping items must start at the same column）',
  ],
  [
    'All sequence items must start at the same column',
    '同一列表各项的缩进必须一致（All sequence items must start at the same column）',
  ],
  [
    'Implicit keys need to be on a single line',
    '键必须写在同一行（Implicit keys need to be on a single line）',
  ],
  [
    'Implicit map keys need to be followed by map values',
    '键后面缺少冒号和值（Implicit map keys need to be followed by map values）',
  ],
  ['Missing closing {what}', '缺少结尾的引号（Missing closing {what}）'],
  ['Tabs are not allowed as indentation', '不能用制表符缩进（Tabs are not allowed as indentation）'],
  ['Unexpected end of JSON input', '内容在中途结束（Unexpected end of JSON input）'],
  ['is nested deeper than the limit of {n} levels', '嵌套超过 {n} 层的上限'],
  ['is nested too deep to be read', '嵌套过深，无法读取'],
  ['is empty', '是空的'],
  ['is no interface document of a kind that is known here', '不是已知格式的接口文档'],
  ['is a web page ("{title}"), expected an interface document', '是网页（“{title}”），应为接口文档'],
  ['is a web page, expected an interface document', '是网页，应为接口文档'],
  ['is {n} bytes, more than the limit of {limit}', '大小为 {n} 字节，超过 {limit} 的上限'],
  ['is more than the limit of {limit} bytes', '超过 {limit} 字节的上限'],
  [
    'holds {n} operations with a name of more than {limit} characters, which are left out',
    '有 {n} 个接口的名称超过 {limit} 个字符，已略过',
  ],
  ['holds {n} operations, more than the limit of {limit}', '有 {n} 个接口，超过 {limit} 的上限'],
  ['{n} address without a method: {list}', '有 {n} 个地址没有写请求方式：{list}'],
  ['{n} addresses without a method: {list}', '有 {n} 个地址没有写请求方式：{list}'],
  [
    '{n} addresses without a method (list {i} of {m}): {list}',
    '有 {n} 个地址没有写请求方式（第 {i}/{m} 条）：{list}',
  ],
  ['{n} call only in a sentence or an example: {list}', '有 {n} 处调用只出现在叙述或示例中：{list}'],
  ['{n} calls only in a sentence or an example: {list}', '有 {n} 处调用只出现在叙述或示例中：{list}'],
  [
    '{n} calls only in a sentence or an example (list {i} of {m}): {list}',
    '有 {n} 处调用只出现在叙述或示例中（第 {i}/{m} 条）：{list}',
  ],
  ['{n} call of other hosts left out: {list}', '有 {n} 处调用属于其他主机，已略过：{list}'],
  ['{n} calls of other hosts left out: {list}', '有 {n} 处调用属于其他主机，已略过：{list}'],
  [
    '{n} calls of other hosts left out (list {i} of {m}): {list}',
    '有 {n} 处调用属于其他主机，已略过（第 {i}/{m} 条）：{list}',
  ],
  [
    'the document has {n} characters; what is beyond {limit} is not read',
    '文档有 {n} 个字符，第 {limit} 个之后的内容没有读取',
  ],
  [
    'the document has {n} headings, lines, tables and blocks of code; what is beyond {limit} is not read',
    '文档的标题、文字行、表格和代码块共 {n} 个，第 {limit} 个之后的没有读取',
  ],
  [
    'the document has {n} operations; what is beyond {limit} is not read',
    '文档有 {n} 个接口，超出 {limit} 个的部分没有读取',
  ],
  [
    'the document has {n} lines that look like operations; those beyond {limit} are not checked for being read',
    '文档有 {n} 行像是接口，第 {limit} 行之后的没有逐一核对是否已读取',
  ],
  ['no operation is named by method and path', '没有找到写明请求方式和路径的接口'],
  ['could not be read as {format}: <why>', '无法按 {format} 读取：<why>'],
  ['could not be scanned: <why>', '无法扫描：<why>'],
  ['cannot be read: <why>', '无法读取：<why>'],
  ['cannot be fetched: <why>', '无法获取：<why>'],
  ['cannot be signed in to: <why>', '无法登录：<why>'],
  ['connect ECONNREFUSED {address}', '连接被拒绝（{address}）'],
  ['connect ETIMEDOUT {address}', '连接超时（{address}）'],
  ['getaddrinfo ENOTFOUND {host}', '域名 {host} 不存在'],
  ['no answer within {time}', '{time} 内无应答'],
  ['takes its server more than {time}, all of it together', '服务器返回全部内容共需 {time} 以上，已放弃'],
  ['could not be read within {time}', '{time} 内没有读完，已放弃'],
  ['answered {status}, so it may not be read', '返回 {status}，没有读取权限'],
  ['answered {status}, expected 200', '返回 {status}，应为 200'],
  [
    'redirects to {where}, which by its address does more than read',
    '重定向到 {where}，从地址看访问它不只是读取，因此没有访问',
  ],
  ['redirects more than {n} times', '重定向超过 {n} 次'],
  ['does not exist', '不存在'],
  [
    'is a list of schemas, where one was expected: what the array holds is not judged',
    '此处应为一个 schema，实际为列表：数组的内容不做校验',
  ],
  ['Give one schema, or `oneOf` of them.', '请写成一个 schema，或用 `oneOf` 列出多个。'],
  // Hints.
  [
    'its operations ({n}) go on being judged by what it said when it was last readable',
    '其 {n} 个接口继续按上次可读的文档巡检',
  ],
  [
    '<hint>; its operations ({n}) go on being judged by what it said when it was last readable',
    '<hint>；其 {n} 个接口继续按上次可读的文档巡检',
  ],
  [
    '`credential: {name}` goes only to the host of `baseUrl`, which is not set: if it may read the documents, set `docsCredential: {name}`, or `baseUrl` if they are on the host of the service',
    '`credential: {name}` 只会发送到 `baseUrl` 的主机，而 `baseUrl` 未配置：如果该凭证有权读取文档，请设置 `docsCredential: {name}`；文档与服务在同一主机时，也可以设置 `baseUrl`',
  ],
  [
    '`credential: {name}` goes only to the host of `baseUrl`: if it may read the documents, set `docsCredential: {name}`',
    '`credential: {name}` 只会发送到 `baseUrl` 的主机：如果该凭证有权读取文档，请设置 `docsCredential: {name}`',
  ],
  ['Give the service a credential that may read the document', '请为该服务配置有权读取文档的凭证'],
  ['Give the service a credential that may read the document.', '请为该服务配置有权读取文档的凭证'],
  [
    'If it is a sign-in page, give the service a credential; else give the address of the document itself',
    '如果是登录页，请为该来源配置凭证；否则请填写文档本身的地址',
  ],
  ['Leave it out of `docs`, or export it as OpenAPI', '请从 `docs` 中去掉，或导出为 OpenAPI'],
  ['Save it as UTF-8 text', '请保存为 UTF-8 文本'],
  [
    'name the method beside the path, for example: 请求方式: GET',
    '请在路径旁写明请求方式，例如：请求方式: GET',
  ],
  [
    'where it is an interface of its own, write method and path in a line of their own below its heading',
    '如果是单独的接口，请在其标题下用单独一行写明请求方式和路径',
  ],
  ['a service of its own belongs into a document of its own', '其他服务的接口请写在单独的文档中'],
  ['split it into several files', '请拆分为多个文件'],
  [
    'write method and path where an operation is described, for example: `GET /orders/{orderId}`',
    '请在接口说明处写明请求方式和路径，例如：`GET /orders/{orderId}`',
  ],
];
