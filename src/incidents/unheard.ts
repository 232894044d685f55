import type { Check } from '../model/check.ts';
import { type Incident, isSlowness, isWarning, mustStayWell, wellSinceOf } from '../model/incident.ts';
import { isOfShare } from '../model/members.ts';
import { isUnconnected, type Result } from '../model/result.ts';
import { isUntold, partOf } from './narrowing.ts';
import { suffersFrom } from './lifecycle/late.ts';
import type { Seen } from './observation.ts';
import { covers, isSeenBySingleCalls } from './scope.ts';

/** How things stood before the present calls. */
export interface Standing {
  readonly checks: readonly Check[];
  readonly open: readonly Incident[];
  /** What operations came to last, by check id. */
  readonly known: ReadonlyMap<string, Result>;
}

/**
 * Operations that failed as a common cause was told and have not been called since then: that a few others answer well again
 * says nothing of these. Where nobody was connected, one who is shows it for all.
 *
 * @param since Epoch ms.
 */
export function unheardOf(
  incident: Incident,
  { checks, open, known }: Standing,
  since: number,
): readonly Check[] {
  if (!isOfMany(incident)) return [];
  const isPart = partOf(incident, known);
  const own = new Map(open.map((one) => [one.fingerprint, one]));
  return checks.filter((check) => {
    const result = known.get(check.id);
    if (result === undefined || result.at >= since) return false;
    const seen = { check, result };
    return (
      hasFailed(incident, seen) &&
      isPart(seen) &&
      !isShownByOthers(incident, result) &&
      isToldWith(incident, own.get(`operation:${check.id}`))
    );
  });
}

/** It has no end of its own, or not before that of the wider one. */
function isToldWith({ fingerprint }: Incident, own: Incident | undefined): boolean {
  return isUntold(own) || own?.inhibitedBy === fingerprint;
}

/** What answered well so long ago may have failed again since. */
const agedMs = 30_000;
/** Many are called one after the other. */
const agedPerCallMs = 50;
/** After so long of answering well it is enough that each has since then. */
const agedMostMs = 5 * 60_000;

/**
 * Operations of a common cause that answered well too long before now: what is well by turns has never been well as a whole. Only
 * those that a look may call.
 *
 * @param since Since when it answers well, epoch ms.
 */
export function agedOf(
  incident: Incident,
  { checks, known }: Pick<Standing, 'checks' | 'known'>,
  since: number,
  now: number,
): readonly Check[] {
  const { cause, reason, services, openedAt } = incident;
  const isShown = cause.level === 'origin' && isUnconnected(reason.code);
  if (!isOfMany(incident) || mustStayWell(incident) || isShown) return [];
  const own = checks.filter((one) => services.includes(one.service) && covers(cause, one));
  const recent = now - agedMs - own.length * agedPerCallMs;
  const before = now - since > agedMostMs ? Math.min(since, recent) : recent;
  return own.filter(({ id, repeatable }) => {
    const result = known.get(id);
    if (!repeatable || result === undefined) return false;
    const hasAnswered = result.verdict === 'pass' || result.reason.code === 'flaky';
    return hasAnswered && result.at >= openedAt && result.at < before;
  });
}

/** What still fails of it is asked again so often while others of it answer. */
const againMs = 60_000;
/** Of those that hung the last time so many are called in one look: each takes a place of its host for long. */
const hangingMost = 8;

/** Operations that are to be called before it may be said that it is over, there or for some of its shares; the least recently heard first. */
export function toHear(incident: Incident, standing: Standing, now: number): readonly Check[] {
  const wellSince = wellSinceOf(incident);
  const shares = Object.entries(incident.well ?? {});
  const checks =
    wellSince !== undefined
      ? unheardOrAged(incident, standing, wellSince, now)
      : shares.flatMap(([share, since]) =>
          againOf(incident, standing, since, now).filter((check) => isOfShare(check, share)),
        );
  const heardAt = ({ id }: Check): number => standing.known.get(id)?.at ?? -Infinity;
  const isHanging = ({ id }: Check): boolean => standing.known.get(id)?.reason.code === 'timeout';
  const inOrder = [...new Set(checks)].toSorted((a, b) => heardAt(a) - heardAt(b));
  const hanging = new Set(inOrder.filter(isHanging).slice(hangingMost));
  return inOrder.filter((check) => !hanging.has(check));
}

/** Only when nothing of it is unheard any more. */
function unheardOrAged(incident: Incident, standing: Standing, since: number, now: number): readonly Check[] {
  const again = againOf(incident, standing, since, now);
  const isUnheard = ({ id }: Check): boolean => (standing.known.get(id)?.at ?? since) < since;
  return again.some(isUnheard) ? again : [...again, ...agedOf(incident, standing, since, now)];
}

function againOf(incident: Incident, standing: Standing, since: number, now: number): readonly Check[] {
  return unheardOf(incident, standing, Math.max(since, now - againMs));
}

function isOfMany(incident: Incident): boolean {
  const { cause, state, fingerprint } = incident;
  const isOther = isSlowness(fingerprint) || !isSeenBySingleCalls(fingerprint) || isWarning(incident.reason);
  return cause.level !== 'operation' && cause.level !== 'self' && state !== 'pending' && !isOther;
}

function hasFailed(incident: Incident, seen: Seen): boolean {
  return suffersFrom(incident, seen) || seen.result.reason.code === 'origin-down';
}

function isShownByOthers({ cause, reason }: Incident, { reason: { code } }: Result): boolean {
  return cause.level === 'origin' && isUnconnected(reason.code) && isUnconnected(code);
}
