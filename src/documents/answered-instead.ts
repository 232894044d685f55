import { graphqlHint, isGraphqlEndpoint } from './sources/graphql-endpoint.ts';
import { asksForPassword } from '../lib/text/page.ts';
import { saysNotSignedIn } from '../lib/text/not-signed-in.ts';
import { saidIn } from '../lib/text/said.ts';
import { ellipsize } from '../lib/text/text.ts';
import { sentence } from '../messages/sentence.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Problem } from '../model/problem.ts';
import type { RawDocument } from './formats/format.ts';

/** What a server answers in place of a document is short: `{ code: 401, msg: "未登录" }`. */
const longestAnswer = 4000;
const mostFields = 12;
const longestSaid = 200;

/**
 * What was answered where a document was expected: a web page, often that of a sign-in, or what services say with HTTP 200 of every
 * call that they refuse.
 */
export function answeredInstead(raw: RawDocument): Problem | undefined {
  if (isPage(raw.text)) return webPage(raw);
  if (!/^https?:/i.test(raw.uri) || raw.text.length > longestAnswer || raw.data === undefined)
    return undefined;
  const refusal = refusalIn(raw.data);
  return refusal === undefined ? undefined : refused(raw.uri, refusal);
}

/** The same, for what was answered at a place that is only tried: whether a sign-in is wanted. */
export function wantsSignIn(body: JsonObject): string | undefined {
  const refusal = refusalIn(body);
  return refusal?.isOfSignIn === true ? refusal.said : undefined;
}

interface Refusal {
  readonly said: string;
  readonly isOfSignIn: boolean;
}

function refusalIn(body: JsonObject): Refusal | undefined {
  const entries = Object.entries(body);
  if (entries.length > mostFields || !entries.some(isHowItWent)) return undefined;
  const said = saidIn(JSON.stringify(body));
  if (said === undefined || said.startsWith('{')) return undefined;
  const isOfSignIn = saysNotSignedIn(said) || entries.some(isRefusing);
  return { said: ellipsize(said, longestSaid), isOfSignIn };
}

function isRefusing([, value]: readonly [string, Json]): boolean {
  return (typeof value === 'string' || typeof value === 'number') && /^40[13]\d{0,3}$/.test(`${value}`);
}

/** `code`, `errcode`, `success`, `status`: how the call went. */
function isHowItWent([name, value]: readonly [string, Json]): boolean {
  if (typeof value === 'object') return false;
  return /(?:code|errno|status|success|^ret|^ok|error)$/i.test(name);
}

function refused(file: string, { said, isOfSignIn }: Refusal): Problem {
  return {
    level: 'error',
    code: isOfSignIn ? 'document-unauthorized' : 'no-document',
    message: sentence(isOfSignIn ? 'answersThatSignInIsWanted' : 'answersInstead', { said }),
    file,
    hint: sentence(isOfSignIn ? 'setDocsCredential' : 'giveDocumentAddress'),
  };
}

function isPage(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head)\b/i.test(text);
}

function webPage({ uri, text }: RawDocument): Problem {
  const title = /<title[^>]{0,200}>([^<]{1,120})/i.exec(text.slice(0, 20_000))?.[1]?.trim();
  const isSignIn = asksForPassword(text);
  const isGraphql = !isSignIn && isGraphqlEndpoint({ status: 200, bytes: Buffer.from(text) });
  const codes = isSignIn
    ? (['isSignInPage', 'isSignInPageCalled'] as const)
    : (['isWebPage', 'isWebPageCalled'] as const);
  return {
    level: 'error',
    code: isSignIn ? 'document-unauthorized' : 'html-page',
    message: title === undefined ? sentence(codes[0]) : sentence(codes[1], { title }),
    file: uri,
    hint: isGraphql ? graphqlHint : sentence(isSignIn ? 'setDocsCredential' : 'ifSignInPage'),
  };
}
