import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { dataOf } from './answer.ts';
import type { SchemeResponse } from './scheme.ts';

/** RFC 6749 §5.2 and OpenID Connect, and what GitHub says with HTTP 200. */
const refusingErrors: ReadonlySet<string> = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'invalid_scope',
  'invalid_target',
  'unauthorized_client',
  'unsupported_grant_type',
  'access_denied',
  'incorrect_client_credentials',
]);

/** RFC 6749 §4.1.2.1 and RFC 8628: the endpoint is unwell, whatever its status is. */
const outageErrors: ReadonlySet<string> = new Set([
  'temporarily_unavailable',
  'server_error',
  'slow_down',
  'internal_error',
]);

/** WeCom and WeChat: wrong corpid, appid or secret, an address that is not allowed, and too many calls. */
const banCodes: ReadonlySet<string> = new Set([
  '40001',
  '40013',
  '40091',
  '40125',
  '40164',
  '45009',
  '60020',
]);

const codeNames = ['errcode', 'code', 'status', 'statusCode', 'retCode', 'ret'] as const;
const textNames = [
  'error',
  'error_description',
  'errmsg',
  'errorMessage',
  'message',
  'msg',
  'detail',
  'reason',
] as const;

const subject =
  '(?:pass(?:word|code)|credentials?|user ?name|user|account|client(?: ?id| ?secret)?|secret|(?:app|corp) ?(?:id|key|secret))';
const fault =
  "(?:invalid|incorrect|wrong|bad|unknown|expired|disabled|suspended|not found|mismatch|does ?n[o’']t (?:exist|match)|does not (?:exist|match))";
const refusingTexts = [
  new RegExp(`\\b${fault}\\b[\\w ]{0,12}\\b${subject}\\b`, 'i'),
  new RegExp(`\\b${subject}\\b(?: (?:or|and|is|are|was|has|been|${subject})){0,4} ${fault}\\b`, 'i'),
  /(?:密码|口令|账号|帐号|账户|帐户|用户名|凭证|密钥)[^服系，。,.]{0,6}(?:错误|不正确|有误|无效|不存在|不匹配|禁用|停用|过期)/,
  /用户(?:不存在|已?被?(?:禁用|停用))/,
  /(?:错误|无效|不正确)的?(?:密码|口令|账号|帐号|账户|用户名|凭证|密钥)/,
];
const banTexts = [
  /\b(?:account|user)\b.{0,20}\b(?:locked|banned|blocked)\b/i,
  /(?:账号|帐号|账户|帐户|用户|密码).{0,12}(?:锁定|封禁|冻结|次数过多|次数超限)/,
];

/**
 * What an answer says of the account: `refused`, `sparingly` when every further request makes it worse, `undefined`
 * when nothing: only what is plainly about the account is taken for it, everything else is an outage.
 */
export function accountVerdict(response: SchemeResponse): 'refused' | 'sparingly' | undefined {
  const { status } = response;
  if ([408, 425, 429].includes(status)) return undefined;
  const answer = dataOf(response);
  const said = isObject(answer) ? answer : {};
  const texts = textNames.flatMap((name) => wordsOf(said[name]));
  if (banCodes.has(codeOf(said['errcode'])) || matches(banTexts, texts)) return 'sparingly';
  if (texts.some((text) => refusingErrors.has(text)) || matches(refusingTexts, texts)) return 'refused';
  if (texts.some((text) => outageErrors.has(text))) return undefined;
  if (status === 400 || status === 401) return 'refused';
  return status < 300 && saysUnauthorized(said) ? 'refused' : undefined;
}

function wordsOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return isObject(value) ? textNames.flatMap((name) => wordsOf(value[name])) : [];
}

function matches(patterns: readonly RegExp[], texts: readonly string[]): boolean {
  return texts.some((text) => patterns.some((pattern) => pattern.test(text.slice(0, 1000))));
}

function codeOf(value: Json | undefined): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

/** The status of HTTP in an envelope: `{"code":401,"msg":"…"}` with HTTP 200. */
function saysUnauthorized(said: JsonObject): boolean {
  return codeNames.some((name) => ['400', '401'].includes(codeOf(said[name])));
}
