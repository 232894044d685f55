import type { Parameter } from '../../model/document.ts';

const anywhere =
  /^(?:authorization|(?:x-)?(?:access|auth|user|login|api|app|session|admin)[-_]?(?:token|key)|(?:x-)?token|(?:x-)?apikey|sa-?token|jsessionid|cookie)$/i;
/** In a header nothing else is called so; a query has tickets and tokens of its own. */
const inHeaders =
  /^(?:x-)?(?:[a-z\d]+[-_])?(?:auth|ticket|jwt|satoken|session(?:[-_]?id)?|credentials?)$|^(?:x-)?(?:[a-z\d]+[-_]?)?token$/i;
/** Tokens that are given with each request, and not by signing in. */
const ofRequest =
  /(?:^|-)(?:skip|no|ignore|disable|bypass|without)(?:-|$)|csrf|xsrf|idempoten|repeat|submit|form|device|push|page|next|cont(?:inuation)?[-_]?token|captcha|sync/i;
/** What a header is said to hold, whatever it is called: 登录令牌, "token of the login". */
const saysToken =
  /登录(?:后|接口)?(?:返回|获取|得到|取得)?的?\s*(?:令牌|凭证|票据|token|ticket)|(?:用户|访问|身份|认证|鉴权|会话)(?:令牌|凭证|token)|\b(?:access|auth(?:entication)?|login|session|bearer|user) (?:token|ticket)\b/i;

/** A parameter that by its place and name, or by what is said of it, holds what signing in gave. */
export function carriesToken({ name, in: place, description = '' }: Parameter): boolean {
  if (place === 'path') return false;
  if (anywhere.test(name)) return true;
  if (place !== 'header' || ofRequest.test(name)) return false;
  return inHeaders.test(name) || saysToken.test(description);
}

/** Of a setting, by its name alone. */
export function isTokenName(name: string): boolean {
  return anywhere.test(name);
}
