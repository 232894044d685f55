import type { Check } from '../model/check.ts';
import { type Answers, type Incident, isSlowness, wellSinceOf } from '../model/incident.ts';
import { asFirstFound, asItCounts, type Result } from '../model/result.ts';
import { advance, endingWith } from './lifecycle/advance.ts';
import type { Analysis, AnalysisInput, AnalysisSettings, Assessment, Evidence } from './analysis.ts';
import { observeBudgets } from './slo/burn.ts';
import { isCertificate, observeCertificates } from './evaluate/certificates.ts';
import { type DriftState, findDrifts } from './evaluate/drift.ts';
import { isCommonFailure } from './lifecycle/going-on.ts';
import { isGone } from './lifecycle/gone.ts';
import { inhibitions } from './suppression/inhibitions.ts';
import { climb, type Ladder } from './root-cause/correlation.ts';
import { inTime, ofKnown } from './lifecycle/late.ts';
import { observeMute } from './evaluate/no-data.ts';
import { isUntold, narrow } from './narrowing.ts';
import { compareText, type Observation, type Root, type Seen, watchedOf } from './observation.ts';
import { observeDrift, observeOperation } from './evaluate/operations.ts';
import { outdatedBy } from './lifecycle/outdated.ts';
import { answersOf } from './relief.ts';
import { observeDocuments } from './root-cause/reported.ts';
import { isFailing, isUnsteadyAnswer, saysSomething } from './root-cause/rules.ts';
import { covers, isSeenBySingleCalls, isUnsteadiness } from './scope.ts';
import { lookAtOurselves } from './root-cause/self-outage.ts';
import { withSlowness } from './latency/slow-now.ts';
import { observeSlowness } from './latency/slowness.ts';
import { cycleStatistics } from './latency/statistics.ts';
import { succeed } from './lifecycle/succession.ts';
import { endingBefore } from './lifecycle/together.ts';
import { suspectedOf } from './suspected.ts';
import { agedOf, type Standing, unheardOf } from './unheard.ts';
import { asFound, setAside, setAsideAlone, withoutExcuse } from './evaluate/unproven.ts';

/** A whole cycle: what is wrong, what is news, and the figures. Pure, as `assess`. */
export function analyze(input: AnalysisInput): Analysis {
  const assessment = assess(input);
  const { results, budgets } = assessment;
  const cycleResults = latestByCheck([...(input.before ?? []), ...withoutThose(results, input)]);
  const statistics = cycleStatistics(input.cycle, checksById(input), cycleResults);
  return {
    ...assessment,
    cycleResults,
    statistics: {
      ...statistics,
      ...(budgets.length === 0 ? {} : { budgets }),
      ...circumstancesOf(input),
    },
  };
}

/** What else the decision depended on, so that it can be made again. */
function circumstancesOf({ now, scope, credentialFailures, documentProblems }: AnalysisInput) {
  return {
    judgedAt: now,
    scope,
    ...(credentialFailures.length === 0 ? {} : { credentialFailures }),
    unreadable: documentProblems,
  };
}

/**
 * From results to what is wrong and what is news about it. Pure: whatever it depends on is in the evidence, and
 * the order of results, checks and incidents in it makes no difference.
 */
