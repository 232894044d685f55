import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Check } from '../../model/check.ts';
import { nearestRank } from '../../model/cycle.ts';
import type { Incident } from '../../model/incident.ts';
import type { Cause } from '../../model/cause.ts';
import type { Evidence } from '../analysis.ts';
import { milder, ownership, type Root, type Trouble } from '../observation.ts';
import { covers } from '../scope.ts';
import { showMs } from './baselines.ts';
import {
  type Answer,
  fewestOperations,
  findSlowness,
  isConsiderable,
  isSlowRoot,
  isWell,
  shareOf,
  SlowAnswers,
  type SlowShare,
} from './slow-share.ts';

/**
 * Origins and services that answer too slowly too often, each as one trouble. A single operation shows it late, and all of
 * them would tell it one by one. An origin that serves several services is meant when more than one of them is slow;
 * what it explains does not count for its services again.
 */
export function observeSlowness(evidence: Evidence): readonly Root[] {
  const answers = new SlowAnswers(evidence);
  const origins = observeGroups('origin', evidence.checks, answers, evidence);
  const told = evidence.open.filter(({ fingerprint }) => fingerprint.startsWith('slow:'));
  const slow = new Set([...origins, ...told].map(({ cause }) => cause.subject));
  const left = evidence.checks.filter(({ origin }) => !slow.has(origin));
  return [...origins, ...observeGroups('service', left, answers, evidence)];
}

type Level = 'origin' | 'service';

function observeGroups(
  level: Level,
  checks: readonly Check[],
  answers: SlowAnswers,
  evidence: Evidence,
): readonly Root[] {
  const open = new Map(evidence.open.map((incident) => [incident.fingerprint, incident]));
  const groups = groupBy(checks, ({ origin, service }) => (level === 'origin' ? origin : service));
  return [...groups].flatMap(([subject, own]): readonly Root[] => {
    const fingerprint = level === 'origin' ? `slow:${subject}` : `slow-service:${subject}`;
    const before = open.get(fingerprint);
    if (!own.some((one) => answers.hasAnsweredNow(one))) return [];
    if (before === undefined && (own.length < fewestOperations || !answers.mayBeSlow(own))) return [];
    const cause: Cause = { level, subject };
    const latest = own.flatMap((one) => answers.of(one));
    if (before !== undefined) return carryOn(before, own, latest);
    const found = findSlowness(sinceItEnded(latest, evidence), evidence.now);
    if (found === undefined || (level === 'origin' && isOfOneService(found))) return [];
    const trouble = { ...troubleOf(cause, found, own), since: beganAt(latest, found) };
    return [{ cause, observation: { kind: 'bad', fingerprint, trouble } }];
  });
}

/**
 * The first slow answer of the stretch that was found: what proves it is its end. It goes back to where answers in time follow each
 * other, with no more slow ones among them than there may be.
 */
function beganAt(latest: readonly Answer[], { answers, slow }: SlowShare): number {
  const isSlower = slow.length * 2 > answers.length;
  const begin = Math.min(...slow.map(({ at }) => at));
  const before = latest.filter(({ at }) => at < begin).toSorted((a, b) => b.at - a.at);
  let [began, inTime] = [begin, 0];
  for (const { at, isSlow } of before) {
    if (isSlow) [began, inTime] = [at, 0];
    else inTime += 1;
    if (inTime > (isSlower ? 0 : mostBetween)) break;
  }
  return began;
}

/** Answers in time between two slow ones, where only some of them are. */
const mostBetween = 10;

/** It ends when the latest answers are well, and not before: in between it is as slow as it was told. */
function carryOn(before: Incident, own: readonly Check[], latest: readonly Answer[]): readonly Root[] {
  const { cause, fingerprint, members } = before;
  const present = new Set(own.map(({ service }) => service));
  const isWhole = before.services.every((service) => present.has(service));
  if (!isWhole) return [];
  if (isWell(latest, before.openedAt)) {
    const at = wellAgainAt(latest, before.openedAt);
    return [{ cause, observation: { kind: 'good', fingerprint, ...(at === undefined ? {} : { at }) } }];
  }
  const trouble = { ...troubleOf(cause, shareOf(latest), own), members };
  return [{ cause, observation: { kind: 'bad', fingerprint, trouble } }];
}

/** When the first answer in time came after those that were slow; `undefined`: none was. */
function wellAgainAt(latest: readonly Answer[], beganAt: number): number | undefined {
  const slow = latest.flatMap(({ at, isSlow }) => (isSlow && at >= beganAt ? [at] : []));
  if (slow.length === 0) return undefined;
  const since = Math.max(...slow);
  const first = latest.filter(({ at, isSlow }) => !isSlow && at > since).toSorted((a, b) => a.at - b.at)[0];
  return first === undefined ? undefined : first.at + Math.round(first.ms);
}

/** What was slow before that was over does not begin anything again. */
function sinceItEnded(latest: readonly Answer[], { ended = [] }: Evidence): readonly Answer[] {
  const roots = ended.filter(isSlowRoot);
  if (roots.length === 0) return latest;
  return latest.filter(
    ({ check, at }) => !roots.some(({ cause, resolvedAt = 0 }) => at < resolvedAt && covers(cause, check)),
  );
}

/** Of several services there, one alone is slow: its own matter. */
function isOfOneService({ answers, slow }: SlowShare): boolean {
  const byService = [...groupBy(slow, ({ check }) => check.service)];
  const [worst] = byService.toSorted(([, a], [, b]) => b.length - a.length).map(([service]) => service);
  const others = answers.filter(({ check }) => check.service !== worst);
  return others.length > 0 && !isConsiderable(shareOf(others));
}

function troubleOf(cause: Cause, { answers, slow }: SlowShare, own: readonly Check[]): Trouble {
  const byCheck = groupBy(slow, ({ check }) => check.id);
  const affected = own
    .filter(({ id }) => byCheck.has(id))
    .map((check) => ({
      check,
      message: sentence('took', { time: showMs(median(byCheck.get(check.id) ?? [])) }),
    }));
  const { severity, ...members } = ownership(affected, own);
  const [objectiveMs, another] = [...new Set(own.map(({ latency }) => latency.p95Ms))];
  return {
    ...members,
    cause,
    severity: milder(severity),
    verdict: 'degraded',
    subjectLabel: cause.subject,
    reason: { code: 'latency', message: wordingOf(answers, slow) },
    ...(objectiveMs === undefined || another !== undefined
      ? {}
      : { expected: `p95 ≤ ${showMs(objectiveMs)}` }),
    ...(objectiveMs === undefined || another !== undefined ? {} : { objectiveMs }),
    since: Math.min(...slow.map(({ at }) => at)),
    evaluations: 1,
  };
}

function wordingOf(answers: readonly Answer[], slow: readonly Answer[]): Sentence {
  const share = Math.round((slow.length / answers.length) * 100);
  const fast = answers.filter(({ isSlow }) => !isSlow);
  const about = { n: slow.length, all: answers.length, share, slow: showMs(median(slow)) };
  return fast.length === 0
    ? sentence('manySlow', about)
    : sentence('manySlowOthersFast', { ...about, fast: showMs(median(fast)) });
}

function median(answers: readonly Answer[]): number {
  return nearestRank(Float64Array.from(answers.map(({ ms }) => ms)).sort(), 0.5);
}
