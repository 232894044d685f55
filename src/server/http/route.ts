import { sentence } from '../../messages/sentence.ts';
import { z, ZodError } from 'zod';
import { messageOf } from '../../lib/errors.ts';
import { bodyOf, type Endpoint } from '../api/endpoint.ts';
import type { Role, Scope } from '../api/roles.ts';
import type { Caller } from '../caller.ts';
import { may } from '../caller.ts';
import { WithCookies } from '../context.ts';
import type { Language } from '../../model/settings.ts';
import { complaintOf } from '../api/complaint.ts';
import { HttpProblem } from './http-problem.ts';
import type { FirstAnswers } from './idempotency.ts';
import { type App, bearerOf, cookieOf, languageOf, type RequestContext } from './request.ts';
import { Prepared } from './prepared.ts';

/** A handler as the router sees it: what it is given has been checked against the endpoint's schemas. */
export type AnyHandler = (call: {
  readonly context: never;
  readonly caller: Caller;
  readonly address: string;
  readonly language: Language;
  readonly cookie: (name: string) => string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: never;
  readonly body: never;
}) => unknown;

export interface RouteOptions {
  /** What a handler is to work with for this caller. */
  contextFor(caller: Caller): unknown;
  readonly prefix: string;
  /** Absent: nothing outlives the answer. */
  readonly firstAnswers?: FirstAnswers;
}

/** Nobody is signed in, and nobody has to be. */
export const nobody: Caller = { name: 'nobody', role: 'viewer', via: 'open' };
const nothing = z.strictObject({});
const largestBodyBytes = 256 * 1024;
/** Of a body that is too large, so much is read and thrown away. */
const heardOutBytes = 16 * 1024 * 1024;

/** Binds an endpoint to its handler. */
export function route(app: App, endpoint: Endpoint, handler: AnyHandler, options: RouteOptions): void {
  const path = options.prefix + endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1');
  app.on(endpoint.method.toUpperCase(), path, async (request) => {
    const caller = callerFor(endpoint, request);
    const given = {
      // Whoever signs in is nobody yet, whatever came along.
      context: options.contextFor(endpoint.role === 'public' ? nobody : caller) as never,
      caller,
      address: request.get('client'),
      language: languageOf(request),
      cookie: (name: string) => cookieOf(request.req.header('cookie'), name),
      params: request.req.param() as Readonly<Record<string, string>>,
      query: queryOf(endpoint, request.req.query()) as never,
      body: (await givenBody(endpoint, request)) as never,
    };
    const work = async (): Promise<unknown> => handler(given);
    const key = isRepeatable(endpoint) ? request.req.header('idempotency-key') : undefined;
    const { firstAnswers } = options;
    const answer =
      key === undefined || firstAnswers === undefined
        ? await work()
        : await firstAnswers.take(
            { key, caller: repeaterOf(caller), asked: [endpoint.id, given.params, given.body ?? null] },
            work,
          );
    return respond(request, endpoint, answer);
  });
}

/** Two tokens of one name are not the same caller. */
function repeaterOf({ name, token, role, services, scopes }: Caller): string {
  return JSON.stringify([name, token ?? null, role, services ?? null, scopes ?? null]);
}

/** Whether it does the same thing once for one `Idempotency-Key`. Who signs in twice has two sessions. */
export function isRepeatable({ method, role, tag }: Endpoint): boolean {
  return method === 'post' && role !== 'public' && tag !== 'setup';
}

function callerFor({ role, scope }: Endpoint, request: RequestContext): Caller {
  return role === 'public' ? (request.get('caller') ?? nobody) : requireRole(request, role, scope);
}

