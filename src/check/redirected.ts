import { sentence } from '../messages/sentence.ts';
import type { Sentence } from '../model/sentence.ts';
import type { Check } from '../model/check.ts';
import type { LazyAnswer } from './answer/answer.ts';
import { isNamed } from './expectations/status.ts';
import type { Walk } from './redirects/follow.ts';
import type { Held, Judgement } from './judge.ts';
import {
  isPlaceToSignIn,
  isSignInAddress,
  isSignInItself,
  isSignInPage,
  leadsBackTo,
} from './redirects/sign-in.ts';
import { showTarget, targetOf } from './redirects/target.ts';

interface Redirected {
  readonly walk?: Walk;
}

/**
 * Whether the call was sent to where people sign in, whatever it was answered there: then nothing has been learnt of the operation
 * itself. Said of redirects alone; a page that is answered at once is an answer like any other.
 *
 * @param answer Absent: there was none at the end of the way.
 */
export function askedToSignIn(
  check: Check,
  held: readonly Held[],
  { walk }: Redirected,
  answer: LazyAnswer | undefined,
): Judgement | undefined {
  const start = new URL(check.request.url);
  if (isSignInAddress(start) && isDocumentedPage(check)) return undefined;
  if (walk !== undefined && passesSignIn(walk, start, answer)) return signIn(walk.steps, check);
  if (answer === undefined) return undefined;
  const from = walk?.url ?? start;
  const target = targetOf(answer.status, answer.header('location'), from.href);
  const steps = walk?.steps ?? [];
  if (target !== undefined) {
    const isWanted = held.some(
      ({ kind, prepared }) => kind.kind === 'status' && isNamed(answer.status, prepared, check),
    );
    const isPlace = isPlaceToSignIn(target, start) || leadsBackTo(start, target);
    if (isWanted || walk?.stopped !== undefined || !isPlace) return undefined;
    return signIn([...steps, `HTTP ${answer.status} → ${showTarget(target)}`], check);
  }
  const showsSignIn = walk !== undefined && isPage(answer) && isSignInPage(answer.text());
  return showsSignIn ? signIn(steps, check) : undefined;
}

/** It ends where people sign in, or badly on the way through such a place; who is sent back with a ticket has been let in. */
function passesSignIn({ through, stopped }: Walk, start: URL, answer: LazyAnswer | undefined): boolean {
  const last = through.at(-1);
  if (stopped === undefined && last !== undefined && isSignInItself(last) && isPlaceToSignIn(last, start))
    return true;
  return (
    endsBadly(stopped, answer) &&
    through.some((one) => isPlaceToSignIn(one, start) || leadsBackTo(start, one))
  );
}

/** No answer, an error, a page or no end. */
export function endsBadly(stopped: Walk['stopped'], answer: LazyAnswer | undefined): boolean {
  return stopped !== undefined || answer === undefined || answer.status >= 400 || isPage(answer);
}

/** The operation is the page itself. */
function isDocumentedPage({ promises }: Check): boolean {
  return promises.some(({ status, contentTypes }) => status.startsWith('2') && contentTypes.some(isHtml));
}

function isHtml(type: string | undefined): boolean {
  return type === 'text/html' || type === 'application/xhtml+xml';
}

function isPage({ contentType, status }: LazyAnswer): boolean {
  return isHtml(contentType) && (status < 300 || status === 401 || status === 403);
}

/** Nothing has been learnt, whoever asks having been sent to sign in this way. */
export function signIn(steps: readonly string[], { credential, service }: Check): Judgement {
  const way = steps.join(', ');
  const message =
    credential === undefined
      ? sentence('signInWithout', { way, service })
      : sentence('signInInVain', { way, credential });
  return { verdict: 'blocked', reason: { code: 'auth-rejected', message }, findings: [] };
}

/** The answer at the end of the way against what the check promises. */
export async function judgeCall(
  judge: () => Judgement | Promise<Judgement>,
  walk: Walk | undefined,
  isNews: (fact: string) => boolean,
): Promise<Judgement> {
  if (walk === undefined) return judge();
  const way = walk.steps.join(', ');
  if (walk.stopped === 'loop') return wrong(sentence('redirectedInCircle', { way }));
  if (walk.stopped === 'too-many')
    return wrong(sentence('redirectedTooOften', { n: walk.steps.length, way }));
  if (walk.stopped === 'changing') return wrong(sentence('redirectMayChange', { way }));
  const judgement = await judge();
  if (judgement.verdict === 'pass') {
    const note = { kind: 'redirect', level: 'info', message: sentence('redirected', { way }) } as const;
    return isNews(`redirect ${way}`) ? { ...judgement, findings: [...judgement.findings, note] } : judgement;
  }
  const { code, message } = judgement.reason;
  return { ...judgement, reason: { code, message: sentence('afterWay', { what: message, way }) } };
}

function wrong(message: Sentence): Judgement {
  const finding = { kind: 'redirect', level: 'error', message } as const;
  return { verdict: 'fail', reason: { code: 'status', message }, findings: [finding] };
}
