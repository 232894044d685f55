import { sentence } from '../../../messages/sentence.ts';
import { SaidError } from '../../../messages/said-error.ts';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import type * as jose from 'jose';
import type * as openid from 'openid-client';
import { z } from 'zod';
import type { Secret } from '../../../lib/secrets/secret.ts';
import { lazy } from '../../../lib/lazy.ts';
import { webPlaces } from '../../../lib/net/places.ts';
import { httpUrl, secretText } from '../../../lib/zod.ts';

import { type Exchange, openidClient } from './exchange.ts';
import { sealedRecord, shared, tokenPlace } from '../options.ts';

const joseLibrary = lazy((require) => require('jose') as typeof jose);

/** Options of every OAuth2 scheme. */
export const clientShape = {
  tokenUrl: httpUrl.optional().describe('The token endpoint; not needed with `issuer`.'),
  issuer: httpUrl
    .optional()
    .describe('The issuer; its token endpoint is discovered (OpenID Connect Discovery, RFC 8414).'),
  clientId: z.string().min(1).describe('Client id.'),
  clientSecret: secretText.optional().describe('Client secret.'),
  clientAuth: z
    .enum(['basic', 'post', 'secret-jwt', 'private-key-jwt', 'tls', 'none'])
    .optional()
    .describe(
      'How the client proves who it is: `basic` in the Authorization header, `post` in the body, `secret-jwt` or ' +
        '`private-key-jwt` (RFC 7523), `tls` (RFC 8705; name the certificate under `uses`), `none`. Default: ' +
        '`private-key-jwt` with `privateKey`, `basic` with `clientSecret`, else `none`.',
    ),
  privateKey: secretText.optional().describe('Private key in PEM, for `private-key-jwt`.'),
  keyId: z.string().optional().describe('`kid` of that key.'),
  algorithm: z
    .enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'])
    .optional()
    .describe('Algorithm of that key. Default: RS256, ES256 to ES512, or EdDSA, by the kind of key.'),
  assertionAudience: z
    .string()
    .optional()
    .describe('`aud` of the client assertion. Default: the issuer, else the token endpoint.'),
  scope: z.string().optional().describe('Scopes, separated by spaces.'),
  audience: z.string().optional().describe('Audience, where the server asks for one (Auth0, Keycloak).'),
  resource: httpUrl.optional().describe('Resource indicator (RFC 8707).'),
  parameters: sealedRecord.default({}).describe('Further parameters of the token request.'),
  present: z
    .enum(['access-token', 'id-token'])
    .default('access-token')
    .describe('Which token the system wants to see.'),
  send: tokenPlace.describe('Where the token goes; default `Authorization: Bearer …`.'),
  ...shared,
};

const clientObject = z.strictObject(clientShape);
type Shared = Omit<z.output<typeof clientObject>, 'clientId'>;
/** Without a client id the request names no client, as RFC 6749 §4.3.2 allows where a user signs in. */
export type ClientOptions = Shared & { readonly clientId?: string };

/** What must hold between the options of a client; for `superRefine`. */
export function checkClient(options: ClientOptions, context: z.core.$RefinementCtx): void {
  const add = (message: string) => context.addIssue({ code: 'custom', message, input: undefined });
  if (options.tokenUrl === undefined && options.issuer === undefined) add('needs `tokenUrl` or `issuer`');
  const proof = (['clientSecret', 'privateKey', 'clientAuth'] as const).find(
    (key) => options[key] !== undefined,
  );
  if (options.clientId === undefined && proof !== undefined) add(`needs \`clientId\` for \`${proof}\``);
  const method = clientAuthOf(options);
  if (['basic', 'post', 'secret-jwt'].includes(method) && options.clientSecret === undefined) {
    add(`needs \`clientSecret\` for \`clientAuth: ${method}\``);
  }
  if (method !== 'private-key-jwt') return;
  if (options.privateKey === undefined) add('needs `privateKey` for `clientAuth: private-key-jwt`');
  else if (readKey(options.privateKey) === undefined) {
    context.addIssue({
      code: 'custom',
      message: 'is not a private key in PEM',
      path: ['privateKey'],
      input: undefined,
    });
  }
}

function clientAuthOf({ clientAuth, privateKey, clientSecret }: ClientOptions) {
  if (clientAuth !== undefined) return clientAuth;
  if (privateKey !== undefined) return 'private-key-jwt';
  return clientSecret === undefined ? 'none' : 'basic';
}

