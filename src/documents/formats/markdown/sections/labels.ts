/** What a heading or the words before a colon say about what follows. */
export type Role =
  | 'method'
  | 'url'
  | 'base'
  | 'contentType'
  | 'path'
  | 'query'
  | 'headers'
  | 'body'
  | 'params'
  | 'requestExample'
  | 'request'
  | 'response'
  | 'responseExample'
  | 'error'
  | 'other';

export interface Label {
  readonly role: Role;
  /** The words themselves, without numbering and decoration. */
  readonly words: string;
  /** What follows the colon on the same line. */
  readonly value: string;
  /** A status code in the words: `成功响应（200）`. */
  readonly status?: string;
}

const maxWords = 36;
const response = /返回|响应|出参|输出|回参|应答|结果|response|returns?\b|result|output/;
const example = /示例|样例|例子|举例|范例|example|sample|demo|报文|样本/;
const parameters =
  /参数|入参|字段|属性|参量|params?\b|parameters?\b|arguments?\b|args\b|fields?\b|attributes?\b|input/;

/** In this order: the first that fits is it. */
const roles: readonly (readonly [Role, RegExp])[] = [
  ['error', /错误|异常|失败|出错|error|fail|exception|unauthori[sz]ed|forbidden|not found/],
  [
    'other',
    /^(?:接口|功能|方法|api|业务|简要|详细|服务|请求|基本|调用|重要|特别|补充|使用|其他)?(?:描述|说明|简介|概述|详情|介绍|备注|信息|概要|用途)$|^(?:注意(?:事项)?|备注|提示|权限(?:说明|要求|标识)?|适用(?:版本|范围)|调用频率|频率限制|限流|业务规则|业务逻辑|处理逻辑|使用场景|场景|版本|作者|维护人|更新时间|数据类型|内容描述|(?:接口|api)(?:名称|名|编号|版本|状态|分类)|更新日志|变更记录|认证(?:方式|要求)?|鉴权(?:方式)?|是否需要登录|需要登录|需要鉴权|调用权限)$|^(?:(?:api |short |brief )?(?:description|summary|overview|introduction|note|notes|remarks?|purpose)|(?:endpoint |api |request )?(?:details|info|information)|auth(?:entication|orization)?(?: required)?|permissions?|access|since|version|rate limit(?:s|ing)?|important|warning|tip)$/,
  ],
  [
    'other',
    /响应头|返回头|response headers?|状态码|status codes?|^数据库|数据库(?:表|设计|结构|字段|脚本|模型|配置)|changelog|更新日志|response time/,
  ],
  [
    'contentType',
    /^(?:content[- ]?type|请求数据类型|请求数据格式|请求格式|数据格式|请求内容类型|consumes|media type)$/,
  ],
  ['other', /^(?:响应数据类型|响应格式|返回格式|返回类型|produces|支持格式|response format)$/],
  [
    'responseExample',
    new RegExp(`(?:${response.source}|成功|success).*(?:${example.source})|^(?:成功|success)`),
  ],
  [
    'responseExample',
    /^(?:返回|响应)(?:内容|数据|结果|体|body|json)?$|^(?:response|returns?|output|result)(?: body| data| json)?$|^\d{3}(?: [a-z .]+)?$|^(?:http )?(?:status|code)(?: code)?$/,
  ],
  ['response', response],
  [
    'requestExample',
    new RegExp(
      `^(?:.*(?:请求|调用|提交|request|curl|call|入参|参数|body|usage).*)?(?:${example.source})|^(?:content|data|json) (?:${example.source})|^curl|^调用方式示例`,
    ),
  ],
  ['headers', /headers?\b|请求头|头部|头信息|header参数/],
  [
    'path',
    /路径参数|路径变量|path ?(?:params?|variables?|parameters?|参数|变量)|^(?:uri|path) ?参数|restful参数|route params?/,
  ],
  [
    'query',
    /query|查询参数|查询字符串|^url ?(?:参数|params?|parameters?)|^get ?参数|地址栏参数|search params?/,
  ],
  ['body', /\bbody\b|body|请求体|请求正文|报文体|payload|^post ?参数|form[- ]?data|表单|json ?参数/],
  [
    'base',
    /^(?:base ?(?:urls?|path|uri|route)|all uris are relative to|基础(?:url|路径|地址|uri)|(?:服务|接口|api|请求|项目|应用)?根(?:路径|地址|路由|url)|(?:接口|请求|服务|api)(?:统一|公共|基础)(?:前缀|路径|地址|url)|(?:接口)?基准(?:地址|路径|url)|(?:访问|接口|api|服务|请求)?(?:域名|基址)|(?:路径|路由|url|访问|统一|公共|模块)?前缀|(?:接口|请求|api)(?:前缀|域名|根路径|根地址|基础地址|基地址)|url ?prefix|prefix|path prefix|服务(?:器)?(?:地址|域名)|server(?: url)?|servers|host|域名|(?:测试|生产|正式|开发|线上|沙箱|沙盒|本地|预发|预发布|production|staging|sandbox|development|local|test|prod|dev)(?:环境|服务器)?(?:地址|域名|url)?(?: (?:url|server|environment|base url))?)$/,
  ],
  ['params', parameters],
  [
    'method',
    /^(?:http)? ?(?:请求|调用|提交|访问|接口|传输|api|request|http)? ?(?:方式|方法|类型|动作|谓词|methods?|verb|type)$|^http$|^(?:请求|访问|提交)协议$|^method ?type$/,
  ],
  [
    'url',
    /^(?:完整)?(?:接口|请求|调用|访问|服务|资源|api|http|request|resource|full|end ?point)? ?(?:url|uri|urls|(?:url|地址|路径)格式|地址|路径|链接|path|paths|endpoints?|route|routes|路由|端点|接入点|入口|地址url|url地址|url路径|path路径|url path|uri路径)$|^(?:http请求|http request|请求接口|接口|api|请求行|request line|request url|location|definition|请求地址(?:及|和|与)(?:请求)?方[式法]|endpoint url|url path|地址\/路径)$/,
  ],
  ['request', /^(?:请求|request|调用|call|usage|用法|请求(?:语法|报文格式)|request syntax)$/],
  ['other', /(?:说明|描述|备注|注意|须知|提示)$/],
];

