import { sha256 } from '../../lib/text/text.ts';
import type { Incident, Transition } from '../../model/incident.ts';
import type { OutboxEntry } from '../../model/message.ts';
import { inLanguage } from '../../messages/in-language.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Language, Settings } from '../../model/settings.ts';
import { compose, type Composition, type Telling, tellReaders } from '../../notify/messages/compose.ts';

/** Something that is wrong with the patrol itself, in the form in which people are told of what is wrong. */
export function ownIncident(
  {
    about,
    label,
    at,
    ...rest
  }: Pick<Incident, 'severity' | 'verdict' | 'reason' | 'hint'> & {
    readonly about: string;
    readonly label: Sentence;
    readonly at: number;
  },
  language: Language,
): Incident {
  return {
    id: sha256(`${about} ${at}`).slice(0, 4).toUpperCase(),
    fingerprint: about,
    cause: { level: 'operation', subject: about },
    state: 'firing',
    subjectLabel: inLanguage(label, language),
    label,
    services: [],
    tags: [],
    owners: [],
    members: { count: 0, of: 0, worst: [] },
    openedAt: at,
    lastSeenAt: at,
    failingCycles: 1,
    version: 1,
    ...rest,
  };
}

export function endOf(incident: Incident, at: number): Transition {
  const ended: Incident = { ...incident, state: 'resolved', resolvedAt: at, version: incident.version + 1 };
  return { kind: 'resolved', at, incident: ended };
}

/** Whom to tell of it. */
export function noticeMessages(
  transition: Transition,
  settings: Pick<Settings, 'routes' | 'calendar'>,
): readonly OutboxEntry[] {
  return compose(noticeOf([transition], transition.at, settings));
}

/** The same of what goes on for long: those who have heard of it hear its end, whatever the settings say by then. */
export function noticeTelling(
  transitions: readonly Transition[],
  at: number,
  settings: Pick<Settings, 'routes' | 'calendar' | 'channels'>,
): Telling {
  const channels = Object.keys(settings.channels);
  return tellReaders({ ...noticeOf(transitions, at, settings), channels });
}

/** Its beginning for those whom the settings lead to only now. */
export function lateTelling(
  incident: Incident,
  at: number,
  settings: Pick<Settings, 'routes' | 'calendar' | 'channels'>,
): Telling {
  const channels = Object.keys(settings.channels);
  return tellReaders({ ...noticeOf([], at, settings), channels, ongoing: [incident] });
}

function noticeOf(
  transitions: readonly Transition[],
  at: number,
  { routes, calendar }: Pick<Settings, 'routes' | 'calendar'>,
): Composition {
  return {
    transitions,
    routes,
    calendar,
    cycleId: 0,
    at,
    totals: () => ({ failing: 0, checks: 0 }),
  };
}
