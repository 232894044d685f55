import type { Audience, Incident } from './incident.ts';
import { affectedServices, concerning, isOwnedBy, ownedBy } from './members.ts';

/** What a reader looks after; absent: everything. */
type Scope = Pick<Audience, 'services' | 'owners'>;

/** Of what is common to several services, or to operations of several owners, each group hears its own share. */
export function forReader(incident: Incident, { services, owners }: Scope): Incident {
  const own = owners === undefined ? incident : ownedBy(incident, owners);
  return services === undefined ? own : concerning(own, services);
}

/** Services of theirs that are affected now, and of which they have not been told that they are. */
export function unnamedTo(incident: Incident, reader: Audience): readonly string[] {
  const { named = incident.told?.services, services, owners } = reader;
  if (named === undefined || (owners !== undefined && !isOwnedBy(incident, owners))) return [];
  const own = owners === undefined ? incident : ownedBy(incident, owners);
  return affectedServices(own).filter((one) => !named.includes(one) && services?.includes(one) !== false);
}

/** As they knew it: what else it has been about is over with it, and was no matter of theirs. */
export function asNamedTo(incident: Incident, { named }: Pick<Audience, 'named'>): Incident {
  const theirs = incident.services.filter((one) => named?.includes(one) !== false);
  return theirs.length === 0 || theirs.length === incident.services.length
    ? incident
    : concerning(incident, theirs);
}

/** A reader who has been told of these services as well. */
export function withNamed(reader: Audience, services: readonly string[]): Audience {
  const { named } = reader;
  return named === undefined ? reader : { ...reader, named: [...new Set([...named, ...services])] };
}
