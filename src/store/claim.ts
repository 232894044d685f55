import { once } from 'node:events';
import { chmodSync, closeSync, openSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { sha256 } from '../kit/text.ts';
import { inMemory } from './database.ts';
import { toStoreError } from './failure.ts';
import { StoreError } from './store.ts';

/** The store is this patrol's alone. */
export interface Claim {
  /** Takes the lock beside the database, once its folder is there; again when that was deleted and made anew. */
  lock(): void;
  release(): void;
}

/**
 * Makes the store this patrol's alone until it is released or its process ends, however that ends: the operating
 * system keeps the locks. Two patrols would call everything twice, and each would take the other's cycle for one that
 * a crash has left open. Throws a `StoreError` when another patrol has it.
 */
export async function claimStore(database: string): Promise<Claim> {
  if (database === inMemory) return { lock: () => undefined, release: () => undefined };
  const name = await claimName(database);
  let held: ReturnType<typeof locked> | undefined;
  return {
    lock() {
      held?.close();
      held = undefined;
      held = locked(database);
    },
    release() {
      held?.close();
      name.release();
    },
  };
}

/** A lock of the folder's own: it holds for every path that leads there, and between containers that share it. */
function locked(database: string) {
  const file = database.replace(/(?:\.db)?$/, '.lock');
  const lock = opened(file);
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    const failure = toStoreError(error, file);
    if (failure.code !== 'busy') throw failure;
    throw taken(database);
  }
  return lock;
}

/**
 * A lock on the name, which outlives the folder: whoever deletes it has not stopped the patrol. Linux knows names of
 * sockets that are no files and go with their process; elsewhere the lock file has to do.
 */
async function claimName(database: string): Promise<{ release(): void }> {
  if (process.platform !== 'linux') return { release: () => undefined };
  const place = realPlace(database);
  const server = createServer((socket) => socket.destroy());
  server.unref();
  try {
    server.listen(`\0apipatrol-${sha256(place)}`);
    await once(server, 'listening');
  } catch (error) {
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw inUse ? taken(database) : toStoreError(error, database);
  }
  return { release: () => void server.close() };
}

/** Where a path leads of which the end need not be there yet. */
function realPlace(place: string): string {
  const resolved = path.resolve(place);
  try {
    return realpathSync(resolved);
  } catch {
    const parent = path.dirname(resolved);
    return parent === resolved ? resolved : path.join(realPlace(parent), path.basename(resolved));
  }
}

function taken(database: string): StoreError {
  return new StoreError({
    code: 'busy',
    message: `another patrol is at work on the database ${database}`,
    hint: 'stop it first, look at it with `apipatrol status`, or give this one a store.path of its own',
    retry: false,
  });
}

function opened(file: string) {
  try {
    ownersAlone(file);
    return new DatabaseSync(file);
  } catch (error) {
    throw toStoreError(error, file);
  }
}

/** Whoever can open it can hold it, and keep the patrol from starting. */
function ownersAlone(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
}
