import type { Check, ValueOrigin } from '../model/check.ts';
import type { MayBlame } from '../model/proof.ts';
import { hasAnswered } from './proofs.ts';

/** Nobody has said that the service takes these. */
const guessed: ReadonlySet<ValueOrigin> = new Set<ValueOrigin>(['generated', 'example', 'enum']);

/**
 * A run of its own does not know what has worked before: only what no choice of ours can explain is the operation's. That a success
 * is not as documented is its own whatever was asked for, and so is that no answer came.
 */
export const mayBlameAtFirstSight: MayBlame = (check, result, isTokenTaken) => {
  const { status } = result;
  if (status === undefined || hasAnswered(result)) return true;
  // A permission, that nobody signs in, or which credential it is, is for whoever writes the configuration to say; that a
  // token is refused everywhere is not.
  if (status === 403 || result.reason.code === 'no-permission') return false;
  if (status === 401 || result.reason.code === 'auth-rejected')
    return check.credential !== undefined && isTokenTaken !== true;
  return !hasChoice(check) && !isDocumentedRefusal(check, status);
};

function hasChoice({ values, leftOut = [] }: Check): boolean {
  return leftOut.length > 0 || values.some(({ origin }) => guessed.has(origin));
}

/** The document says when it is given, and a call may be such a case. */
function isDocumentedRefusal({ promises }: Check, status: number): boolean {
  return status >= 400 && status < 500 && promises.some((promised) => promised.status === String(status));
}
