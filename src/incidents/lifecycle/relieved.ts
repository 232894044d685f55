import type { Incident, Relieved } from '../../model/incident.ts';
import { affectedServices } from '../../model/members.ts';

/** By then the others are well again as well, or it goes on for these alone. */
const othersMs = 20_000;

/** @param left Services, and owners within them, for which it has turned out to be over now. */
export function relievedOf(
  { told, relieved }: Pick<Incident, 'told' | 'relieved'>,
  left: readonly string[],
  now: number,
): { readonly relieved?: Relieved } {
  const services = left.filter((share) => told?.services?.includes(share) === true);
  if (services.length === 0) return {};
  return { relieved: { services: [...new Set([...(relieved?.services ?? []), ...services])], at: now } };
}

/**
 * Services of which those who look after others of it as well hear now that it is over for them; none while it goes on for more
 * than half of what they know of: one after the other is no news.
 */
export function reliefToTell(incident: Incident, now: number): readonly string[] {
  const { relieved, members, told, lastSeenAt, cause } = incident;
  // What goes on as operations has been told as what is left.
  if (relieved === undefined || cause.level === 'operation') return [];
  if (lastSeenAt < now || now - relieved.at < othersMs) return [];
  if (members.count * 2 > (told?.members ?? 0)) return [];
  const affected = affectedServices(incident);
  return relieved.services.filter((service) => !affected.includes(service));
}
