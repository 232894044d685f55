import type { Incident, Told, Transition, TransitionKind } from '../model/incident.ts';
import { bySeverity, compareText, type Observation, type Trouble } from './observation.ts';
import { shortId } from './short-id.ts';

/** What a cycle brings: each fingerprint at most once. */
export interface News {
  readonly observations: readonly Observation[];
  /** Fingerprint of the root cause that explains the observation of a fingerprint. */
  readonly inhibitedBy: (fingerprint: string) => string | undefined;
  /** Fingerprints of things that are no longer there. */
  readonly removed: ReadonlySet<string>;
  readonly now: number;
}

export interface Advanced {
  readonly transitions: readonly Transition[];
  readonly open: readonly Incident[];
}

/** A root tells again when its members have at least doubled, and by no fewer than this. */
const materialGrowth = 3;

/**
 * Incidents from one cycle to the next: they open on bad news that nothing else explains, end on good news, and
 * are told again only for what nobody has been told. Without news they stay as they are.
 */
export function advance(before: readonly Incident[], news: News): Advanced {
  const step = new Step(before, news);
  const observed = new Map(news.observations.map((one) => [one.fingerprint, one]));
  for (const incident of sorted(before)) step.carryOn(incident, observed.get(incident.fingerprint));
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  for (const observation of sorted(news.observations))
    if (observation.kind === 'bad' && !known.has(observation.fingerprint)) step.open(observation);
  return { transitions: sortTransitions(step.transitions), open: sorted(step.still) };
}

class Step {
  readonly transitions: Transition[] = [];
  readonly still: Incident[] = [];
  readonly #news: News;
  readonly #ids: Set<string>;

  constructor(before: readonly Incident[], news: News) {
    this.#news = news;
    this.#ids = new Set(before.map(({ id }) => id));
  }

  open({ fingerprint, trouble }: Extract<Observation, { kind: 'bad' }>): void {
    if (this.#news.inhibitedBy(fingerprint) !== undefined) return;
    const { since, ...seen } = trouble;
    const id = shortId(fingerprint, since, this.#ids);
    this.#ids.add(id);
    const incident: Incident = {
      id,
      fingerprint,
      ...seen,
      state: 'firing',
      openedAt: since,
      lastSeenAt: this.#news.now,
      failingCycles: 1,
      version: 1,
      told: { codes: [seen.reason.code], severity: seen.severity, members: seen.members.count },
    };
    this.still.push(incident);
    this.#tell('opened', incident);
  }

  carryOn(incident: Incident, observation: Observation | undefined): void {
    const root = this.#news.inhibitedBy(incident.fingerprint);
    if (this.#news.removed.has(incident.fingerprint)) this.#end('removed', incident);
    else if (observation?.kind === 'good') this.#end('resolved', incident);
    else if (observation?.kind === 'bad')
      this.#goOn(attach(incident, root), observation.trouble, root !== undefined);
    else this.still.push(attach(incident, root ?? incident.inhibitedBy));
  }

  #end(kind: 'resolved' | 'removed', incident: Incident): void {
    const { now } = this.#news;
    const ended = { ...incident, state: 'resolved', resolvedAt: now, version: incident.version + 1 } as const;
    this.#tell(kind, ended);
  }

  #goOn(incident: Incident, trouble: Trouble, inhibited: boolean): void {
    const { since: _, ...seen } = trouble;
    // What was expected or found belongs to the reason: an old one must not stand beside a new reason.
    const { hint: _h, expected: _e, found: _f, curl: _c, ...kept } = incident;
    const next: Incident = {
      ...kept,
      ...seen,
      lastSeenAt: this.#news.now,
      failingCycles: incident.failingCycles + 1,
    };
    const told = inhibited ? undefined : worthTelling(next);
    if (told === undefined) {
      this.still.push(next);
      return;
    }
    const changed = { ...next, told, version: next.version + 1 };
    this.still.push(changed);
    this.#tell('changed', changed);
  }

  #tell(kind: TransitionKind, incident: Incident): void {
    this.transitions.push({ kind, at: this.#news.now, incident });
  }
}

/** What has been told once this is told; `undefined` when there is nothing new in it. */
function worthTelling({ told, reason, severity, members }: Incident): Told | undefined {
  const before = told ?? { codes: [], severity, members: members.count };
  const newCode = !before.codes.includes(reason.code);
  const worse = bySeverity(severity, before.severity) < 0;
  const grown = members.count >= Math.max(before.members * 2, before.members + materialGrowth);
  if (!newCode && !worse && !grown) return undefined;
  return {
    codes: newCode ? [...before.codes, reason.code] : before.codes,
    severity: worse ? severity : before.severity,
    members: Math.max(members.count, before.members),
  };
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
