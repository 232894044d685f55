import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect as connectTcp } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credential, never } from '../../test/support/auth-harness.ts';
import { createTokenManager } from '../auth/manager.ts';
import { createSend } from '../auth/token/send.ts';
import { AddressPolicy } from '../lib/net/addresses.ts';
import { silentLogger } from '../lib/logger.ts';
import { createConnectivityCheck, networkBy } from '../check/connectivity-check.ts';
import { PlainWays } from '../lib/net/plain-ways.ts';
import { createPost } from '../notify/delivery/post.ts';
import { discover } from '../server/access/oidc.ts';
import { Heartbeat } from './daemon/heartbeat.ts';
import { ManualClock } from '../lib/time/clock.ts';
import { inEnglish } from '../messages/in-language.ts';
import type {
  OidcSignIn,
  CredentialSettings,
  NetworkSettings,
  ServiceSettings,
  Settings,
} from '../model/settings.ts';
import { networkOf, SignInWays } from './ways-out.ts';

let secure: ReturnType<typeof createHttpsServer>;
let mutual: ReturnType<typeof createHttpsServer>;
let proxy: Server;
let pem = { ca: '', cert: '', key: '' };
const tunnels: string[] = [];

const portOf = (server: { address(): AddressInfo | string | null }) => (server.address() as AddressInfo).port;

function answer(url: string): unknown {
  if (url.endsWith('/openid-configuration'))
    return { issuer: place('sso.corp.test'), token_endpoint: place('sso.corp.test', '/token') };
  if (url === '/captcha') return { uuid: 'u1', code: '7' };
  return { code: 200, data: { token: 't1' }, access_token: 't1', token_type: 'Bearer', expires_in: 3600 };
}

beforeAll(async () => {
  const names = ['sso.corp.test', 'api.corp.test'].map((value) => ({ type: 2 as const, value }));
  const keys = await generate([{ name: 'commonName', value: 'sso.corp.test' }], {
    extensions: [{ name: 'subjectAltName', altNames: names }],
  });
  const client = await generate([{ name: 'commonName', value: 'patrol' }]);
  pem = { ca: keys.cert, cert: client.cert, key: client.private };
  const own = { key: keys.private, cert: keys.cert };
  secure = createHttpsServer(own, (request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(request.url ?? '')));
  });
  mutual = createHttpsServer(
    { ...own, requestCert: true, rejectUnauthorized: false },
    ({ socket }, response) => {
      const shown = (socket as TLSSocket).getPeerCertificate().subject?.CN;
      response.writeHead(shown === 'patrol' ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer('/login')));
    },
  );
  proxy = createHttpServer().on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    const tunnel = connectTcp(portOf(secure), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
    socket.on('error', () => tunnel.destroy());
  });
  await Promise.all(
    [secure, mutual, proxy].map((one) => new Promise<void>((done) => one.listen(0, '127.0.0.1', done))),
  );
});
afterAll(() => {
  for (const server of [secure, mutual, proxy]) {
    server.closeAllConnections();
    server.close();
  }
});

const here = { 'sso.corp.test': '127.0.0.1', 'api.corp.test': '127.0.0.1' };
const place = (host: string, path = '', server = secure) => `https://${host}:${portOf(server)}${path}`;

const login = () => ({
  url: place('sso.corp.test', '/login'),
  json: { user: 'a' },
  token: { json: '$.data.token' },
});
const schemes: readonly (readonly [string, string, () => unknown])[] = [
  ['a login', 'login', login],
  [
    'a captcha before a login',
    'login',
    () => ({
      ...login(),
      before: [{ url: place('sso.corp.test', '/captcha'), take: { code: '$.code' } }],
      json: { code: '{{ code }}' },
    }),
  ],
  [
    'OAuth2',
    'oauth2-client-credentials',
    () => ({ tokenUrl: place('sso.corp.test', '/token'), clientId: 'a', clientSecret: 'b' }),
  ],
  [
    'OAuth2 by discovery',
    'oauth2-client-credentials',
    () => ({ issuer: place('sso.corp.test'), clientId: 'a', clientSecret: 'b' }),
  ],
  [
    'a refresh',
    'oauth2-refresh-token',
    () => ({ tokenUrl: place('sso.corp.test', '/token'), clientId: 'a', refreshToken: 'c' }),
  ],
];

interface Told {
  readonly network?: NetworkSettings;
  readonly ofService?: NetworkSettings;
}

function settingsOf(credentials: readonly CredentialSettings[], { network, ofService }: Told): Settings {
  const service = { name: 'api', docs: [], overrides: [], credential: 'main' };
  return {
    network,
    credentials: Object.fromEntries(credentials.map((one) => [one.name, one])),
    services: [{ ...service, network: { ...network, ...ofService } }] as unknown as ServiceSettings[],
  } as unknown as Settings;
}

async function signIn(credentials: readonly CredentialSettings[], told: Told): Promise<string> {
  const settings = settingsOf(credentials, told);
  const guard = { policy: new AddressPolicy(new Set()), internal: ['*'] };
  const ways = new SignInWays(() => settings, {}, guard);
  const clock = new ManualClock();
  const send = createSend({ reach: ways.reach, clock, limits: { totalMs: 5000, bodyBytes: 9999 } });
  const manager = createTokenManager({ credentials: settings.credentials, send, clock, log: silentLogger });
  const sample = { method: 'GET' as const, url: 'http://api.example/', headers: {} };
  const signed = await manager.authorize('main', sample, never);
  await Promise.all([manager.close(), ways.close()]);
  return signed.ok ? 'signed in' : inEnglish(signed.message);
}

