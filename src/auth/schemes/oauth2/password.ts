import { z } from 'zod';
import { secretText } from '../../../lib/zod.ts';
import { defineScheme, type SchemeContext, type Token } from '../../scheme.ts';
import { checkClient, type ClientOptions, clientShape } from './client.ts';
import { applyToken, refreshWith, runGrant } from './grant.ts';
import { openidClient } from './exchange.ts';

export const oauth2Password = defineScheme({
  kind: 'oauth2-password',
  title: { en: 'OAuth2 name and password', zh: 'OAuth2 用户名和密码' },
  summary:
    'OAuth2 password grant (RFC 6749 §4.3): the patrol signs in as a user, and stays so by refresh tokens.',
  example: {
    tokenUrl: 'https://sso.example/oauth/token',
    clientId: 'patrol',
    clientSecret: '${env:CLIENT_SECRET}',
    username: 'patrol',
    password: '${env:API_PASSWORD}',
  },
  satisfies: ['oauth2', 'openIdConnect', 'bearer'],
  options: z
    .strictObject({
      ...clientShape,
      clientId: clientShape.clientId.optional().describe('Client id, where the server wants one.'),
      username: z.string().min(1).describe('User name.'),
      password: secretText.describe('Password.'),
    })
    .superRefine(checkClient),
  async obtain(options, context, previous) {
    const refreshed = await refresh(options, context, previous);
    if (refreshed !== undefined) return refreshed;
    const { username, password } = options;
    return await runGrant(options, context, (client, parameters) =>
      openidClient().genericGrantRequest(client, 'password', {
        ...parameters,
        username,
        password: password.reveal(),
      }),
    );
  },
  apply: applyToken,
});

/** `undefined` when a full sign-in is needed: nothing to refresh with, or it was refused. */
async function refresh(options: ClientOptions, context: SchemeContext, previous: Token | undefined) {
  if (previous?.refreshToken === undefined) return undefined;
  const outcome = await runGrant(options, context, refreshWith(previous.refreshToken));
  if (!outcome.ok) return outcome.failure.retry.kind === 'later' ? outcome : undefined;
  return { ok: true as const, token: { refreshToken: previous.refreshToken, ...outcome.token } };
}
