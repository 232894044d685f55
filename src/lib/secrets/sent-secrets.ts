import { isSensitiveName } from './secret.ts';

/** Whose value says who signs in or calls; the ends of names, in small letters. */
const who =
  /(?:^|[^a-z])(?:u|usr|user|uname|login|account|acct|acc|phone|mobile|tel|telephone|e?mail|tenant|org|company|corp|dept|employee|staff|member|operator|principal|subject)(?: (?:name|id|no|num|number|account|phone|mobile|mail))?$|(?:user|login|account|nick|tenant|org|corp)(?:name|id|no)$|(?:^| )(?:client|app|agent|access key|secret) id$|(?:^| )(?:tenant|org|company|corp|dept|country|area|region|city|channel|client|system) code$|^(?:yhm|yhzh|zh|zhanghao|yonghu|yonghuming|sjh|shouji)$|(?:用户|帐号|账号|帐户|账户|手机|邮箱|租户|工号)(?:名|名称|号|号码)?$/;
/** Whose value says what kind of thing is asked for, from where, or in which form. */
const kind =
  /(?:^| )(?:type|kind|mode|grant|method|action|scope|scopes|audience|aud|issuer|iss|resource|provider|source|channel|platform|client|device|os|browser|agent|terminal|version|ver|v|env|environment|stage|uri|url|redirect|callback|host|hostname|server|address|ip|port|format|encoding|charset|alg|algorithm|theme|site|system|module|service|role|group|team|project|product|namespace|region|zone|area|city|country|province|locale|lang|language|timezone|domain|realm|name|title|id|uuid|guid|captcha key)$|(?:类型|方式|来源|语言|平台|版本)$/;
/** Whose value lets in, although no convention says so. */
const letsIn =
  /(?:pwd|pswd|psw|psd|pass|passwd|password|passcode|passphrase|secret|token|ticket|credentials?|mima|mm|otp)$|(?:^| )(?:pw|p|pin|cred|key|code|sms|captcha)$|(?:密码|口令|验证码|密钥|秘钥|凭证|票据)/;
const least = 4;
/** Under a name that says nothing; what is shorter stands in too many texts. */
const leastUnnamed = 6;
/** As long as words of a protocol may be. */
const longestPlain = 24;

/** A name as words: `loginPwd2` and `login_pwd` are `login pwd`. */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .replace(/[\s_.[\]-]+/g, ' ')
    .replace(/ ?\d+$/, '')
    .trim();
}

/** Whether a value of that name says who signs in: messages name them. */
function saysWho(name: string): boolean {
  return !isSensitiveName(name) && who.test(wordsOf(name));
}

/**
 * Whether a value says who signs in or calls, by its name and as names are: of people and companies, with a number, a mail
 * address. Whatever else is kept out of the configuration is a key, whoever is known by it.
 */
export function namesWho(name: string, text: string, signsIn: boolean): boolean {
  return saysWho(name) && (signsIn ? text.split(/[^A-Za-z0-9]+/).every(isPartOfName) : isPlain(text));
}

function isPartOfName(part: string): boolean {
  return isWordOrShortNumber(part) || /^(?:[A-Za-z]?[a-z]{0,14}|[A-Z]{1,15})\d{1,15}$/.test(part);
}

/** Whether a value of that name says what kind of thing is asked for, in which form or place. */
export function saysKind(name: string): boolean {
  return !isSensitiveName(name) && kind.test(wordsOf(name));
}

/** Whether values of that name are there to let somebody in. */
export function namesWhatLetsIn(name: string): boolean {
  return letsIn.test(wordsOf(name)) || /(?:^| )sign(?:ature)?$/.test(wordsOf(name));
}

/**
 * Whether what a sign-in sends under a name is secret: all but what says who or what kind, and plain words and short numbers
 * under a name that says nothing.
 */
export function isSecretSent(name: string, text: string): boolean {
  if (isSensitiveName(name)) return true;
  if (saysWho(name) || saysKind(name)) return false;
  // Of templates only what stands around them is sent as it is written.
  const literal = text.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '');
  if (letsIn.test(wordsOf(name))) return literal.length >= least && !isSwitch(literal);
  return literal.length >= leastUnnamed && !/^https?:\/\//i.test(literal) && !isPlain(literal);
}

/**
 * Whether what the configuration takes from the environment or a file is secret, by the name under which it is sent. Whoever
 * keeps a value out of the configuration keeps it secret, unless it reads as a setting.
 *
 * @param signsIn It is a part of a credential, where words are as likely to be secret as all else.
 */
export function isSecretFilledIn(name: string, text: string, signsIn: boolean): boolean {
  if (text.length < least || namesWho(name, text, signsIn) || isSwitch(text)) return false;
  if (saysKind(name) && isPlain(text)) return false;
  return signsIn || !/^(?:[a-z_]{1,8}|\d{1,5})$/.test(text);
}

function isSwitch(text: string): boolean {
  return /^(?:true|false|none|null)$/i.test(text);
}

/** Words, short numbers and versions, joined as in `cn-north-1`. */
export function isPlain(text: string): boolean {
  return text.length <= longestPlain && text.split(/[-_./:]/).every(isWordOrShortNumber);
}

function isWordOrShortNumber(part: string): boolean {
  return /^(?:[A-Z]?[a-z]{0,14}|[A-Z]{1,15}|[a-z]{1,10}[A-Z][a-z]{1,10}|v?\d{1,5})$/.test(part);
}
