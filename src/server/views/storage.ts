import type { OwnSentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import type { StorageTrouble } from '../../app/daemon/store-alert.ts';
import type { overview } from '../api/overview.ts';
import type { DataOf } from '../api/endpoint.ts';

type Overview = DataOf<typeof overview>;

const reasons: Readonly<Record<StorageTrouble['code'], OwnSentence>> = {
  full: sentence('diskFull'),
  busy: sentence('heldByOther'),
  corrupt: sentence('databaseDamaged'),
  readonly: sentence('databaseReadonly'),
  superseded: sentence('anotherLeads'),
  io: sentence('databaseUnusable'),
  missing: sentence('databaseTakenAway'),
  newer: sentence('databaseOfNewer'),
  outdated: sentence('databaseOfOlder'),
  foreign: sentence('databaseOfOthers'),
  internal: sentence('databaseFails'),
};

/** The same for those who have nothing to do with the machine: without its files and what to do there. */
export function placelessTrouble({ code, since }: StorageTrouble): StorageTrouble {
  return { code, since, message: sentence('nothingStoredNow', { why: reasons[code] }) };
}

export function storageView({ since, message, hint }: StorageTrouble): NonNullable<Overview['storage']> {
  return { since, message, hint };
}
