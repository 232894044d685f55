import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../lib/time/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { takeOver } from './outbox/outbox.ts';
import { SqlStore } from './sql/sql-store.ts';
import { EmbeddedPlace } from './sqlite/embedded.ts';
import { lockStore } from './sqlite/file/lock.ts';
import { bringIntoBlocks } from './sqlite/result-rows.ts';
import { busyTimeoutMs, Database } from './sqlite/database.ts';
import { toStoreError } from './sqlite/failure.ts';
import { createFile } from './sqlite/file/files.ts';
import { type Store, StoreError } from './store.ts';

export interface OpenOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** For looking on while a daemon writes: changes nothing, creates nothing. */
  readonly readOnly?: boolean;
  /** For changing what a daemon keeps: a database that is not there is an error. */
  readonly existing?: boolean;
  /** For the daemon: nobody else may be one on it; released by `close`, or by the end of the process. */
  readonly alone?: boolean;
}

/**
 * Opens the embedded database at `path`, creating it with its folder (readable by this user alone) and bringing
 * its tables up to date. Rejects with a `StoreError`.
 */
export async function openStore(path: string, options: OpenOptions): Promise<Store> {
  const claim = options.alone === true ? await lockStore(path) : undefined;
  let database: Database | undefined;
  try {
    if (claim !== undefined) {
      made(path);
      await claim.lock();
    }
    database = await openFree(path, options);
    if (options.readOnly !== true) await bringIntoBlocks(database, options.clock, options.log);
    if (claim !== undefined) await takeOver(database);
    return new SqlStore(new EmbeddedPlace(database, options, claim), options);
  } catch (error) {
    await database?.close();
    claim?.release();
    throw error;
  }
}

/** Processes that make a database at the same moment: SQLite refuses the second one at once, without waiting. */
async function openFree(path: string, options: OpenOptions): Promise<Database> {
  const isLast = AbortSignal.timeout(busyTimeoutMs);
  for (;;) {
    try {
      return Database.open(path, options);
    } catch (error) {
      if (isLast.aborted || !(error instanceof StoreError && error.code === 'busy')) throw error;
    }
    await setTimeout(20);
  }
}

function made(path: string): void {
  try {
    createFile(path);
  } catch (error) {
    throw toStoreError(error, path);
  }
}
