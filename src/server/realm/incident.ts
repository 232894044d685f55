import { channelOf } from '../../model/queue.ts';
import type { Incident } from '../../model/incident.ts';
import { membersOf } from '../../model/members.ts';
import type { Story } from '../../store/store.ts';
import type { Realm } from './realm.ts';

/** What a narrowed incident is a part of. */
const wholes = new WeakMap<Incident, Incident>();

export function wholeOf(incident: Incident): Incident {
  return wholes.get(incident) ?? incident;
}

/**
 * What a realm sees of an incident. One that touches other services as well, such as the failure of a gateway, shows that
 * it is there, why, and which operations of the realm it hits.
 */
export function partOf(incident: Incident, realm: Realm): Incident {
  if (realm.owns(incident.sources)) return incident;
  const { hint: _hint, expected: _e, found: _f, curl: _c, history: _h, followUps: _u, ...shared } = incident;
  const sources = realm.part(incident.sources);
  const members = membersOf(incident.members, sources);
  const part = {
    ...shared,
    sources,
    tags: [],
    owners: [],
    members: { ...members, worst: members.worst.filter(({ source }) => realm.sees([source])) },
  };
  wholes.set(part, incident);
  return part;
}

export function storyFor(story: Story, realm: Realm): Story {
  return {
    incident: partOf(story.incident, realm),
    transitions: story.transitions.map(({ suppressed, ...one }) => ({
      ...one,
      incident: partOf(one.incident, realm),
      // The note is the text of a silence, which may be about more.
      ...(suppressed === undefined ? {} : { suppressed: { by: suppressed.by } }),
    })),
    messages: story.messages.filter(({ channel }) => realm.seesChannel(channelOf(channel))),
    audit: story.audit,
  };
}
