import { sentence } from '../../../messages/sentence.ts';
import type { Sentence } from '../../../model/sentence.ts';
import type { Clock } from '../../../lib/time/clock.ts';
import { applyCookies, createJar, type Jar, secretsOfJar } from '../../token/cookies.ts';
import { readLogin } from '../../login-reading.ts';
import { accountVerdict, saysFailure, saysUnwell } from '../../account-verdict.ts';
import { dataOf, examined, headerOf } from '../../token/answer.ts';
import { holds } from '../../../lib/condition/condition.ts';
import { clockSkewMs, type Life, lifeOf, statedByJwt, statedEnd, statedLife } from '../../token/expiry.ts';
import { isSealedText, placeToken, type Sealed, type SealedText, unsealText } from '../options.ts';
import { tokenErrorOf, type TokenProblem } from '../../token/token-error.ts';
import { saysServersFault } from '../../../lib/text/said.ts';
import {
  defineScheme,
  type SchemeContext,
  type SchemeResponse,
  type TokenFailure,
  type TokenOutcome,
} from '../../scheme.ts';
import { type LoginOptions, loginOptions, type LoginRequest } from './options.ts';
import { randomUUID } from 'node:crypto';
import type { Secret } from '../../../lib/secrets/secret.ts';
import type { OutgoingRequest } from '../../../model/check.ts';
import type { Json } from '../../../model/json.ts';
import { describe, mayLead, sendWithin } from '../../token/send.ts';
import { compileTemplate, type Values } from '../../template/template.ts';

export const login = defineScheme({
  kind: 'login',
  title: { en: 'A login request', zh: '调用登录接口' },
  summary:
    'A login request of the system itself; the token or the session cookies are taken from its answer.',
  example: {
    url: 'https://sso.example/login',
    json: { username: 'patrol', password: '${env:LOGIN_PASSWORD}' },
    success: '$.code == 0',
    token: '$.data.token',
    expiresIn: '$.data.expiresIn',
  },
  satisfies: ['bearer', 'apiKey', 'oauth2', 'openIdConnect', 'other'],
  options: loginOptions,
  async obtain(options, context) {
    const visit = new Visit(context, options.values);
    for (const step of options.before) {
      const failure = await take(visit, step, context);
      if (failure !== undefined) return { ok: false, failure };
    }
    const startedAt = context.clock.now();
    const first = await visit.ask(options);
    const last = options.followRedirects ? await visit.follow(first) : first;
    return tokenIn(last, options, visit.jar, startedAt, context.clock);
  },
  read: readLogin,
  secretsIn: ({ token, cookies }) => [
    ...(token === undefined ? [] : [token]),
    ...(cookies === undefined ? [] : secretsOfJar(cookies)),
  ],
  apply: (request, options, token) => {
    const { token: text, cookies } = token?.value ?? {};
    const signed = text === undefined ? request : placeToken(request, options.send, text);
    return cookies === undefined ? signed : applyCookies(signed, cookies, options.cookies === 'all');
  },
});

/** One request before the login; `undefined` when it gave what it should. */
async function take(
  visit: Visit,
  step: LoginOptions['before'][number],
  { clock, given }: SchemeContext,
): Promise<TokenFailure | undefined> {
  const { what, response } = await visit.send(step);
  const retry = { kind: 'later' } as const;
  if (response.status >= 400) return { ...tokenErrorOf(what, response, clock.now()), retry };
  for (const [name, source] of Object.entries(step.take)) {
    const value = source.find(response, visit.jar);
    if (value === undefined) {
      const text = sentence('noValueAt', { name, path: source.text });
      return {
        ...tokenErrorOf(what, response, clock.now(), {
          text,
          hint: sentence('checkKey', { key: `take.${name}` }),
        }),
        retry,
      };
    }
    visit.set(name, value);
    given(value);
  }
  return undefined;
}

