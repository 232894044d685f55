import { choiceOf } from '../../shared/dispatch.ts';
import type { Block } from '../blocks/block.ts';
import { type Label, labelOf, type Role, undecorated } from './labels.ts';
import {
  codeSignatures,
  methodsIn,
  type NamedUrl,
  readUrl,
  reversedSignature,
  type Signature,
  signaturesIn,
  urlIn,
} from './signatures.ts';
import { serverUrl, splitUrl } from '../../shared/url-template.ts';

const verbs =
  /^(?:查询|获取|修改|删除|新增|添加|创建|更新|提交|上传|下载|导出|导入|编辑|批量|检查|get|create|update|delete|list|add|fetch|search|upload|download|check|retrieve|remove|set|export|import)/i;
const labelEnd =
  /(?:参数|参数说明|字符串|示例|样例|方式|方法|地址|路径|url|uri|parameters?|params?|example|body|headers?)$/i;
const titleEnd = /(?:接口|服务|管理|模块|列表|详情|apis?|service|endpoints)$/i;

/**
 * A heading's label. Titles of operations hold the same words (`查询检测结果`, `Get test results`) and are none; what stands
 * right above the method and path of an operation is its title, whatever its words. A `sibling` stands beside the
 * operation that is being read, not below it.
 */
export function headingLabel(text: string, next?: Block, sibling = false): Label | undefined {
  const label = isHistory(text) ? undefined : labelOf(text, true);
  if (label !== undefined && isTitleOf(next, label, sibling)) return undefined;
  if (label === undefined || (/^(?:api|接口)(?:名称|名)$/i.test(label.words) && label.value !== ''))
    return undefined;
  if (label.role === 'url' || label.role === 'method')
    return /^(?:(?:rest(?:ful)? )?apis?|接口|(?:(?:rest )?api )?(?:endpoints|routes))$/i.test(label.words)
      ? undefined
      : label;
  if (verbs.test(label.words) && !labelEnd.test(label.words)) return undefined;
  return titleEnd.test(label.words) && !/^(?:请求|响应|返回|参数)/.test(label.words) ? undefined : label;
}

/** Labels that lead up to the method and path of the operation that they are about. */
const leading: ReadonlySet<Role> = new Set(['url', 'method', 'request', 'base', 'contentType']);
const onlyExample = /(?:示例|样例|例子|举例|范例|报文|examples?|samples?|demo)$/i;

function isTitleOf(next: Block | undefined, { role, words }: Label, sibling: boolean): boolean {
  if (leading.has(role) || onlyExample.test(words)) return false;
  const below = next === undefined ? undefined : operationIn(next);
  return role === 'other' ? below === 'signature' && sibling : below !== undefined;
}

/** Whether a block begins an operation: with both its method and path, or with a label of one. */
function operationIn(block: Block): 'signature' | 'label' | undefined {
  if (block.kind === 'code') {
    const isLine = !block.text.trim().includes('\n');
    return isLine && codeSignatures(block.language, block.text).length > 0 ? 'signature' : undefined;
  }
  if (block.kind !== 'text') return undefined;
  const role = labelOf(block.text)?.role;
  if (role === 'url' || role === 'method') return 'label';
  const [signature] = signaturesIn(block.text, false);
  const around =
    signature === undefined ? '' : block.text.slice(0, signature.start) + block.text.slice(signature.end);
  return signature !== undefined && /^[`*\s]*$/.test(around) ? 'signature' : undefined;
}

/** Method and URL in a heading, in either order. */
export function headingSignatures(text: string): readonly Signature[] {
  const found = signaturesIn(text, true);
  if (found.length > 0) return found;
  const one = reversedSignature(text) ?? titledSignature(text);
  return one === undefined ? [] : [one];
}

/** `GET 用户名查重 /user/checkName`: the title stands between the two, both of which the path's operation keeps. */
function titledSignature(text: string): Signature | undefined {
  const [, method = '', between = '', path = ''] =
    /^((?:GET|POST|PUT|DELETE|PATCH)\s+)(\p{Script=Han}[^/`]{0,30}?\s+)`?(\/[\w./{}:-]+)`?\s*$/u.exec(
      text.trim(),
    ) ?? [];
  const start = text.trim().indexOf(path);
  return path === '' || between === ''
    ? undefined
    : { methods: methodsIn(method), url: path, start, end: start + path.length };
}

/** A path in a heading without a method: `User Routes (/api/users)`, `/dm/sendmsg`. */
export function headingPath(text: string): string | undefined {
  const start = text.search(/(?<![\w:/.)}\]>])\/[A-Za-z0-9_{:[]/);
  if (start < 0) return undefined;
  const path = readUrl(text, start);
  // `/group/订单查询` is the place of a title among folders.
  const isTitle = /^[\p{L}]/u.test(text.slice(start + path.length));
  return !isTitle && /^\/[\w./{}:[\]-]+$/.test(path) ? path : undefined;
}

const records =
  /change ?log|(?:version|release|revision|api) history|release notes|what'?s new|^(?:api |breaking )?changes$|\bv?\d[\d.]* (?:api )?changes$|^(?:接口|文档|api|版本)?(?:变更|更新|修订|修改|版本|升级)(?:历史|记录|日志)$/i;

/** A heading below which methods and paths only tell what has become of operations that are described elsewhere. */
export function isHistory(text: string): boolean {
  const words = undecorated(text);
  return records.test(words) && !verbs.test(words);
}

