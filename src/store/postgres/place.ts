import type { Clock } from '../../lib/time/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { HoldingStore } from '../held/holding-store.ts';
import { takeOver } from '../outbox/outbox.ts';
import { type Place, SqlStore } from '../sql/sql-store.ts';
import { upsert } from '../sql/sql.ts';
import type { Store } from '../store.ts';
import { readAddress } from './address.ts';
import { PostgresDatabase } from './database.ts';
import { Lease } from './lease.ts';
import { migrate } from './migrate.ts';
import { requireWhole } from './transfer-mark.ts';

export interface PostgresOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly readOnly?: boolean;
  readonly existing?: boolean;
  readonly alone?: boolean;
}

/** Opens the store in a PostgreSQL database, making its tables where nobody only looks on. Rejects with a `StoreError`. */
export async function openPostgres(url: string, options: PostgresOptions): Promise<Store> {
  const database = new PostgresDatabase(readAddress(url), options);
  try {
    await migrate(database, options.readOnly !== true && options.existing !== true);
    await requireWhole(database);
    const lease = options.alone === true ? await Lease.take(database, options.log) : undefined;
    if (lease !== undefined) await takeOver(database);
    const place = new PostgresPlace(database, options, lease);
    return lease === undefined ? new SqlStore(place, options) : new HoldingStore(place, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A server keeps its files by itself: what is seen here is whether it can be reached and written. */
class PostgresPlace implements Place {
  readonly database: PostgresDatabase;
  readonly mayPrune = true;
  readonly isInPlace = true;
  readonly #options: PostgresOptions;
  readonly #lease: Lease | undefined;

  constructor(database: PostgresDatabase, options: PostgresOptions, lease: Lease | undefined) {
    this.database = database;
    this.#options = options;
    this.#lease = lease;
  }

  settle(): void {
    // The server has it on its disk already.
  }

  onMove(forget: () => void): void {
    this.database.onMove = forget;
  }

  async watch(): Promise<undefined> {
    const probe = upsert('retention', ['kept'], ['kept_ms', 'at']);
    await this.database.writeNow((db) => db.run(probe, 'probe', 0, this.#options.clock.now()));
    return undefined;
  }

  async close(): Promise<void> {
    this.database.hurry();
    try {
      await this.#lease?.giveBack();
    } catch (error) {
      this.#options.log.warn('the lease of the patrol could not be given back', {
        problem: messageOf(error),
      });
    }
    await this.database.close();
  }
}
