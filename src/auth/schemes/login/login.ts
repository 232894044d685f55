import { sentence } from '../../../messages/sentence.ts';
import type { Sentence } from '../../../model/sentence.ts';
import type { Clock } from '../../../lib/time/clock.ts';
import { applyCookies, type Jar, secretsOfJar } from '../../token/cookies.ts';
import { saysFailure } from '../../account-verdict.ts';
import { dataOf, examined } from '../../token/answer.ts';
import { holds } from '../../../lib/condition/condition.ts';
import { clockSkewMs, type Life, lifeOf, statedByJwt, statedEnd, statedLife } from '../../token/expiry.ts';
import { placeToken } from '../options.ts';
import { tokenErrorOf, type TokenProblem } from '../../token/token-error.ts';
import { saysServersFault } from '../../../lib/text/said.ts';
import {
  defineScheme,
  type SchemeContext,
  type SchemeResponse,
  type TokenFailure,
  type TokenOutcome,
} from '../../scheme.ts';
import { type LoginOptions, loginOptions } from './login-options.ts';
import { Visit, type Visited } from './login-visit.ts';

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
function hintAbout({ body }: SchemeResponse): Sentence {
  return sentence(saysServersFault(body) ? 'loginUnwell' : 'checkPassword');
}

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
