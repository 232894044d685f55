import { sentence } from '../../messages/sentence.ts';
import {
  type Answers,
  type Incident,
  isFailure,
  mustStayWell,
  type Suppression,
  type Told,
  type Transition,
  type TransitionKind,
} from '../../model/incident.ts';
import { isTransportFailure } from '../../model/result.ts';
import {
  atWorst,
  carriedOn,
  membersOf,
  membersWithout,
  nameOfOwned,
  recounted,
  widestOf,
} from '../../model/members.ts';
import { unnamedTo, withNamed } from '../../model/readers.ts';
import type { AnalysisSettings } from '../analysis.ts';
import { isCertificate } from '../evaluate/certificates.ts';
import { faultOf } from './fault.ts';
import { calmMsOf, countReturn, dampingOf, flappingOf } from './flapping.ts';
import { type Signal, type Guards, type Rule, ruleFor, type LifecycleState } from './rules.ts';
import { endsOf } from './late.ts';
import { compareText, distinct, type Observation, type Trouble } from '../observation.ts';
import type { Remainder } from '../narrowing.ts';
import type { ShareAnswer } from '../relief.ts';
import { checkIdOf, isUnsteadiness } from '../scope.ts';
import { closedWith, isPartOf } from './part-of.ts';
import { isNoLuck, steadinessAfter } from './luck.ts';
import { onceEach } from './once-each.ts';
import { relievedOf, reliefToTell } from './relieved.ts';
import { shortId } from './short-id.ts';
import {
  isAnotherFault,
  isStale,
  isUntoldFault,
  mergeTold,
  reachedNow,
  toldAbout,
  worthTelling,
} from './announced.ts';

/** What a cycle brings: each fingerprint at most once. */
export interface News {
  readonly observations: readonly Observation[];
  /** Incidents that go on as another cause: fingerprint before → now. */
  readonly becomes: ReadonlyMap<string, string>;
  /** What goes on failing of one of those beside what it goes on as, by fingerprint. */
  readonly remains: ReadonlyMap<string, Remainder>;
  /** Fingerprints of what is well as far as is known, and may not be over. */
  readonly undecided: ReadonlySet<string>;
  /** Fingerprint of the root cause that explains a fingerprint now. */
  readonly inhibitedBy: (fingerprint: string) => string | undefined;
  /** Too little was looked at to say that it is this and nothing larger. */
  readonly mayNotBegin: (fingerprint: string) => boolean;
  /** Only rechecks were looked at: how many are affected stays as it was last counted. */
  readonly sampled: boolean;
  /** Nothing more of it is about to be found by the calls that go on. */
  readonly counted: (incident: Incident) => boolean;
  /** Explained until now by a root cause that has just healed: it gets one more evaluation to heal as well. */
  readonly graced: (fingerprint: string) => boolean;
  /** No longer there to be wrong. */
  readonly gone: (incident: Incident) => boolean;
  /** Services that are patrolled; absent: nobody knows. */
  readonly configured?: readonly string[];
  /** Why people are not to be told about it now. */
  readonly hush: (incident: Incident) => Suppression | undefined;
  /** Incidents that ended lately: they show what comes and goes. */
  readonly ended: readonly Incident[];
  /** The patrol itself hears nothing, which is told: that there is no data is no news. */
  readonly deaf: boolean;
  /** Ids of those of which what is found now is older than good answers of the same operations. */
  readonly outdated: ReadonlySet<string>;
  /** By share of an incident that several services or owners have in common: what has been heard now. */
  readonly answers: (incident: Incident) => ReadonlyMap<string, ShareAnswer>;
  /** By fingerprint of what answers only now and then: first calls since the last evaluation. */
  readonly firstAnswers: ReadonlyMap<string, Answers>;
  /** By fingerprint: so many that failed of what answers well again have not been called since. */
  readonly unheard: ReadonlyMap<string, number>;
  /** Good evaluations in a row that end it. */
  readonly successes: (incident: Incident) => number;
  readonly now: number;
  readonly settings: AnalysisSettings;
}

export interface Advanced {
  readonly transitions: readonly Transition[];
  readonly open: readonly Incident[];
}

