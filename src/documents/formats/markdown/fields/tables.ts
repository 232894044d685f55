import { methodsIn, type NamedUrl, signaturesIn, urlIn, urlsIn } from '../sections/signatures.ts';
import { serverUrl } from '../../shared/url-template.ts';

type Rows = readonly (readonly string[])[];

/** What a column of a table of parameters holds. */
export type Column =
  | 'name'
  | 'type'
  | 'required'
  | 'optional'
  | 'place'
  | 'default'
  | 'example'
  | 'description'
  | 'parent'
  | 'other';

const columns: readonly (readonly [Column, RegExp])[] = [
  ['parent', /^(?:pkey|parent|父(?:级|节点|参数|字段|元素)?(?:名称)?)$/],
  [
    'required',
    /必填|必须|必选|必需|必传|是否必|required|mandatory|出现要求|^必$|是否为空|可为空|允许为空|nullable|是否可空|^null$/,
  ],
  ['optional', /^(?:是否)?(?:可选|可空)$|^optional$/],
  [
    'place',
    /参数位置|位置|^in$|located in|location|传参方式|参数方式|^请求类型$|param ?type\(in\)|所在|传递方式|^参数类型\(.*(?:path|query)/,
  ],
  ['default', /默认|缺省|default/],
  ['description', /(?:示例|举例).*(?:描述|说明)|(?:描述|说明).*(?:示例|举例)/],
  ['example', /示例|样例|例子|举例|范例|example|sample|参考值|^值$|^values?$|取值示例|示范/],
  ['type', /类型|^type$|data ?type|格式|schema|^format$/],
  [
    'name',
    /^(?:请求|返回|响应|输入|输出|入参|出参|查询|路径)?(?:参数名?称?|字段名?称?|属性名?称?|变量名?|键名?|名称|名字|英文名|标识|列名|元素|节点)$|^(?:parameters?|params?|fields?|name|keys?|property|properties|attributes?|arguments?|args?|variables?|header|headers|column|element|query ?param(?:eter)?s?|path ?param(?:eter)?s?|request ?param(?:eter)?s?|parameter ?names?|[a-z]+ ?names?|参数|字段|header名?|请求头)$|参数名|字段名|属性名|参数代码|参数标识/,
  ],
  [
    'description',
    /说明|描述|含义|备注|解释|注释|意义|释义|用途|中文|desc|explanation|notes?|remark|comment|meaning|details/,
  ],
];

export interface FieldRow {
  readonly name: string;
  readonly type: string;
  readonly required?: boolean;
  readonly place: string;
  /** The field inside of which it is, by name. */
  readonly parent: string;
  readonly default: string;
  readonly example: string;
  readonly description: string;
}

/** "There are none." */
const noName = /^(?:[-—.…/]*|none|n\/a|nil|无|没有|暂无.*|no (?:data|parameters?))$/i;

/** The rows of a table that describes parameters or fields; `undefined` when it is another kind of table. */
export function fieldRows(rows: Rows): FieldRow[] | undefined {
  const [head = [], ...body] = rows;
  const kinds = columnKinds(head);
  const at = (kind: Column): number => kinds.indexOf(kind);
  const nameAt = at('name');
  if (nameAt < 0 || kinds.filter((kind) => kind !== 'other').length < 2) return undefined;
  const cell = (row: readonly string[], kind: Column): string => clean(row[at(kind)] ?? '');
  return body.flatMap((row): FieldRow[] => {
    const name = (row[nameAt] ?? '').replace(/[`*]/g, '');
    if (noName.test(name.trim())) return [];
    const required = requiredIn(
      cell(row, 'required'),
      cell(row, 'optional'),
      head[at('required')] ?? '',
      row,
      nameAt,
    );
    return [
      {
        name,
        type: cell(row, 'type'),
        required,
        place: cell(row, 'place'),
        parent: cell(row, 'parent'),
        default: cell(row, 'default') || defaultSaid(cell(row, 'description')),
        example: cell(row, 'example'),
        description: cell(row, 'description'),
      },
    ];
  });
}

/** `区域，默认 local`, `页码（默认值：1）`: a value that the remark ends with, or a part of it; behind others a sentence goes on. */
function defaultSaid(remark: string): string {
  const said =
    /(?:默认|缺省)值?\s*(?:[:：=]|为|是)?\s*[`"'“]?([\w.:+-]{1,40})[`"'”]?(?=\s*(?:$|[,，。;；、)）]))/;
  const value = said.exec(remark)?.[1] ?? '';
  return /^(?:null|none|empty|undefined)$/i.test(value) ? '' : value;
}

function columnKinds(head: readonly string[]): Column[] {
  const kinds = head.map((cell): Column => {
    const words = cell
      .toLowerCase()
      .replace(/[`*\s]/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    return columns.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other';
  });
  // `参数 | 名称 | 类型`: the first is the name on the wire, the second the name for people.
  return kinds.map((kind, index) => (kinds.indexOf(kind) < index ? 'other' : kind));
}

function clean(cell: string): string {
  return cell.replace(/[`*]/g, '').trim();
}

const yes = /^(?:是|必|需要|y\b|yes|true|required|1$|m$|r$|√|✓|✔|✅|☑|●|有$|mandatory|not null|非空)/i;
const no = /^(?:否|非|可选|选填|可|不|n\b|no|false|optional|0$|o$|c$|×|✗|✘|❌|x$|-|无|null)/i;

function requiredIn(
  required: string,
  optional: string,
  header: string,
  row: readonly string[],
  nameAt: number,
): boolean | undefined {
  if (/\*\s*$/.test(row[nameAt]?.replace(/\*\*/g, '') ?? '')) return true;
  const inverted = /可为空|允许为空|nullable|可空|^null$/i.test(header.trim());
  if (no.test(required)) return inverted;
  if (yes.test(required)) return !inverted;
  if (yes.test(optional)) return false;
  if (no.test(optional)) return true;
  const remark = row.slice(nameAt + 1).join(' ');
  return /必填|必传|必选|不能为空|不可为空|\brequired\b/i.test(remark) && !/非必|not required/i.test(remark)
    ? true
    : undefined;
}

export interface OperationRow {
  readonly methods: readonly string[];
  readonly url: string;
  readonly title: string;
  /** Index of its row. */
  readonly row: number;
}

interface OperationColumns {
  readonly methodAt: number | undefined;
  readonly urlAt: number | undefined;
  readonly bothAt: number | undefined;
}

/** The columns of methods and of paths, or of both, of a table that lists operations. */
function operationColumns(rows: Rows): OperationColumns {
  const [head = []] = rows;
  const width = Math.max(...rows.slice(0, 200).map((row) => row.length), 0);
  const indexes = Array.from({ length: width }, (_, index) => index);
  const share = (index: number, fits: (cell: string) => boolean): number =>
    rows.filter((row) => fits(row[index] ?? '')).length / Math.max(1, rows.length - 1);
  const methodAt =
    indexes.find((index) => share(index, isMethods) >= 0.5) ??
    indexes.find((index) => share(index, isNamedMethod) >= 0.5);
  const urlAt =
    indexes.find((index) => index !== methodAt && share(index, isPath) >= 0.5) ??
    indexes.find((index) => urlHead.test(clean(head[index] ?? '')) && share(index, isRelativePath) >= 0.5);
  const bothAt = indexes.find((index) => share(index, isCall) >= 0.5);
  return { methodAt, urlAt, bothAt };
}

/** The rows of a table that lists operations: a column of methods and one of paths, or one of both. */
export function operationRows(rows: Rows, isBelowBase = false): OperationRow[] {
  const [head = []] = rows;
  const { methodAt, urlAt, bothAt } = operationColumns(rows);
  return rows.flatMap((cells, row): OperationRow[] => {
    const title = titleOf(head, cells, [methodAt, urlAt, bothAt]);
    if (methodAt !== undefined && urlAt !== undefined) {
      const urls = urlsIn(cells[urlAt] ?? '', /[`/]/.test(cells[urlAt] ?? ''));
      return callsOf(cells[methodAt] ?? '', urls).map((call) => ({ ...call, title, row }));
    }
    const cell = bothAt === undefined ? '' : (cells[bothAt] ?? '');
    // Beside `GET /{id}` a `GET` alone is of the base path itself.
    if (isBelowBase && isMethods(cell)) return [{ methods: methodsIn(cell), url: '/', title, row }];
    const found = signaturesIn(cell, true);
    return found.map(({ methods, url }) => ({ methods, url, title, row }));
  });
}

/** `GET<br>POST` beside `/a<br>/b`: each line its own; otherwise every address is called by every method. */
function callsOf(cell: string, urls: readonly string[]): Pick<OperationRow, 'methods' | 'url'>[] {
  const written = clean(cell);
  const each = written.split('\n').map(methodsIn);
  const paired = each.length > 1 && each.length === urls.length && each.every(({ length }) => length > 0);
  const methods = paired || written.length <= maxMethodChars ? methodsIn(written) : [];
  return urls
    .map((url, index) => ({ url, methods: (paired ? each[index] : undefined) ?? methods }))
    .filter((call) => call.methods.length > 0);
}

/** The paths in the column of a list of operations, or in one that its head calls one of addresses. */
export function addressCells(rows: Rows): { readonly url: string; readonly row: number }[] {
  const [head = []] = rows;
  const called = head.findIndex((cell) => urlHead.test(clean(cell)) || /^接口$/.test(clean(cell)));
  const at = called < 0 ? operationColumns(rows).urlAt : called;
  if (at === undefined) return [];
  return rows.flatMap((cells, row) => {
    const cell = cells[at] ?? '';
    return isPath(cell) ? urlsIn(cell, false).map((url) => ({ url, row })) : [];
  });
}

/** `GET（需登录）`: a method with a remark, in a column of methods. */
const maxMethodChars = 24;

function isMethods(cell: string): boolean {
  const bare = clean(cell)
    .replace(/(?<=[A-Za-z])\s*[（(][^（()）]{1,20}[)）]$/, '')
    .replace(/[[\]()（）]|请求|https?\s*\+?/gi, '');
  return /^(?:(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)(?:\s*[/、,，|&]?\s*|$)){1,6}$/i.test(bare);
}

/** `GET:simpleSearch`: the method and the name of what is called. */
function isNamedMethod(cell: string): boolean {
  return /^(?:GET|POST|PUT|DELETE|PATCH)\s?[:：]\s?[A-Za-z]\w*$/i.test(clean(cell));
}

/** A call, rather than a sentence that mentions one. */
function isCall(cell: string): boolean {
  const [first, ...others] = signaturesIn(cell, true);
  if (first === undefined) return false;
  const before = clean(cell.slice(0, first.start));
  return (
    others.length > 0 ||
    !/\p{Script=Han}{2,}(?:调用|请求|访问|使用)$|(?:通过|\b(?:calls?|via|by))$/iu.test(before)
  );
}

const urlHead = /^(?:请求|接口|路由|api)?\s?(?:地址|路径|路由|url|uri|path|endpoint|route)s?$/i;

/** `auth/register`: a path only where the column's head says so. */
function isRelativePath(cell: string): boolean {
  return /^[\w{}:.-]+(?:\/[\w{}:.-]+)+$/.test(clean(cell));
}

function isPath(cell: string): boolean {
  const bare = clean(cell);
  return /^(?:https?:\/\/|\{\{|\$\{|\/)\S*/.test(bare) && urlIn(bare, false) !== undefined;
}

function titleOf(
  head: readonly string[],
  row: readonly string[],
  taken: readonly (number | undefined)[],
): string {
  const described = head.findIndex(
    (cell, index) =>
      !taken.includes(index) &&
      /说明|描述|功能|名称|接口|作用|用途|desc|purpose|action|summary|name/i.test(cell),
  );
  // Without a head the last cell explains.
  const last = row.length > 2 && isMethods(head.find(isMethods) ?? '') ? row.length - 1 : -1;
  return clean(row[described >= 0 || taken.includes(last) ? described : last] ?? '')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}

/** `项目 | 内容` tables: each row a label and its value, the head row included when it is one itself. */
export function keyValueRows(
  rows: Rows,
): { readonly name: string; readonly value: string; readonly row: number }[] {
  const pairs = rows
    .map((cells, row) => ({ name: clean(cells[0] ?? ''), value: cells[1], row }))
    .flatMap(({ value, ...pair }) => (value === undefined ? [] : [{ ...pair, value }]));
  return rows.every((row) => row.length <= 3) ? pairs : [];
}

/** `环境 | 地址` tables: a base URL in each row, with or without its scheme, and the row's name. */
export function serverRows(rows: Rows): NamedUrl[] {
  return rows.flatMap((row): NamedUrl[] => {
    const at = row.findIndex((cell) => serverUrl(clean(cell)) !== undefined);
    const url = at < 0 ? undefined : serverUrl(clean(row[at] ?? ''));
    if (url === undefined) return [];
    return [at === 0 ? { url } : { name: clean(row[0] ?? ''), url }];
  });
}
