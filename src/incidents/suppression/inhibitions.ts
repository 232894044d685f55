import type { Check } from '../../model/check.ts';
import { type Incident, isSlowness } from '../../model/incident.ts';
import { isTransportFailure } from '../../model/result.ts';
import type { Cause } from '../../model/cause.ts';
import type { News } from '../lifecycle/advance.ts';
import type { Evidence } from '../analysis.ts';
import type { Ladder } from '../root-cause/correlation.ts';
import { isApart, unsteadyAt } from '../lifecycle/apart.ts';
import { isCommonFailure } from '../lifecycle/going-on.ts';
import { isBroken, sameTimeMs, suffersFrom } from '../lifecycle/late.ts';
import type { Root, Seen } from '../observation.ts';
import { saysSomething } from '../root-cause/rules.ts';
import { isAsTold } from '../lifecycle/fault.ts';
import type { Succession } from '../lifecycle/succession.ts';
import { checkIdOf, covers } from '../scope.ts';

/**
 * Which incidents a root cause explains now, and which it has explained until now.
 *
 * @param over Fingerprints of those that are over with the present calls.
 */
export function inhibitions(
  evidence: Evidence,
  checks: ReadonlyMap<string, Check>,
  seen: readonly Seen[],
  { roots, explained }: Ladder,
  slow: readonly Root[],
  succession: Succession,
  over: ReadonlySet<string>,
): Pick<News, 'inhibitedBy' | 'graced'> {
  const checkOf = (fingerprint: string): Check | undefined => checks.get(checkIdOf(fingerprint) ?? '');
  const said = new Set(seen.filter(saysSomething).map(({ check }) => check.id));
  const [bad, badSlow] = [roots, slow].map((some) =>
    some.filter(({ observation }) => observation.kind === 'bad'),
  );
  const healed = healedRoots(evidence, [...roots, ...slow]);
  const decided = new Set([...(bad ?? []).map(({ observation }) => observation.fingerprint), ...over]);
  const undecided = evidence.open.filter(
    (one) =>
      one.told !== undefined &&
      one.cause.level !== 'operation' &&
      isBroken(one) &&
      !decided.has(one.fingerprint),
  );
  const wrong = new Map(
    undecided.length === 0
      ? []
      : seen.filter(({ result }) => result.verdict !== 'pass').map((one) => [one.check.id, one]),
  );
  /** What it was told to be part of, until that is known to be over. */
  const toldOf = (check: Check): string | undefined => {
    const seen = wrong.get(check.id);
    if (seen === undefined) return undefined;
    return undecided.find(
      (one) => covers(one.cause, check) && suffersFrom(one, seen) && isAsTold(one, seen.result),
    )?.fingerprint;
  };
  const opened = new Map(evidence.open.map((one) => [one.fingerprint, one]));
  const taken = new Set(succession.becomes.values());
  /** Of what is common to fewer: people know it as a part of that, and it does not begin. */
  const widerThan = (fingerprint: string): string | undefined => {
    const root = (bad ?? []).find(({ observation }) => observation.fingerprint === fingerprint);
    if (root?.observation.kind !== 'bad' || opened.has(fingerprint) || taken.has(fingerprint))
      return undefined;
    const { trouble } = root.observation;
    const members = trouble.members.worst.flatMap(({ checkId }) => checks.get(checkId) ?? []);
    return undecided.find(
      ({ cause, ...one }) => members.every((check) => covers(cause, check)) && isAsTold(one, trouble),
    )?.fingerprint;
  };
  return {
    inhibitedBy(fingerprint) {
      const check = checkOf(fingerprint);
      if (check === undefined) return succession.explained.get(fingerprint) ?? widerThan(fingerprint);
      if (isSlowness(fingerprint)) return covering(badSlow ?? [], check);
      // Without a word of its own it is taken to suffer from what others of its kind suffer from.
      const known =
        explained.get(check.id) ?? (said.has(check.id) ? toldOf(check) : covering(bad ?? [], check));
      if (!fingerprint.startsWith('operation:')) return known;
      const own = opened.get(fingerprint);
      const host = unsteadyAt(check, evidence.open);
      if (host === undefined || (known ?? host.fingerprint) !== host.fingerprint)
        return known ?? (own === undefined ? undefined : begunAs(own, check, evidence.open));
      return own !== undefined && isOfUnsteady(own, check, host) ? host.fingerprint : undefined;
    },
    graced(fingerprint) {
      const check = checkOf(fingerprint);
      if (check === undefined) return false;
      return healed.some((root) => root.slow === isSlowness(fingerprint) && covers(root.cause, check));
    },
  };
}

/** It answered well by the time that others were found to fail like it: their trouble has begun with it. */
function begunAs(own: Incident, check: Check, open: readonly Incident[]): string | undefined {
  if (own.told === undefined || own.state !== 'recovering') return undefined;
  return open.find(
    (one) =>
      isCommonFailure(one) &&
      covers(one.cause, check) &&
      own.openedAt >= one.openedAt - sameTimeMs &&
      own.lastSeenAt >= one.openedAt &&
      isAsTold(one, own),
  )?.fingerprint;
}

/** What is suspected has its failures counted; what was told before is a part of it, unless it clearly fails by itself. */
function isOfUnsteady(own: Incident, check: Check, host: Incident): boolean {
  return (
    own.told !== undefined &&
    own.lastSeenAt >= host.openedAt - sameTimeMs &&
    isServersOwn(own) &&
    !isApart(own, check, host)
  );
}

function covering(roots: readonly Root[], check: Check): string | undefined {
  return roots.find(({ cause }) => covers(cause, check))?.observation.fingerprint;
}

function healedRoots(
  { open }: Evidence,
  roots: readonly Root[],
): readonly { readonly cause: Cause; readonly slow: boolean }[] {
  const good = new Set(
    roots.flatMap(({ observation }) => (observation.kind === 'good' ? [observation.fingerprint] : [])),
  );
  return open
    .filter(({ fingerprint }) => good.has(fingerprint))
    .map(({ cause, fingerprint }) => ({ cause, slow: isSlowness(fingerprint) }));
}

/** As a server fails that breaks, whatever was asked of it. */
function isServersOwn({ status = 0, reason: { code } }: Incident): boolean {
  return status >= 500 || isTransportFailure(code);
}
