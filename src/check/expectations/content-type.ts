import { sentence } from '../../messages/sentence.ts';
import { z } from 'zod';
import { isCutOff } from '../../lib/json/cut-off.ts';
import { ellipsize } from '../../lib/text/text.ts';
import { type Check, type Promised, uncertainOrigins } from '../../model/check.ts';
import { isStream } from '../../model/document.ts';
import type { Finding } from '../../model/result.ts';
import type { Sentence } from '../../model/sentence.ts';
import { partsOf } from '../envelope/words.ts';
import { type Answer, defineExpectation, promisedFor } from '../expectation.ts';
import type { AlwaysThere } from '../schema/always.ts';
import { longestLine, type TextKind } from '../schema/always-text.ts';

/**
 * The media type that the document promises for this status, and a body that is one where JSON is promised: by its media
 * type, or, where that is left open, by a schema that only JSON fits.
 */
export const contentType = defineExpectation({
  kind: 'content-type',
  summary: 'media type of the answer: `application/json`; default: what the document promises',
  code: 'content-type',
  settings: z.union([z.literal('documented'), z.string().includes('/')]),
  standing: 'documented',
  judge(answer, check, settings, { always }): readonly Finding[] {
    if (check.method === 'HEAD' || answer.status === 204 || answer.status === 304) return [];
    if (answer.problem !== undefined) return [unreadable(answer.problem)];
    const promised = promisedFor(check, answer.status);
    const wanted = settings === 'documented' ? (promised?.contentTypes ?? []) : [settings];
    const type = answer.contentType;
    const isCovered =
      type === undefined || wanted.length === 0 || wanted.some((pattern) => covers(pattern, type));
    if (answer.endless) return [isCovered ? stopped(type) : wrongType(answer, wanted)];
    if (settings === '*/*') return [];
    const textGone = noLongerText(answer, check, always);
    if (textGone !== undefined && !isPageWanted(wanted)) return [textGone];
    if (wanted.every((pattern) => pattern === '*/*')) return judgeOpen(answer, check, promised, always);
    const isGone = isNoLongerThere(answer, check, always);
    // Swagger 2 names media types for the whole document: only a schema says that there is a body at all.
    if (answer.bytes === 0 && promised?.schema !== undefined) return [emptyBody(wanted)];
    if (answer.bytes === 0) return isGone ? [emptied] : [];
    if (isMislabelled(answer) && !(wanted.includes('text/plain') && isWords(answer)))
      return [notJson(answer)];
    if (!isCovered) return [wrongType(answer, wanted)];
    return wanted.every(isJson) && !isReadable(answer) ? [notJson(answer)] : [];
  },
});

/** It is JSON, or nobody can say that it is not. */
function isReadable(answer: Answer): boolean {
  return answer.truncated || answer.tooDeep || answer.json() !== undefined;
}

/** It says itself that it is JSON, and is not. */
function isMislabelled(answer: Answer): boolean {
  const { contentType: type = '' } = answer;
  return isJson(type) && !isStream(type) && !isReadable(answer);
}

