import { sentence } from '../../messages/sentence.ts';
import type { MiddlewareHandler } from 'hono';
import type { ServerSettings } from '../../model/settings.ts';
import type { Caller } from '../caller.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { addressOf, type RequestContext, type Variables } from '../http/request.ts';
import { clientAddress } from './networks.ts';
import type { Credentials, Identity } from './identity.ts';

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // Attributes of style that scripts set through the object model are not touched by it.
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  // The page says so below which path it stands.
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** Of what may stand in the frames of others: it shows what is public, and nothing can be done on it. */
export const anywhere = '*';

/** Headers that keep the page out of frames and foreign scripts out of the page. */
export const secured: MiddlewareHandler<Variables> = async (request, next) => {
  await next();
  const { headers } = request.res;
  const mayBeFramed =
    headers.get('content-security-policy')?.endsWith(`frame-ancestors ${anywhere}`) === true;
  for (const [name, value] of Object.entries(securityHeaders)) {
    if (headers.has(name) || (mayBeFramed && name === 'x-frame-options')) continue;
    headers.set(name, value);
  }
};

/**
 * What is meant for a proxy is not ours to answer: a target in absolute form that names another server than `Host`
 * (RFC 9112, section 3.2.2).
 */
export const meantForUs: MiddlewareHandler<Variables> = async (request, next) => {
  const { protocol, host } = new URL(request.req.url);
  const named = `${protocol}//${request.req.header('host') ?? host}`;
  if (!URL.canParse(named) || new URL(named).host !== host)
    throw new HttpProblem(421, sentence('meantForOther', { host }), { hint: sentence('noProxy') });
  await next();
};

/** Finds out who asks, and refuses what another site has made a browser send. */
export function authMiddleware(
  identity: Identity,
  settings: () => ServerSettings,
): MiddlewareHandler<Variables> {
  return async (request, next) => {
    const credentials = credentialsOf(request);
    const { header } = credentials;
    const caller = await identity.callerOf(credentials);
    const isOverSocket = credentials.address === undefined;
    if (caller?.via === 'open' || (!isOverSocket && isForThisMachine(settings())))
      requireOwnHost(header('host'), settings());
    if (!isReading(request.req.method)) {
      requireOwnOrigin(request, settings());
      // A link brings its own signature.
      const isLink = request.req.path.startsWith('/do/');
      if (
        !isLink &&
        caller !== undefined &&
        rides(caller) &&
        !identity.isCsrf(caller, header('x-csrf-token'))
      )
        throw new HttpProblem(403, sentence('csrfMissing'), {
          hint: sentence('loadAgain'),
        });
    }
    request.set('caller', caller);
    request.set(
      'client',
      clientAddress(addressOf(request) ?? '', header('x-forwarded-for'), settings().proxies),
    );
    await next();
  };
}

export function credentialsOf(request: RequestContext): Credentials {
  return { address: addressOf(request), header: (name) => request.req.header(name) };
}

/** For what nobody has to sign in to, on this machine alone. */
export function openAuthMiddleware(): MiddlewareHandler<Variables> {
  return async (request, next) => {
    requireOwnHost(request.req.header('host'), {});
    if (!isReading(request.req.method)) requireOwnOrigin(request, {});
    request.set('caller', { name: 'page', role: 'admin', via: 'open' });
    request.set('client', addressOf(request) ?? '');
    await next();
  };
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/** The browser adds what lets it in by itself, whoever asked for the request. */
function rides({ via }: Caller): boolean {
  return via === 'local' || via === 'oidc' || via === 'proxy';
}

/** Nobody comes from elsewhere, and no proxy hands on what it was called by. */
function isForThisMachine({ host, url, proxies, signIn }: ServerSettings): boolean {
  const isLoopback = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return isLoopback && url === undefined && proxies === undefined && signIn?.proxy === undefined;
}

/** A name of somebody else that leads to this machine (DNS rebinding) must not open what is open to this machine. */
function requireOwnHost(host: string | undefined, { host: listening, url }: Partial<ServerSettings>): void {
  const name = hostName(host ?? '');
  const own = [
    'localhost',
    '127.0.0.1',
    '[::1]',
    ...(listening === undefined ? [] : [listening]),
    ...(url === undefined ? [] : [new URL(url).hostname]),
  ];
  if (own.includes(name)) return;
  throw new HttpProblem(421, sentence('otherHostName', { name }), {
    hint: sentence('useOwnName'),
  });
}

function requireOwnOrigin(request: RequestContext, { url }: Partial<ServerSettings>): void {
  const [site, origin] = [request.req.header('sec-fetch-site'), request.req.header('origin')];
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none';
  const host = request.req.header('host') ?? '';
  const isOwn =
    origin === undefined ||
    (URL.canParse(origin) &&
      (new URL(origin).host === host || (url !== undefined && new URL(url).origin === origin)));
  if (!isForeign && isOwn) return;
  throw new HttpProblem(403, sentence('otherSite'));
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