/**
 * Of two good answers the later one is no proof of its own when it came sooner after the other: what restarts answers for a
 * moment. A look asks for it ten seconds after.
 */
const proofApartMs = 9000;

/** Fingerprints of those that end with what is observed now, unless they have to stay well for longer. */
export function endingWith(
  observations: readonly Observation[],
  open: readonly Incident[],
  { successes, now }: Pick<News, 'successes' | 'now'>,
): ReadonlySet<string> {
  const own = new Map(open.map((one) => [one.fingerprint, one]));
  const ending = observations.filter((one) => {
    const incident = own.get(one.fingerprint);
    if (one.kind !== 'good' || incident === undefined) return false;
    return wellInARow(incident, one.at ?? now) >= successes(incident);
  });
  return new Set(ending.map(({ fingerprint }) => fingerprint));
}

/** Good evaluations in a row with one that was found `at`, epoch ms. */
function wellInARow({ state, streak = 0, countedGoodAt }: Incident, at: number): number {
  if (state !== 'recovering') return 1;
  return countedGoodAt === undefined || at - countedGoodAt >= proofApartMs ? streak + 1 : streak;
}

/**
 * Incidents from one evaluation to the next, by the table in `rules.ts`. An incident that a root cause explains
 * goes on without a word and does not begin; one that nobody was told about because of a silence is told when the
 * silence is over and it is still there; an end is told to whoever has been told of the beginning.
 */
export function advance(open: readonly Incident[], found: News): Advanced {
  const news = { ...found, ...onceEach(open, found) };
  const remaining = remainsOf(open, news.remains);
  const taken = new Set([...news.becomes.values(), ...remaining.map(({ fingerprint }) => fingerprint)]);
  // A suspicion of which nobody has heard is part of what goes on under its name.
  const kept = open.filter(({ fingerprint, state }) => state !== 'pending' || !taken.has(fingerprint));
  const before = [...kept.map((incident) => asNow(incident, news)), ...remaining];
  const narrowed = [...narrowedOf(open, news), ...remaining.map(({ id }) => id)];
  const answering = answeringOf(open, news.becomes);
  const otherwise = otherwiseOf(open, news.becomes);
  const evaluation = new Evaluation(before, news, { narrowed: new Set(narrowed), answering, otherwise });
  const known = new Map<string, Observation | undefined>(
    before.map(({ fingerprint }) => [fingerprint, undefined]),
  );
  const fresh: Bad[] = [];
  for (const one of news.observations) {
    if (known.has(one.fingerprint)) known.set(one.fingerprint, one);
    else if (one.kind === 'bad') fresh.push(one);
  }
  for (const incident of sorted(before)) evaluation.carryOn(incident, known.get(incident.fingerprint));
  for (const observation of sorted(fresh)) evaluation.begin(observation);
  const { transitions, open: left } = closedWith(evaluation, before, news.now);
  return { transitions: sortTransitions(transitions), open: sorted(freed(left)) };
}

/** What has ended explains nothing any more. */
function freed(open: readonly Incident[]): readonly Incident[] {
  const causes = new Set(open.map(({ fingerprint }) => fingerprint));
  return open.map((one) => (causes.has(one.inhibitedBy ?? one.fingerprint) ? one : attach(one, undefined)));
}

/** One that goes on as another cause keeps its number and forgets what was of the former one alone. */
function asNow(incident: Incident, { becomes, now }: Pick<News, 'becomes' | 'now'>): Incident {
  const fingerprint = becomes.get(incident.fingerprint);
  if (fingerprint !== undefined) {
    const { history: _h, inhibitedBy: _i, narrowedAt: _n, ...rest } = incident;
    const known = { ...rest, ...widestSoFar(incident), ...formerly(incident) };
    // A look leaves counts as they are: those of others are not its own.
    const service = /^service:(.*)$/.exec(fingerprint)?.[1];
    const isShared = service !== undefined && incident.members.shares?.some((one) => one.service === service);
    const own = isShared === true ? { members: membersOf(incident.members, [service]) } : {};
    if (!isOfOne(fingerprint)) return { ...known, ...own, ...toldOfOne(incident), fingerprint };
    // That the cause came and went is no coming and going of what has failed all the time.
    const { flapping: _f, ...steady } = known;
    return { ...steady, narrowedAt: now, fingerprint };
  }
  const inhibitedBy = becomes.get(incident.inhibitedBy ?? '');
  return inhibitedBy === undefined ? incident : { ...incident, inhibitedBy };
}