/**
 * The label at the start of a line or heading: `**请求方式：** GET`, `请求参数`, `Response (200)`. `undefined` when the
 * text is ordinary prose or a title. Without a colon only a few words are a label, unless they are a heading.
 */
export function labelOf(text: string, heading = false): Label | undefined {
  const clean = text.replace(/^[\s>*_•·●◆■▶►→※-]+/, '').trim();
  const colon = /[:：]/.exec(clean.slice(0, maxWords * 2).replace(/https?:\/\/.*$/, ''));
  const spaced = colon === null ? spacedLabel.exec(clean) : null;
  const own = spaced?.[1] ?? (colon === null ? clean : clean.slice(0, colon.index));
  const words = undecorated(own);
  if (words === '' || words.length > maxWords || /[/{]/.test(words.replace(/请求\/|\/响应|地址\/路径/g, '')))
    return undefined;
  if (colon === null && !heading && isProse(words)) return undefined;
  const role = roleOf(words);
  if (role === undefined || (spaced !== null && !['method', 'url', 'base'].includes(role))) return undefined;
  const failed =
    /失败|错误|异常|error|fail/i.test(own) && (role === 'response' || role === 'responseExample');
  const value = spaced?.[2] ?? (colon === null ? '' : clean.slice(colon.index + 1).trim());
  const said = /^(?:http )?(?:status|code)/i.test(words) ? value : own;
  const status = /(?:^|[^\d])([1-5]\d\d|[1-5]xx)(?:[^\d]|$)/i.exec(said)?.[1];
  if (said === value && status === undefined) return undefined;
  return {
    role: failed ? 'error' : role === 'params' ? (placeIn(own, value) ?? role) : role,
    words,
    value,
    status: status?.toUpperCase(),
  };
}

const about =
  /^(?:接口|功能|方法|api|业务|简要|详细|服务|请求|基本)?(?:描述|说明|简介|概述|介绍|用途|作用|功能)$|^(?:接口|api|方法|功能)名称?$|^(?:api |short |brief )?(?:description|summary|overview|purpose)$/i;

/** Whether what follows says what the operation does. */
export function isAbout({ role, words }: Pick<Label, 'role' | 'words'>): boolean {
  return role === 'other' && about.test(words);
}

const places: readonly (readonly [Role, RegExp])[] = [
  ['query', /^(?:query|查询|url)$/i],
  ['path', /^(?:path|路径|rest)$/i],
  ['headers', /^(?:headers?|请求头)$/i],
  ['body', /^(?:body|json|form(?:-?data)?|请求体|表单)$/i],
];

/** Where parameters go, said beside their label: `Parameters (query)`, `参数类型：query`. */
function placeIn(own: string, value: string): Role | undefined {
  const word = /[（(]\s*([^（()）]*?)\s*[)）]\s*$/.exec(own)?.[1] ?? value.replace(/[`*]/g, '').trim();
  return places.find(([, pattern]) => pattern.test(word))?.[0];
}

/** `URL /users`, `Method GET`, `Path = /users`: the value right behind the label, no colon. */
const spacedLabel =
  /^([^\s`=＝→]{1,16}(?: (?:URL|URI|Path|Method))?)(?:\s*(?:[=＝→]|[-=]>)\s*|\s+[-–—]\s+|\s+|(?=`))(`[^`]+`|(?:https?:\/)?\/\S*|GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\s+(?:https?:\/)?\/\S*(?:\s.*)?)\s*$/i;

/** The labels that stand behind each other in a line: `路径 = /users；方法 = GET`, and what stands in front of them. */
export function labelsIn(text: string): { readonly before: string; readonly labels: readonly Label[] } {
  const parts = text.slice(0, maxLineChars).split(nextLabel);
  const labels = parts.map((part) => labelOf(part.trim()));
  const [first = ''] = parts;
  return {
    before: labels[0] === undefined ? first.trim() : '',
    labels: labels.filter((one) => one !== undefined),
  };
}

const maxLineChars = 500;
/** Where the next one begins; the words of one label (`Request URL`) stay together. */
const nextLabel =
  /(?:\s*[;；,，、|｜:：（(]\s*|(?<!\b(?:http|request|api|resource|full|endpoint|base))\s+)(?=(?!https?:)[^\s=＝:：;；,，、/`]{1,12}(?: (?:URL|URI|Path|Method))?\s*(?:[=＝:：→]|[-=]>))/i;

function isProse(words: string): boolean {
  const chinese = /[\u4e00-\u9fff]/.test(words);
  return (
    words.length > (chinese ? 12 : 28) ||
    /[，。,;；！!?？]|为|是|将|则|会|\b(?:the|is|are|will|that|if|when)\b/i.test(words)
  );
}

export function roleOf(words: string): Role | undefined {
  // `请求 URL` and `请求URL` are the same words.
  const lower = words.toLowerCase().replace(/(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])/g, '');
  return roles.find(([, pattern]) => pattern.test(lower))?.[0];
}

/** Without numbering (`1.2.`, `一、`, `(3)`), brackets' remarks, quotes and symbols: what is compared. */
export function undecorated(text: string): string {
  return text
    .replace(/[`*"“”]/g, '')
    .replace(/^(?:[\s#]|\p{Extended_Pictographic}|\u200d|\ufe0f)+(?=\D)/u, '')
    .replace(
      /^(?:(?:\d{1,3}[.．、)）]?)+\s*|[（(]\d{1,3}[)）]\s*|[一二三四五六七八九十]{1,3}[、.．]\s*|[a-z][.)]\s+)/i,
      (found) => (/^\d{3}$/.test(found.trim()) ? found : ''),
    )
    .replace(/^【([^【】]*)】$/, '$1')
    .replace(/[（([【][^（()）[\]【】]*[)）\]】]/g, '')
    .replace(/[:：]+\s*$/, '')
    .trim();
}
