import { sentence } from '../../messages/sentence.ts';
import type { retrySignIn } from '../api/credentials.ts';
import type { DataOf } from '../api/endpoint.ts';
import type { HandlerContext } from '../context.ts';

/** A sign-in takes as many requests as it takes. */
const patienceMs = 30_000;

/** Signs in with a credential that has no token, and has what waits for it looked at when that went well. */
export async function signInNow(
  { patrol }: { readonly patrol: Pick<HandlerContext['patrol'], 'tokens' | 'lookNow'> },
  name: string,
): Promise<DataOf<typeof retrySignIn.answer>> {
  await patrol.tokens.retry(name, AbortSignal.timeout(patienceMs));
  const status = patrol.tokens.status().find(({ credential }) => credential === name);
  if (status === undefined || ['static', 'ready'].includes(status.state)) {
    patrol.lookNow();
    return { ok: true };
  }
  const { failure, nextTryAt } = status;
  return {
    ok: false,
    message: failure?.message ?? sentence('signInStillFails'),
    hint: failure?.hint,
    ...(nextTryAt === undefined ? {} : { nextTryAt: Math.round(nextTryAt) }),
  };
}
