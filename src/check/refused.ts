import { sentence } from '../messages/sentence.ts';
import type { Sentence } from '../model/sentence.ts';
import type { Check } from '../model/check.ts';
import type { Finding, Reason } from '../model/result.ts';
import type { Refusal } from './envelope/refusal.ts';
import type { Judgement } from './judge.ts';

/** Calls that are turned away for who they come from. */

export function noCredential(what: Sentence, check: Check): Judgement {
  return rejection(whereNobodySignsIn(what, check));
}

function whereNobodySignsIn(what: Sentence, { service }: Check): Sentence {
  return sentence('noCredential', { what, service });
}

/** Said with a good status, it is an answer to whoever calls and says nothing of the operation. */
export function refusedToken(refusal: Refusal | undefined, status: number, credential: string): Judgement {
  if (refusal === undefined)
    return rejection(sentence('tokenRefused', { what: `HTTP ${status}`, credential }));
  return { ...rejection(sentence('tokenRefused', { what: refusal.what, credential })), verdict: 'blocked' };
}

export function noPermission(what: Sentence, check: Check, findings: readonly Finding[]): Judgement {
  const { credential } = check;
  const message =
    credential === undefined
      ? whereNobodySignsIn(what, check)
      : sentence('noPermission', { what, credential });
  const verdict = credential === undefined ? 'fail' : 'blocked';
  return { verdict, reason: { code: 'no-permission', message }, findings };
}

/** Whether the token had ended or the operation refuses a good one shows when there is another: it is refused until then. */
export function renewedLater(what: Sentence, credential: string): Reason {
  return {
    code: 'auth-rejected',
    message: sentence('renewedLater', { what, credential }),
  };
}

function rejection(message: Sentence): Judgement {
  return { verdict: 'fail', reason: { code: 'auth-rejected', message }, findings: [] };
}
