import type { Check } from '../model/check.ts';
import type { Incident, MemberShare } from '../model/incident.ts';
import { affectedServices, isOfShare, nameOfOwned } from '../model/members.ts';
import { partOf } from './narrowing.ts';
import { answeredAt, type Seen } from './observation.ts';
import { behindExcuse, isFailing, saysSomething } from './root-cause/rules.ts';
import { type Standing, unheardOf } from './unheard.ts';

/** What the present calls say of one of the services, or of the operations of some owners, that an incident is about. */
export interface ShareAnswer {
  readonly isWell: boolean;
  /** When the earliest of them came, epoch ms. */
  readonly at: number;
  /** All that failed there has been called since it began to be well. */
  readonly isWhole: boolean;
}

/** Of each service two are enough to see whether it may be over there. */
const lookedAtPerShare = 2;

/** Operations by which it is seen whether it is over for shares that are not affected any more; the nearly certain first. */
export function lookedAtForRelief(incident: Incident): readonly string[] {
  const others = sharedBy(incident).filter((share) => !isAffected(incident, share));
  const isBegun = (share: string): number => Number(incident.well?.[share] !== undefined);
  return others
    .toSorted((a, b) => isBegun(b) - isBegun(a))
    .flatMap((share) => namedOf(incident, share).slice(0, lookedAtPerShare));
}

/**
 * Service, or owners of a service (`nameOfOwned`) → what is heard of it now.
 *
 * @param heard What was called now.
 */
export function answersOf(
  incident: Incident,
  heard: ReadonlyMap<string, Seen>,
  standing: Standing,
): ReadonlyMap<string, ShareAnswer> {
  const answers = new Map<string, ShareAnswer>();
  // Of what goes on as one operation it is known whose that is, however well its others are.
  const isOne = incident.cause.level === 'operation';
  const shares = sharedBy(incident).filter((share) => !isOne || !isAffected(incident, share));
  if (shares.length === 0) return answers;
  const isPart = partOf(incident, standing.known);
  const sick = [...heard.values()].filter((one) => isSick(one) && isPart(one));
  for (const share of shares) {
    const named = namedOf(incident, share).flatMap((id) => heard.get(id) ?? []);
    const saying = named.filter((one) => saysSomething(one) || failsAsEver(one));
    const telling = [...saying, ...sick.filter(({ check }) => isOfShare(check, share))];
    if (telling.length === 0) continue;
    const at = Math.min(...telling.map(({ result }) => answeredAt(result)));
    const since = incident.well?.[share] ?? at;
    const isOfIt = (check: Check): boolean => isOfShare(check, share);
    answers.set(share, {
      isWell: !telling.some(isSick),
      at,
      isWhole: !unheardOf(incident, standing, since).some(isOfIt),
    });
  }
  return answers;
}

function isSick(one: Seen): boolean {
  return isFailing(one) || one.result.reason.code === 'origin-down';
}

/** Services, and owners within them, whose people have heard of it, when there are several. */
function sharedBy({ told, cause, widest, members }: Incident): readonly string[] {
  if (told === undefined || (cause.level === 'operation' && widest === undefined)) return [];
  const services = told.services ?? [];
  const owned = ((widest ?? members).owned ?? members.owned ?? []).filter(({ service }) =>
    services.includes(service),
  );
  const owners = owned.map(nameOfOwned).filter((name) => told.left?.includes(name) !== true);
  return [services, owners].flatMap((shares) => (shares.length < 2 ? [] : shares));
}

function isAffected(incident: Incident, share: string): boolean {
  const { members, services, owners, cause } = incident;
  if (affectedServices(incident).includes(share)) return true;
  if (members.owned !== undefined) return members.owned.some((one) => nameOfOwned(one) === share);
  return (
    cause.level === 'operation' && services.some((service) => nameOfOwned({ service, owners }) === share)
  );
}

function namedOf({ members, widest = members }: Incident, share: string): readonly string[] {
  const isNamed = (one: MemberShare & { readonly owners?: readonly string[] }): boolean =>
    (one.owners === undefined ? one.service : nameOfOwned({ service: one.service, owners: one.owners })) ===
    share;
  const found = [...(widest.shares ?? []), ...(widest.owned ?? members.owned ?? [])].find(isNamed);
  return found?.worst.map(({ checkId }) => checkId) ?? [];
}

/** What has never worked, and answers: it says no more than that it is no worse. */
function failsAsEver(one: Seen): boolean {
  return behindExcuse(one) !== undefined && one.result.unproven?.hasWorked !== true;
}
