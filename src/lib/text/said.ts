import { jsonOf } from '../json/json-of.ts';
import { ellipsize } from './text.ts';

/** So much of what a server said stands beside a failure. */
const longest = 300;
/** `retMsg`, `RetMsg` and `ret_msg` are one name. */
export function looseName(name: string): string {
  return name.replaceAll(/[_\-\s.]/g, '').toLowerCase();
}

const each = (of: string, called: string): readonly string[] =>
  of.split(' ').flatMap((one) => called.split(' ').map((name) => `${one}${name}`));

/** Loose names of a message that are nothing else: `retMsg`, `err_text`, `bizText`, `respDesc`, `提示信息`. */
export const messageNames: readonly string[] = [
  'message',
  'msg',
  ...each(
    'err error ret return result rtn rtv resp response rsp res status biz sub sys fault fail failure exception code external user',
    'msg message',
  ),
  ...each(
    'err error ret rtn return resp rsp response fault fail failure exception biz',
    'desc description text txt tip tips',
  ),
  ...each('err error ret rtn rsp biz fail failure fault exception', 'info remark'),
  ...'errstr errorstr msginfo opdesc opmsg operdesc opermsg resultdesc codedesc faultstring rm'.split(' '),
  ...'提示信息 提示消息 错误信息 错误消息 错误描述 返回信息 返回消息 返回描述 响应信息 响应消息 消息'.split(
    ' ',
  ),
];
/** They may be about anything. */
const notes = ['desc', 'info'];
/** The same, where an envelope has them. */
export const noteNames: readonly string[] = [
  ...notes,
  ...'reason description detail details title tips tip hint prompt'.split(' '),
];

/** Loose names of fields by which servers say what is wrong, the most telling first. */
const telling = [
  ...messageNames,
  'detail',
  'details',
  'reason',
  'title',
  'error',
  'errors',
  'errormessages',
  'description',
  ...notes,
];

/**
 * What a server said, on one line of at most 300 bytes: the message in its JSON, the title of its page, or the beginning of its text.
 * `undefined`: nothing, or that all went well, which explains nothing.
 *
 * @param excerpt The beginning of the body, masked; JSON may be cut.
 */
export function saidIn(excerpt: string): string | undefined {
  const text = excerpt.trim();
  const said = text.startsWith('<') ? titleOf(text) : (messageOf(text) ?? text);
  const line = said?.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  return line === undefined || line === '' || saysSuccess(line) ? undefined : ellipsize(line, longest);
}

/** A result, as far as it tells what was answered. */
interface Answered {
  readonly verdict: string;
  readonly status?: number;
  readonly evidence?: { readonly excerpt?: string };
}

/** What the server said where it failed, masked, on one line of at most 300 bytes. */
export function saidBy({ verdict, status = 0, evidence }: Answered): string | undefined {
  if (evidence?.excerpt === undefined || verdict === 'pass' || verdict === 'degraded') return undefined;
  return status >= 400 ? saidIn(evidence.excerpt) : saidBesideData(evidence.excerpt);
}