export function assess(given: Evidence & Pick<AnalysisInput, 'before' | 'beside'>): Assessment {
  const evidence = {
    ...given,
    results: given.results.map(asFirstFound),
    known: given.known?.map(asFirstFound) ?? [],
    before: given.before?.map(asFirstFound),
    open: given.open.map((one) => unwatchedFor(one, given.awayMs)),
  };
  const latest = latestByCheck(evidence.results);
  const checks = checksById(evidence);
  const standing = ofKnown(join(evidence.known, checks, evidence, latest).map(asFound), evidence);
  const fresh = join(latest, checks, evidence).map((one) => withoutExcuse(one, evidence));
  const around = inTime(
    [...ofKnown(fresh, evidence), ...standing.filter((one) => isOfThisRound(one, evidence))],
    evidence,
  );
  const { seen: found, root: self } = lookAtOurselves(around, evidence);
  const heard = setAside(found, evidence);
  const ladder = climb(heard, setAside(standing, evidence), self, evidence);
  const called = heard.filter(({ isKnown }) => isKnown !== true);
  const alone = setAsideAlone(heard, ladder.explained, { ...evidence, around: [...standing, ...heard] });
  const seen = alone.filter(({ isKnown }) => isKnown !== true);
  const isWhole = evidence.partial !== true;
  const drifts = findDrifts(seen, evidence);
  const slow = observeSlowness(evidence).map((one) => inRound(one, evidence));
  const isDown = hostsDown(ladder);
  const results = judgedBy(seen, latest).map((one) => asItCounts(one, isDown(one)));
  const counted = [...(evidence.before ?? []), ...withoutThose(results, evidence)];
  const budgets = evidence.budgets?.view(counted, countedChecks(evidence), evidence.now) ?? [];
  const isDeaf = self?.observation.kind === 'bad';
  const mute = isDeaf || !isWhole || evidence.selection === true ? [] : observeMute(heard, evidence);
  const beyond =
    evidence.budgets?.beyond(counted, countedChecks(evidence), evidence.now, [
      ...evidence.open,
      ...(evidence.ended ?? []),
    ]) ?? [];
  const burns = observeBudgets(budgets, beyond, evidence);
  const succession = succeed(evidence, ladder, [...standing, ...heard], slow);
  const successes = successesOf(checks, evidence.settings);
  const now = new Map(called.map((one) => [one.check.id, one]));
  const otherwise = new Set(answeringOtherwise(evidence, heard));
  const well = ladder.roots.flatMap(({ observation }) =>
    otherwise.has(observation.fingerprint) ? [] : [observation],
  );
  const before = standingBeside(called, evidence);
  const wellSince = wellSinceNow(well, evidence);
  const unheard = unheardNow(wellSince, before);
  const aged = agedNow(wellSince, before, evidence);
  const suspected = suspectedOf(evidence);
  const isHeard = (fingerprint: string): boolean =>
    !aged.has(fingerprint) &&
    !suspected.has(fingerprint) &&
    !mayFail(unheard.get(fingerprint) ?? [], evidence);
  const ending = new Set(
    [...endingWith(well, evidence.open, { successes, now: evidence.now })].filter(isHeard),
  );
  const narrowing = narrow(evidence, ladder, [...alone, ...heardSinceWell(heard, checks, evidence)], ending);
  const left = new Set(narrowing.services.roots.map(({ observation }) => observation.fingerprint));
  const known: Ladder = {
    roots: [
      ...ladder.roots.filter(({ observation }) => !left.has(observation.fingerprint)),
      ...narrowing.services.roots,
    ],
    explained: new Map([...ladder.explained, ...narrowing.services.explained]),
  };
  const operations = observeOperations([...seen, ...narrowing.left], drifts, evidence);
  const endingAlone = endingWith(operations, evidence.open, { successes, now: evidence.now });
  const tooSoon = endingBefore(evidence.open, operations, endingAlone, { successes, now: evidence.now });
  const over = new Set([...ending].filter((fingerprint) => !narrowing.undecided.has(fingerprint)));
  const advanced = advance(evidence.open, {
    observations: [
      ...known.roots.map(({ observation }) => observation),
      ...slow.map(({ observation }) => observation),
      ...observeDocuments(evidence, ladder.roots),
      ...observeCertificates(evidence, ladder.roots),
      ...operations,
      ...mute,
      ...burns,
    ],
    ...inhibitions(evidence, checks, seen, known, slow, succession, over),
    becomes: new Map([...narrowing.becomes, ...succession.becomes]),
    remains: narrowing.remains,
    undecided: new Set([
      ...narrowing.undecided,
      ...otherwise,
      ...tooSoon,
      ...[...unheard.keys(), ...aged, ...suspected].filter((fingerprint) => !isHeard(fingerprint)),
      ...waitedFor(evidence),
    ]),
    firstAnswers: firstAnswers(called, evidence),
    unheard: new Map([...unheard].map(([fingerprint, { length }]) => [fingerprint, length])),
    mayNotBegin: (fingerprint) =>
      evidence.selection === true && !isSlowness(fingerprint) && !isCertificate(fingerprint),
    sampled: evidence.selection === true,
    counted: (incident) => isCounted(incident, evidence),
    gone: isGone(evidence),
    configured: evidence.configured,
    hush: evidence.hush ?? (() => undefined),
    ended: evidence.ended ?? [],
    deaf: isDeaf,
    successes,
    answers: (incident) => answersOf(incident, now, before),
    outdated: outdatedBy(called, evidence),
    now: evidence.now,
    settings: evidence.settings,
  });
  return { ...advanced, results: withSlowness(results, checks, advanced.open), budgets };
}

/**
 * Fingerprints of what is over as it was told, and none of whose operations works: what that is now, a whole cycle says.
 *
 * @param heard Of the present calls.
 */
function answeringOtherwise(
  { open, selection = false, partial = false }: Evidence,
  heard: readonly Seen[],
): readonly string[] {
  if (!selection && !partial) return [];
  const failing = new Map(heard.map((one) => [one.check.id, isFailing(one)]));
  return open.filter(isCommonFailure).flatMap(({ fingerprint, members }) => {
    const answers = watchedOf(members).flatMap((id) => failing.get(id) ?? []);
    return answers.length > 0 && answers.every(Boolean) ? [fingerprint] : [];
  });
}

