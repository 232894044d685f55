import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const forgetTokens = endpoint({
  id: 'forgetTokens',
  method: 'post',
  path: '/credentials/forget',
  tag: 'credentials',
  summary: 'Forget the tokens of a credential, or of all: the next call signs in anew',
  role: 'operator',
  scope: 'credentials:write',
  body: z.object({ credential: z.string().min(1).max(200).optional().describe('Default: all.') }),
  answer: z
    .object({ cleared: z.int().describe('How many tokens were kept over restarts.') })
    .meta({ id: 'ForgottenTokens' }),
});