/** Whatever it goes on as, its end tells of all that it has been. */
function widestSoFar(incident: Incident): Pick<Incident, 'widest'> {
  if (isOfOne(incident.fingerprint)) return {};
  const { members, ...about } = atWorst(incident);
  return { widest: { ...members, ...about } };
}

/** That it is not the one operation alone is news, however few they are. */
function toldOfOne({ told, fingerprint }: Incident): Pick<Incident, 'told'> {
  return told === undefined || !isOfOne(fingerprint) ? {} : { told: { ...told, members: 0 } };
}

/** Ids of those that were about many operations and go on as one, or as several of their parts. */
function narrowedOf(
  open: readonly Incident[],
  { becomes, remains }: Pick<News, 'becomes' | 'remains'>,
): readonly string[] {
  const split = new Set([...remains.values()].map(({ whole }) => whole.id));
  const those = open.filter(({ fingerprint, id }) => {
    const now = becomes.get(fingerprint);
    return now !== undefined && !isOfOne(fingerprint) && (isOfOne(now) || split.has(id));
  });
  return those.map(({ id }) => id);
}

/** Ids of hosts that answer again, for the first time since people were told that they do not. */
function answeringOf(open: readonly Incident[], becomes: News['becomes']): ReadonlySet<string> {
  const those = open.filter(({ fingerprint, cause: { level }, was = [] }) => {
    const isFirst = level === 'origin' && !was.some(({ cause }) => cause.level === 'origin');
    return isFirst && !(becomes.get(fingerprint) ?? 'origin:').startsWith('origin:');
  });
  return new Set(those.map(({ id }) => id));
}

/** Ids of those that go on as something else that many operations have in common. */
function otherwiseOf(open: readonly Incident[], becomes: News['becomes']): ReadonlySet<string> {
  const those = open.filter(({ fingerprint }) => {
    const now = becomes.get(fingerprint);
    return now !== undefined && !isOfOne(now) && !isOfOne(fingerprint);
  });
  return new Set(those.map(({ id }) => id));
}

/** Incidents of their own, known to whoever knows of what they were part of. */
function remainsOf(open: readonly Incident[], remains: News['remains']): readonly Incident[] {
  const ids = new Set(open.map(({ id }) => id));
  return [...remains].map(([fingerprint, { whole, service }]) => {
    const {
      history: _h,
      inhibitedBy: _i,
      acknowledged: _a,
      widest: _w,
      narrowedAt: _n,
      well: _l,
      relieved: _r,
      unheard: _u,
      steadiness: _s,
      flapping: _f,
      lastGoodAt: _g,
      countedGoodAt: _c,
      heardBy,
      ...rest
    } = whole;
    const readers = heardBy?.filter(({ services }) => services?.includes(service) !== false);
    const id = shortId(fingerprint, whole.openedAt, ids);
    ids.add(id);
    const was = isOfOne(whole.fingerprint) ? {} : formerly(whole);
    return {
      ...rest,
      ...was,
      heardBy: readers,
      id,
      fingerprint,
      services: [service],
      members: membersOf(whole.members, [service]),
      state: 'firing',
      version: 0,
    };
  });
}

function isOfOne(fingerprint = ''): boolean {
  return checkIdOf(fingerprint) !== undefined;
}

function formerly({ told, was = [], cause, subjectLabel, services }: Incident): Pick<Incident, 'was'> {
  const isKnown = was.some((one) => one.cause.level === cause.level && one.cause.subject === cause.subject);
  return told === undefined || isKnown ? {} : { was: [...was, { cause, subjectLabel, services }] };
}

type Bad = Extract<Observation, { kind: 'bad' }>;

