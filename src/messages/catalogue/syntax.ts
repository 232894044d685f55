import type { Catalogue } from './entry.ts';

/** What the parsers of YAML and JSON say, in their own words. The Chinese has them too, to be looked up. */
export const syntaxSentences = {
  yamlNestedMappings: [
    'Nested mappings are not allowed in compact mappings',
    '同一行里不能嵌套映射，值中有冒号时请加引号（Nested mappings are not allowed in compact mappings）',
  ],
  yamlMappingColumns: [
    'All mapping items must start at the same column',
    '同一映射各项的缩进必须一致（All mapping items must start at the same column）',
  ],
  yamlSequenceColumns: [
    'All sequence items must start at the same column',
    '同一列表各项的缩进必须一致（All sequence items must start at the same column）',
  ],
  yamlKeyOverLines: [
    'Implicit keys need to be on a single line',
    '键必须写在同一行（Implicit keys need to be on a single line）',
  ],
  yamlFlowKeyOverLines: [
    'Implicit keys of flow sequence pairs need to be on a single line',
    '方括号内的键必须写在同一行（Implicit keys of flow sequence pairs need to be on a single line）',
  ],
  yamlKeyWithoutValue: [
    'Implicit map keys need to be followed by map values',
    '键后面缺少冒号和值（Implicit map keys need to be followed by map values）',
  ],
  yamlKeyTooLong: [
    'The {indicator} indicator must be at most 1024 chars after the start of an implicit {what} key',
    '键太长：{indicator} 须在键开始后的 1024 个字符之内（implicit {what} key）',
  ],
  yamlQuoteOpen: ['Missing closing {what}', '缺少结尾的引号（Missing closing {what}）'],
  yamlTabs: [
    'Tabs are not allowed as indentation',
    '不能用制表符缩进（Tabs are not allowed as indentation）',
  ],
  yamlKeysTwice: ['Map keys must be unique', '同一映射中键重复（Map keys must be unique）'],
  yamlSequenceAsKey: [
    'A block sequence may not be used as an implicit map key',
    '列表不能用作键，请检查缩进（A block sequence may not be used as an implicit map key）',
  ],
  yamlItemWithoutDash: [
    'Sequence item without - indicator',
    '列表项前缺少 -（Sequence item without - indicator）',
  ],
  yamlMissingBetween: [
    'Missing {what} between {where} items',
    '各项之间缺少 {what}（Missing {what} between {where} items）',
  ],
  yamlMissingSpace: [
    'Missing space after {what} in {where}',
    '{what} 之后缺少空格（Missing space after {what} in {where}）',
  ],
  yamlEmptyItem: [
    'Unexpected empty item in {where}',
    '有多余的逗号，某一项为空（Unexpected empty item in {where}）',
  ],
  yamlUnexpectedAtEnd: [
    'Unexpected {what} at node end',
    '值的后面有多余内容（Unexpected {what} at node end）',
  ],
  yamlUnexpectedToken: ['Unexpected {what} token', '此处不应有该符号（Unexpected {what} token）'],
  yamlUnexpectedIn: ['Unexpected {what} in {where}', '此处不应有 {what}（Unexpected {what} in {where}）'],
  yamlDocumentEnd: [
    'Unexpected doc-end without preceding document',
    '文档结束标记之前没有文档（Unexpected doc-end without preceding document）',
  ],
  yamlFlowEnd: [
    '{flow} end indicator should be more indented than parent',
    '结尾的括号缩进不够（{flow} end indicator should be more indented than parent）',
  ],
  yamlFlowOpen: [
    '{flow} in block collection must be sufficiently indented and end with a {end}',
    '缩进不够，或缺少结尾的 {end}（{flow} in block collection must be sufficiently indented and end with a {end}）',
  ],
  yamlFlowNotClosed: ['{flow} must end with a {end}', '缺少结尾的 {end}（{flow} must end with a {end}）'],
  yamlPlainStart: [
    'Plain value cannot start with {what}',
    '不加引号的值不能以 {what} 开头（Plain value cannot start with {what}）',
  ],
  yamlBlockNotIndented: [
    'Block scalar values in collections must be indented',
    '多行文本的内容必须缩进（Block scalar values in collections must be indented）',
  ],
  yamlBlockHeader: [
    'Block scalar header includes extra characters',
    '| 或 > 之后有多余的字符（Block scalar header includes extra characters）',
  ],
  yamlEscape: ['Invalid escape sequence {what}', '引号内的转义无效（Invalid escape sequence {what}）'],
  yamlEscapeHidden: ['Invalid escape sequence', '引号内的转义无效（Invalid escape sequence）'],
  yamlCommentSpace: [
    'Comments must be separated from other tokens by white space characters',
    '注释的 # 之前必须有空格（Comments must be separated from other tokens by white space characters）',
  ],
  yamlTagSpace: [
    'Tags and anchors must be separated from the next token by white space',
    '标签和锚点之后必须有空格（Tags and anchors must be separated from the next token by white space）',
  ],
  yamlTwoAnchors: [
    'A node can have at most one anchor',
    '一个值最多有一个锚点（A node can have at most one anchor）',
  ],
  yamlTwoTags: ['A node can have at most one tag', '一个值最多有一个标签（A node can have at most one tag）'],
  yamlAliasEmpty: [
    'Alias cannot be an empty string',
    '别名 * 之后缺少名称（Alias cannot be an empty string）',
  ],
  yamlAnchorEmpty: [
    'Anchor cannot be an empty string',
    '锚点 & 之后缺少名称（Anchor cannot be an empty string）',
  ],
  yamlTagUnknown: ['Unresolved tag', '未知的标签（Unresolved tag）'],
  yamlAliasUnknown: [
    'Unresolved alias (the anchor must be set before the alias)',
    '别名之前没有对应的锚点（Unresolved alias (the anchor must be set before the alias)）',
  ],
  yamlAliasCount: [
    'Excessive alias count indicates a resource exhaustion attack',
    '别名展开的次数过多（Excessive alias count indicates a resource exhaustion attack）',
  ],
  // JSON, as V8 says it.
  jsonEndsEarly: ['Unexpected end of JSON input', '内容在中途结束（Unexpected end of JSON input）'],
  jsonUnexpected: ['Unexpected token {what}', '此处不应有 {what}（Unexpected token {what}）'],
  jsonPropertyName: [
    "Expected property name or '}'",
    "应为带双引号的键或 '}'（Expected property name or '}'）",
  ],
  jsonQuotedName: [
    'Expected double-quoted property name',
    '应为带双引号的键，或多了一个逗号（Expected double-quoted property name）',
  ],
  jsonColon: ["Expected ':' after property name", "键之后缺少冒号（Expected ':' after property name）"],
  jsonAfterValue: [
    "Expected ',' or '}' after property value",
    "值之后缺少逗号或 '}'（Expected ',' or '}' after property value）",
  ],
  jsonAfterItem: [
    "Expected ',' or ']' after array element",
    "数组元素之后缺少逗号或 ']'（Expected ',' or ']' after array element）",
  ],
  jsonStringOpen: ['Unterminated string', '缺少结尾的引号（Unterminated string）'],
  jsonEscape: ['Bad escaped character', '字符串中的转义无效（Bad escaped character）'],
  jsonUnicodeEscape: ['Bad Unicode escape', '字符串中的 \\u 转义无效（Bad Unicode escape）'],
  jsonControl: [
    'Bad control character in string literal',
    '字符串中有未转义的换行或控制字符（Bad control character in string literal）',
  ],
  jsonAfterEnd: [
    'Unexpected non-whitespace character after JSON',
    '内容结束之后还有多余字符（Unexpected non-whitespace character after JSON）',
  ],
  jsonNumber: ['Unexpected number', '数字的写法有误（Unexpected number）'],
  jsonMinus: ['No number after minus sign', '负号之后缺少数字（No number after minus sign）'],
  jsonFraction: ['Unterminated fractional number', '小数点之后缺少数字（Unterminated fractional number）'],
  jsonExponent: [
    'Exponent part is missing a number',
    '指数部分缺少数字（Exponent part is missing a number）',
  ],
  // Files, as the operating system refuses them.
  letUserRead: [
    'Let the user that runs API Patrol read it: for example with `chmod`, `chown` or `setfacl`; all folders above it have to let that user through.',
    '请让运行 API Patrol 的用户能够读取它，例如使用 `chmod`、`chown` 或 `setfacl`；其上各级目录也须允许该用户进入。',
  ],
  fileForbidden: ['permission denied', '没有读取权限'],
  isFolder: ['it is a folder', '它是目录'],
  notInFolder: ['a part of its path is no folder', '路径中的某一段不是目录'],
  tooManyLinks: ['its symbolic links lead in a circle', '符号链接形成循环'],
  fileNameTooLong: ['its name is too long', '文件名过长'],
} as const satisfies Catalogue;
