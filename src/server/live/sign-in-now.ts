import type { CredentialStatus } from '../../auth/manager.ts';
import { mostAMinute } from '../../auth/token/allowance.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import { sentence } from '../../messages/sentence.ts';
import type { retrySignIn } from '../api/credentials.ts';
import type { DataOf } from '../api/endpoint.ts';
import type { HandlerContext } from '../context.ts';

/** A sign-in takes as many requests as it takes. */
const patienceMs = 30_000;

interface Parts {
  readonly patrol: Pick<HandlerContext['patrol'], 'tokens' | 'lookNow'>;
  readonly clock: Pick<HandlerContext['clock'], 'now'>;
}

type Answer = DataOf<typeof retrySignIn.answer>;

/** Signs in with a credential that has no token, and has what waits for it looked at when that went well. */
export async function signInNow({ patrol, clock }: Parts, name: string): Promise<Answer> {
  await patrol.tokens.retry(name, AbortSignal.timeout(patienceMs));
  const status = patrol.tokens.status().find(({ credential }) => credential === name);
  if (status === undefined || ['static', 'ready'].includes(status.state)) {
    patrol.lookNow();
    return { ok: true };
  }
  const { nextTryAt } = status;
  return {
    ok: false,
    ...(status.isHeldBack === true ? heldBack(status, clock.now()) : told(status)),
    ...(nextTryAt === undefined ? {} : { nextTryAt: Math.round(nextTryAt) }),
  };
}

function told({ failure }: CredentialStatus): Pick<Answer, 'message' | 'hint'> {
  return { message: failure?.message ?? sentence('signInStillFails'), hint: failure?.hint };
}

/** What was answered before is no answer to this try, which was not made. */
function heldBack({ failure, failedAt }: CredentialStatus, now: number): Omit<Answer, 'ok'> {
  const last =
    failure === undefined || failedAt === undefined
      ? undefined
      : sentence('signInLast', {
          time: formatDuration(Math.max(1000, Math.round((now - failedAt) / 1000) * 1000)),
          why: failure.message,
        });
  return { isHeldBack: true, message: sentence('signInHeldBack', { most: mostAMinute }), hint: last };
}