class Evaluation {
  readonly transitions: Transition[] = [];
  readonly open: Incident[] = [];
  readonly #news: News;
  readonly #before: ReadonlyMap<string, Incident>;
  readonly #ids: Set<string>;
  /** Ids of what was told as part of something larger that is over. */
  readonly #narrowed: ReadonlySet<string>;
  /** Ids of what was told as a host that does not answer, and goes on as what it answers. */
  readonly #answering: ReadonlySet<string>;
  /** Ids of what was told as one common cause, and goes on as another. */
  readonly #otherwise: ReadonlySet<string>;
  /** What begins again has not lasted since before people were told that it was over. */
  readonly #ends: ReadonlyMap<string, number>;

  constructor(
    before: readonly Incident[],
    news: News,
    {
      narrowed,
      answering,
      otherwise,
    }: Readonly<Record<'narrowed' | 'answering' | 'otherwise', ReadonlySet<string>>>,
  ) {
    this.#news = news;
    this.#before = new Map(before.map((one) => [one.fingerprint, one]));
    this.#narrowed = narrowed;
    this.#answering = answering;
    this.#otherwise = otherwise;
    this.#ends = endsOf(news);
    this.#ids = new Set(before.map(({ id }) => id));
  }

  begin({ fingerprint, trouble }: Bad): void {
    if (this.#news.inhibitedBy(fingerprint) !== undefined || this.#news.mayNotBegin(fingerprint)) return;
    const since = Math.max(trouble.since, this.#ends.get(fingerprint) ?? -Infinity);
    const id = shortId(fingerprint, since, this.#ids);
    this.#ids.add(id);
    const { since: _s, evaluations: _, cycles = 1, round = this.#news.now, ...seen } = trouble;
    const incident: Incident = {
      id,
      fingerprint,
      ...seen,
      state: 'pending',
      openedAt: since,
      lastSeenAt: this.#news.now,
      failingCycles: cycles,
      countedRound: round,
      version: 0,
      streak: 1,
    };
    this.#apply('ok', 'bad', incident, this.#guards(incident, trouble));
  }

  carryOn(before: Incident, observation: Observation | undefined): void {
    const root = this.#news.inhibitedBy(before.fingerprint);
    const isHeld = isPartOf(before, this.#whole(before));
    // Of what was told before it is told with the wider one that it is well.
    const stays = observation === undefined || (isHeld && observation.kind === 'good');
    const incident = attach(before, root ?? (stays ? before.inhibitedBy : undefined));
    const event = this.#eventFor(before, observation, root);
    const trouble = event === 'bad' && observation?.kind === 'bad' ? observation.trouble : undefined;
    const { at = this.#news.now } = observation?.kind === 'good' ? observation : {};
    const found = this.#withSteadiness(this.#evaluated(incident, event, trouble, at), event);
    const isBack = isHeld && event === 'nothing' && observation?.kind === 'bad';
    const next = isBack && found.state === 'recovering' ? failingAgain(found) : found;
    this.#apply(stateOf(next), event, next, this.#guards(next, trouble));
  }

  /** The wider one that explains it, or has until now. */
  #whole({ inhibitedBy }: Incident): Incident | undefined {
    return inhibitedBy === undefined ? undefined : this.#before.get(inhibitedBy);
  }

  #withSteadiness(incident: Incident, event: Signal): Incident {
    const now = this.#news.firstAnswers.get(incident.fingerprint);
    if (!isUnsteadiness(incident.fingerprint) || (event !== 'bad' && now === undefined)) return incident;
    return { ...incident, steadiness: steadinessAfter(incident, now, event === 'bad') };
  }

  #eventFor(before: Incident, observation: Observation | undefined, root: string | undefined): Signal {
    if (this.#news.gone(before)) return 'gone';
    // What a root cause does to it is no failure of its own.
    if (
      observation?.kind === 'bad' &&
      (root !== undefined || this.#isUnconfirmed(before, observation.trouble))
    )
      return 'nothing';
    return observation?.kind ?? 'nothing';
  }

  /** One call of a look that fails in a way nobody has heard of is most often the first of its host: that is for a cycle to say. */
  #isUnconfirmed({ id, told, fingerprint }: Incident, trouble: Trouble): boolean {
    // What goes on as one operation was known as what failed with it.
    const isFew = this.#news.sampled && isOfOne(fingerprint) && !this.#narrowed.has(id);
    return isFew && told?.faults !== undefined && !told.faults.includes(faultOf(trouble));
  }

  /**
   * The incident with what this evaluation adds to it, its state aside.
   *
   * @param at When the answer that is good came.
   */
  #evaluated(incident: Incident, event: Signal, trouble: Trouble | undefined, at: number): Incident {
    const { now } = this.#news;
    if (trouble !== undefined)
      return countReturn(
        incident,
        this.#seenBad(incident, trouble),
        Math.max(trouble.since, incident.openedAt),
      );
    if (event !== 'good') return incident;
    const streak = wellInARow(incident, at);
    const isProof = incident.state !== 'recovering' || streak > (incident.streak ?? 0);
    const wellSince = incident.state === 'recovering' ? (incident.wellSince ?? at) : at;
    return { ...incident, lastGoodAt: now, wellSince, streak, ...(isProof ? { countedGoodAt: at } : {}) };
  }

  #seenBad(incident: Incident, found: Trouble): Incident {
    const trouble = { ...found, members: carriedOn(incident, found.members) };
    const { since: _, evaluations: _e, cycles = 1, round = this.#news.now, ...seen } = trouble;
    // What was expected or found belongs to the reason: an old one must not stand beside a new reason.
    const {
      hint: _h,
      expected: _x,
      found: _f,
      said: _d,
      curl: _c,
      status: _s,
      place: _p,
      nextTryAt: _n,
      failingSince: _fs,
      ...kept
    } = incident;
    const { now, settings, sampled } = this.#news;
    const isOfFew = sampled && !isOfOne(incident.fingerprint) && !isCertificate(incident.fingerprint);
    // What is seen several times while a cycle goes on is one failing cycle.
    const isNew = incident.countedRound === undefined || round > incident.countedRound;
    // A look between two cycles is none, and must not hide the one that goes on beside it.
    const { countedCycle = incident.countedRound } = incident;
    const isNewCycle = !sampled && (countedCycle === undefined || round > countedCycle);
    const calm = now - (incident.lastGoodAt ?? incident.openedAt) >= settings.flapping.steadyMs;
    const { flapping: _l, ...steady } = kept;
    // That some of what many have in common answered well is no end of its failing.
    const isAlone = isOfOne(incident.fingerprint) && !this.#narrowed.has(incident.id);
    const isInterrupted = isAlone && incident.state === 'recovering';
    const failedInARow = isInterrupted ? 0 : incident.failingCycles;
    return {
      ...(calm ? steady : kept),
      ...seen,
      ...(isOfFew ? countedAs(incident, trouble) : widened(incident, trouble)),
      ...everybodyOf(incident, trouble, isOfFew ? incident.members : trouble.members),
      ...leftOf(incident, isOfFew ? incident.members : trouble.members),
      lastSeenAt: now,
      failingCycles: Math.max(cycles, failedInARow + Number(isNewCycle)),
      ...failingOf(incident, trouble),
      countedRound: Math.max(round, incident.countedRound ?? round),
      ...(sampled ? {} : { countedCycle: Math.max(round, countedCycle ?? round) }),
      streak: stateOf(incident) === 'pending' ? (incident.streak ?? 0) + Number(isNew) : 0,
    };
  }

  #guards(incident: Incident, trouble: Trouble | undefined): Guards {
    const { now, settings, graced, inhibitedBy, successes, undecided, deaf } = this.#news;
    const { streak = 0, fingerprint } = incident;
    const needed = (trouble?.evaluations ?? 1) + Number(graced(fingerprint));
    return {
      confirmed: streak >= needed && inhibitedBy(fingerprint) === undefined,
      recovered:
        streak >= successes(incident) &&
        !undecided.has(fingerprint) &&
        !isPartOf(incident, this.#whole(incident)) &&
        (incident.steadiness === undefined || isNoLuck(incident.steadiness)) &&
        (incident.state === 'pending' ||
          !mustStayWell(incident) ||
          now - incident.lastSeenAt >= calmMsOf(incident, settings.flapping)),
      news:
        this.#hasNews(incident) ||
        (reachedNow(incident) !== undefined && !this.#news.outdated.has(incident.id)),
      stale: !deaf && isStale(incident, now, settings),
    };
  }

  #apply(from: LifecycleState, event: Signal, incident: Incident, guards: Guards): void {
    const rule = ruleFor(from, event, guards);
    const to = rule?.to ?? from;
    if (to === 'ok') {
      if (rule?.tell !== undefined) this.#end(rule.tell, incident);
      return;
    }
    const next = this.#relieved(this.#withoutRemoved(this.#asFarAsHeard({ ...incident, state: to })));
    const hasNews = this.#hasNews(incident);
    this.open.push(to === 'firing' ? this.#tellWhatIsDue(from, rule, next, hasNews) : next);
  }

  #asFarAsHeard(incident: Incident): Incident {
    const { unheard: _, ...rest } = incident;
    const unheard = this.#news.unheard.get(incident.fingerprint);
    return incident.state === 'recovering' && unheard !== undefined ? { ...rest, unheard } : rest;
  }

  /** Where it has been well twice in a row it is over, however long it goes on elsewhere. */
  #relieved(incident: Incident): Incident {
    const { told, flapping, inhibitedBy, widest, well: before = {} } = incident;
    const { members, reason, cause, subjectLabel } = incident;
    if (told?.services === undefined || flapping !== undefined || inhibitedBy !== undefined) return incident;
    const well = new Map(Object.entries(before));
    const left: string[] = [];
    for (const [share, { isWell, at, isWhole }] of this.#news.answers(incident)) {
      const since = well.get(share);
      if (!isWell) well.delete(share);
      else if (since === undefined) well.set(share, at);
      else if (at - since >= proofApartMs && isWhole) left.push(share);
    }
    for (const share of left) well.delete(share);
    const { well: _, ...rest } = incident;
    const next = well.size === 0 ? rest : { ...rest, well: Object.fromEntries(well) };
    // When it is over everywhere, that is its end.
    if (left.length === 0 || isLeftByAll(incident, left)) return next;
    return {
      ...this.#left(next, left),
      widest: widest ?? { ...members, reason, cause, subjectLabel },
      ...relievedOf(next, left, this.#news.now),
    };
  }

  /** Of services that are not patrolled any more nobody waits for the end. */
  #withoutRemoved(incident: Incident): Incident {
    const { configured } = this.#news;
    const removed =
      configured === undefined
        ? []
        : (incident.told?.services ?? []).filter((service) => !configured.includes(service));
    if (removed.length === 0) return incident;
    const { widest } = incident;
    return {
      ...this.#left(incident, removed, { isRemoval: true }),
      ...(widest === undefined ? {} : { widest: { ...widest, ...membersWithout(widest, removed) } }),
    };
  }

  /** What is told to those who look after no more than these shares, and how it goes on without them. */
  #left(incident: Incident, left: readonly string[], how: Pick<Transition, 'isRemoval'> = {}): Incident {
    const { told, members, services } = incident;
    const version = incident.version + 1;
    const then = { ...asAtWorst(incident), version };
    this.transitions.push({ kind: 'changed', at: this.#news.now, incident: then, left, ...how });
    const isStaying = (share: string): boolean => !left.includes(share);
    const staying = membersWithout(members, left);
    return {
      ...incident,
      version,
      members: staying,
      services: services.filter(isStaying),
      ...(staying.owned === undefined || staying.owned === members.owned
        ? {}
        : { owners: distinct(staying.owned.flatMap(({ owners }) => owners)) }),
      ...(told === undefined
        ? {}
        : {
            told: { ...told, services: (told.services ?? []).filter(isStaying), ...ownersLeft(told, left) },
          }),
    };
  }

  /** A firing incident, and what there is to tell about it. */
  #tellWhatIsDue(
    from: LifecycleState,
    rule: Rule | undefined,
    incident: Incident,
    hasNews: boolean,
  ): Incident {
    const { now, hush, inhibitedBy, ended, settings } = this.#news;
    const isFresh = from === 'ok' || from === 'pending';
    const next = isFresh ? this.#markFlapping({ ...incident, streak: 0 }) : incident;
    if (inhibitedBy(next.fingerprint) !== undefined) return next;
    const suppressed = hush(next) ?? dampingOf(next, ended, now, settings.flapping);
    if (suppressed !== undefined) {
      if (!isFresh) return next;
      const untold = { ...next, version: next.version + 1 };
      this.transitions.push({ kind: 'opened', at: now, incident: untold, suppressed });
      return untold;
    }
    const kind = next.told === undefined ? 'opened' : rule?.tell;
    const relieved = isFresh || rule?.when === 'stale' ? [] : reliefToTell(next, now);
    if (relieved.length > 0) return this.#tellRelief(next, relieved, kind === undefined);
    return kind === undefined
      ? next
      : this.#tell(kind, rule?.when === 'stale' ? noData(next) : next, hasNews);
  }

  /** It goes on with figures of its own, until its end tells of all of it. */
  #tellRelief(incident: Incident, relieved: readonly string[], isRelief: boolean): Incident {
    const { relieved: _, ...own } = incident;
    return this.#tell('changed', own, !isRelief, { relieved, ...(isRelief ? { isRelief } : {}) });
  }

  #tell(
    kind: TransitionKind,
    incident: Incident,
    hasNews: boolean,
    relief: Pick<Transition, 'relieved' | 'isRelief'> = {},
  ): Incident {
    const all = mergeTold(incident.told, toldAbout(incident));
    // Who has been told that it is no more than this hears when it is more again.
    const isNarrower = this.#narrowed.has(incident.id) || relief.relieved !== undefined;
    const told = isNarrower ? { ...all, members: incident.members.count } : all;
    const reached = kind === 'changed' ? reachedNow(incident) : undefined;
    const heardBy = incident.heardBy?.map((reader) => withNamed(reader, unnamedTo(incident, reader)));
    const next = {
      ...incident,
      told,
      ...(heardBy === undefined ? {} : { heardBy }),
      version: incident.version + 1,
    };
    this.transitions.push({
      kind,
      at: this.#news.now,
      incident: next,
      ...(reached === undefined ? {} : { reached: { ...reached, alone: !hasNews } }),
      ...relief,
    });
    return next;
  }