/** The same of an answer that carries data: the message of its envelope, and of the data itself nothing, its titles neither. */
function saidBesideData(excerpt: string): string | undefined {
  const text = excerpt.trim();
  if (!/^[[{]/.test(text)) return saidIn(text);
  const told = tellingPart(jsonOf(text));
  return told === undefined ? undefined : saidIn(JSON.stringify(told));
}

const codes =
  /^(?:code|rc|(?:err|error|ret|return|rtn|result|resp|response|rsp|res|status|biz|msg|fault|fail)(?:code|no|num|cd))$/;
const states = /^(?:status|state|ret|stat|success|succeeded|issuccess|ok|flag|iserror|haserror|failed)$/;
const faults = /^(?:errors?|err|errorresponse|exception|fault|errormessages|errormsgs)$/;
/** One of several has it, and no envelope. */
const ofRecords = /^(?:id|uuid|sku|isbn)$/;
/** Fields beside a message that tells of nothing else. */
const fewest = 3;

/** What of an object of JSON tells how the call went; `undefined`: it is what was asked for. */
function tellingPart(body: unknown): object | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const fields = Object.entries(body)
    .slice(0, mostNamed)
    .map(([name, value]: readonly [string, unknown]) => [looseName(name), value] as const);
  const has = (names: RegExp): boolean => fields.some(([name]) => names.test(name));
  const those = (names: readonly string[] | RegExp): object | undefined => {
    const own = fields.filter(([name]) =>
      names instanceof RegExp ? names.test(name) : names.includes(name),
    );
    return own.length === 0 ? undefined : Object.fromEntries(own);
  };
  if (isProblem(new Map(fields))) return body;
  const isRecord = has(ofRecords);
  const isAlone = fields.length <= fewest && !isRecord;
  const message = isAlone || has(codes) || has(states) ? those(messageNames) : undefined;
  const note = has(codes) && !isRecord ? those(notesOfEnvelopes) : undefined;
  return message ?? those(faults) ?? note;
}

const notesOfEnvelopes = 'desc info reason detail details tips tip hint prompt'.split(' ');

/** RFC 9457, whatever status it came with. */
function isProblem(fields: ReadonlyMap<string, unknown>): boolean {
  const status = fields.get('status');
  return (
    typeof fields.get('title') === 'string' &&
    ((typeof status === 'number' && status >= 400) || (fields.has('type') && fields.has('detail')))
  );
}

/** Of an XML answer, its text. */
function titleOf(page: string): string | undefined {
  const title =
    /<title[^>]{0,200}>([^<]{1,1000})/i.exec(page)?.[1] ?? /<h1[^>]{0,200}>([^<]{1,1000})/i.exec(page)?.[1];
  return (
    title ?? (/^<!doctype html|^<html/i.test(page) ? undefined : page.replaceAll(/<[^<>]{0,500}>/g, ' '))
  );
}

function messageOf(text: string): string | undefined {
  return messageIn(jsonOf(text));
}

const deepest = 3;
/** Fields of an object that are looked at. */
const mostNamed = 100;

function messageIn(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value;
  if (depth > deepest || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return messageIn(value[0], depth + 1);
  const fields = new Map(
    Object.entries(value)
      .slice(0, mostNamed)
      .map(([name, one]: readonly [string, unknown]) => [looseName(name), one]),
  );
  for (const name of telling) {
    const found = fields.has(name) ? messageIn(fields.get(name), depth + 1) : undefined;
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}

const succeeding =
  /^(?:(?!.*[未不没]).{0,8}(?:成功|正常)[!！。.]?|(?:(?!no|un|fail|without)\w+ ){0,4}success(?:ful|fully)?[!.]?|ok[!.]?|succeed(?:ed)?)$/i;

export function saysSuccess(text: string | undefined): boolean {
  return text !== undefined && succeeding.test(text.trim());
}

/** Said of the server itself. A code of 500 alone is no such word: many answer it to whatever they refuse. */
const serversOwn =
  /系统(?:繁忙|异常|错误|故障|内部)|内部(?:服务)?(?:错误|异常)|服务器|服务(?:异常|不可用|繁忙|错误|超时|调用失败)|稍[后候](?:再试|重试|再来)|开小差|数据库|空指针|internal (?:server )?error|server error|(?:system|service|server) (?:is )?(?:busy|error|unavailable)|try again later|(?:null ?pointer|sql\w*|runtime|io|data ?access)exception|error in your sql|sqlstate|\bora-\d{4,5}\b|deadlock|traceback \(most recent|segmentation fault|panic: |cannot read propert|timed? ?out|overload/i;

export function saysServersFault(text: string): boolean {
  return serversOwn.test(text);
}

/** Said of what was asked for: that it is not there, is missing or does not fit. */
const askersOwn =
  /不存在|不能为空|未找到|找不到|没有找到|缺少|缺失|必填|必传|参数|格式|不合法|不支持|not[ _]?found|not exist|no such|missing|required|not present|must (?:not )?be|invalid|illegal|malformed|unsupported|bad request|validation|convert|parse|mismatch|argument|parameter|NumberFormat/i;

/** Said of how the record is that was asked for, or of whose it is. */
const recordsOwn =
  /暂无|尚未|没有|未(?:发货|支付|付款|开始|完成|审核|绑定|配置|开通|启用|提交|确认|到)|无(?:数据|记录|权限|权)|已经?(?:删除|取消|关闭|过期|失效|完成|结束|停用|下架|被)|他人|不属于|为空|\b(?:no (?:data|record|result|permission)|not (?:yet|allowed|permitted|available)|already|expired|deleted|disabled|closed|cancell?ed|denied|forbidden)\b/i;

/** Said of nothing that was asked for: neither of its values nor of what they name. */
export function saysNothingOfAsked(text: string): boolean {
  return !saysAskersFault(text) && !recordsOwn.test(text);
}

export function saysAskersFault(text: string): boolean {
  return askersOwn.test(text);
}
