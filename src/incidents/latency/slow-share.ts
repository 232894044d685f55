import { groupBy } from '../../lib/group-by.ts';
import type { Check } from '../../model/check.ts';
import type { Result, TimedAnswers } from '../../model/result.ts';
import type { Incident } from '../../model/incident.ts';
import type { Evidence } from '../analysis.ts';
import { isBroken } from '../lifecycle/late.ts';
import { covers } from '../scope.ts';
import { isOver, type Took, tookOf } from './recent.ts';

/** Intervals looked back on: the shortest that proves something counts, the longer ones are for few operations. */
const windows = [2, 3, 4, 6, 12] as const;
/** Share of slow answers that is worth telling: an objective for 95 % of them allows half of it. */
const worthTelling = 0.1;
/** A chance of less than this is none. */
const chance = 2e-4;
/** What is known of the share before: at least this, so that two slow answers are no proof, and no more than that. */
const usualShare = { least: 0.01, most: worthTelling, assumed: 0.05 };
/** Answers that an assumption is worth beside those that were seen. */
const assumedAnswers = 10;
/** Fewer operations than this have matters of their own. */
export const fewestOperations = 3;
/** In one interval a pause, or a neighbour's, may make all of them slow. */
const fewestBesideTheWorst = 2;
/**
 * That so many answers in a row are in time although nothing has changed comes about once in so many times. It is asked
 * after every look, so it has to be rare.
 */
const unlikely = 5e-5;
/** What was seen of the share may have been more than it is. */
const shareForSure = 0.8;
const inARow = { least: 12, most: 72 };
/** Where a few have always been slow: no more than what an objective allows. */
const inTheLongRun = { answers: 72, slow: 3 };

/** What the answers of one window come to. */
export interface SlowShare {
  readonly answers: readonly Answer[];
  readonly slow: readonly Answer[];
}

/**
 * Whether so many of the latest answers are slow that it is no accident, held against the share that was slow before; not
 * because of one interval alone, nor of one operation or two. Of each operation, one answer an interval counts.
 */
export function findSlowness(answers: readonly Answer[], now: number): SlowShare | undefined {
  const byInterval = onePerInterval(answers, now);
  for (const length of windows) {
    const recent = byInterval.filter(({ ago }) => ago < length);
    const share = shareOf(recent.map(({ answer }) => answer));
    const before = byInterval.filter(({ ago }) => ago >= length).map(({ answer }) => answer);
    if (isSteady(recent) && isNoAccident(share, shareOf(before))) return share;
  }
  return undefined;
}

/**
 * Whether the latest answers since it began, however far apart, are as they should be: the more of them have been slow,
 * the fewer in time prove it.
 */
export function isWell(answers: readonly Answer[], beganAt: number): boolean {
  const newestFirst = answers.filter(({ at }) => at >= beganAt).toSorted((a, b) => b.at - a.at);
  const inTime = newestFirst.findIndex(({ isSlow }) => isSlow);
  const meanwhile = inTime === -1 ? [] : newestFirst.slice(inTime);
  const lately = newestFirst.slice(0, inTheLongRun.answers);
  return (
    (inTime === -1 ? newestFirst.length : inTime) >= inARowFor(shareOf(meanwhile)) ||
    (lately.length === inTheLongRun.answers && shareOf(lately).slow.length <= inTheLongRun.slow)
  );
}

/** Answers in a row that are in time by chance alone no oftener than once in a long while. */
function inARowFor({ answers, slow }: SlowShare): number {
  const share = shareForSure * (slow.length / Math.max(1, answers.length));
  const needed = Math.ceil(Math.log(unlikely) / Math.log(1 - share));
  return Math.min(inARow.most, Math.max(inARow.least, needed));
}

/** Enough to go on when some of them are left out. */
export function isConsiderable({ answers, slow }: SlowShare): boolean {
  return slow.length >= Math.max(fewestBesideTheWorst, answers.length * worthTelling);
}

interface Placed {
  readonly answer: Answer;
  /** Whole intervals of its operation ago. */
  readonly ago: number;
}

function onePerInterval(answers: readonly Answer[], now: number): readonly Placed[] {
  const first = new Map<string, Placed>();
  for (const answer of answers) {
    const ago = Math.max(0, Math.floor((now - answer.at) / answer.check.intervalMs));
    const place = `${answer.check.id}\n${ago}`;
    if (!first.has(place)) first.set(place, { answer, ago });
  }
  return [...first.values()];
}

export function shareOf(answers: readonly Answer[]): SlowShare {
  return { answers, slow: answers.filter(({ isSlow }) => isSlow) };
}

/** Of several operations, still going on, and also without the worst interval. */
function isSteady(recent: readonly Placed[]): boolean {
  const slow = recent.filter(({ answer }) => answer.isSlow);
  if (new Set(slow.map(({ answer }) => answer.check.id)).size < fewestOperations) return false;
  const latest = Math.min(...recent.map(({ ago }) => ago));
  if (!slow.some(({ ago }) => ago === latest)) return false;
  const [worst = latest] = [...groupBy(slow, ({ ago }) => ago)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([ago]) => ago);
  const others = recent.filter(({ ago }) => ago !== worst).map(({ answer }) => answer);
  return isConsiderable(shareOf(others));
}

function isNoAccident({ answers, slow }: SlowShare, before: SlowShare): boolean {
  const { least, most, assumed } = usualShare;
  const known = (before.slow.length + assumed * assumedAnswers) / (before.answers.length + assumedAnswers);
  const usual = Math.min(most, Math.max(least, known));
  return slow.length >= answers.length * worthTelling && atLeast(slow.length, answers.length, usual) < chance;
}