function tokenIn(
  { what, response }: Visited,
  options: LoginOptions,
  jar: Jar,
  startedAt: number,
  clock: Clock,
): TokenOutcome {
  const problem = problemIn(response, options, jar, clock.now());
  if (problem !== undefined) {
    return {
      ok: false,
      failure: tokenErrorOf(what, response, clock.now(), problem === 'status' ? undefined : problem),
    };
  }
  const token = options.token?.find(response, jar);
  const withCookies = (options.cookies ?? (options.token === undefined ? 'match' : 'no')) !== 'no';
  return {
    ok: true,
    token: {
      value: {
        ...(token === undefined ? {} : { token }),
        ...(withCookies ? { cookies: jar.serialize() } : {}),
      },
      ...lifeIn(response, token, options, startedAt, clock),
    },
  };
}

type LoginProblem = 'status' | TokenProblem;

/** What is to be done about a login that was not taken, by what the answer says. */
function hintAbout(response: SchemeResponse): Sentence {
  if (asksForCaptcha.test(response.body.slice(0, mostSaid))) return sentence('loginCaptcha');
  const verdict = accountVerdict(response);
  if (verdict === 'sparingly' || verdict === 'locked') return sentence('loginLocked');
  const isUnwell = saysServersFault(response.body) || saysUnwell(dataOf(response) ?? null);
  return sentence(isUnwell ? 'loginUnwell' : 'checkPassword');
}

const asksForCaptcha = /验证码|captcha|verification code/i;
/** Characters. */
const mostSaid = 2000;

function problemIn(
  response: SchemeResponse,
  options: LoginOptions,
  jar: Jar,
  now: number,
): LoginProblem | undefined {
  if (response.status >= 400) return 'status';
  const json = dataOf(response);
  const answer = examined(response);
  const wrong = options.success?.find((rule) => !holds(rule, answer, now));
  if (wrong !== undefined)
    return { text: sentence('ruleNotMet', { rule: wrong.text }), hint: hintAbout(response) };
  // A page of sign-in gives cookies to whoever comes: they prove nothing beside an answer that says no.
  if (options.success === undefined && json !== undefined && saysFailure(json))
    return { text: sentence('saysFailed'), hint: hintAbout(response) };
  if (options.token === undefined) {
    if (jar.size > 0) return undefined;
    return { text: sentence('noCookie'), hint: sentence('sayWhereToken', { path: '$.data.token' }) };
  }
  if (options.token.find(response, jar) !== undefined) return undefined;
  const isJson = json !== undefined || !options.token.text.startsWith('$');
  const text = isJson ? sentence('noTokenAt', { path: options.token.text }) : sentence('notJson');
  return { text, hint: sentence('checkTokenPath') };
}

function lifeIn(
  response: SchemeResponse,
  token: string | undefined,
  { expiresIn, expiresInUnit, expiresAt, ttl }: LoginOptions,
  startedAt: number,
  clock: Clock,
): Life {
  const json = dataOf(response) ?? null;
  const skewMs = clockSkewMs(response, clock.now());
  const stated = [
    statedLife(expiresIn?.text ?? '', expiresIn?.find(json), expiresInUnit, startedAt),
    statedEnd(expiresAt?.text ?? '', expiresAt?.find(json), skewMs),
    ttl === undefined ? undefined : { name: 'ttl', end: startedAt + ttl, startedAt },
    token === undefined ? undefined : statedByJwt(token, skewMs),
  ];
  return lifeOf(stated, clock.now());
}

/** As many as browsers allow. */
const maxRedirects = 20;

/** Once to be sent to where a cookie is set, and once more with it: what comes again is a circle. */
const mostVisits = 2;

interface Visited {
  readonly what: string;
  readonly url: string;
  readonly response: SchemeResponse;
}

/** The requests of one login: cookies and values are carried from one to the next. */
class Visit {
  readonly jar: Jar = createJar();
  readonly #context: SchemeContext;
  readonly #values: Map<string, string>;

