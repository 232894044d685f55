import { sentence } from '../messages/sentence.ts';
import type { Sentence } from '../model/sentence.ts';
import type { Check } from '../model/check.ts';
import type { LazyAnswer } from './answer/answer.ts';
import { isNamed } from './expectations/status.ts';
import type { Walk } from './redirects/follow.ts';
import type { Held, Judgement } from './judge.ts';
import { isSignInAddress, isSignInPage, showTarget, targetOf } from './redirects/target.ts';

interface Redirected {
  readonly walk?: Walk;
}

/**
 * Whether the call was sent to where people sign in: then nothing has been learnt of the operation itself. Said of
 * redirects alone; a page that is answered at once is an answer like any other.
 */
export function askedToSignIn(
  check: Check,
  held: readonly Held[],
  { walk }: Redirected,
  answer: LazyAnswer,
): Judgement | undefined {
  const start = new URL(check.request.url);
  if (isSignInAddress(start) && isDocumentedPage(check)) return undefined;
  const from = walk?.url ?? start;
  const isWanted = held.some(
    ({ kind, prepared }) => kind.kind === 'status' && isNamed(answer.status, prepared, check),
  );
  const target = targetOf(answer.status, answer.header('location'), from.href);
  const steps = walk?.steps ?? [];
  if (target !== undefined) {
    if (isWanted || walk?.stopped !== undefined || !isSignInAddress(target)) return undefined;
    return signIn([...steps, `HTTP ${answer.status} → ${showTarget(target)}`], check);
  }
  if (walk === undefined || !isPage(answer)) return undefined;
  return isSignInAddress(walk.url) || isSignInPage(answer.text()) ? signIn(steps, check) : undefined;
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

function signIn(steps: readonly string[], { credential, service }: Check): Judgement {
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
