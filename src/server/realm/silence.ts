import { matchesIncident } from '../../incidents/suppression/suppression.ts';
import type { Incident } from '../../model/incident.ts';
import type { IncidentMatcher, MaintenanceWindow, Silence } from '../../model/silence.ts';
import type { Realm } from './realm.ts';

/** In place of what somebody wrote about other services, too. */
const withheld = '…';

/**
 * What a realm sees of a silence: all of one that is about its services, that there is one where it is about others as
 * well, nothing of the rest. One that names no services is seen where it keeps something of the realm quiet.
 *
 * @param open Incidents of the realm, whole.
 */
export function silencePart(silence: Silence, realm: Realm, open: readonly Incident[]): Silence | undefined {
  const { services } = silence.matcher;
  if (realm.owns(services)) return silence;
  const concerns =
    services === undefined
      ? open.some((incident) => matchesIncident(silence.matcher, incident))
      : realm.sees(services);
  if (!concerns) return undefined;
  return { ...silence, matcher: matcherPart(silence.matcher, realm), reason: withheld };
}

export function windowPart(window: MaintenanceWindow, realm: Realm): MaintenanceWindow | undefined {
  const { services } = window.matcher;
  if (services === undefined || realm.owns(services)) return window;
  if (!realm.sees(services)) return undefined;
  return { ...window, name: withheld, matcher: matcherPart(window.matcher, realm) };
}

function matcherPart(matcher: IncidentMatcher, realm: Realm): IncidentMatcher {
  const { services, levels } = matcher;
  if (services === undefined) return matcher;
  return { services: realm.part(services), ...(levels === undefined ? {} : { levels }) };
}