/** @param scope Of tokens that have scopes. */
export function requireRole(request: RequestContext, role: Role, scope: Scope | 'any' = 'read'): Caller {
  const caller = request.get('caller');
  if (caller === undefined) throw notSignedIn(request.req.header('authorization'));
  if (!may(caller, role))
    throw new HttpProblem(403, sentence('takesRole', { role, name: caller.name, own: caller.role }));
  if (scope === 'any' || caller.scopes?.includes(scope) !== false) return caller;
  throw new HttpProblem(
    403,
    sentence('takesScope', { scope, name: caller.name, own: caller.scopes }),
    {},
    // RFC 6750, section 3.1.
    { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
  );
}

function notSignedIn(authorization: string | undefined): HttpProblem {
  if (authorization === undefined)
    return new HttpProblem(
      401,
      sentence('nobodySignedIn'),
      { hint: sentence('signInOrToken') },
      { 'www-authenticate': 'Bearer' },
    );
  const isToken = bearerOf(authorization) !== undefined;
  return new HttpProblem(
    401,
    sentence(isToken ? 'tokenNotGood' : 'noBearer'),
    { hint: sentence(isToken ? 'makeToken' : 'sendBearer') },
    // RFC 6750, section 3.1.
    { 'www-authenticate': `Bearer error="${isToken ? 'invalid_token' : 'invalid_request'}"` },
  );
}

/** A filter that is misspelt would be none: whoever sent it took what it gave for less than it is. */
function queryOf({ query }: Endpoint, given: Readonly<Record<string, string>>): unknown {
  const known = Object.keys(query?.shape ?? {});
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new HttpProblem(400, sentence('unknownParameter', { name: unknown }), {
      hint: known.length === 0 ? sentence('takesNone') : sentence('parametersAre', { names: known }),
    });
  return query === undefined ? {} : checked(query, given, 'query');
}

/** An endpoint that takes nothing refuses what would narrow it: it would do more than whoever sent it has meant. */
async function givenBody(endpoint: Endpoint, request: RequestContext): Promise<unknown> {
  if (endpoint.method === 'get') return undefined;
  const body = checked(bodyOf(endpoint) ?? nothing, await jsonOf(request), 'body');
  return endpoint.body === undefined ? undefined : body;
}

function checked(schema: z.ZodType, value: unknown, where: 'query' | 'body'): unknown {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw notValid(parsed.error, where);
}

function notValid(error: ZodError, where: string): HttpProblem {
  const errors = error.issues.map((issue) => ({
    pointer: `/${[where, ...issue.path].map(String).join('/')}`,
    message: complaintOf(issue),
  }));
  const [{ pointer, message } = { pointer: where, message: sentence('givenNotValid') }] = errors;
  return new HttpProblem(422, sentence('complaintAt', { pointer, what: message }), { errors });
}

async function jsonOf(request: RequestContext): Promise<unknown> {
  const type = request.req.header('content-type') ?? '';
  const text = await boundedText(request);
  // Some endpoints are content with nothing.
  if (text === '') return {};
  // A form of another site cannot send this type.
  if (!/^application\/json\b/i.test(type)) throw new HttpProblem(415, sentence('sendJson'));
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new HttpProblem(400, sentence('requestNotJson', { why: messageOf(error) }));
  }
}

async function boundedText(request: RequestContext): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const { body } = request.req.raw;
  if (body === null) return '';
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    // Whoever is still sending hears nothing of an answer, if the connection is cut meanwhile.
    if (bytes > heardOutBytes) break;
    if (bytes <= largestBodyBytes) chunks.push(chunk);
  }
  if (bytes > largestBodyBytes)
    throw new HttpProblem(413, sentence('requestTooLarge', { limit: largestBodyBytes / 1024 }));
  return Buffer.concat(chunks).toString('utf8');
}

async function respond(request: RequestContext, endpoint: Endpoint, answer: unknown): Promise<Response> {
  const { cookies, ...given } = answer instanceof WithCookies ? answer : { cookies: [], answer };
  const headers = new Headers(cookies.map((cookie) => ['set-cookie', cookie]));
  if (endpoint.answer === undefined) return new Response(null, { status: 204, headers });
  const data = given.answer instanceof Prepared ? given.answer : Prepared.of(given.answer);
  const prepared = data.in(languageOf(request));
  headers.set('content-type', 'application/json');
  headers.set('cache-control', 'private, no-cache');
  headers.set('vary', 'Accept-Encoding, Accept-Language');
  if (endpoint.method === 'get') {
    headers.set('etag', prepared.etag);
    if (isKnown(request.req.header('if-none-match'), prepared.etag))
      return new Response(null, { status: 304, headers });
  }
  const status = endpoint.status ?? 200;
  const wantsGzip = /\bgzip\b/.test(request.req.header('accept-encoding') ?? '');
  const compressed = wantsGzip ? await prepared.gzipped() : undefined;
  if (compressed === undefined) return new Response(prepared.text, { status, headers });
  headers.set('content-encoding', 'gzip');
  return new Response(new Uint8Array(compressed), { status, headers });
}

function isKnown(header: string | undefined, etag: string): boolean {
  const plain = (tag: string) => tag.trim().replace(/^W\//, '');
  return header?.split(',').some((tag) => tag.trim() === '*' || plain(tag) === plain(etag)) === true;
}