/** Of hosts of which people know that they answer only now and then; without what they know to fail by itself. */
function firstAnswers(called: readonly Seen[], { open }: Evidence): ReadonlyMap<string, Answers> {
  return new Map(
    open.flatMap(({ fingerprint, cause }) => {
      if (!isUnsteadiness(fingerprint)) return [];
      const telling = called.filter(
        (one) =>
          covers(cause, one.check) && saysSomething(one) && !(isFailing(one) && one.isOfKnown === true),
      );
      const bad = telling.filter(isUnsteadyAnswer).length;
      return telling.length === 0 ? [] : [[fingerprint, { count: telling.length, bad }] as const];
    }),
  );
}

/** Of hosts that answer only now and then: what is well has come in, and what has failed is asked once more. */
function waitedFor({ open, checks, waiting }: Evidence): readonly string[] {
  if (waiting === undefined || waiting.size === 0) return [];
  const told = new Set(open.flatMap((one) => (isUntold(one) ? [] : [one.fingerprint])));
  const called = checks.filter(({ id }) => waiting.has(id) && !told.has(`operation:${id}`));
  return open.flatMap(({ fingerprint, cause }) =>
    isUnsteadiness(fingerprint) && called.some((check) => covers(cause, check)) ? [fingerprint] : [],
  );
}

/** What was known before, of what has not been called now. */
function standingBeside(
  called: readonly Seen[],
  { checks, open, known = [] }: Pick<Evidence, 'checks' | 'open' | 'known'>,
): Standing {
  const now = new Set(called.map(({ check }) => check.id));
  // There may be a hundred thousand of them, and most often nothing is asked of any.
  const isAsked = open.some(({ cause }) => cause.level !== 'operation');
  const others = isAsked ? known.filter(({ checkId }) => !now.has(checkId)) : [];
  return { checks, open, known: new Map(others.map((result) => [result.checkId, result])) };
}

/** What is well with the present calls or was before, and since when, epoch ms. */
function wellSinceNow(
  observations: readonly Observation[],
  { open, now }: Pick<Evidence, 'open' | 'now'>,
): ReadonlyMap<Incident, number> {
  const good = new Map(
    observations.flatMap((one) => (one.kind === 'good' ? [[one.fingerprint, one.at ?? now] as const] : [])),
  );
  return new Map(
    open.flatMap((incident) => {
      const since = wellSinceOf(incident) ?? good.get(incident.fingerprint);
      return since === undefined ? [] : [[incident, since] as const];
    }),
  );
}

/** By fingerprint: what has not been called since it began to be well. */
function unheardNow(
  wellSince: ReadonlyMap<Incident, number>,
  standing: Standing,
): ReadonlyMap<string, readonly Check[]> {
  return new Map(
    [...wellSince].flatMap(([incident, since]) => {
      const unheard = unheardOf(incident, standing, since);
      return unheard.length === 0 ? [] : [[incident.fingerprint, unheard] as const];
    }),
  );
}

/** Fingerprints of what has been well by turns, as far as is known. */
function agedNow(
  wellSince: ReadonlyMap<Incident, number>,
  standing: Standing,
  { now }: Pick<Evidence, 'now'>,
): ReadonlySet<string> {
  return new Set(
    [...wellSince].flatMap(([incident, since]) =>
      agedOf(incident, standing, since, now).length === 0 ? [] : [incident.fingerprint],
    ),
  );
}

/** What no look calls is asked by whole cycles alone. */
function mayFail(unheard: readonly Check[], { partial, selection }: Evidence): boolean {
  const isWhole = partial !== true && selection !== true;
  return unheard.some(({ repeatable }) => repeatable || !isWhole);
}

/** What others of its cause have come to since these began to answer well, whatever of it comes in late now. */
function heardSinceWell(
  heard: readonly Seen[],
  checks: ReadonlyMap<string, Check>,
  evidence: Evidence,
): readonly Seen[] {
  const { open, known = [] } = evidence;
  const since = Math.min(
    ...open.flatMap((one) => (one.cause.level === 'operation' ? [] : (wellSinceOf(one) ?? []))),
  );
  const now = new Set(heard.map(({ check }) => check.id));
  const others = known.filter(({ checkId, at }) => at >= since && !now.has(checkId));
  return setAside(ofKnown(join(others, checks, evidence, []).map(asFound), evidence), evidence);
}

/** While cycles of a service go on it is about to be known how many fail: people hear of that when one ends. */
function isCounted({ members, services }: Incident, { partial, scope = services }: Evidence): boolean {
  return members.heard === undefined || (partial !== true && services.some((one) => scope.includes(one)));
}

