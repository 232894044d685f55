import { z } from 'zod';
import { sentence, time } from './common.ts';
import { endpoint } from './endpoint.ts';

export const retrySignIn = endpoint({
  id: 'retrySignIn',
  method: 'post',
  path: '/credentials/{name}/retry',
  tag: 'credentials',
  role: 'operator',
  scope: 'credentials:write',
  answer: z
    .object({
      ok: z.boolean().describe('It has a token.'),
      message: sentence.optional().describe('Why it has none.'),
      hint: sentence.optional(),
      nextTryAt: time.optional().describe('When the patrol tries again by itself.'),
    })
    .meta({ id: 'SignInRetry' }),
});

export type SignInRetry = z.output<typeof retrySignIn.answer>;