/** True when nobody said how the client is to prove itself: servers that do not take `basic` are not rare. */
export function choosesClientAuth(options: ClientOptions): boolean {
  return options.clientAuth === undefined && clientAuthOf(options) === 'basic';
}

/** True when the proof carries the time, so that a clock that is wrong looks like a wrong secret. */
export function provesWithTime(options: ClientOptions): boolean {
  return ['secret-jwt', 'private-key-jwt'].includes(clientAuthOf(options));
}

/** The library's client; with `issuer`, after asking for the server's metadata. Sends through `exchange`. */
export async function createClient(
  options: ClientOptions,
  exchange: Exchange,
  skewMs: number,
): Promise<openid.Configuration> {
  const library = openidClient();
  // The library wants a name for each client; what proves it, or does not, is what goes out.
  const clientId = options.clientId ?? 'none';
  const auth = options.clientId === undefined ? namesNoClient : await authOf(options);
  const metadata = {
    [library.clockSkew]: provesWithTime(options) ? Math.round(skewMs / 1000) : 0,
    use_mtls_endpoint_aliases: clientAuthOf(options) === 'tls',
  };
  // Whoever writes an http: address in the config means it: many internal networks have nothing else.
  const insecure = [options.tokenUrl, options.issuer].some((url) => url?.startsWith('http:') === true);
  if (options.issuer !== undefined) {
    return await library.discovery(new URL(options.issuer), clientId, metadata, auth, {
      [library.customFetch]: exchange.fetch,
      execute: insecure ? [library.allowInsecureRequests] : [],
    });
  }
  const tokenUrl = options.tokenUrl ?? '';
  const server = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl };
  const client = new library.Configuration(server, clientId, metadata, auth);
  client[library.customFetch] = exchange.fetch;
  if (insecure) library.allowInsecureRequests(client);
  return client;
}

/** Where its grants are sent. */
export function endpointsOf(client: openid.Configuration, options: ClientOptions): readonly URL[] {
  const { token_endpoint: usual, mtls_endpoint_aliases: aliases } = client.serverMetadata();
  const withCertificate = clientAuthOf(options) === 'tls' ? aliases?.token_endpoint : undefined;
  return webPlaces([withCertificate ?? usual]);
}

const namesNoClient: openid.ClientAuth = () => undefined;

async function authOf(options: ClientOptions): Promise<openid.ClientAuth> {
  const client = openidClient();
  const secret = options.clientSecret?.reveal() ?? '';
  switch (clientAuthOf(options)) {
    case 'basic':
      return client.ClientSecretBasic(secret);
    case 'post':
      return client.ClientSecretPost(secret);
    case 'secret-jwt':
      return client.ClientSecretJwt(secret, assertionOf(options));
    case 'private-key-jwt':
      return client.PrivateKeyJwt(await signingKey(options), assertionOf(options));
    case 'tls':
      return client.TlsClientAuth();
    case 'none':
      return client.None();
  }
}

/** The library takes the issuer for the audience; without one, servers expect their token endpoint. */
function assertionOf({ assertionAudience, issuer, tokenUrl }: ClientOptions): openid.ModifyAssertionOptions {
  const audience = assertionAudience ?? (issuer === undefined ? tokenUrl : undefined);
  if (audience === undefined) return {};
  return {
    [openidClient().modifyAssertion]: (_header, payload) => {
      payload['aud'] = audience;
    },
  };
}

async function signingKey({ privateKey, keyId, algorithm }: ClientOptions): Promise<openid.PrivateKey> {
  const key = privateKey === undefined ? undefined : readKey(privateKey);
  if (key === undefined) throw new SaidError(sentence('unreadablePrivateKey'));
  const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const imported = await joseLibrary().importPKCS8(pem, algorithm ?? defaultAlgorithm(key));
  return { key: imported, kid: keyId };
}

/** Reads PKCS#8 as well as the older forms of RSA and EC keys. */
function readKey(pem: Secret): KeyObject | undefined {
  try {
    // Keys in environment variables often have their line breaks escaped.
    return createPrivateKey(pem.reveal().replaceAll('\\n', '\n'));
  } catch {
    return undefined;
  }
}

function defaultAlgorithm(key: KeyObject): string {
  if (key.asymmetricKeyType === 'ed25519') return 'EdDSA';
  if (key.asymmetricKeyType !== 'ec') return 'RS256';
  const curve = key.asymmetricKeyDetails?.namedCurve;
  return curve === 'secp384r1' ? 'ES384' : curve === 'secp521r1' ? 'ES512' : 'ES256';
}
