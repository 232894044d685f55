import type { Check } from '../../model/check.ts';
import type { Answers, Incident } from '../../model/incident.ts';
import type { Seen } from '../observation.ts';
import { isServerFailure } from '../root-cause/rules.ts';
import { covers, isUnsteadiness } from '../scope.ts';

/**
 * Where a host answers only now and then each of its operations fails several times in a row by chance. One fails by itself when that
 * many calls in a row would fail so seldom if each failed as often as those of its service do: 17 where every second call fails, which
 * are six cycles of three calls each; 8 where it is one of four. Of 40 operations that are called every ten seconds for hours hardly one does.
 */
const byChance = 1e-5;
/** Where nearly all fail nothing can be told apart any more. */
const shareMost = 0.95;
/** A failure is called again twice before it counts. */
const callsPerCycle = 3;

/** The host of which people know that it answers only now and then. */
export function unsteadyAt(check: Check, open: readonly Incident[]): Incident | undefined {
  return open.find((one) => isUnsteadyHost(one) && covers(one.cause, check));
}

export function isUnsteadyHost({ fingerprint, state, told }: Incident): boolean {
  return isUnsteadiness(fingerprint) && state !== 'pending' && told !== undefined;
}

/** So many evaluations in a row, of as many calls each as this one, show that it fails by itself; `undefined`: the first does. */
export function evaluationsApart(seen: Seen, open: readonly Incident[]): number | undefined {
  const host = isServerFailure(seen) ? unsteadyAt(seen.check, open) : undefined;
  if (host === undefined) return undefined;
  return Math.ceil(callsApart(seen.check, host) / Math.max(1, seen.result.attempts));
}

/** Whether what people know to fail does so by itself, however unsteady its host is. */
export function isApart({ failingCycles }: Incident, check: Check, host: Incident): boolean {
  return failingCycles * callsPerCycle >= callsApart(check, host);
}

function callsApart({ service }: Check, { steadiness, members }: Incident): number {
  const all = { count: members.heard ?? members.of, bad: members.count };
  const share = members.shares?.find((one) => one.service === service);
  const own = share === undefined ? all : { count: share.heard ?? share.of, bad: share.count };
  const worse = all.bad === 0 ? 1 : Math.max(1, shareOf(own) / shareOf(all));
  const most = Math.min(shareMost, shareAtMost(steadiness?.failing ?? all) * worse);
  return Math.ceil(Math.log(byChance) / Math.log(most));
}

/** Of few calls one does not know better. */
function shareAtMost(answers: Answers): number {
  const { count, bad } = answers;
  const share = shareOf(answers);
  return (bad + Math.sqrt(count * share * (1 - share)) + 1) / Math.max(1, count);
}

function shareOf({ count, bad }: Answers): number {
  return Math.min(1, bad / Math.max(1, count));
}
