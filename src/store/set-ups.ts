import type { ServiceSetUp } from '../model/set-up.ts';
import type { Database } from './sqlite/database.ts';
import { pack, unpack } from './sqlite/packed.ts';

interface Packed {
  readonly service: string;
  readonly introducedAt: number | null;
  readonly data: Uint8Array;
}

export function packSetUps(setUps: readonly ServiceSetUp[]): Promise<readonly Packed[]> {
  return Promise.all(
    setUps.map(async ({ introducedAt = null, ...rest }) => ({
      service: rest.service,
      introducedAt,
      data: await pack(rest),
    })),
  );
}

/** Each in place of what was kept of its service. Inside a transaction. */
export function keepSetUps(database: Database, setUps: readonly Packed[]): void {
  const insert = database.statement(
    'insert or replace into set_up (service, introduced_at, data) values (?, ?, ?)',
  );
  for (const { service, introducedAt, data } of setUps) insert.run(service, introducedAt, data);
}

/** First reports that wait for those of other services wait no longer. Inside a transaction. */
export function releaseFirstReports(database: Database, at: number): void {
  database
    .statement(
      `update outbox set not_before = ?1
       where state = 'pending' and attempt = 0 and not_before > ?1 and channel like '%~first'`,
    )
    .run(at);
}

export function readSetUps(database: Database): readonly ServiceSetUp[] {
  return database
    .statement('select introduced_at, data from set_up order by service')
    .all()
    .map(({ introduced_at: introducedAt, data }) => ({
      ...(unpack(data as Uint8Array) as unknown as ServiceSetUp),
      ...(introducedAt === null ? {} : { introducedAt: Number(introducedAt) }),
    }));
}
