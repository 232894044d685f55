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
      isHeldBack: z
        .literal(true)
        .optional()
        .describe(
          'It was not tried: as many sign-ins as may be within a minute were made. `hint` has the last answer.',
        ),
      nextTryAt: time.optional().describe('When the patrol tries again by itself.'),
    })
    .meta({ id: 'SignInRetry' }),
});

export type SignInRetry = z.output<typeof retrySignIn.answer>;
