import { z } from 'zod';
import { secretText } from '../../lib/zod.ts';
import { placeCredential } from '../credential-placement.ts';
import { defineScheme } from '../scheme.ts';
import { shared, tokenPlace } from './options.ts';

export const bearer = defineScheme({
  kind: 'bearer',
  title: { en: 'A fixed token', zh: '固定令牌' },
  summary: 'A token that does not change, sent as `Authorization: Bearer …` or wherever `send` says.',
  example: { token: '${env:API_TOKEN}' },
  satisfies: ['bearer', 'oauth2', 'openIdConnect'],
  options: z.strictObject({
    token: secretText.describe('The token.'),
    send: tokenPlace.describe('Where the token goes.'),
    ...shared,
  }),
  apply: (request, { token, send }) =>
    placeCredential(request, send, `${send.prefix}${token.reveal().trim()}`),
});