/** Frameworks label a bare text as whatever the caller would like best. */
function isWords(answer: Answer): boolean {
  return !/^\s*[<{[]/.test(answer.text());
}

/** Generators of documents leave the media type open and describe objects and lists all the same. */
function judgeOpen(
  answer: Answer,
  check: Check,
  promised: Promised | undefined,
  always: AlwaysThere,
): readonly Finding[] {
  const { schema, contentTypes = [] } = promised ?? {};
  const types = typesOf(schema, check);
  if (answer.bytes === 0) {
    const isGone = isNoLongerThere(answer, check, always);
    if (isStructured(types)) return [emptyBody(['JSON'])];
    if (schema !== undefined && contentTypes.length > 0) return [emptyBody(contentTypes)];
    return isGone ? [emptied] : [];
  }
  const isChanged = answer.status < 300 && isNoLongerJson(answer, check, always);
  if (isReadable(answer)) return [];
  if (isChanged) return [notJson(answer, 'noLonger')];
  const isWrong = isStructured(types)
    ? !isOfAnotherForm(answer)
    : isMislabelled(answer) && !(types.has('string') && isWords(answer));
  return isWrong ? [notJson(answer)] : [];
}

/** Until now its answers were; a bare text or number tells nothing, and a file may stand for it. */
function isNoLongerJson(answer: Answer, { id }: Check, always: AlwaysThere): boolean {
  if (answer.truncated || answer.tooDeep) return false;
  const body = answer.json();
  if (body !== undefined && (typeof body !== 'object' || body === null)) return false;
  return always.jsonGone(body !== undefined, id) && isText(answer);
}

/** Nothing at all, where its answers have been objects and lists until now. What a value of ours names may not be there. */
function isNoLongerThere(answer: Answer, { id, values }: Check, always: AlwaysThere): boolean {
  if (answer.status !== 200 || answer.truncated || answer.tooDeep) return false;
  if (answer.bytes === 0)
    return always.jsonGone(false, id, true) && values.every(({ origin }) => !uncertainOrigins.has(origin));
  const body = answer.json();
  if (typeof body === 'object' && body !== null) always.jsonGone(true, id);
  return false;
}

/** A page, or nothing at all, where answers have been texts or bare values until now. */
function noLongerText(answer: Answer, { id, values }: Check, always: AlwaysThere): Finding | undefined {
  if (answer.status !== 200) return undefined;
  const kind = textKindOf(answer);
  if (kind === undefined || !always.textGone(kind, id)) return undefined;
  if (kind === 'page') return pageInstead(answer);
  return values.every(({ origin }) => !uncertainOrigins.has(origin)) ? emptiedText : undefined;
}

/** `undefined`: an object or a list, or nobody can say. */
function textKindOf(answer: Answer): TextKind | undefined {
  if (answer.bytes === 0) return 'empty';
  if (answer.tooDeep) return undefined;
  if (answer.truncated) return 'text';
  const text = answer.text();
  if (answer.contentType === 'text/html' || /^\s{0,100}<(?:!doctype html|html)\b/i.test(text)) return 'page';
  if (text.length <= longestLine) {
    if (text.trim() === '') return 'empty';
    const body = answer.json();
    if (typeof body !== 'object' || body === null) return /\n\s*\S/.test(text) ? 'text' : 'line';
    return undefined;
  }
  return /^\s{0,100}[[{]/.test(text) ? undefined : 'text';
}

function isPageWanted(wanted: readonly string[]): boolean {
  return wanted.some((pattern) => pattern !== '*/*' && covers(pattern, 'text/html') && pattern !== 'text/*');
}

function isText({ contentType: type = 'text/plain' }: Answer): boolean {
  return type.startsWith('text/') || isJson(type) || /^application\/(?:\S+\+)?(?:xml|javascript)$/.test(type);
}

/** XML, or a file: what an object may be written as where nobody says how. A page of HTML is none of these. */
function isOfAnotherForm(answer: Answer): boolean {
  const { contentType: type = 'text/plain' } = answer;
  if (isJson(type) || type === 'text/html') return false;
  return type !== 'text/plain' || /^\s*<(?!!doctype html|html)/i.test(answer.text());
}

function typesOf(schema: Promised['schema'], check: Check): ReadonlySet<unknown> {
  return new Set(partsOf(schema, check.schemas).flatMap(({ type }) => [type].flat()));
}

function isStructured(types: ReadonlySet<unknown>): boolean {
  return !types.has('string') && (types.has('object') || types.has('array'));
}

function covers(pattern: string, type: string): boolean {
  if (pattern === type || pattern === '*/*') return true;
  // A server that says `application/problem+json` or `text/json` keeps a promise of JSON.
  if (isJson(pattern) && isJson(type)) return true;
  return pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1));
}

export function isJson(type: string): boolean {
  return type === 'application/json' || type === 'text/json' || type.endsWith('+json');
}

function wrongType(answer: Answer, wanted: readonly string[]): Finding {
  const type = answer.contentType;
  // JSON that is only labelled wrongly still works for those who call it.
  const isJsonAfterAll = answer.tooDeep || answer.json() !== undefined;
  const level = wanted.some(isJson) && !isJsonAfterAll ? 'error' : 'warning';
  const expected = wanted.join(', ');
  if (type === undefined) {
    const message = sentence('noContentType', { expected });
    return { kind: 'content-type', level, message, expected, found: sentence('nothing') };
  }
  const page = type === 'text/html' && level === 'error' ? wordsOfPage(answer.text()) : undefined;
  const message =
    page === undefined
      ? sentence('contentType', { type, expected })
      : sentence('contentTypeOfPage', { page: JSON.stringify(ellipsize(page, 60)), type, expected });
  return { kind: 'content-type', level, message, expected, found: type };
}

function stopped(type = ''): Finding {
  return { kind: 'content-type', level: 'info', message: sentence('streamStopped', { type }) };
}

function unreadable(problem: Sentence): Finding {
  return { kind: 'content-type', level: 'error', message: problem };
}

const notJsonSentences = {
  never: ['bodyNotJson', 'bodyIsPage'],
  noLonger: ['bodyNoLongerJson', 'bodyNoLongerJsonButPage'],
} as const;

function notJson(answer: Answer, since: keyof typeof notJsonSentences = 'never'): Finding {
  const title = pageTitle(answer.text());
  const found = ellipsize(title ?? answer.text(), 60);
  if (title === undefined && isCutOff(answer.text())) {
    const { bytes } = answer;
    const message = sentence('bodyBreaksOff', { bytes, found: JSON.stringify(found) });
    return { kind: 'content-type', level: 'error', message, expected: 'JSON', found };
  }
  const [text, page] = notJsonSentences[since];
  return {
    kind: 'content-type',
    level: 'error',
    message: sentence(title === undefined ? text : page, { found: JSON.stringify(found) }),
    expected: 'JSON',
    found,
  };
}

/** Tells more of a page than its beginning does. */
function pageTitle(text: string): string | undefined {
  const [, title = ''] = /<title[^>]{0,200}>([^<]{1,200})/i.exec(text.slice(0, 65_536)) ?? [];
  return /^\s*</.test(text) && title.trim() !== '' ? title.trim() : undefined;
}

/** What whoever opened it would read first. */
function wordsOfPage(text: string): string | undefined {
  const visible = text.slice(0, 4096).replaceAll(/<[^<>]{0,1000}>/g, ' ');
  const words = pageTitle(text) ?? visible.replaceAll(/\s+/g, ' ').trim();
  return words === '' ? undefined : words;
}

function pageInstead(answer: Answer): Finding {
  const found = ellipsize(wordsOfPage(answer.text()) ?? answer.text(), 60);
  const message = sentence('bodyIsPageNow', { found: JSON.stringify(found) });
  const expected = sentence('aTextAsBefore');
  return { kind: 'content-type', level: 'error', message, expected, found };
}

const emptiedText: Finding = {
  kind: 'content-type',
  level: 'warning',
  message: sentence('bodyIsEmptyNow'),
  expected: sentence('aTextAsBefore'),
  found: sentence('emptyBody'),
};

const emptied: Finding = {
  kind: 'content-type',
  level: 'error',
  message: sentence('bodyNoLongerThere'),
  expected: 'JSON',
  found: sentence('emptyBody'),
};

function emptyBody(wanted: readonly string[]): Finding {
  const expected = wanted.join(', ');
  const message = sentence('bodyEmpty', { expected });
  return { kind: 'content-type', level: 'error', message, expected, found: sentence('emptyBody') };
}
