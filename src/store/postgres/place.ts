import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { PruneCycles } from '../history/prune.ts';
import { type Place, SqlStore } from '../sql/sql-store.ts';
import { upsert } from '../sql/sql.ts';
import type { Store } from '../store.ts';
import { readAddress } from './address.ts';
import { PostgresDatabase } from './database.ts';
import { Days } from './days.ts';
import { migrate } from './migrate.ts';
import { requireWhole } from './transfer-mark.ts';
import { PostgresWork } from './work/postgres-work.ts';

export interface PostgresOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly readOnly?: boolean;
  readonly existing?: boolean;
}

/** Opens the store in a PostgreSQL database, making its tables where nobody only looks on. Rejects with a `StoreError`. */
export async function openPostgres(url: string, options: PostgresOptions): Promise<Store> {
  const database = new PostgresDatabase(readAddress(url), options);
  try {
    const isOurs = options.readOnly !== true && options.existing !== true;
    await migrate(database, isOurs);
    await requireWhole(database);
    if (isOurs) await new Days(database, options.log).divideAll();
    return new SqlStore(new PostgresPlace(database, options), options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** So many cycles go in one transaction. */
const cyclesAStep = 1000;

/** What they have found goes with the partition of their day: see `days.ts`. */
const pruneCycles: PruneCycles = async (db, olderThan) => {
  const [gone] = await db.all(
    `with gone as (delete from cycle where id in
       (select id from cycle where started_at < ? and outcome is not null order by started_at limit ${cyclesAStep}) returning id)
     select count(*) as cycles,
       (select coalesce(sum(count), 0) from result_block where cycle_id in (select id from gone)) as results from gone`,
    olderThan,
  );
  const cycles = Number(gone?.['cycles']);
  return cycles === 0 ? undefined : cycles + Number(gone?.['results']);
};

/** A server keeps its files by itself: what is seen here is whether it can be reached and written. */
export class PostgresPlace implements Place {
  readonly database: PostgresDatabase;
  readonly mayPrune = true;
  readonly isInPlace = true;
  readonly pruneCycles = pruneCycles;
  readonly #days: Days;
  readonly work: PostgresWork;
  readonly #clock: Clock;
  readonly #lease: { giveBack(): Promise<void> } | undefined;

  constructor(
    database: PostgresDatabase,
    { clock, log }: { readonly clock: Clock; readonly log: Logger },
    lease?: { giveBack(): Promise<void> },
  ) {
    this.database = database;
    this.#clock = clock;
    this.#lease = lease;
    this.#days = new Days(database, log);
    this.work = new PostgresWork(database.address, database.fence);
  }

  settle(): void {
    // The server has it on its disk already.
  }

  tidy(): Promise<void> {
    return this.#days.tidy();
  }

  onMove(forget: () => void): void {
    this.database.onMove = forget;
  }

  async watch(): Promise<undefined> {
    const probe = upsert('retention', ['kept'], ['kept_ms', 'at']);
    await this.database.writeNow((db) => db.run(probe, 'probe', 0, this.#clock.now()));
    return undefined;
  }

  async close(): Promise<void> {
    this.database.hurry();
    await this.work.close();
    await this.#lease?.giveBack();
    await this.database.close();
  }
}
