import {
  blamesServer,
  breaksWithoutReason,
  type EnvelopeAnswer,
  envelopeAnswerIn,
} from '../../messages/envelope.ts';
import { isUnreadable } from '../../messages/unreadable.ts';
import { saidIn, saysAskersFault, saysServersFault } from '../../lib/text/said.ts';
import type { Check, FilledValue, ValueOrigin } from '../../model/check.ts';
import { isOfClient } from '../../model/filled-value.ts';
import type { MayBlame } from '../../model/proof.ts';
import type { Result } from '../../model/result.ts';
import { isIdLike } from '../../plan/capture/id-like.ts';
import { hasAnswered } from './proofs.ts';

/** Nobody has said that the service takes these. */
const guessed: ReadonlySet<ValueOrigin> = new Set<ValueOrigin>(['generated', 'example', 'enum']);

/**
 * A run of its own does not know what has worked before: only what no choice of ours can explain is the operation's. That a success
 * is not as documented is its own whatever was asked for, and so is that no answer came.
 */
export const mayBlameAtFirstSight: MayBlame = (check, result, isTokenTaken, isProven = () => false) => {
  const { status } = result;
  if (status === undefined || hasAnswered(result) || isUnreadable(result.findings)) return true;
  // A permission, that nobody signs in, or which credential it is, is for whoever writes the configuration to say; that a
  // token is refused everywhere is not.
  if (status === 403 || result.reason.code === 'no-permission') return false;
  if (status === 401 || result.reason.code === 'auth-rejected') {
    // Who is sent to a page to sign in on has nothing of the operation's own; one that refuses says so, by status or in its body.
    const isSentAway = status !== 401 && result.findings.length === 0;
    return (
      check.credential !== undefined &&
      check.otherHeader === undefined &&
      (isSentAway || isTokenTaken !== true)
    );
  }
  const open = check.values.filter((one) => !isOfClient(one) && !isProven(one));
  const isOfGiven = open.length > 0 && open.every(({ origin }) => origin === 'captured');
  if (isServersFault(result) || (isOfGiven && saysItBreaks(result, breaksWithoutReason)))
    return !open.some(mayNotExist);
  return !hasChoice(check, open) && !isDocumentedRefusal(check, status);
};

/** What it names may not be there, and a server may stumble over that; it stumbles over nothing else that the document gives. */
function mayNotExist(value: FilledValue): boolean {
  const { name, in: place, origin } = value;
  if (origin !== 'example') return origin === 'generated';
  return place === 'body'
    ? isWholeBody(value) || isIdLike({ name, in: 'query' })
    : isIdLike(value) || isNamed(value);
}

function isWholeBody({ name }: FilledValue): boolean {
  return name === 'body';
}

/** `X-Org-Id` and the like. */
function isNamed({ name, in: place }: FilledValue): boolean {
  return place === 'header' && isIdLike({ name, in: 'query' });
}

/**
 * It broke, and says of nothing that was asked for that it does not fit: a valid call without optional parameters, for a small page or
 * for a documented choice is one that every list takes.
 */
function isServersFault(result: Result): boolean {
  const { status = 0, evidence } = result;
  const said = evidence?.excerpt === undefined ? undefined : saidIn(evidence.excerpt);
  if (status >= 500) return said === undefined || saysServersFault(said) || !saysAskersFault(said);
  return saysItBreaks(result, (answer) => blamesServer(answer) || isWordless(answer));
}

function saysItBreaks({ findings }: Result, isSo: (answer: EnvelopeAnswer) => boolean): boolean {
  return findings.some(({ level, message }) => {
    const answer = level === 'error' ? envelopeAnswerIn(message) : undefined;
    return answer !== undefined && isSo(answer);
  });
}

/** An exception without a message, caught and written down: `{code: 500, msg: null}`. */
function isWordless({ code, said }: EnvelopeAnswer): boolean {
  return said === undefined && /^50\d$/.test(code);
}

function hasChoice({ leftOut = [] }: Check, open: readonly FilledValue[]): boolean {
  return leftOut.length > 0 || open.some(({ origin }) => guessed.has(origin));
}

/** The document says when it is given, and a call may be such a case. */
function isDocumentedRefusal({ promises }: Check, status: number): boolean {
  return status >= 400 && status < 500 && promises.some((promised) => promised.status === String(status));
}
