import type { StorageTrouble } from '../../app/daemon/store-alert.ts';
import type { overview } from '../api/overview.ts';
import type { DataOf } from '../api/endpoint.ts';

type Overview = DataOf<typeof overview>;

const reasons: Readonly<Record<StorageTrouble['code'], string>> = {
  full: 'the disk is full',
  busy: 'another process holds the database',
  corrupt: 'the database is damaged',
  readonly: 'the database may not be written',
  io: 'the file of the database cannot be read or written',
  missing: 'the database was taken away',
  newer: 'the database is of a newer version',
  outdated: 'the database is of an older version',
  foreign: 'the database is of another program',
  internal: 'the database fails',
};

/** The same for those who have nothing to do with the machine: without its files and what to do there. */
export function placelessTrouble({ code, since }: StorageTrouble): StorageTrouble {
  return { code, since, message: `nothing can be stored now: ${reasons[code]}` };
}

export function storageView({ since, message, hint }: StorageTrouble): NonNullable<Overview['storage']> {
  return { since, message, ...(hint === undefined ? {} : { hint }) };
}