/** The chance that at least `count` of `of` are slow when each is with the chance `share`. */
function atLeast(count: number, of: number, share: number): number {
  let term = (1 - share) ** of;
  // With very many the first terms are too small for a number; then the share alone decides.
  if (term === 0) return count > of * share * 1.5 ? 0 : 1;
  let below = 0;
  for (let no = 0; no < count; no++) {
    below += term;
    term *= ((of - no) / (no + 1)) * (share / (1 - share));
  }
  return Math.max(0, 1 - below);
}

export interface Answer {
  readonly check: Check;
  /** Epoch ms. */
  readonly at: number;
  readonly ms: number;
  readonly isSlow: boolean;
}

/** Slower than this many times the usual, … */
const timesUsual = 2;
/** … than all but one of a thousand usually are, … */
const deviations = 3;
/** … and by at least so much: nobody minds 3 ms in place of 1. */
const smallestMs = 50;
const objectiveShare = 0.1;

const noAnswers: TimedAnswers = { at: [], ms: [] };

/** What it takes to know how fast checks have answered. */
type Heard = Pick<Evidence, 'open' | 'ended' | 'results' | 'timed' | 'usual' | 'now'>;

export function isSlowRoot({ fingerprint }: Pick<Incident, 'fingerprint'>): boolean {
  return /^slow(?:-service)?:/.test(fingerprint);
}

/** The latest answers of checks, this evaluation's included, oldest first; each is slow or not by its own measure. */
export class SlowAnswers {
  readonly #evidence: Heard;
  readonly #now = new Map<string, Result>();

  /** While a host does not answer whoever waits is answered late. */
  readonly #outages: readonly Incident[];

  /** Answers from before one of these was over do not count. */
  readonly #hasEnded: boolean;

  constructor(evidence: Heard) {
    const { open, ended = [] } = evidence;
    this.#hasEnded = ended.some(isSlowRoot);
    this.#evidence = evidence;
    this.#outages = [...open, ...ended].filter((one) => one.cause.level === 'origin' && isBroken(one));
    for (const result of evidence.results)
      if (tookOf(result) !== undefined) this.#now.set(result.checkId, result);
  }

  hasAnsweredNow({ id }: Check): boolean {
    return this.#now.has(id);
  }

  /**
   * Whether `findSlowness` has to be asked: of a hundred thousand operations it looks at millions of answers. It finds nothing
   * where fewer operations are slow than prove anything, or fewer answers than a tenth of those in time.
   */
  mayBeSlow(checks: readonly Check[]): boolean {
    let [operations, slow, inTime] = [0, 0, 0];
    for (const check of checks) {
      const most = this.#slowAtMost(check);
      slow += most;
      if (most > 0) operations += 1;
      else if (this.#isHeardOfLately(check)) inTime += 1;
    }
    return operations >= fewestOperations && (this.#hasEnded || slow >= inTime * worthTelling);
  }

  /** So many of its answers, or fewer, were slow. */
  #slowAtMost(check: Check): number {
    const { timed = () => noAnswers } = this.#evidence;
    const took = this.#tookNow(check);
    const { ms } = timed(check.id);
    const least = Math.min(check.latency.p95Ms, smallestMs);
    if (!(took !== undefined && took.mostMs > least) && !ms.some((one) => one > least)) return 0;
    const limit = this.#limitMs(check);
    const before = ms.reduce((count, one) => count + Number(one > limit), 0);
    return before + Number(took !== undefined && took.mostMs > limit);
  }

  /** Its latest answer counts in the shortest of the windows. */
  #isHeardOfLately(check: Check): boolean {
    const { timed = () => noAnswers, now } = this.#evidence;
    const last = timed(check.id).at.at(-1);
    return last !== undefined && now - last < windows[0] * check.intervalMs;
  }

  #tookNow({ id }: Check): Took | undefined {
    const result = this.#now.get(id);
    return result && tookOf(result);
  }

  of(check: Check): readonly Answer[] {
    const { timed = () => noAnswers } = this.#evidence;
    const limit = this.#limitMs(check);
    const { at, ms, leastMs = ms } = timed(check.id);
    const before = at.map((when, no) => ({ at: when, mostMs: ms[no] ?? 0, leastMs: leastMs[no] ?? 0 }));
    const result = this.#now.get(check.id);
    const took = this.#tookNow(check);
    const isKnown = result === undefined || took === undefined || before.some((one) => one.at === result.at);
    const all = isKnown ? before : [...before, { at: result.at, ...took }];
    const answers = all.flatMap((one): Answer[] => {
      const isSlow = isOver(one, limit);
      return isSlow === undefined ? [] : [{ check, at: one.at, ms: one.mostMs, isSlow }];
    });
    const outages = this.#outages.filter(({ cause }) => covers(cause, check));
    return answers.filter((one) => !one.isSlow || !outages.some((outage) => hasWaitedFor(outage, one)));
  }

  /** Over its objective, or far from what is usual at this hour. */
  #limitMs(check: Check): number {
    const { usual, now } = this.#evidence;
    const objectiveMs = check.latency.p95Ms;
    const known = usual?.(check, now);
    if (known === undefined) return objectiveMs;
    const unusualMs = known.ms * Math.max(timesUsual, Math.exp(deviations * known.spread));
    const noticeableMs = known.ms + Math.max(smallestMs, objectiveMs * objectiveShare);
    return Math.min(objectiveMs, Math.max(unusualMs, noticeableMs));
  }
}

/** It was under way while its host did not answer. */
function hasWaitedFor({ openedAt, resolvedAt = Infinity, wellSince, state }: Incident, one: Answer): boolean {
  const until = state === 'firing' ? Infinity : (wellSince ?? resolvedAt);
  return one.at <= until && one.at + one.ms >= openedAt;
}