  #end(kind: TransitionKind, incident: Incident): void {
    const { now } = this.#news;
    const { widest: _w, well: _l, unheard: _u, relieved: _r, ...rest } = asAtWorst(incident);
    const { members } = rest;
    const ended = {
      ...rest,
      ...causeOfAll(rest, members),
      services: distinct([...incident.services, ...(members.shares ?? []).map(({ service }) => service)]),
      state: 'resolved',
      resolvedAt: now,
      version: incident.version + 1,
    } as const;
    const untold = incident.told === undefined;
    this.transitions.push({
      kind,
      at: now,
      incident: ended,
      ...(untold ? { suppressed: { by: 'untold' as const } } : {}),
    });
  }

  #hasNews(incident: Incident): boolean {
    if (incident.told !== undefined && this.#narrowed.has(incident.id)) return true;
    if (this.#news.outdated.has(incident.id)) return false;
    const { code } = incident.reason;
    if (this.#otherwise.has(incident.id) && isUntoldFault(incident)) return true;
    if (incident.told !== undefined && this.#answering.has(incident.id) && !isTransportFailure(code))
      return true;
    return worthTelling(incident, this.#news.counted(incident)) || isAnotherFault(incident);
  }

  /** It has come and gone several times lately: from now on it ends only when it stays well. */
  #markFlapping(incident: Incident): Incident {
    const { ended, now, settings } = this.#news;
    const flapping = flappingOf(incident, ended, now, settings.flapping);
    return flapping === undefined ? incident : { ...incident, flapping };
  }
}

function ownersLeft({ services = [], left: before = [] }: Told, left: readonly string[]): Pick<Told, 'left'> {
  const owners = left.filter((share) => !services.includes(share));
  return before.length + owners.length === 0 ? {} : { left: distinct([...before, ...owners]) };
}

/** What the one operation that was left of it was answered says nothing of all of it. */
function asAtWorst(incident: Incident): Incident {
  const then = { ...incident, ...atWorst(incident) };
  if (then.cause.level === incident.cause.level) return then;
  const { expected: _x, found: _f, curl: _c, history: _h, place: _p, ...common } = then;
  return common;
}

/** What is over with the counts of several services is what these had in common, though one of them was the last. */
function causeOfAll(
  { cause, was = [] }: Incident,
  { shares = [] }: Incident['members'],
): Partial<Pick<Incident, 'cause' | 'subjectLabel'>> {
  if ((cause.level !== 'service' && cause.level !== 'document') || shares.length < 2) return {};
  const common = was.findLast(({ services }) => services.length > 1);
  return common === undefined ? {} : { cause: common.cause, subjectLabel: common.subjectLabel };
}

function isLeftByAll({ told, widest, members }: Incident, left: readonly string[]): boolean {
  const all = new Set([...(told?.left ?? []), ...left]);
  const owned = (widest ?? members).owned ?? [];
  return (
    told?.services?.every((service) => left.includes(service)) === true ||
    (owned.length > 0 &&
      owned.every((one) => all.has(nameOfOwned(one)) || told?.services?.includes(one.service) !== true))
  );
}

/** Those of whom people were told that it is over for them, and who are not affected again. */
function leftOf({ told }: Incident, { owned = [] }: Incident['members']): Pick<Incident, 'told'> {
  if (told?.left === undefined) return {};
  const names = new Set(owned.map(nameOfOwned));
  return { told: { ...told, left: told.left.filter((name) => !names.has(name)) } };
}

/** What people were warned of has begun to fail: they are reminded of that from then on. */
function failingOf(
  before: Incident,
  now: Trouble,
): Partial<Pick<Incident, 'failingSince' | 'failingCycles' | 'followUps'>> {
  const { failingSince, openedAt, followUps } = before;
  if (!isFailure(now)) return {};
  if (isFailure(before)) return failingSince === undefined ? {} : { failingSince };
  return {
    failingSince: Math.max(now.since, openedAt),
    failingCycles: 1,
    ...(followUps === undefined ? {} : { followUps: { ...followUps, reminders: 0 } }),
  };
}

/** A few were looked at: what they say of the number is that of those few. */
function countedAs(
  { members }: Incident,
  { reason, members: few }: Trouble,
): Pick<Incident, 'members' | 'reason'> {
  return { members, reason: { ...reason, message: recounted(reason.message, few, members) } };
}

/** Its end is told with the counts that its beginning was told with, or the largest since. */
function widened(incident: Incident, now: Trouble): Pick<Incident, 'widest'> {
  if (now.cause.level === 'operation') return {};
  return { widest: widestOf({ ...incident, ...atWorst(incident) }, now) };
}

/** Who has been concerned once hears of the end as well, however many are left by then. */
function everybodyOf(
  before: Incident,
  now: Trouble,
  { owned }: Incident['members'],
): Partial<Pick<Incident, 'services' | 'tags' | 'owners'>> {
  if (now.cause.level === 'operation' && before.widest === undefined) return {};
  return {
    services: distinct([...before.services, ...now.services]),
    tags: distinct([...before.tags, ...now.tags]),
    // Those who have heard of it are known by name; nobody is called for what is not theirs any more.
    owners: owned === undefined ? now.owners : distinct(owned.flatMap(({ owners }) => owners)),
  };
}

/** A good answer in between was no end. */
function failingAgain(incident: Incident): Incident {
  const { wellSince: _w, countedGoodAt: _c, ...rest } = incident;
  return { ...rest, state: 'firing', streak: 0 };
}

function stateOf({ state }: Incident): LifecycleState {
  return state === 'resolved' ? 'ok' : state;
}

function noData(incident: Incident): Incident {
  const { reason } = incident;
  const message = sentence('noResultSince', { why: reason.message });
  return { ...incident, reason: { code: 'no-data', message } };
}

function attach(incident: Incident, root: string | undefined): Incident {
  if (incident.inhibitedBy === root) return incident;
  const { inhibitedBy: _, ...free } = incident;
  return root === undefined ? free : { ...free, inhibitedBy: root };
}

function sorted<T extends { readonly fingerprint: string }>(items: readonly T[]): readonly T[] {
  return items.toSorted((a, b) => compareText(a.fingerprint, b.fingerprint));
}

function sortTransitions(transitions: readonly Transition[]): readonly Transition[] {
  return transitions.toSorted(
    (a, b) => compareText(a.incident.fingerprint, b.incident.fingerprint) || compareText(a.kind, b.kind),
  );
}
