import { groupBy } from '../../lib/group-by.ts';
import {
  isHiccup,
  type LocationNote,
  type ReasonCode,
  type Result,
  type Verdict,
} from '../../model/result.ts';
import { sentence } from '../../messages/sentence.ts';

/** What a check came to at a location. */
export interface Vote {
  readonly location: string;
  readonly result: Result;
}

/**
 * What a check counts as that was called from several locations: it fails when it does so from `quorum` of them; else
 * what the others found counts. A location that could not call it has no vote; of those that could not look at all none
 * is waited for either: the quorum is at most as many as can.
 *
 * @param quorum Absent: most of those with a result.
 */
export function combine(found: readonly Vote[], quorum?: number): Result | undefined {
  const [only] = found;
  if (only === undefined) return undefined;
  const locations = found.map(noteOf);
  const failing = found.filter(({ result }) => isFailing(result.verdict, result.reason.code));
  const others = found.filter(({ result }) => isWorking(result.verdict));
  const looking = found.filter(({ result }) => canLook(result.reason.code)).length;
  const most = Math.floor((failing.length + others.length) / 2) + 1;
  const needed = quorum === undefined ? most : Math.min(quorum, looking);
  if (failing.length > 0 && failing.length >= needed) return { ...speakerOf(failing), locations };
  if (others.length > 0) return { ...workingOf(others), locations };
  if (failing.length > 0) return { ...undecided(failing), locations };
  const blocked = found.find(({ result }) => result.verdict === 'blocked') ?? only;
  return { ...blocked.result, locations };
}

/** Where it fails although it works from elsewhere: that is the location's and not the service's. */
export function failsOnlyAt({ verdict, reason, locations = [] }: Result): readonly string[] {
  const works = locations.some((one) => isWorking(one.verdict));
  if (isFailing(verdict, reason.code) || !works) return [];
  return locations.filter((one) => isFailing(one.verdict, one.code)).map(({ location }) => location);
}

/** What was not called, because its host is down from there, fails from there like what was. */
export function isFailing(verdict: Verdict, code: ReasonCode): boolean {
  return verdict === 'fail' || (verdict === 'unknown' && code === 'origin-down');
}

export function isWorking(verdict: Verdict): boolean {
  return verdict === 'pass' || verdict === 'degraded';
}

/** Nobody is at work there, or its own network lets it call nothing. */
function canLook(code: ReasonCode): boolean {
  return code !== 'location' && code !== 'self';
}

/** Whoever has called it speaks for those who have not; what most of these have found, for all, of as many what stands first. */
function speakerOf(failing: readonly Vote[]): Result {
  const called = failing.filter(({ result }) => result.verdict === 'fail');
  const alike = groupBy(called.length > 0 ? called : failing, ({ result }) => faultOf(result));
  return middleOf([...alike.values()].reduce((one, other) => (other.length > one.length ? other : one)));
}

/** How it fails: what changes here from one cycle to the next is news. */
function faultOf({ reason, status }: Result): string {
  return `${reason.code} ${status ?? ''}`;
}

/** What at least half of them find wrong with their answers is so, however fast the others are. */
function workingOf(others: readonly Vote[]): Result {
  const wrong = others.filter(({ result }) => result.verdict === 'degraded' && !isHiccup(result.reason.code));
  if (wrong.length > 0 && 2 * wrong.length >= others.length) return speakerOf(wrong);
  const fine = others.filter((one) => !wrong.includes(one));
  return middleOf(fine);
}

/** A quorum cannot be had: what fails is known from too few. */
function undecided(failing: readonly Vote[]): Result {
  const { evidence, ...result } = speakerOf(failing);
  const names = failing.map(({ location }) => location);
  return {
    ...result,
    verdict: 'unknown',
    reason: { code: 'location', message: sentence('failsAtSome', { failing: names }) },
    findings: [],
    ...(evidence === undefined ? {} : { evidence }),
  };
}

/** By how long it took: neither the nearest location nor the farthest speaks for all. Of two the faster one. */
function middleOf(found: readonly Vote[]): Result {
  const sorted = found.toSorted((a, b) => a.result.phases.totalMs - b.result.phases.totalMs);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('no location has a result');
  return middle.result;
}

function noteOf({ location, result }: Vote): LocationNote {
  const { verdict, reason, status, phases } = result;
  return {
    location,
    verdict,
    code: reason.code,
    totalMs: Math.round(phases.totalMs * 10) / 10,
    ...(verdict === 'pass' ? {} : { message: reason.message }),
    ...(status === undefined ? {} : { status }),
  };
}
