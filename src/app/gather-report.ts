import {
  type PeriodReport,
  periodReport,
  type ReportedCheck,
  type SetUpLine,
} from '../incidents/report/period-report.ts';
import { hourMs } from '../model/histogram.ts';
import type { SetUpGroup } from '../model/set-up.ts';
import type { Store } from '../store/store.ts';

const changesLookedAt = 500;

/** What a report is made of. */
export interface ReportedStore extends Pick<Store, 'rollups' | 'cycles' | 'incidents' | 'checks' | 'setUps'> {
  readonly gallery: Pick<Store['gallery'], 'countReason' | 'changes'>;
  readonly documents: Pick<Store['documents'], 'list'>;
}

/** What is left out on purpose waits for nobody. */
function lineOf({ service, kind, count, why, items: [first] }: SetUpGroup): readonly SetUpLine[] {
  if (kind === 'left-out') return [];
  const alone = count === 1 && first !== undefined ? { operation: first.operation } : {};
  return [{ service, kind, count, why, ...alone }];
}

/** What the store knows of a time; from the hour on in which it begins, as hours are what is kept. */
export async function gatherReport(
  store: ReportedStore,
  asked: { readonly from: number; readonly to: number },
  timeZone: string,
): Promise<PeriodReport> {
  const range = { from: Math.floor(asked.from / hourMs) * hourMs, to: asked.to };
  const hours = store.rollups(range);
  const [cycles, incidents, checks, flaky, changes, setUps] = await Promise.all([
    store.cycles(range),
    store.incidents(range),
    store.checks(),
    store.gallery.countReason('flaky', range),
    store.gallery.changes({ limit: changesLookedAt }),
    store.setUps(),
  ]);
  const patrolled = new Set(cycles.flatMap(({ byService }) => Object.keys(byService)));
  return periodReport({
    range,
    timeZone,
    cycles,
    incidents,
    checks,
    tagsOf: await documentedTags(store, checks),
    hours,
    flaky,
    setUp: setUps
      .filter(({ service }) => patrolled.has(service))
      .flatMap(({ groups }) => groups.flatMap(lineOf)),
    changes: changes
      // One that is read for the first time, or no longer, has not changed.
      .filter(({ at, kind }) => kind === 'changed' && at >= range.from && at <= range.to)
      .map(({ at, service, uri, added, removed, changed }) => {
        const breaking = changed.filter((one) => one.breaking).map(({ key }) => key);
        return {
          at,
          service,
          uri,
          added: added.length,
          removed: removed.length,
          changed: changed.length,
          breaking: [...removed, ...breaking],
        };
      }),
  });
}

/** The tags of every operation, as its document has them now. */
async function documentedTags(
  store: ReportedStore,
  checks: readonly ReportedCheck[],
): Promise<(check: ReportedCheck) => readonly string[]> {
  const tags = new Map<string, readonly string[]>();
  for (const service of new Set(checks.map((check) => check.service))) {
    for (const { document } of await store.documents.list(service)) {
      for (const operation of document?.operations ?? [])
        if (operation.tags.length > 0) tags.set(`${service} ${operation.key}`, operation.tags);
    }
  }
  return ({ service, operation }) => tags.get(`${service} ${operation}`) ?? [];
}
