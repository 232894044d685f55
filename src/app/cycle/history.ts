import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Assessment } from '../../incidents/analysis.ts';
import type { Check } from '../../model/check.ts';
import type { ChangeSet, LastEdit, UnreadableDocument } from '../../model/document.ts';
import type { Incident, IncidentHistory } from '../../model/incident.ts';
import type { CauseLevel } from '../../model/cause.ts';
import type { CachedDocument } from '../../documents/ports.ts';
import type { Result } from '../../model/result.ts';
import type { Store } from '../../store/store.ts';
import { unlessAway } from './unless-away.ts';

/** As far back as anybody would look for a cause. */
const reachMs = 14 * 86_400_000;
const resultsLookedAt = 1500;
const changesLookedAt = 50;
/** In a storm nobody reads them. */
const mostIncidents = 20;

/**
 * Gives operations that have just begun to fail the time at which they last worked, and what has changed in their
 * documents since and by whom: the first questions of whoever is told. Of a document itself, who has changed it. While nothing can
 * be read of that, all goes on without it.
 */
export async function withHistory<T extends Assessment>(
  assessment: T,
  findings: { readonly checks: readonly Check[]; readonly unreadable?: readonly UnreadableDocument[] },
  store: Store,
  now: number,
): Promise<T> {
  return unlessAway(assessment, () => lookedUp(assessment, findings, store, now));
}

async function lookedUp<T extends Assessment>(
  assessment: T,
  {
    checks,
    unreadable = [],
  }: { readonly checks: readonly Check[]; readonly unreadable?: readonly UnreadableDocument[] },
  store: Store,
  now: number,
): Promise<T> {
  const begun = assessment.open
    .filter(({ cause, history }) => history === undefined && concerns.has(cause.level))
    .slice(0, mostIncidents);
  if (begun.length === 0) return assessment;
  const checksById = new Map(checks.map((check) => [check.id, check]));
  const broken = new Map(unreadable.map(({ documentId, lastEdit }) => [documentId, lastEdit]));
  const documents = new StoredDocuments(store);
  const found = new Map<string, IncidentHistory>();
  for (const incident of begun) {
    const { fingerprint, cause, services } = incident;
    const check = checksById.get(cause.subject);
    const documentId = check?.documentId ?? cause.subject;
    const lastEdit = broken.get(documentId) ?? (await documents.lastEdit(services, documentId));
    const before = check === undefined ? {} : await historyOf(check, incident, store, now);
    found.set(fingerprint, { ...before, lastEdit });
  }
  const add = (incident: Incident): Incident => {
    const history = found.get(incident.fingerprint);
    return history === undefined ? incident : { ...incident, history };
  };
  return {
    ...assessment,
    open: assessment.open.map(add),
    transitions: assessment.transitions.map((told) => ({ ...told, incident: add(told.incident) })),
  };
}

/** Causes that stand in a document. */
const concerns: ReadonlySet<CauseLevel> = new Set<CauseLevel>(['operation', 'document']);

/** Each service is looked through once. */
class StoredDocuments {
  readonly #store: Store;
  readonly #services = new Map<string, Promise<readonly CachedDocument[]>>();

  constructor(store: Store) {
    this.#store = store;
  }

  async lastEdit(services: readonly string[], documentId: string): Promise<LastEdit | undefined> {
    for (const service of services) {
      const listed = this.#services.get(service) ?? this.#store.documents.list(service);
      this.#services.set(service, listed);
      const entry = (await listed).find(({ id }) => id === documentId);
      if (entry !== undefined) return entry.document?.lastEdit;
    }
    return undefined;
  }
}

/** Whether all was well with what has begun since; what differs, or is slow, is none of it. */
function isWell(
  { verdict, at, phases }: Result,
  { openedAt, objectiveMs, verdict: found }: Incident,
): boolean {
  if (at >= openedAt || (objectiveMs !== undefined && phases.totalMs > objectiveMs)) return false;
  return verdict === 'pass' || (verdict === 'degraded' && (found === 'fail' || objectiveMs !== undefined));
}

async function historyOf(
  check: Check,
  incident: Incident,
  store: Store,
  now: number,
): Promise<IncidentHistory> {
  const results = await store.history(check.id, { from: now - reachMs, to: now, limit: resultsLookedAt });
  const lastPassAt = results.find((result) => isWell(result, incident))?.at;
  const changes = await store.gallery.changes({ limit: changesLookedAt }, check.documentId);
  // A moment too much does no harm, and stored times are rounded.
  const since = (lastPassAt ?? now - reachMs) - 1000;
  for (const change of changes) {
    const details = change.at < since ? undefined : detailsOf(change, check.operation);
    if (details !== undefined) {
      return { lastPassAt, change: { at: change.at, details } };
    }
  }
  return { lastPassAt };
}

/** What a change of the document means for one operation; `undefined`: nothing. */
function detailsOf({ kind, added, changed }: ChangeSet, operation: string): readonly Sentence[] | undefined {
  if (kind === 'changed' && added.includes(operation)) return [sentence('operationAdded')];
  return changed.find(({ key }) => key === operation)?.details;
}
