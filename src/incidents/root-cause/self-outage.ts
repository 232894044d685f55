import { sentence } from '../../messages/sentence.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Cause } from '../../model/cause.ts';
import { isUnheard, type ReasonCode, type Result } from '../../model/result.ts';
import type { Evidence } from '../analysis.ts';
import { fromMembers, type Root, type Seen, type Trouble } from '../observation.ts';
import { commonReason, isOver, isStillOver, saysSomething } from './rules.ts';

export const ownFingerprint = 'self:network';
const cause: Cause = { level: 'self', subject: 'network' };
const hint = sentence('lookAtOwnNetwork');

/** Whether it is the patrol that hears nothing, and the results with that taken into account. */
export interface SelfView {
  /** Absent when nothing says anything about it. */
  readonly root?: Root;
  readonly seen: readonly Seen[];
}

/**
 * Whether it is us. That takes evidence of our own: the host's network was found at fault, or no route and no name
 * server is found for several unrelated hosts. Time-outs alone prove nothing, and whoever refuses or resets a
 * connection has answered. Then what nobody has heard is unknown: it counts against nobody.
 */
export function lookAtOurselves(seen: readonly Seen[], evidence: Evidence): SelfView {
  const telling = seen.filter((one) => saysSomething(one) || isOurFault(one));
  const byOrigin = [...groupBy(telling, ({ check }) => check.origin).values()];
  if (byOrigin.length === 0) return { seen };
  const mute = byOrigin.filter((own) => own.every(isUnheardByUs));
  if (!isBad(mute, byOrigin.length, evidence))
    return { seen, root: { cause, observation: { kind: 'good', fingerprint: ownFingerprint } } };
  return {
    seen: seen.map((one) => (isMute(one) ? { ...one, result: excused(one.result) } : one)),
    root: {
      cause,
      observation: {
        kind: 'bad',
        fingerprint: ownFingerprint,
        trouble: { ...trouble(mute, byOrigin.length, telling), ...everybody(evidence) },
      },
    },
  };
}

/** Nothing was heard, for whatever reason. */
export function isUnheardByUs(one: Seen): boolean {
  return isMute(one) || isOurFault(one);
}

/** The engine has asked the host's own network, and that was it. */
function isOurFault({ result }: Seen): boolean {
  return result.reason.code === 'self';
}

/** Nobody has had a part in it. */
function isMute({ result: { status, reason } }: Seen): boolean {
  return status === undefined && (isUnheard(reason.code) || reason.code === 'origin-down');
}

function isBad(mute: readonly (readonly Seen[])[], origins: number, evidence: Evidence): boolean {
  const { settings, selection = false, open } = evidence;
  const known = mute.flat().some(isOurFault);
  const lost = mute.filter((own) => own.some(isWithoutWay));
  const isOpen = open.some((incident) => incident.fingerprint === ownFingerprint);
  if (isOpen) return (known || lost.length > 0) && isStillOver(mute.length, origins, settings.self);
  if (selection) return false;
  if (known) return isOver(mute.length, origins, { ...settings.self, minChecks: 1 });
  return (
    areUnrelated(lost) &&
    lost.length >= settings.self.minChecks &&
    isOver(mute.length, origins, settings.self)
  );
}

/** The first step of the way was missing already, and that step is ours. */
function isWithoutWay({ result: { reason } }: Seen): boolean {
  return wayless.has(reason.code);
}

const wayless: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['no-route', 'no-resolver']);

/** Names of one domain are all lost when its own name servers are; a domain is taken to be the last two labels. */
function areUnrelated(lost: readonly (readonly Seen[])[]): boolean {
  const domains = lost.flatMap(([one]) => (one === undefined ? [] : [domainOf(one.check.origin)]));
  return new Set(domains).size > 1;
}

function domainOf(origin: string): string {
  const { hostname } = new URL(origin);
  return /[\d\]]$/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.');
}

function trouble(mute: readonly (readonly Seen[])[], origins: number, among: readonly Seen[]): Trouble {
  const affected = mute.flat();
  const own = affected.find(isOurFault);
  return {
    ...fromMembers(
      affected,
      among.map(({ check }) => check),
    ),
    cause,
    verdict: 'fail',
    subjectLabel: 'patrol',
    reason: {
      code: 'self',
      message: sentence('originsSilent', {
        count: mute.length,
        of: origins,
        why: own?.result.reason.message ?? commonReason(affected).message,
      }),
    },
    hint,
    evaluations: 1,
  };
}

/** While we hear nothing, nothing is watched, whoever was called first. */
function everybody({ configured }: Evidence): Partial<Pick<Trouble, 'services'>> {
  return configured === undefined ? {} : { services: [...configured].sort() };
}

function excused(result: Result): Result {
  const { message } = result.reason;
  return {
    ...result,
    verdict: 'unknown',
    reason: { code: 'self', message: sentence('networkOfPatrol', { why: message }) },
  };
}