function unwatchedFor(incident: Incident, awayMs = 0): Incident {
  return awayMs === 0 ? incident : { ...incident, unwatchedMs: (incident.unwatchedMs ?? 0) + awayMs };
}

/** Of each operation that was called, what is news. */
function observeOperations(
  seen: readonly Seen[],
  drifts: ReadonlyMap<string, DriftState>,
  evidence: Evidence,
): readonly Observation[] {
  const open = new Set(evidence.open.map(({ fingerprint }) => fingerprint));
  // That all is well where nothing was wrong is no news, and there may be a hundred thousand of it.
  const isNews = ({ kind, fingerprint }: Observation): boolean => kind === 'bad' || open.has(fingerprint);
  return seen.flatMap((one) =>
    [...observeOperation(one, evidence), ...observeDrift(one, drifts.get(one.check.id), evidence)].filter(
      isNews,
    ),
  );
}

function withoutThose(
  results: readonly Result[],
  { beside }: Pick<AnalysisInput, 'beside'>,
): readonly Result[] {
  return beside === undefined ? results : results.filter(({ checkId }) => !beside.has(checkId));
}

/** Tells of a result whether its host is down, or nothing comes from there but the same error. */
function hostsDown({ roots, explained }: Ladder): (result: Result) => boolean {
  const down = new Set(
    roots.flatMap(({ cause: { level }, observation: { kind, fingerprint } }) =>
      kind === 'bad' && (level === 'origin' || level === 'gateway') ? [fingerprint] : [],
    ),
  );
  return ({ checkId }) => down.has(explained.get(checkId) ?? '');
}

function judgedBy(seen: readonly Seen[], latest: readonly Result[]): readonly Result[] {
  const judged = new Map(seen.map(({ check, result }) => [check.id, result]));
  return latest.map((result) => judged.get(result.checkId) ?? result);
}

/**
 * A second good answer is asked for where a recheck, or another look at the certificate, brings it within a minute; that slow
 * ones are over, many answers have shown by then.
 */
function successesOf(
  checks: ReadonlyMap<string, Check>,
  settings: AnalysisSettings,
): (incident: Incident) => number {
  return ({ members, fingerprint }) => {
    const hasRecheck = members.worst.some(({ checkId }) => checks.get(checkId)?.repeatable === true);
    const isAskedFor =
      isCertificate(fingerprint) ||
      (hasRecheck && isSeenBySingleCalls(fingerprint) && !isSlowness(fingerprint));
    return isAskedFor ? settings.recovery.successes : 1;
  };
}

/** Those that count for the objectives. */
export function countedChecks({ checks, maintained = () => false }: Evidence): readonly Check[] {
  return checks.filter((check) => !maintained(check));
}

function checksById({ checks }: Evidence): ReadonlyMap<string, Check> {
  return new Map(checks.map((check) => [check.id, check]));
}

function latestByCheck(results: readonly Result[]): readonly Result[] {
  const latest = new Map<string, Result>();
  for (const result of results) {
    const other = latest.get(result.checkId);
    if (other === undefined || other.at < result.at) latest.set(result.checkId, result);
  }
  return [...latest.values()].sort((a, b) => compareText(a.checkId, b.checkId));
}

/** Results with their checks; `newer`: these are known from before, and of checks that it names they are outdated. */
function join(
  results: readonly Result[],
  checks: ReadonlyMap<string, Check>,
  { rounds }: Evidence,
  newer?: readonly Result[],
): readonly Seen[] {
  const outdated = new Set(newer?.map(({ checkId }) => checkId));
  return results.flatMap((result): Seen[] => {
    const check = checks.get(result.checkId);
    if (check === undefined || outdated.has(check.id)) return [];
    const round = rounds?.get(check.service);
    return [
      {
        check,
        result,
        ...(newer === undefined ? {} : { isKnown: true }),
        round,
      },
    ];
  });
}

/** Several judgements of one cycle count as one. */
function inRound(root: Root, { rounds }: Evidence): Root {
  const { observation } = root;
  if (observation.kind === 'good' || rounds === undefined) return root;
  const { trouble } = observation;
  const started = trouble.services.flatMap((service) => rounds.get(service)?.startedAt ?? []);
  if (started.length === 0) return root;
  return { ...root, observation: { ...observation, trouble: { ...trouble, round: Math.max(...started) } } };
}

/** What was found before the present calls began decides nothing about them. */
function isOfThisRound({ check, result, round }: Seen, { heldUp }: Evidence): boolean {
  return round !== undefined && (result.at >= round.startedAt || heldUp?.has(check.id) === true);
}
