import { z } from 'zod';
import { secretText } from '../../../lib/zod.ts';
import { defineScheme, type SchemeContext, type TokenOutcome } from '../../scheme.ts';
import { TransportError } from '../../token/send.ts';
import { checkClient, type ClientOptions, clientShape } from './client.ts';
import { applyToken, refreshWith, runGrant, unlessTooOften } from './grant.ts';

export const oauth2RefreshToken = defineScheme({
  kind: 'oauth2-refresh-token',
  title: { en: 'OAuth2 refresh token', zh: 'OAuth2 刷新令牌' },
  summary:
    'OAuth2 refresh token (RFC 6749 §6): a token that a person got once by signing in, renewed ever since.',
  example: {
    tokenUrl: 'https://sso.example/oauth/token',
    clientId: 'patrol',
    clientSecret: '${env:CLIENT_SECRET}',
    refreshToken: '${env:REFRESH_TOKEN}',
  },
  satisfies: ['oauth2', 'openIdConnect', 'bearer'],
  options: z
    .strictObject({
      ...clientShape,
      refreshToken: secretText.describe(
        'The first refresh token. Where each is good once, the newest is kept.',
      ),
    })
    .superRefine(checkClient),
  replaces: ({ refreshToken }, token) =>
    token.refreshToken !== undefined && token.refreshToken !== refreshToken.reveal(),
  async obtain(options, context, previous) {
    const kept = previous?.refreshToken;
    const written = options.refreshToken.reveal();
    const outcome = await renew(options, context, kept ?? written);
    // The one in the config may be newer than the kept one, or good more than once.
    const another =
      kept !== undefined && kept !== written && !outcome.ok && outcome.failure.retry.kind === 'refused';
    if (!another) return outcome;
    return (await unlessTooOften(renew(options, context, written))) ?? outcome;
  },
  apply: applyToken,
});

/**
 * An answer may be lost after the server has replaced the refresh token. Servers that rotate them accept the old one
 * for some seconds more for that very reason, so it is sent once more at once and not after the usual wait.
 */
async function renew(
  options: ClientOptions,
  context: SchemeContext,
  refreshToken: string,
): Promise<TokenOutcome> {
  const run = () => runGrant(options, context, refreshWith(refreshToken));
  const outcome = await run().catch(async (error: unknown) => {
    if (error instanceof TransportError && !context.signal.aborted) return await run();
    throw error;
  });
  return outcome.ok ? { ok: true, token: { refreshToken, ...outcome.token } } : outcome;
}
