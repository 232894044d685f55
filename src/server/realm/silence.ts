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
  const { sources } = silence.matcher;
  if (realm.owns(sources)) return silence;
  const concerns =
    sources === undefined
      ? open.some((incident) => matchesIncident(silence.matcher, incident))
      : realm.sees(sources);
  if (!concerns) return undefined;
  return { ...silence, matcher: matcherPart(silence.matcher, realm), reason: withheld };
}

export function windowPart(window: MaintenanceWindow, realm: Realm): MaintenanceWindow | undefined {
  const { sources } = window.matcher;
  if (sources === undefined || realm.owns(sources)) return window;
  if (!realm.sees(sources)) return undefined;
  return { ...window, name: withheld, matcher: matcherPart(window.matcher, realm) };
}

function matcherPart(matcher: IncidentMatcher, realm: Realm): IncidentMatcher {
  const { sources, levels } = matcher;
  if (sources === undefined) return matcher;
  return { sources: realm.part(sources), ...(levels === undefined ? {} : { levels }) };
}
