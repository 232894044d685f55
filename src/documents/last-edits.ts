import { isDeepStrictEqual } from 'node:util';
import type { LastEdit } from '../model/document.ts';
import type { CachedDocument } from './ports.ts';
import type { GitHistory } from './sources/git/git-history.ts';
import type { Visit } from './visit.ts';

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
