import { z } from 'zod';
import { defineScheme } from '../../scheme.ts';
import { checkClient, clientShape } from './client.ts';
import { applyToken, runGrant } from './grant.ts';
import { openidClient } from './exchange.ts';

export const oauth2ClientCredentials = defineScheme({
  kind: 'oauth2-client-credentials',
  title: { en: 'OAuth2 client credentials', zh: 'OAuth2 客户端凭证' },
  summary: 'OAuth2 client credentials (RFC 6749 §4.4): the patrol signs in as itself.',
  example: {
    tokenUrl: 'https://sso.example/oauth/token',
    clientId: 'patrol',
    clientSecret: '${env:CLIENT_SECRET}',
  },
  satisfies: ['oauth2', 'openIdConnect', 'bearer'],
  options: z.strictObject(clientShape).superRefine(checkClient),
  obtain: (options, context) => runGrant(options, context, openidClient().clientCredentialsGrant),
  apply: applyToken,
});
