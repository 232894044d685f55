import * as openid from 'openid-client';
import { z } from 'zod';
import { httpUrl, secretText } from '../../kit/zod.ts';
import { place } from '../place.ts';
import { defineScheme } from '../scheme.ts';
import { exchangeOver, runGrant } from './oauth2.ts';
import { shared, tokenPlace } from './options.ts';

export const oauth2ClientCredentials = defineScheme({
  kind: 'oauth2-client-credentials',
  summary: 'OAuth2 client credentials (RFC 6749 §4.4): the patrol signs in as itself.',
  satisfies: ['oauth2', 'openIdConnect', 'bearer'],
  options: z.strictObject({
    tokenUrl: httpUrl.describe('The token endpoint.'),
    clientId: z.string().min(1).describe('Client id.'),
    clientSecret: secretText.describe('Client secret.'),
    clientAuth: z
      .enum(['basic', 'post'])
      .default('basic')
      .describe('Where id and secret go: `basic` in the Authorization header, `post` in the body.'),
    scope: z.string().optional().describe('Scopes, separated by spaces.'),
    audience: z.string().optional().describe('Audience, where the server asks for one (Auth0, Keycloak).'),
    resource: httpUrl.optional().describe('Resource indicator (RFC 8707).'),
    send: tokenPlace.describe('Where the token goes; default `Authorization: Bearer …`.'),
    ...shared,
  }),
  async obtain(options, context) {
    const exchange = exchangeOver(context);
    const secret = options.clientSecret.reveal();
    const auth =
      options.clientAuth === 'post' ? openid.ClientSecretPost(secret) : openid.ClientSecretBasic(secret);
    const server = { issuer: new URL(options.tokenUrl).origin, token_endpoint: options.tokenUrl };
    const client = new openid.Configuration(server, options.clientId, undefined, auth);
    client[openid.customFetch] = exchange.fetch;
    // Whoever writes an http: address in the config means it: many internal networks have nothing else.
    if (options.tokenUrl.startsWith('http:')) openid.allowInsecureRequests(client);
    const { scope, audience, resource } = options;
    const parameters = Object.entries({ scope, audience, resource }).filter(
      (entry) => entry[1] !== undefined,
    );
    return await runGrant(context, exchange, () =>
      openid.clientCredentialsGrant(client, Object.fromEntries(parameters) as Record<string, string>),
    );
  },
  apply: (request, { send }, token) =>
    place(request, send, `${send.prefix}${token?.value['accessToken'] ?? ''}`),
});
