import { sentence } from '../messages/sentence.ts';
import type { ChangeSet, LastEdit, UnreadableDocument } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import type { CachedDocument } from './ports.ts';
import type { Location } from './sources/place.ts';

/** What looking at one place came to. */
export interface Visit {
  readonly place: Location;
  /** As it is known now; absent when it has never been reached. */
  readonly entry?: CachedDocument;
  readonly work: 'read' | 'unchanged' | 'none';
  /** The place could not be reached this time; not remembered. */
  readonly problem?: Problem;
  readonly change?: ChangeSet;
  /** Of what could not be read. */
  readonly lastEdit?: LastEdit;
}

export function idOf(service: string, place: Location): string {
  return `${service}:${place.uri}`;
}

/**
 * Documents that cannot be read as they are now.
 *
 * @param asked When the visits began (epoch ms), and with which credential an address is asked.
 */
export function unreadable(
  visits: readonly Visit[],
  service: string,
  asked: { readonly at: number; readonly credentialFor: (uri: string) => string | undefined },
): readonly UnreadableDocument[] {
  return visits.flatMap(({ place, problem, entry, lastEdit }) => {
    const found = problem ?? entry?.problem;
    if (found?.level !== 'error') return [];
    const { message, hint, line, column } = found;
    const credential = asked.credentialFor(place.uri);
    return [
      {
        documentId: idOf(service, place),
        service,
        uri: place.uri,
        ...(line === undefined ? {} : { line }),
        ...(column === undefined ? {} : { column }),
        message,
        ...(hint === undefined ? {} : { hint }),
        ...(lastEdit === undefined ? {} : { lastEdit }),
        askedAt: asked.at,
        ...(credential === undefined ? {} : { credential }),
      },
    ];
  });
}

/** A file that is part of a document, or that nobody named, need not be a document itself. */
export function reportable(visits: readonly Visit[]): Problem[] {
  const parts = new Set(visits.flatMap(({ entry }) => (entry?.files ?? []).slice(1).map(({ uri }) => uri)));
  return visits.flatMap(({ entry, problem, place }) => {
    const found = problem ?? entry?.problem;
    if (found === undefined || (found.level === 'info' && parts.has(place.uri))) return [];
    return [entry?.document === undefined ? found : stillPatrolled(found)];
  });
}

function stillPatrolled(problem: Problem): Problem {
  const more = sentence('goesOnAsLastReadable');
  const { hint } = problem;
  return { ...problem, hint: hint === undefined ? more : sentence('twoHints', { one: hint, other: more }) };
}
