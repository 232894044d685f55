import { soundsLikeToken } from '../lib/wording/token-names.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { dataOf } from './token/answer.ts';
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

const codeNames = [
  'errcode',
  'code',
  'status',
  'statusCode',
  'retCode',
  'retcode',
  'respCode',
  'resultCode',
  'returnCode',
  'ret',
] as const;
const textNames = [
  'error',
  'error_description',
  'errmsg',
  'errorMessage',
  'message',
  'msg',
  'retMsg',
  'retmsg',
  'respMsg',
  'resultMsg',
  'returnMsg',
  'errMsg',
  'errorMsg',
  'info',
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
const lockTexts = [
  /\b(?:account|user)\b.{0,20}\blocked\b/i,
  /(?:账号|帐号|账户|帐户|用户)[^永，。,.]{0,12}锁定/,
];
/** Somebody has to lift it. */
const lastingTexts = [/\b(?:banned|blocked|permanent\w*)\b/i, /封禁|冻结|永久|次数过多|次数超限/];
const banTexts = [
  /\b(?:account|user)\b.{0,20}\b(?:locked|banned|blocked)\b/i,
  /(?:账号|帐号|账户|帐户|用户|密码).{0,12}(?:锁定|封禁|冻结|次数过多|次数超限)/,
];

/**
 * What an answer says of the account: `refused`, `sparingly` when every further request makes it worse, `locked` when
 * that is all and nothing is said against what was sent: most locks end by themselves. `undefined` when nothing: only what is plainly about the account is taken for it, everything else is an outage.
 */
export function accountVerdict(response: SchemeResponse): 'refused' | 'sparingly' | 'locked' | undefined {
  const { status } = response;
  if ([408, 425, 429].includes(status)) return undefined;
  const answer = dataOf(response);
  const said = isObject(answer) ? answer : {};
  const texts = textNames.flatMap((name) => wordsOf(said[name]));
  const isLastingOrOurs = matches(lastingTexts, texts) || matches(refusingTexts, texts);
  if (matches(lockTexts, texts) && !isLastingOrOurs) return 'locked';
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

const callerTexts = [
  /未(?:登录|授权|认证)|(?:请|需要?)(?:先|重新)?登录|登录(?:状态|信息)?(?:已|已经)?(?:过期|失效|超时)|(?:令牌|[Tt]oken)[^，。,.]{0,8}(?:无效|失效|过期|错误|为空|缺失|不能为空|不存在)|(?:没有|无)(?:访问)?权限|无权/,
  /\b(?:un ?authori[sz]ed|unauthenticated|not (?:logged|signed) in|(?:log|sign) ?in (?:first|again|required)|authentication (?:is )?required|access denied|forbidden)\b/i,
  /\b(?:access[ _]?)?token\b(?: (?:is|has|was))? ?\b(?:invalid|expired|missing|required|wrong|revoked)\b|\b(?:invalid|expired|missing|wrong)[ _](?:access[ _]?)?token\b/i,
];
const callerCodes = /^40[13](?:\d{1,3})?$/;

/** Whether an operation's answer says that it does not take whoever called, whatever the status of HTTP is. */
export function refusesCaller(answer: Json): boolean {
  if (!isObject(answer) || saysSuccess(answer)) return false;
  if (codeNames.some((name) => callerCodes.test(codeOf(answer[name])))) return true;
  return matches(
    callerTexts,
    textNames.flatMap((name) => wordsOf(answer[name])),
  );
}

/** Flags and codes by which an envelope says how it went. */
const flagNames = ['success', 'succeeded', 'isSuccess', 'ok'] as const;
const successCode = /^(?:0+|200\d{0,2}|success|ok|true)$/i;

function saysSuccess(said: JsonObject): boolean {
  return (
    flagNames.some((name) => said[name] === true) ||
    codeNames.some((name) => successCode.test(codeOf(said[name])))
  );
}

/**
 * Whether an answer is an envelope that says in so many words that it went wrong: `{"success":false}`, or a code
 * that no success has beside a message. With data beside it a code alone says nothing: some begin theirs at 1.
 */
export function saysFailure(answer: Json): boolean {
  if (!isObject(answer)) return false;
  if (flagNames.some((name) => answer[name] === false)) return true;
  const codes = codeNames.map((name) => codeOf(answer[name])).filter((code) => code !== '');
  const hasText = textNames.some((name) => wordsOf(answer[name]).some((text) => text !== ''));
  const hasData = Object.entries(answer).some(holdsData);
  return codes.length > 0 && hasText && !hasData && !saysSuccess(answer) && !soundsWell(answer);
}

/** Its words, where it is such an envelope: what holds a token is not one. */
export function wordsOfFailure(answer: Json): string | undefined {
  if (!isObject(answer) || !saysFailure(answer) || Object.entries(answer).some(holdsData)) return undefined;
  return textNames.flatMap((name) => wordsOf(answer[name])).find(isProse);
}

function holdsData([name, value]: readonly [string, Json]): boolean {
  return (dataName.test(name) || soundsLikeToken.test(name)) && isFilled(value);
}

/** A token has no spaces and no Chinese, and is long. */
function isProse(text: string): boolean {
  return /[\s\p{Script=Han}]/u.test(text.trim()) && !/[\w+/=.-]{25}/.test(text);
}

const unwell = /异常|故障|不可用|维护|\b(?:exception|unavailable|down|outage|maintenance)\b/i;
const ofAccount = /账号|帐号|账户|帐户|用户|密码|\b(?:account|user|password|credentials?)\b/i;

/** A code of 5xx beside words of something broken that are not about the account. */
export function saysUnwell(answer: Json): boolean {
  if (!isObject(answer) || !codeNames.some((name) => /^5\d\d(?:\d{2,3})?$/.test(codeOf(answer[name]))))
    return false;
  const texts = textNames.flatMap((name) => wordsOf(answer[name]));
  return texts.some((text) => unwell.test(text)) && !texts.some((text) => ofAccount.test(text));
}

const dataName = /^(?:data|result|payload|body)$/i;

function isFilled(value: Json | undefined): boolean {
  return isObject(value)
    ? Object.keys(value).length > 0
    : value !== undefined && value !== null && value !== '';
}

function soundsWell(said: JsonObject): boolean {
  const wrong = /(?:未|不)成功|un ?success|not success/i;
  return textNames
    .flatMap((name) => wordsOf(said[name]))
    .some((text) => /success|\bok\b|成功|正常/i.test(text) && !wrong.test(text));
}

/** The status of HTTP in an envelope: `{"code":401,"msg":"…"}` with HTTP 200. */
function saysUnauthorized(said: JsonObject): boolean {
  return codeNames.some((name) => ['400', '401'].includes(codeOf(said[name])));
}
