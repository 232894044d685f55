import { sentence } from '../../messages/sentence.ts';
import * as openid from 'openid-client';
import { fetch, type RequestInit } from 'undici';
import { PlainWays } from '../../lib/net/plain-ways.ts';
import { messageOf } from '../../lib/errors.ts';
import type { OidcSignIn } from '../../model/settings.ts';
import type { ServerContext } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { type App, cookieOf, type RequestContext } from '../http/request.ts';
import { roleFor } from './identity.ts';
import { apartFrom, nameFrom, requireOwnName } from './names.ts';

/** What has to be remembered while somebody is at the provider. Their own browser keeps it, sealed. */
interface Journey {
  readonly state: string;
  readonly verifier: string;
  readonly nonce: string;
  /** Path of the page to come back to. */
  readonly back: string;
}

const patienceMs = 10 * 60_000;
/** Tabs of one browser that sign in at once. */
const mostJourneys = 4;
const journeysCookie = 'apipatrol_oidc';
const purpose = 'oidc journeys';

/** Sign-in with an OpenID Connect provider: authorization code flow with PKCE, state and nonce. */
export function oidcRoutes(app: App, context: ServerContext): void {
  const { sealed } = context.identity;
  const ways = new PlainWays(() => context.patrol.config.settings.network);
  let discovered: { readonly of: OidcSignIn; readonly client: Promise<openid.Configuration> } | undefined;

  const settings = (): { readonly oidc: OidcSignIn; readonly redirect: string } => {
    const { signIn, url } = context.patrol.config.settings.server;
    if (signIn?.oidc === undefined || url === undefined)
      throw new HttpProblem(404, sentence('providerNotConfigured'));
    return { oidc: signIn.oidc, redirect: `${url}/auth/oidc/callback` };
  };
  const clientOf = async (oidc: OidcSignIn): Promise<openid.Configuration> => {
    if (discovered?.of !== oidc) discovered = { of: oidc, client: discover(oidc, ways) };
    try {
      return await discovered.client;
    } catch (error) {
      discovered = undefined;
      context.log.warn('the sign-in provider cannot be used', {
        issuer: oidc.issuer,
        problem: messageOf(error),
      });
      throw new HttpProblem(503, sentence('providerUnreachable', { issuer: oidc.issuer }));
    }
  };

  const journeysOf = (request: RequestContext): readonly Journey[] => {
    const cookie = cookieOf(request.req.header('cookie'), journeysCookie);
    return (sealed.open(purpose, cookie) ?? []) as readonly Journey[];
  };
  const keep = (request: RequestContext, journeys: readonly Journey[], redirect: string): void => {
    const isOver = journeys.length === 0;
    const value = isOver ? '' : sealed.seal(purpose, journeys, patienceMs);
    const secure = redirect.startsWith('https:') ? '; Secure' : '';
    const seconds = isOver ? 0 : patienceMs / 1000;
    const cookie = `${journeysCookie}=${value}; Path=${new URL(redirect).pathname.replace(/\/callback$/, '')}; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
    request.header('set-cookie', cookie, { append: true });
  };

  app.get('/auth/oidc/login', async (request) => {
    const { oidc, redirect } = settings();
    const client = await clientOf(oidc);
    const journey: Journey = {
      state: openid.randomState(),
      verifier: openid.randomPKCECodeVerifier(),
      nonce: openid.randomNonce(),
      back: ownPath(request.req.query('back')),
    };
    keep(request, [...journeysOf(request), journey].slice(-mostJourneys), redirect);
    const url = openid.buildAuthorizationUrl(client, {
      redirect_uri: redirect,
      scope: oidc.scopes.join(' '),
      state: journey.state,
      nonce: journey.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
    });
    return request.redirect(url.href);
  });

  app.get('/auth/oidc/callback', async (request) => {
    const { oidc, redirect } = settings();
    const client = await clientOf(oidc);
    const journeys = journeysOf(request);
    const journey = journeys.find(({ state }) => state === request.req.query('state'));
    if (journey === undefined || !(await isFirst(journey, context)))
      throw new HttpProblem(400, sentence('signInNotBegun'), {
        hint: sentence('signInAgain'),
      });
    const current = new URL(redirect);
    current.search = new URL(request.req.url).search;
    const claims = await claimsOf(client, current, journey).catch((error: unknown) => {
      context.log.warn('a sign-in with the provider failed', { problem: messageOf(error) });
      throw new HttpProblem(401, sentence('providerRefused'), { hint: sentence('signInAgain') });
    });
    const given = nameOf(claims, oidc);
    if (given === undefined) throw new HttpProblem(403, sentence('providerSentNoName'));
    requireOwnName(given, await context.identity.localNames());
    const role = roleFor(
      oidc.roles,
      groupsOf(Object.hasOwn(claims, oidc.groupsClaim) ? claims[oidc.groupsClaim] : undefined),
      oidc.role,
    );
    if (role === undefined) throw new HttpProblem(403, sentence('noRoleHere', { name: given }));
    const { people } = context.patrol.store;
    const name = await apartFrom(given, { issuer: oidc.issuer, subject: claims.sub }, people);
    const { caller, cookie } = await context.identity.begin({ name, role, via: 'oidc' });
    const at = context.clock.now();
    await context.patrol.store.desk.note({
      at,
      by: caller.name,
      action: 'sign-in',
      subject: 'session',
      note: 'oidc',
    });
    request.header('set-cookie', cookie, { append: true });
    keep(
      request,
      journeys.filter((one) => one !== journey),
      redirect,
    );
    return request.redirect(journey.back);
  });
}

/** An answer of the provider is good for once, also when the provider would take its code again. */
function isFirst({ state }: Journey, { patrol, clock }: ServerContext): Promise<boolean> {
  const now = clock.now();
  return patrol.store.people.spendLink(`oidc ${state}`, now + patienceMs, now);
}

/** What a provider says of itself. */
export async function discover(
  { issuer, clientId, clientSecret }: OidcSignIn,
  ways: PlainWays,
): Promise<openid.Configuration> {
  // Without it, id tokens that come straight from the token endpoint are taken whoever has signed them.
  const execute = [openid.enableNonRepudiationChecks];
  if (issuer.startsWith('http:')) execute.push(openid.allowInsecureRequests);
  return openid.discovery(new URL(issuer), clientId, clientSecret?.reveal(), undefined, {
    execute,
    [openid.customFetch]: (url, options) => fetchBy(ways, url, options),
  });
}

/** The library wants a `Response` of the platform, which this one is in all that it asks of it. */
const fetchBy = async (
  ways: PlainWays,
  url: string,
  options: openid.CustomFetchOptions,
): Promise<Response> => {
  const asked = { ...options, dispatcher: ways.dispatcher } as RequestInit;
  return fetch(url, asked);
};

type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

async function claimsOf(
  client: openid.Configuration,
  current: URL,
  { verifier, nonce, state }: Journey,
): Promise<Claims> {
  const tokens = await openid.authorizationCodeGrant(client, current, {
    pkceCodeVerifier: verifier,
    expectedNonce: nonce,
    expectedState: state,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new Error('there is no id token');
  if (client.serverMetadata().userinfo_endpoint === undefined) return claims;
  return { ...(await openid.fetchUserInfo(client, tokens.access_token, claims.sub)), ...claims };
}

function nameOf(claims: Claims, { nameClaim }: OidcSignIn): string | undefined {
  for (const claim of [nameClaim, 'email', 'sub']) {
    const name = Object.hasOwn(claims, claim) ? nameFrom(claims[claim]) : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

function groupsOf(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(/[ ,]/);
  return Array.isArray(claim) ? claim.filter((one): one is string => typeof one === 'string') : [];
}

/** A path of our own: nobody is sent on to another site. */
function ownPath(back: string | undefined): string {
  return back !== undefined && /^\/(?![/\\])[\w\-./?=&%#]*$/.test(back) ? back : '/';
}
