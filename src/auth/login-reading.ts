import { documentedTokenName, tokenNames } from '../lib/wording/token-names.ts';
import { isObject, type Json } from '../model/json.ts';
import type { LoginReading } from '../model/sign-in.ts';
import { ellipsize } from '../lib/text/text.ts';
import { saysFailure } from './account-verdict.ts';
import type { SchemeResponse } from './scheme.ts';
import { dataOf, headerOf, linesOf, mediaTypeOf } from './token/answer.ts';

/** Reads the answer of a login as a person would who looks for the token in it. */
export function readLogin(response: SchemeResponse): LoginReading {
  const data = dataOf(response);
  const shown = shownAnswer(response, data);
  if (response.status >= 400 || (data !== undefined && saysFailure(data))) return { shown };
  const found = data === undefined ? undefined : tokenIn(data);
  const header = found === undefined ? headerWithToken(response) : undefined;
  const value = found?.value ?? (header === undefined ? '' : (headerOf(response, header) ?? ''));
  return {
    shown,
    token: header === undefined ? found?.path : { header },
    success: data === undefined ? undefined : successIn(data),
    expiresIn: data === undefined ? undefined : lifeIn(data),
    ...(/^Bearer /i.test(value) ? { isPrefixed: true } : {}),
  };
}

const refreshing = /refresh/i;
/** Levels of an answer below which nobody has a token. */
const deepest = 5;
const leastToken = 8;

interface Found {
  readonly path: string;
  readonly value: string;
}

/** By its name, else whatever is a JWT. */
function tokenIn(data: Json): Found | undefined {
  const texts = [...textsIn(data)];
  for (const name of tokenNames) {
    const one = texts.find((text) => name.test(text.name) && isTokenLike(text.value));
    if (one !== undefined) return one;
  }
  return (
    texts.find(({ name, value }) => isJwt(value) && !refreshing.test(name)) ??
    texts.find(({ path, value }) => /^\$\.(?:data|result)$/.test(path) && /^[\w.+/=-]{16,}$/.test(value)) ??
    // Servers for trying things have short ones; the name alone speaks for it then.
    texts.find(({ name, value }) => documentedTokenName.test(name) && /^\S+$/.test(value))
  );
}

const lives = /^(?:access_?token_?|token_?)?(?:expires?_?in|expires?_?(?:seconds|time)?|ttl)$/i;
/** Seconds: a minute to a month. What is less or more is in another unit, a moment in time or nothing of the kind. */
const [leastLife, mostLife] = [60, 31 * 86_400] as const;

/** Where it says for how many seconds the token is good. */
function lifeIn(data: Json): string | undefined {
  for (const { path, name, value } of membersIn(data, '$', 0)) {
    const seconds = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    const isLife = typeof seconds === 'number' && seconds >= leastLife && seconds <= mostLife;
    if (isLife && Number.isInteger(seconds) && lives.test(name)) return path;
  }
  return undefined;
}

interface Member {
  readonly path: string;
  readonly name: string;
  readonly value: Json;
}

function* membersIn(value: Json, path: string, depth: number): Generator<Member> {
  if (!isObject(value) || depth > deepest) return;
  for (const [name, member] of Object.entries(value)) {
    const place = `${path}${segment(name)}`;
    if (isObject(member)) yield* membersIn(member, place, depth + 1);
    else yield { path: place, name, value: member };
  }
}

function* textsIn(data: Json): Generator<Found & { readonly name: string }> {
  for (const { path, name, value } of membersIn(data, '$', 0))
    if (typeof value === 'string') yield { path, name, value };
}

/** RFC 9535 §2.5.1.1: a shorthand where the name allows it. */
function segment(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function isTokenLike(value: string): boolean {
  return value.length >= leastToken && !/\s/.test(value.replace(/^Bearer /i, ''));
}

function isJwt(value: string): boolean {
  return /^(?:Bearer )?eyJ[\w-]+\.[\w-]+\.[\w-]*$/i.test(value);
}

const tokenHeaders = ['authorization', 'x-auth-token', 'x-access-token', 'access-token', 'token', 'x-token'];

/** A cookie counts without being named. */
function headerWithToken(response: SchemeResponse): string | undefined {
  return tokenHeaders.find((name) => (headerOf(response, name) ?? '').length >= leastToken);
}

const flags = ['success', 'succeeded', 'isSuccess', 'ok'];
const codes = ['code', 'errcode', 'errCode', 'retCode', 'resultCode', 'status', 'statusCode', 'ret'];

/** The member by which an envelope says that it went well, with what it says now. */
function successIn(data: Json): string | undefined {
  if (!isObject(data)) return undefined;
  const flag = flags.find((name) => data[name] === true);
  if (flag !== undefined) return `$.${flag} == true`;
  const code = codes.find((name) => isCode(data[name]));
  return code === undefined ? undefined : `$.${code} == ${JSON.stringify(data[code])}`;
}

function isCode(value: Json | undefined): boolean {
  return typeof value === 'number'
    ? Number.isInteger(value)
    : typeof value === 'string' && /^[\w-]{1,16}$/.test(value);
}

const longestShown = 2000;
const mostMembers = 40;

/** As the server sent it: names as they are, and of the values those that say how it went. */
function shownAnswer(response: SchemeResponse, data: Json | undefined): string {
  if (isObject(data) || Array.isArray(data))
    return ellipsize(JSON.stringify(masked(data, '', 0), undefined, 2), longestShown);
  const cookies = linesOf(response, 'set-cookie').map((line) => `set-cookie: ${line.split('=')[0]}=***`);
  const type = mediaTypeOf(response);
  const body = `${type ?? ''} (${Buffer.byteLength(response.body)} B)`.trim();
  return [`HTTP ${response.status}`, ...cookies, body].join('\n');
}

const tells =
  /^(?:msg|message|errmsg|error_?description|error|detail|reason|title|type|token_?type|timestamp)$/i;

function masked(value: Json, name: string, depth: number): Json {
  if (Array.isArray(value))
    return (value as readonly Json[]).slice(0, 1).map((one) => masked(one, name, depth + 1));
  if (isObject(value)) {
    if (depth > deepest) return '…';
    const members = Object.entries(value).slice(0, mostMembers);
    return Object.fromEntries(members.map(([key, item]) => [key, masked(item, key, depth + 1)]));
  }
  if (value === null || typeof value === 'boolean') return value;
  const isOutcome = [...flags, ...codes].includes(name) && isCode(value);
  const isWords = typeof value === 'string' && tells.test(name) && !/[\w+/=.-]{25}/.test(value);
  return isOutcome || isWords ? value : '***';
}