  constructor(context: SchemeContext, secrets: Readonly<Record<string, Secret>>) {
    this.#context = context;
    const now = context.clock.now();
    this.#values = new Map([
      ['now', String(now)],
      ['nowSeconds', String(Math.floor(now / 1000))],
      ['uuid', randomUUID()],
      ...Object.entries(secrets).map(([name, secret]): [string, string] => [name, secret.reveal()]),
    ]);
  }

  set(name: string, value: string): void {
    this.#values.set(name, value);
  }

  async send(written: LoginRequest): Promise<Visited> {
    return await this.#sendOne(this.#built(written), this.#context.send);
  }

  /** The request that is to yield the token. */
  async ask(written: LoginRequest): Promise<Visited> {
    return await this.#sendOne(this.#built(written), this.#context.ask);
  }

  /**
   * Goes where the answer points, as a browser would: with GET, and with cookies but no other header of ours. Not to what by
   * its address changes something: then the answer that leads there is the last.
   */
  async follow(first: Visited): Promise<Visited> {
    let visited = first;
    const visits = new Map<string, number>();
    for (let hop = 0; hop < maxRedirects; hop++) {
      const location = headerOf(visited.response, 'location');
      if (visited.response.status < 300 || visited.response.status > 399 || location === undefined) break;
      const target = URL.canParse(location, visited.url) ? new URL(location, visited.url) : undefined;
      if (target === undefined || !mayLead(first.url, target)) break;
      const request: OutgoingRequest = { method: 'GET', url: target.href, headers: accept };
      const before = visits.get(describe(request)) ?? 0;
      if (before === mostVisits) break;
      visits.set(describe(request), before + 1);
      visited = await this.#sendOne(request, this.#context.send);
    }
    return visited;
  }

  #built(written: LoginRequest): OutgoingRequest {
    return buildRequest(written, (name) => this.#values.get(name));
  }

  async #sendOne(request: OutgoingRequest, send: SchemeContext['send']): Promise<Visited> {
    const { request: last, response } = await sendWithin(send, this.jar.apply(request));
    this.jar.keep(last.url, response);
    return { what: describe(last), response, url: last.url };
  }
}

const accept = { accept: 'application/json, */*;q=0.5' };

function buildRequest(written: LoginRequest, values: Values): OutgoingRequest {
  const headers = Object.fromEntries(
    Object.entries(written.headers).map(([name, value]) => [name.toLowerCase(), fill(value, values)]),
  );
  const { method } = written;
  const url = fill(written.url, values, 'url');
  const { type, body } = bodyOf(written, values);
  const contentType: Readonly<Record<string, string>> = type === undefined ? {} : { 'content-type': type };
  return {
    method,
    url,
    headers: { ...accept, ...contentType, ...headers },
    body,
  };
}

function bodyOf(
  { json, form, multipart, body }: LoginRequest,
  values: Values,
): { readonly type?: string; readonly body?: string } {
  if (json !== undefined) return { type: 'application/json', body: JSON.stringify(fillJson(json, values)) };
  const pairs = (record: Readonly<Record<string, SealedText>>) =>
    Object.entries(record).map(([name, value]): [string, string] => [name, fill(value, values)]);
  if (form !== undefined) {
    return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(pairs(form)).toString() };
  }
  if (multipart !== undefined) return multipartBody(pairs(multipart));
  return body === undefined ? {} : { body: fill(body, values) };
}

/** RFC 7578, text fields only. */
function multipartBody(pairs: readonly (readonly [string, string])[]) {
  const boundary = `apipatrol-${randomUUID()}`;
  const parts = pairs.map(([name, value]) => {
    const quoted = name.replaceAll('"', '%22');
    return `--${boundary}\r\ncontent-disposition: form-data; name="${quoted}"\r\n\r\n${value}\r\n`;
  });
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}

function fillJson(value: Sealed, values: Values): Json {
  if (isSealedText(value)) return fill(value, values);
  if (Array.isArray(value)) return (value as readonly Sealed[]).map((item) => fillJson(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillJson(item, values)]));
}

function fill(written: SealedText, values: Values, place?: 'url'): string {
  const compiled = compileTemplate(unsealText(written), place);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.template.render(values);
}
