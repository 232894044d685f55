import * as openid from 'openid-client';
import { messageOf } from '../../kit/errors.ts';
import type { OidcSignIn } from '../../model/server-settings.ts';
import type { ServerContext } from '../context.ts';
import { HttpProblem } from '../http-problem.ts';
import type { App } from '../request.ts';
import { roleFor } from './identity.ts';

/** What has to be remembered while somebody is at the provider. */
interface Journey {
  readonly verifier: string;
  readonly nonce: string;
  readonly startedAt: number;
  /** Path of the page to come back to. */
  readonly back: string;
}

const patienceMs = 10 * 60_000;
const mostJourneys = 1000;
const stateCookie = 'apipatrol_oidc';

/** Sign-in with an OpenID Connect provider: authorization code flow with PKCE, state and nonce. */
export function oidcRoutes(app: App, context: ServerContext): void {
  const journeys = new Map<string, Journey>();
  let discovered: { readonly of: OidcSignIn; readonly client: Promise<openid.Configuration> } | undefined;

  const settings = (): { readonly oidc: OidcSignIn; readonly redirect: string } => {
    const { signIn, url } = context.patrol.config.settings.server;
    if (signIn?.oidc === undefined || url === undefined)
      throw new HttpProblem(404, 'sign-in with a provider is not configured');
    return { oidc: signIn.oidc, redirect: `${url}/auth/oidc/callback` };
  };
  const clientOf = async (oidc: OidcSignIn): Promise<openid.Configuration> => {
    if (discovered?.of !== oidc) discovered = { of: oidc, client: discover(oidc) };
    try {
      return await discovered.client;
    } catch (error) {
      discovered = undefined;
      context.log.warn('the sign-in provider cannot be used', {
        issuer: oidc.issuer,
        problem: messageOf(error),
      });
      throw new HttpProblem(503, `the sign-in provider ${oidc.issuer} cannot be reached`);
    }
  };

  app.get('/auth/oidc/login', async (request) => {
    const { oidc, redirect } = settings();
    const client = await clientOf(oidc);
    const now = context.clock.monotonic();
    for (const [state, { startedAt }] of journeys)
      if (now - startedAt > patienceMs || journeys.size >= mostJourneys) journeys.delete(state);
    const state = openid.randomState();
    const journey = {
      verifier: openid.randomPKCECodeVerifier(),
      nonce: openid.randomNonce(),
      startedAt: now,
      back: ownPath(request.req.query('back')),
    };
    journeys.set(state, journey);
    const url = openid.buildAuthorizationUrl(client, {
      redirect_uri: redirect,
      scope: oidc.scopes.join(' '),
      state,
      nonce: journey.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
    });
    const secure = redirect.startsWith('https:') ? '; Secure' : '';
    request.header(
      'set-cookie',
      `${stateCookie}=${state}; Path=/auth/oidc; HttpOnly; SameSite=Lax; Max-Age=${patienceMs / 1000}${secure}`,
    );
    return request.redirect(url.href);
  });

  app.get('/auth/oidc/callback', async (request) => {
    const { oidc, redirect } = settings();
    const client = await clientOf(oidc);
    const state = request.req.query('state') ?? '';
    const journey = journeys.get(state);
    journeys.delete(state);
    const isOwn = request.req.header('cookie')?.includes(`${stateCookie}=${state}`) === true;
    if (journey === undefined || !isOwn)
      throw new HttpProblem(400, 'this sign-in was not begun here, or too long ago', {
        hint: 'Sign in again.',
      });
    const current = new URL(redirect);
    current.search = new URL(request.req.url).search;
    const claims = await claimsOf(client, current, journey, state).catch((error: unknown) => {
      context.log.warn('a sign-in with the provider failed', { problem: messageOf(error) });
      throw new HttpProblem(401, 'the provider did not let you in', { hint: 'Sign in again.' });
    });
    const name = nameOf(claims, oidc);
    const role = roleFor(oidc.roles, groupsOf(claims[oidc.groupsClaim]), oidc.role);
    if (role === undefined) throw new HttpProblem(403, `${name} has no role here`);
    const { caller, cookie } = await context.identity.begin({ name, role, via: 'oidc' });
    const at = context.clock.now();
    await context.patrol.store.desk.note({
      at,
      by: caller.name,
      action: 'sign-in',
      subject: 'session',
      note: 'oidc',
    });
    request.header('set-cookie', cookie);
    return request.redirect(journey.back);
  });
}

async function discover({ issuer, clientId, clientSecret }: OidcSignIn): Promise<openid.Configuration> {
  const insecure = issuer.startsWith('http:') ? { execute: [openid.allowInsecureRequests] } : {};
  return openid.discovery(new URL(issuer), clientId, clientSecret?.reveal(), undefined, insecure);
}

type Claims = Readonly<Record<string, unknown>>;

async function claimsOf(
  client: openid.Configuration,
  current: URL,
  { verifier, nonce }: Journey,
  state: string,
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

function nameOf(claims: Claims, { nameClaim }: OidcSignIn): string {
  const name = [claims[nameClaim], claims['email'], claims['sub']].find((one) => typeof one === 'string');
  return String(name);
}

function groupsOf(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(/[ ,]/);
  return Array.isArray(claim) ? claim.filter((one): one is string => typeof one === 'string') : [];
}

/** A path of our own: nobody is sent on to another site. */
function ownPath(back: string | undefined): string {
  return back !== undefined && /^\/(?![/\\])[\w\-./?=&%#]*$/.test(back) ? back : '/';
}
