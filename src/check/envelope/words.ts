import { saysNotSignedIn } from '../../lib/text/not-signed-in.ts';
import { saysServersFault } from '../../lib/text/said.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import type { SchemaPool } from '../../model/document.ts';
import { withoutNegated } from './negated.ts';

/** A code as it is compared: `0` and `"0"` are the same. */
export function codeText(value: Json): string {
  return typeof value === 'string' ? value.trim() : JSON.stringify(value);
}

/** `SUC0000` and `AAAAAAA` are of banks, `A00000` of iQIYI. */
const usual =
  /^(?:a?0+|20[0-9]|success(?:ful|fully)?|succeed(?:ed)?|succ?[-_]?0*|a{6,7}|ok|s|y|true|normal|成功)$/i;

/** Values that say success wherever they are met. */
export function isUsualSuccess(value: Json): boolean {
  if (typeof value === 'boolean') return value;
  return (typeof value === 'number' || typeof value === 'string') && usual.test(codeText(value));
}

/** 4xx and 5xx, alone or as the beginning of five digits or more; negative; `A0230`, `ERR1001`; words of failure. */
const failing =
  /^(?:[45]\d\d|[45]\d{4,}|-\d+|[A-C]0\d{3}|err[-_]?\d+|false|.*(?:fail|error|exception|denied|invalid|expired|unauthori|forbidden|timeout|not_?found).*|err|e|n|no|失败|错误)$/i;

export function isFailingCode(value: Json): boolean {
  if (typeof value === 'boolean') return !value;
  return (typeof value === 'number' || typeof value === 'string') && failing.test(codeText(value));
}

/** `USD` and `CN` are codes as well. */
export function isCodeText(value: Json): boolean {
  return (
    typeof value === 'string' && (/^-?\d+$/.test(value) || isUsualSuccess(value) || isFailingCode(value))
  );
}

/** A word of failure, and no number. */
export function isFailingWord(value: Json): boolean {
  return typeof value === 'string' && /^(?:fail(?:ed|ure)?|errors?|exception|失败|错误)$/i.test(value.trim());
}

const failingText =
  /失败|错误|异常|出错|报错|未登[录陆]|过期|失效|无效|非法|不存在|不能为空|无权|没有权限|权限不足|拒绝|超时|繁忙|频繁|限流|开小差|\berror\b|fail(?:ed|ure)?\b|exception|invalid|expired|unauthori|denied|forbidden|not found|not exist|timed? ?out|unavailable|too many requests/i;

export function saysFailure(text: string | undefined): boolean {
  return text !== undefined && failingText.test(text) && failingText.test(withoutNegated(text));
}

/** `没有异常`: that nothing is wrong. */
export function saysNoFailure(text: string | undefined): boolean {
  return text !== undefined && withoutNegated(text) !== text && !saysRefusal(text);
}

const nothingFound =
  /^(?:暂无|没有|查无|未查询到|未查到|无)(?:相关|任何|更多|此|该|符合条件的?|可用的?)?(?:数据|记录|结果|内容|信息|列表)?[。.!！]?$|^(?:数据|列表|结果|记录)为空[。.!！]?$|^(?:no|empty) (?:more )?(?:data|records?|results?|list|items?)(?: found)?[.!]?$/i;

/** That there is nothing to be had, which is an answer: `暂无数据`, `no data`; no words at all as well. */
export function saysNothingFound(text: string | undefined): boolean {
  return text === undefined || text.trim() === '' || nothingFound.test(text.trim());
}