/** "All interfaces are called by POST": the method of those that name none. */
export function commonMethodIn(text: string): string | undefined {
  const all =
    /(?:所有|全部|统一|一律|均(?:为|是|使用|采用)|都(?:是|为|使用|用)|\ball (?:requests?|apis?|endpoints?|interfaces?|calls?|methods?)\b).{0,30}/i.exec(
      text,
    )?.[0];
  const methods = all === undefined || text.length > 200 ? [] : methodsIn(all);
  return methods.length === 1 ? methods[0] : undefined;
}

/** `http://<camera-ip>:8080`: where the reader's own server is, without the path of an operation. */
export function isOnlyYourHost(url: string): boolean {
  const { base, path, query } = splitUrl(url);
  return path === '/' && query.length === 0 && base !== '' && serverUrl(base) === undefined;
}

/** Where the service's own specification stands, as the head of a generated document says. */
export function isSpecification(url: string): boolean {
  return /\/(?:v[23]\/)?(?:api-docs|swagger\.json|openapi\.json)\b[^/]*$/.test(url);
}

/** `192.168.0.11:8066`: a host without its scheme and nothing else. */
export const hostAlone =
  /^[`\s]*((?:(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?|[a-z0-9-]+(?:\.[a-z0-9-]+)+:\d{1,5})(?:\/[\w./-]*)?)[`\s]*$/i;

/** `#### POST`, `**GET / HEAD**`: methods and nothing else. */
export function onlyMethods(text: string): string[] {
  return /^[`\s]*(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)(?:[`\s/,、]+(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS))*[`\s]*$/i.test(
    text,
  )
    ? methodsIn(text)
    : [];
}

/** The path that a line consists of. */
export function onlyPath(text: string): string | undefined {
  return /^`?(\/[\w./{}:<>$-]{2,200})`?$/.exec(text.trim())?.[1];
}

/** The URL that a line consists of, perhaps with a remark in brackets behind it; none for a host alone. */
export function urlAlone(text: string): string | undefined {
  if (!/^`?https?:\/\//.test(text)) return undefined;
  const start = text.startsWith('`') ? 1 : 0;
  const url = readUrl(text, start);
  const rest = text
    .slice(start + url.length)
    .replace(/^`/, '')
    .trim();
  return splitUrl(url).path !== '/' && /^(?:[（(].*)?$/.test(rest) ? url : undefined;
}

/** A block that holds a URL and nothing else. */
export function isOnlyUrl(code: string): boolean {
  return /^[\s`]*(?:https?:\/\/|\{\{|\{[^{}\s\x22]+\}\/|\/)\S+\s*$/.test(code);
}

/** The words of a title: without the signature, numbering, symbols. */
export function titleIn(text: string, signature: Signature | undefined): string {
  const rest =
    signature === undefined ? text : `${text.slice(0, signature.start)} ${text.slice(signature.end)}`;
  return undecorated(
    rest
      .replaceAll('`', ' ')
      .replace(/^\s*(?:(?:api|接口)(?:名称|名)?|end-?point)\s*[:：]/i, '')
      .replace(/^[\s:：|—–()（）>→*-]+/, ''),
  )
    .replace(/^[\s:：|—–=＝)）>→⇒*-]+|[\s:：|—–=＝(（[【>→⇒*-]+$/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^([^()]*)\)$/, '$1')
    .slice(0, 200);
}

/** Whether the line says that this is an operation, rather than mentioning one in a sentence. */
export function isStatement(text: string, signature: Signature): boolean {
  const before = text.slice(0, signature.start).replace(/[`*\s]/g, '');
  if (before === '' || /^(?:\p{Extended_Pictographic}|[\d.)、：:（([【-]|\ufe0f)+$/u.test(before))
    return true;
  const after = text.slice(signature.end).replace(/[`*\s)）\]]/g, '');
  return after === '' && before.length <= 30 && !/[，。,;；!?？]/.test(before);
}

/** URLs of one path on several hosts, each on a line or after a name: `测试：https://… 生产：https://…`. */
export function namedUrls(text: string, bare: boolean): NamedUrl[] {
  const lines = text.split(/\n|(?<=\S)\s+(?=[^\s:：]{1,12}[:：]\s*https?:\/\/)/);
  return lines.flatMap((line): NamedUrl[] => {
    const url = urlIn(line, bare);
    if (url === undefined) return [];
    const name = undecorated(line.slice(0, Math.max(0, line.indexOf(url))).replace(/^[\s\-*•>]+/, ''));
    return [name === '' || name.length > 20 ? { url } : { name, url }];
  });
}

/** Whether two URLs mean the same path, one of them perhaps with a base path in front. */
export function samePath(a: string, b: string): boolean {
  const [left, right] = [shape(a), shape(b)];
  if (left === right) return true;
  const [long, short] = left.length > right.length ? [left, right] : [right, left];
  return /[^/{}]/.test(short) && long.endsWith(short);
}

/** What of the query chooses the operation: `act=view`. */
export function choiceAt(url: string): string {
  const { path, query } = splitUrl(url);
  return query.length === 0 ? '' : choiceOf(path, query);
}

/** Whether the queries of two addresses choose two operations. */
export function areTwo(a: string, b: string): boolean {
  const [left, right] = [choiceAt(a), choiceAt(b)];
  return left !== '' && right !== '' && left !== right;
}

/** The path with its parameters' names taken out: what makes two templates the same. */
export function shape(url: string): string {
  return splitUrl(url)
    .path.replace(/\{[^{}]*\}/g, '{}')
    .replace(/\/+$/, '');
}
