import type { LocationNote, Result, Verdict } from '../../model/result.ts';
import { sentence } from '../../messages/sentence.ts';

/** What a check came to at a location. */
export interface Vote {
  readonly location: string;
  readonly result: Result;
}

/** What says something of the operation. */
const votes: ReadonlySet<Verdict> = new Set<Verdict>(['pass', 'degraded', 'fail']);

/**
 * What a check counts as that was called from several locations: it fails when it does so from `quorum` of them; else
 * what the others found counts. A location that could not call it has no vote.
 *
 * @param quorum Absent: most of those with a result.
 */
export function combine(found: readonly Vote[], quorum?: number): Result | undefined {
  const [only] = found;
  if (only === undefined) return undefined;
  const locations = found.map(noteOf);
  const voting = found.filter(({ result }) => votes.has(result.verdict));
  const failing = voting.filter(({ result }) => result.verdict === 'fail');
  const needed = quorum ?? Math.floor(voting.length / 2) + 1;
  if (failing.length > 0 && failing.length >= needed) return { ...middleOf(failing), locations };
  const others = voting.filter(({ result }) => result.verdict !== 'fail');
  if (others.length > 0) return { ...middleOf(others), locations };
  if (failing.length > 0) return { ...undecided(failing), locations };
  const blocked = found.find(({ result }) => result.verdict === 'blocked') ?? only;
  return { ...blocked.result, locations };
}

/** Where it fails although it works from elsewhere: that is the location's and not the service's. */
export function failsOnlyAt({ verdict, locations = [] }: Result): readonly string[] {
  const works = locations.some((one) => one.verdict === 'pass' || one.verdict === 'degraded');
  if (verdict === 'fail' || !works) return [];
  return locations.filter((one) => one.verdict === 'fail').map(({ location }) => location);
}

/** A quorum cannot be had: what fails is known from too few. */
function undecided(failing: readonly Vote[]): Result {
  const { evidence, ...result } = middleOf(failing);
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
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? sorted[0];
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
