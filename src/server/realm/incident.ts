import { channelOf } from '../../model/queue.ts';
import type { Incident } from '../../model/incident.ts';
import { concerning } from '../../model/members.ts';
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
  if (realm.owns(incident.services)) return incident;
  const own = concerning(incident, realm.part(incident.services));
  const { hint: _hint, expected: _e, found: _f, curl: _c, history: _h, followUps: _u, ...shared } = own;
  const worst = own.members.worst.filter(({ service }) => realm.sees([service]));
  const part = { ...shared, tags: [], owners: [], members: { ...own.members, worst } };
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