describe.each(schemes)('%s', (_, scheme, written) => {
  const told = (more: Told) => signIn([credential('main', scheme, written())], more);

  it.each([
    ['an authority given at the top', () => ({ network: { resolve: here, ca: pem.ca } })],
    ['an authority given to the service', () => ({ ofService: { resolve: here, ca: pem.ca } })],
    ['no look at certificates, said at the top', () => ({ network: { resolve: here, verify: false } })],
    ['no look at certificates, said to the service', () => ({ ofService: { resolve: here, verify: false } })],
  ])('obeys %s', async (_name, how) => {
    expect(await told(how())).toBe('signed in');
  });

  it('goes through the proxy that is given', async () => {
    tunnels.length = 0;
    const by = `http://127.0.0.1:${portOf(proxy)}`;
    expect(await told({ network: { proxy: by, ca: pem.ca } })).toBe('signed in');
    expect(tunnels[0]).toContain('sso.corp.test');
  });

  it('says what to write where it trusts nobody', async () => {
    expect(await told({ network: { resolve: here } })).toContain('network: { ca: ${file:/path/ca.pem} }');
  });
});

it('shows a client certificate to a server of an authority of its own', async () => {
  const { ca, cert, key } = pem;
  const cards = credential('card', 'mtls', { cert, key });
  const main = credential('main', 'login', {
    ...login(),
    url: place('sso.corp.test', '/login', mutual),
    uses: ['card'],
  });
  expect(await signIn([main, cards], { ofService: { resolve: here, ca } })).toBe('signed in');
  expect(await signIn([main], { ofService: { resolve: here, ca } })).not.toBe('signed in');
});

describe('of several services', () => {
  const service = (name: string, network: NetworkSettings, more: Partial<ServiceSettings> = {}) =>
    ({ name, network, docs: [], overrides: [], credential: 'main', ...more }) as unknown as ServiceSettings;
  const chosen = (services: readonly ServiceSettings[], host = 'sso.corp.test') =>
    networkOf(
      { services, credentials: {}, network: { family: 4 } } as unknown as Settings,
      new URL(`https://${host}/`),
      'main',
    );

  it.each([
    [
      'that of the host’s own service',
      [
        service('a', { ca: 'A' }),
        service('b', { ca: 'B', serverName: 'b' }, { baseUrl: 'https://sso.corp.test/x' }),
      ],
      { ca: 'B', serverName: 'b' },
    ],
    ['all authorities', [service('a', { ca: 'A' }), service('b', { ca: 'B' })], { ca: 'A\nB' }],
    ['certificates are looked at unless none looks', [service('a', { verify: false }), service('b', {})], {}],
    ['no certificate is looked at', [service('a', { verify: false })], { verify: false }],
    ['no name of another server', [service('a', { serverName: 'a' })], {}],
    [
      'that of everything, where none uses it',
      [service('a', { ca: 'A' }, { credential: 'other' })],
      { family: 4 },
    ],
  ])('%s', (_, services, expected) => {
    const { resolve: __, ...rest } = chosen(services);
    expect(rest).toEqual(expected);
  });
});

/** What the configuration names itself. */
const plainly: readonly (readonly [string, (network: NetworkSettings | undefined) => Promise<boolean>])[] = [
  [
    'a channel',
    async (network) =>
      'status' in (await createPost({ network: () => network })(place('sso.corp.test'), '{}')),
  ],
  [
    'the heartbeat',
    async (network) => {
      let lost = false;
      const log = { ...silentLogger, warn: () => (lost = true) };
      await new Heartbeat(log, () => network).beat(place('sso.corp.test'));
      return !lost;
    },
  ],
  [
    'the connectivity check',
    async (network) => {
      const clock = new ManualClock();
      const options = { clock, url: place('sso.corp.test'), network: networkBy(network) };
      return (await createConnectivityCheck(options).problem('connect-refused')) === undefined;
    },
  ],
  [
    'a provider of sign-ins',
    async (network) => {
      const ways = new PlainWays(() => network);
      const found = discover({ issuer: place('sso.corp.test'), clientId: 'a' } as OidcSignIn, ways);
      return found.then(
        () => true,
        () => false,
      );
    },
  ],
];

describe.each(plainly)('%s', (_, isReached) => {
  it.each([
    ['an authority of one’s own', () => ({ resolve: here, ca: pem.ca }), true],
    ['any certificate', () => ({ resolve: here, verify: false }), true],
    ['a proxy', () => ({ proxy: `http://127.0.0.1:${portOf(proxy)}`, ca: pem.ca }), true],
    ['nothing', () => ({ resolve: here }), false],
  ])('with %s', async (_name, network, expected) => {
    tunnels.length = 0;
    expect(await isReached(network())).toBe(expected);
    expect(tunnels.length > 0).toBe('proxy' in network());
  });
});

it('goes the new way once the configuration is another one', async () => {
  let network: NetworkSettings = { resolve: here };
  const post = createPost({ network: () => network });
  expect(await post(place('sso.corp.test'), '{}')).toMatchObject({ arrived: 'no' });
  network = { resolve: here, ca: pem.ca };
  expect(await post(place('sso.corp.test'), '{}')).toMatchObject({ status: 200 });
});
