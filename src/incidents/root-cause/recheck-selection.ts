import { groupBy } from '../../lib/group-by.ts';
import type { Check } from '../../model/check.ts';
import type { Incident } from '../../model/incident.ts';
import { nameOfOwned } from '../../model/members.ts';
import { begunWith } from '../lifecycle/together.ts';
import { bySeverity, compareText, watchedOf } from '../observation.ts';
import { lookedAtForRelief } from '../relief.ts';
import { covers, isSeenBySingleCalls, isUnsteadiness } from '../scope.ts';

/** Calls that one round may make, so that looking after the sick does not become a load of its own. */
const perRound = 40;
const perOrigin = 5;
/** One member of a root cause could be ill for a reason of its own; at least one of each service. */
const perRoot = 3;
/** Of a host that answers only now and then. */
const perUnsteady = 12;

/** What of common causes that begin to answer well has not been heard since: all of it is called, bit by bit. */
export interface Sweep {
  /** Least recently heard first. */
  readonly unheard: (incident: Incident) => readonly Check[];
  /** Calls that one origin takes in one look. */
  readonly perOrigin: number;
}

const nothing: Sweep = { unheard: () => [], perOrigin: 0 };

/**
 * Ids of the checks to be called again about once a minute between cycles: one for each incident (a few for a root
 * cause), so that what is suspected is confirmed and what recovers is told soon; and those whose last answer was
 * over its objective, so that one slow answer does not stay unexplained for a quarter of an hour. Only what may be
 * called again at will; the most urgent first. Where some answer well again, all that have begun with them are called, and all
 * that failed by the same cause.
 *
 * @param recent How long the latest answers took at least, ms, up to now.
 */
export function recheckSelection(
  open: readonly Incident[],
  checks: readonly Check[],
  recent: (checkId: string) => readonly number[],
  sweep: Sweep = nothing,
): readonly string[] {
  const repeatable = new Map(checks.filter((one) => one.repeatable).map((one) => [one.id, one]));
  const urgentFirst = open
    .filter(({ inhibitedBy, fingerprint }) => inhibitedBy === undefined && isSeenBySingleCalls(fingerprint))
    .toSorted((a, b) => bySeverity(a.severity, b.severity) || compareText(a.fingerprint, b.fingerprint));
  const sick = urgentFirst.flatMap((incident) => [
    ...lookedAtForRelief(incident).filter((id) => repeatable.has(id)),
    ...inTurn(
      watchedOf(incident.members).filter((id) => repeatable.has(id)),
      (id) => shareOf(repeatable.get(id)),
    ).slice(
      0,
      incident.members.watched === undefined ? Math.max(perRoot, incident.services.length) : undefined,
    ),
  ]);
  const explained = new Set(open.flatMap(({ members }) => watchedOf(members)));
  const slow = [...repeatable.values()]
    .filter(({ id, latency }) => !explained.has(id) && (recent(id).at(-1) ?? 0) > latency.p95Ms)
    .map(({ id }) => id)
    .sort();
  const wanted = [...new Set([...sick, ...slow])];
  const byOrigin = groupBy(wanted, (id) => repeatable.get(id)?.origin);
  const recovering = open.filter(({ state, told }) => state === 'recovering' && told !== undefined);
  const ending = [...recovering, ...begunWith(recovering, open)].filter(
    ({ cause }) => cause.level === 'operation',
  );
  const chosen = new Set([
    ...[...byOrigin.values()].flatMap((ids) => ids.slice(0, perOrigin)),
    ...ending.map(({ cause }) => cause.subject),
  ]);
  const few = wanted.filter((id) => chosen.has(id)).slice(0, perRound);
  return [
    ...new Set([
      ...few,
      ...sweptOf(urgentFirst, repeatable, sweep),
      ...open.flatMap((one) => someOf(one, repeatable)),
    ]),
  ];
}

/** Of a host that answers only now and then as many as make it known soon whether it still does, others each time. */
function someOf(
  { cause, state, fingerprint, inhibitedBy, lastGoodAt = 0 }: Incident,
  repeatable: ReadonlyMap<string, Check>,
): readonly string[] {
  if (!isUnsteadiness(fingerprint) || state === 'pending' || inhibitedBy !== undefined) return [];
  const all = [...repeatable.values()].filter((check) => covers(cause, check)).map(({ id }) => id);
  const from = Math.floor(lastGoodAt / 1000) % Math.max(1, all.length);
  return [...all.slice(from), ...all.slice(0, from)].slice(0, perUnsteady);
}

function sweptOf(
  open: readonly Incident[],
  repeatable: ReadonlyMap<string, Check>,
  { unheard, perOrigin }: Sweep,
): readonly string[] {
  const all = new Map(open.flatMap(unheard).map((check) => [check.id, check]));
  const callable = [...all.values()].filter(({ id }) => repeatable.has(id));
  return [...groupBy(callable, ({ origin }) => origin).values()].flatMap((some) =>
    some.slice(0, perOrigin).map(({ id }) => id),
  );
}

function shareOf(check: Check | undefined): string | undefined {
  return check === undefined ? undefined : nameOfOwned(check);
}

/** The first of each share, then the second of each: an end needs a word of all of them. */
function inTurn(ids: readonly string[], shareOf: (id: string) => string | undefined): readonly string[] {
  const rows = [...groupBy(ids, shareOf).values()];
  const longest = Math.max(0, ...rows.map(({ length }) => length));
  return Array.from({ length: longest }, (_, no) => rows.flatMap((row) => row.slice(no, no + 1))).flat();
}
