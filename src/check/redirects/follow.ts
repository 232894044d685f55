import { furtherWord } from '../../lib/wording/command.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { Phases } from '../../model/result.ts';
import type { RedirectPolicy } from '../../model/settings.ts';
import { LazyAnswer } from '../answer/answer.ts';
import { isSameSite, mayFollow, showTarget, targetOf, withoutFragment } from './target.ts';
import type { ExchangeResult, Reply } from '../http/port.ts';
import type * as toughCookie from 'tough-cookie';
import { lazy } from '../../lib/lazy.ts';

/** As browsers do, roughly. */
const maxHops = 10;

/** Where a call that was sent on ended. */
export interface Walk {
  /** Of the last request; its phases are those of all of them. */
  readonly outcome: ExchangeResult;
  /** What the last request asked for. */
  readonly url: URL;
  /** `HTTP 302 → https://…` for each step that was taken. */
  readonly steps: readonly string[];
  /** Where they led, and where one leads that was not taken, fragments included. */
  readonly through: readonly URL[];
  /** Why it was not sent on any further, although the last answer says so. */
  readonly stopped?: 'loop' | 'too-many' | 'changing';
}

export interface WalkOptions {
  readonly policy: RedirectPolicy;
  readonly maxBytes: number;
  /** Whether an answer with this status is one that the check is held to. */
  isWanted(status: number): boolean;
  /** `sameSite`: what was meant for the first address may go there. */
  send(request: OutgoingRequest, spentMs: number, sameSite: boolean): Promise<ExchangeResult>;
}

/** Goes where the answers to a request send it, as far as it may. */
export async function follow(
  request: OutgoingRequest,
  first: ExchangeResult,
  options: WalkOptions,
): Promise<Walk> {
  const start = new URL(request.url);
  const cookies = new RedirectCookies();
  const steps: string[] = [];
  const through: URL[] = [];
  const seen = new Set([keyOf(request)]);
  let [url, asked, outcome] = [start, request, first];
  while (outcome.ok && !options.isWanted(outcome.status)) {
    const answer = new LazyAnswer(outcome, options.maxBytes);
    const place = targetOf(outcome.status, answer.header('location'), url.href);
    if (place === undefined || !mayFollow(options.policy, start, place)) break;
    const target = withoutFragment(place);
    through.push(place);
    const taken = step(outcome, place);
    // Whoever answers chooses the address.
    if (options.policy !== 'follow' && furtherWord(start, target) !== undefined)
      return { outcome, url, steps: [...steps, taken], through, stopped: 'changing' };
    cookies.keep(url, answer.setCookies);
    const next = requestTo(
      target,
      request,
      asked,
      outcome,
      cookies.for(target, cookieFor(start, target, request)),
    );
    if (next === undefined) break;
    if (seen.has(keyOf(next))) return { outcome, url, steps: [...steps, taken], through, stopped: 'loop' };
    if (steps.length === maxHops) return { outcome, url, steps, through, stopped: 'too-many' };
    steps.push(taken);
    seen.add(keyOf(next));
    const before: ExchangeResult = outcome;
    const then = await options.send(next, before.phases.totalMs, isSameSite(start, target));
    // Not allowed to go there by a rule of ours: the answer that says so stands.
    if (!then.ok && then.code === 'refused-address')
      return { outcome: before, url, steps: steps.slice(0, -1), through: through.slice(0, -1) };
    const { lateMs: _, ...after } = then;
    outcome = { ...after, ...troubleOf(before, then), phases: sum(before.phases, then.phases) };
    [url, asked] = [target, next];
  }
  return { outcome, url, steps, through };
}

/** What was measured badly in one of two steps was so in both together. */
function troubleOf(
  a: ExchangeResult,
  b: ExchangeResult,
): Pick<ExchangeResult, 'imprecise' | 'lateMs' | 'stoodStill'> {
  const badly = [a, b].filter(({ imprecise }) => imprecise === true);
  const lateMs = badly.reduce((sum, one) => sum + (one.lateMs ?? Number.NaN), 0);
  return {
    ...(badly.length > 0 ? { imprecise: true } : {}),
    ...(badly.length > 0 && Number.isFinite(lateMs) ? { lateMs } : {}),
    ...(a.stoodStill === true || b.stoodStill === true ? { stoodStill: true } : {}),
  };
}

function step({ status }: Reply, target: URL): string {
  return `HTTP ${status} → ${showTarget(target)}`;
}

/** A request that was seen before, cookies included, will be answered as before. */
function keyOf({ method, url, headers }: OutgoingRequest): string {
  return `${method} ${url} ${headers['cookie'] ?? ''}`;
}

function cookieFor(start: URL, target: URL, { headers }: OutgoingRequest): string | undefined {
  return isSameSite(start, target) ? headers['cookie'] : undefined;
}

/** What says nothing of who asks: all that another site is told. */
const plainHeaders = ['accept', 'accept-encoding', 'accept-language', 'user-agent', 'traceparent'];

/** The request for the next step; absent when it may not be sent there. */
function requestTo(
  target: URL,
  first: OutgoingRequest,
  asked: OutgoingRequest,
  { status }: Reply,
  cookie: string | undefined,
): OutgoingRequest | undefined {
  const sameSite = isSameSite(new URL(first.url), target);
  const keepsMethod = status === 307 || status === 308;
  const isSafe = asked.method === 'GET' || asked.method === 'HEAD' || asked.method === 'OPTIONS';
  if (!isSafe && keepsMethod && !sameSite) return undefined;
  const keepsBody = isSafe || keepsMethod;
  const { cookie: _, ...headers } = sameSite ? first.headers : only(first.headers, plainHeaders);
  const { 'content-type': _t, 'content-length': _l, ...withoutBody } = headers;
  return {
    method: keepsBody ? asked.method : 'GET',
    url: target.href,
    headers: { ...(keepsBody ? headers : withoutBody), ...(cookie === undefined ? {} : { cookie }) },
    ...(keepsBody && sameSite && asked.body !== undefined ? { body: asked.body } : {}),
    ...(sameSite && first.tls !== undefined ? { tls: first.tls } : {}),
  };
}

function only(
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}

function sum(a: Phases, b: Phases): Phases {
  const total: { -readonly [Key in keyof Phases]: Phases[Key] } = { ...a };
  for (const [name, ms] of Object.entries(b) as [keyof Phases, number][])
    total[name] = (total[name] ?? 0) + ms;
  return total;
}

const library = lazy((require) => require('tough-cookie') as typeof toughCookie);

/** Cookies that are set on the way of one call (RFC 6265). */
class RedirectCookies {
  #jar: toughCookie.CookieJar | undefined;

  /** Keeps what the answer of `url` sets. */
  keep(url: URL, lines: readonly string[]): void {
    if (lines.length === 0) return;
    // Internal host names have no dot, which public suffix rules would refuse.
    this.#jar ??= new (library().CookieJar)(undefined, { rejectPublicSuffixes: false });
    for (const line of lines) this.#jar.setCookieSync(line, url.href, { ignoreError: true });
  }

  /** The `cookie` header for `url`: `sent` with what was set since. */
  for(url: URL, sent: string | undefined): string | undefined {
    const set = this.#jar?.getCookiesSync(url.href) ?? [];
    const names = new Set(set.map(({ key }) => key));
    const kept = (sent ?? '')
      .split(/;\s*/)
      .filter((pair) => pair !== '' && !names.has(pair.split('=', 1)[0] ?? ''));
    const all = [...kept, ...set.map((cookie) => cookie.cookieString())];
    return all.length === 0 ? undefined : all.join('; ');
  }
}