/** Of the call itself, and of no record: `查询失败`, `failed to load orders`. */
const failingCall =
  /(?:查询|获取|操作|请求|调用|处理|执行|加载|读取|连接|访问|接口|数据|系统|服务)[^，。,;；\s]{0,4}(?:失败|出错|报错)(?=$|[\s，。,;；:：!！(（])|\b(?:request|query|operation|call) failed\b|\bfailed to (?:get|load|query|fetch|read|process|execute|connect|retrieve|find)\b|\b(?:internal|unexpected|unknown) (?:error|exception)\b|\ban? (?:\w{1,20} )?error (?:has )?occurr?ed/i;

/** Said of nothing but the call: who calls is refused, the server is at fault, or it says so. */
export function saysCallFailed(text: string | undefined): boolean {
  if (text === undefined) return false;
  const words = withoutNegated(text);
  if (refusalIn('', words) !== undefined || failingCall.test(words)) return true;
  return failingText.test(words) && saysServersFault(words);
}

/** Said of a refusal, and of much else beside something that was asked for. */
const refusingText =
  /禁用|不支持|不正确|不合法|缺少|缺失|为空|不允许|未授权|未认证|未找到|找不到|没有找到|内部|故障|busy|refused|illegal|missing|required|\b(?:not|in)correct\b|not (?:allowed|provided|supported|permitted|registered|authorized|set)\b|unable to|could not|cannot|can't|\bwrong\b|bad request|over limit|out of limit|exceeded|no such|does ?n[o']t|unsupported|unknown|crash|abort|reject/i;

/** The same of an answer that carries nothing else. */
export function saysRefusal(text: string | undefined): boolean {
  return (
    saysFailure(text) ||
    (text !== undefined && refusingText.test(text) && refusingText.test(withoutNegated(text)))
  );
}

/** Who calls so often is sent away, whatever the call is about. */
const tooOften =
  /频繁|限流|请求(?:次数)?(?:过多|太多|超限)|访问(?:次数)?(?:过多|超限)|too many requests|rate.?limit(?:ed|ing| exceeded| reached)|(?:throttled|too frequent)/i;

/** Said in place of HTTP 429. */
export function saysTooOften(code: string, text: string | undefined): boolean {
  return /^429\d{0,3}$/.test(code) || (text !== undefined && tooOften.test(text));
}

const permissionText = /权限|无权|permission|privilege|access denied|not allowed|forbidden/i;
/** Nothing else can be meant, whatever the code is. */
const noPermission =
  /无权|(?:[无没缺]|不具[有备])[^，。,;；]{0,10}权限|权限(?:不足|不够)|permission denied|access (?:is )?denied|(?:no|lacks?|insufficient|without|not have)(?: the| any| required)? (?:permission|privilege)s?/i;

/**
 * That nobody is signed in or that the token is no good (`token`), that a permission is missing, or one of the two: a code of
 * 403 without words for it (`either`).
 */
export type RefusalKind = 'token' | 'permission' | 'either';

export function refusalIn(code: Json, said: string | undefined): RefusalKind | undefined {
  const text = said && withoutNegated(said);
  if (text !== undefined && saysNotSignedIn(text)) return 'token';
  if (text !== undefined && noPermission.test(text)) return 'permission';
  const number = codeText(code);
  if (text !== undefined && permissionText.test(text) && /^(?:40[13]\d{0,3}|.*forbidden.*)$/i.test(number))
    return 'permission';
  if (number === '403') return 'either';
  return /^(?:401|401\d{2,3}|unauthori[sz]ed|unauthenticated|not_?login|token_?(?:expired|invalid)|invalid_?token)$/i.test(
    number,
  )
    ? 'token'
    : undefined;
}

/** Parts that a look takes in. */
const mostParts = 200;
const deepest = 8;

/** A schema and what it is put together from, nearest first; deep enough for a generic `Result<T>`. */
export function partsOf(schema: JsonSchema | undefined, pool: SchemaPool): readonly JsonObject[] {
  const parts = new Map<JsonObject, number>();
  const add = (part: JsonSchema | undefined, depth: number): void => {
    if (isObject(part) && !parts.has(part) && parts.size < mostParts) parts.set(part, depth);
  };
  add(schema, 0);
  for (const [part, depth] of parts) {
    if (depth > deepest) continue;
    const ref = part['$ref'];
    if (typeof ref === 'string') add(pool[ref], depth + 1);
    const all = Array.isArray(part['allOf']) ? (part['allOf'] as readonly JsonSchema[]) : [];
    for (const one of all) add(one, depth + 1);
    // A choice of one, or of one and `null`.
    for (const list of [part['oneOf'], part['anyOf']]) {
      const real = Array.isArray(list) ? (list as readonly JsonSchema[]).filter(isReal) : [];
      if (real.length === 1) add(real[0], depth + 1);
    }
  }
  return [...parts.keys()];
}

function isReal(part: JsonSchema): boolean {
  return isObject(part) && part['type'] !== 'null';
}
