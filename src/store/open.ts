import { dirname, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../lib/time/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { StoreSettings } from '../model/settings.ts';
import { SqlTokenStore } from './access/tokens.ts';
import type { Nodes } from './nodes.ts';
import { takeOver } from './outbox/outbox.ts';
import { SqlStore } from './sql/sql-store.ts';
import { EmbeddedPlace } from './sqlite/embedded.ts';
import { lockStore } from './sqlite/file/lock.ts';
import { bringIntoBlocks } from './sqlite/result-rows.ts';
import { busyTimeoutMs, Database } from './sqlite/database.ts';
import { toStoreError } from './sqlite/failure.ts';
import { createFile, makeFolder } from './sqlite/file/files.ts';
import { type Store, StoreError } from './store.ts';

export interface OpenOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** For looking on while a daemon writes: changes nothing, creates nothing. */
  readonly readOnly?: boolean;
  /** For changing what a daemon keeps: a database that is not there is an error. */
  readonly existing?: boolean;
  /** For the daemon on a file: nobody else may be one on it; released by `close`, or by the end of the process. */
  readonly alone?: boolean;
}

/** Where a store is: a file, or a PostgreSQL database in its place. */
export type StoreLocation = Pick<StoreSettings, 'path' | 'url'>;

/** Opens the store of a configuration as `openStore` does. Rejects with a `StoreError`. */
export async function openStoreAt({ path, url }: StoreLocation, options: OpenOptions): Promise<Store> {
  if (url === undefined) return openStore(path, options);
  // Whoever has no server does not load what speaks to it.
  const { openPostgres } = await import('./postgres/place.ts');
  return openPostgres(url.reveal(), options);
}

/** Opens the database that several processes have in common. Rejects with a `StoreError`. */
export async function openNodesAt(
  { path, url }: { readonly path: string; readonly url: string },
  options: Pick<OpenOptions, 'clock' | 'log'>,
): Promise<Nodes> {
  made(() => makeFolder(dirname(path)), path);
  const { openNodes } = await import('./postgres/nodes.ts');
  return openNodes(url, { ...options, place: resolve(path) });
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
      made(() => createFile(path), path);
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

function made(make: () => void, path: string): void {
  try {
    make();
  } catch (error) {
    throw toStoreError(error, path);
  }
}

interface OpenTokens {
  readonly tokens: Store['tokens'];
  readonly close: () => Promise<void>;
}

/**
 * The tokens of the patrol whose store is there, for a command beside it, which may be at work meanwhile. Rejects with a
 * `StoreError`, also when there is none.
 */
export async function openTokens(place: StoreLocation, options: OpenOptions): Promise<OpenTokens> {
  if (place.url === undefined) return openTokensIn(place.path);
  const store = await openStoreAt(place, { ...options, existing: true });
  return { tokens: store.tokens, close: () => store.close() };
}

/** The same of an embedded database. Throws a `StoreError`. */
export function openTokensIn(path: string): OpenTokens {
  const database = Database.open(path, { existing: true });
  return { tokens: new SqlTokenStore(database), close: () => database.close() };
}
