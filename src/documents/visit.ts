import { sentence } from '../messages/sentence.ts';
import type { ChangeSet, LastEdit, UnreadableDocument } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import type { CachedDocument } from './ports.ts';
import type { Location } from './sources/place.ts';
import { isDeepStrictEqual } from 'node:util';
import type { GitHistory } from './sources/git/git-history.ts';

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
        line,
        column,
        message,
        hint,
        lastEdit,
        askedAt: asked.at,
        credential,
        ...(entry?.document === undefined ? { neverRead: true } : {}),
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

/**
 * Adds who changed last what has just been read. What is known of the same content stays; only what is not committed
 * yet, or cannot be read, is asked about again.
 */
export async function withLastEdits(
  visits: readonly Visit[],
  history: GitHistory,
  signal: AbortSignal,
): Promise<readonly Visit[]> {
  const files = new Map(visits.filter(isAsked).map((visit) => [visit, filesOf(visit)]));
  const wanted = new Set([...files.values()].flat());
  if (wanted.size === 0) return visits;
  const edits = await history.lastEdits([...wanted], signal);
  return visits.map((visit) => {
    const own = (files.get(visit) ?? []).flatMap((file) => edits.get(file) ?? []);
    const [first, ...others] = own;
    return first === undefined ? visit : withEdit(visit, others.reduce(later, first));
  });
}

function isAsked({ work, entry }: Visit): boolean {
  if (entry === undefined || work === 'none') return false;
  return work === 'read' || isBroken(entry) || entry.document?.lastEdit?.uncommitted === true;
}

function isBroken({ problem }: CachedDocument): boolean {
  return problem?.level === 'error';
}

/** The files on this machine that a document consists of. */
function filesOf({ place: { files }, entry }: Visit): readonly string[] {
  return (entry?.files ?? []).flatMap(({ uri }) =>
    uri.startsWith('glob:') ? [] : (files.pathOf?.(uri) ?? []),
  );
}

function later(a: LastEdit, b: LastEdit): LastEdit {
  const last = b.at > a.at ? b : a;
  return (a.uncommitted ?? b.uncommitted) === true ? { ...last, uncommitted: true } : last;
}

function withEdit(visit: Visit, lastEdit: LastEdit): Visit {
  const { entry, change } = visit;
  // The document that is kept is an earlier one, and has what was known of that.
  if (entry?.document === undefined || isBroken(entry)) return { ...visit, lastEdit };
  if (isDeepStrictEqual(entry.document.lastEdit, lastEdit)) return visit;
  return {
    ...visit,
    entry: { ...entry, document: { ...entry.document, lastEdit } },
    ...(change === undefined ? {} : { change: { ...change, lastEdit } }),
  };
}
