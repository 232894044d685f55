import type { SecurityScheme } from '../../../model/document.ts';
import { isSensitiveName } from '../../../lib/secrets/secret.ts';

/**
 * Where a token goes by what people write above their interfaces: "所有接口须在请求头中携带 `X-Ticket`，值为登录返回的 ticket",
 * "Send the token in the `X-Auth` header". It is a scheme that no operation asks for by itself: which of them need it, the text
 * does not say. `undefined`: it says nothing, or several things.
 *
 * @param texts Lines or paragraphs, without code.
 */
export function signInScheme(texts: readonly string[]): SecurityScheme | undefined {
  const found = new Map<string, SecurityScheme>();
  for (const text of texts.flatMap((one) => one.split('\n'))) {
    if (text.length > longestText) continue;
    for (const sentence of text.split(/[。；;]|(?<=\.)\s/u)) {
      const scheme = schemeIn(sentence.trim());
      if (scheme !== undefined) found.set(`${scheme.in} ${scheme.parameterName?.toLowerCase()}`, scheme);
    }
    if (found.size > 1) return undefined;
  }
  return [...found.values()][0];
}

/** With what the text says, where the document describes no way to sign in. */
export function withSaidSignIn(
  schemes: Readonly<Record<string, SecurityScheme>>,
  texts: readonly string[],
): Readonly<Record<string, SecurityScheme>> {
  const said = Object.keys(schemes).length === 0 ? signInScheme(texts) : undefined;
  return said === undefined ? schemes : { [`${said.in} ${said.parameterName}`]: said };
}

/** Characters; a sentence that says this is short, and long ones are about something else. */
const longestText = 600;

const places: readonly (readonly [place: 'header' | 'cookie' | 'query', words: RegExp])[] = [
  ['header', /请求头|消息头|\bheaders?\b/i],
  ['cookie', /\bcookies?\b/i],
  ['query', /查询参数|url\s*参数|地址栏参数|\bquery(?: (?:string|parameters?|params?))?\b/i],
];
const ofToken =
  /token|令牌|凭证|票据|ticket|登录态|会话|session|鉴权|认证|身份|登录后|\bauth|\bsign(?:ed)? in\b|\blog(?:ged)? in\b/i;
/** Of the answer, and what is not so. */
const otherwise = /响应头|返回头|response header|set-cookie|csrf|xsrf|不(?:需要?|用|必)(?:携带|传|带)|无需/i;
const said =
  /携带|传(?:入|递|参)?|带上|带|放(?:入|在|到|置)|添加|加(?:入|上|到)?|设置|附(?:带|上)|写入|使用|通过|须|需|必须|\b(?:send|pass|put|include|add|set|carry|provide|requires?|must|via|using|in|with)\b|[:：]/i;

function schemeIn(sentence: string): SecurityScheme | undefined {
  const named = places.filter(([, words]) => words.test(sentence));
  const [place] = named[0] ?? [];
  // "请求头或 Cookie": of ways that do as well the first, which is the header.
  if (place === undefined || (named.length > 1 && !(place === 'header' && eitherWay.test(sentence))))
    return undefined;
  if (!ofToken.test(sentence) || otherwise.test(sentence) || !said.test(sentence)) return undefined;
  const name = nameIn(sentence);
  return name === undefined
    ? undefined
    : { kind: 'apiKey', in: place, parameterName: name, description: sentence };
}

const eitherWay =
  /(?:请求头|消息头|headers?|cookies?|(?:查询|url\s*)参数|query)\s*(?:中|里)?\s*(?:或者?|\bor\b|\/)\s*(?:the |a )?(?:请求头|消息头|headers?|cookies?|(?:查询|url\s*)参数|query)/i;

const words = new Set(
  'header headers cookie cookies query http https url api json bearer login get post'.split(' '),
);

/** The name that stands apart, by its look or its marks; else `token` itself. */
function nameIn(sentence: string): string | undefined {
  const marked = [...sentence.matchAll(/[`"'“「【]([A-Za-z][\w-]{1,40})(?=[`"'”」】:：\s])/g)].map(
    ([, name = '']) => name,
  );
  const written = [...sentence.matchAll(/(?<![\w/$.{<-])[A-Za-z][\w-]{1,40}(?![\w/.}>-])/g)].map(
    ([name]) => name,
  );
  const isName = (name: string): boolean => !words.has(name.toLowerCase());
  const isLikeName = (name: string): boolean =>
    /^authorization$/i.test(name) ||
    /^x-[\w-]+$/i.test(name) ||
    (/[-_]/.test(name) && isSensitiveName(name)) ||
    /^(?:sa-?token|[a-z]+Token|[a-z]*SESSION(?:ID)?|sid)$/.test(name);
  const own = [...new Set([...marked, ...written].filter((name) => isName(name) && isLikeName(name)))];
  if (own.length > 0) return own.length === 1 ? own[0] : undefined;
  const inMarks = [...new Set(marked.filter((name) => isName(name)))];
  if (inMarks.length === 1) return inMarks[0];
  if (inMarks.length > 1) return undefined;
  return written.find((name) => /^(?:token|ticket|jwt)$/i.test(name) && isOfChinese(sentence));
}

/** "请求头中携带 token" names it; "the token in a header" only says what it is. */
function isOfChinese(sentence: string): boolean {
  return /\p{Script=Han}/u.test(sentence);
}
