import type { Incident } from '../model/incident.ts';
import { affectedServices } from '../model/members.ts';
import { answeredAt, type Seen } from './observation.ts';
import { isFailing, saysSomething } from './root-cause/rules.ts';

/** What the present calls say of one of the services that an incident is about. */
export interface ServiceAnswer {
  readonly isWell: boolean;
  /** When the earliest of them came, epoch ms. */
  readonly at: number;
}

/** Of each service two are enough to see whether it is over there. */
const lookedAtPerService = 2;

/** Operations by which it is seen whether it is over for services that are not affected any more; the nearly certain first. */
export function lookedAtForRelief(incident: Incident): readonly string[] {
  const affected = affectedServices(incident);
  const others = sharedBy(incident).filter((service) => !affected.includes(service));
  const isBegun = (service: string): number => Number(incident.well?.[service] !== undefined);
  return others
    .toSorted((a, b) => isBegun(b) - isBegun(a))
    .flatMap((service) => membersOfService(incident, service).slice(0, lookedAtPerService));
}

/**
 * Service → what is heard of it now.
 *
 * @param heard What was called now.
 */
export function answersOf(
  incident: Incident,
  heard: ReadonlyMap<string, Seen>,
): ReadonlyMap<string, ServiceAnswer> {
  const answers = new Map<string, ServiceAnswer>();
  // Of what goes on as one operation it is known whose that is, however well its others are.
  const own = incident.cause.level === 'operation' ? affectedServices(incident) : [];
  for (const service of sharedBy(incident).filter((one) => !own.includes(one))) {
    const seen = membersOfService(incident, service).flatMap((id) => heard.get(id) ?? []);
    const telling = seen.filter(saysSomething);
    if (telling.length === 0) continue;
    const isWell = telling.every((one) => !isFailing(one) && one.result.reason.code !== 'origin-down');
    answers.set(service, { isWell, at: Math.min(...telling.map(({ result }) => answeredAt(result))) });
  }
  return answers;
}

/** Services whose people have heard of it, when there are several. */
function sharedBy({ told, cause, widest }: Incident): readonly string[] {
  const services = told?.services ?? [];
  return services.length < 2 || (cause.level === 'operation' && widest === undefined) ? [] : services;
}

function membersOfService({ members, widest = members }: Incident, service: string): readonly string[] {
  const share = widest.shares?.find((one) => one.service === service);
  return share?.worst.map(({ checkId }) => checkId) ?? [];
}
