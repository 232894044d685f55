import { sentence } from '../../../messages/sentence.ts';
import { once } from 'node:events';
import { chmodSync, closeSync, openSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { sha256 } from '../../../lib/text/text.ts';
import { inMemory } from './files.ts';
import { toStoreError } from '../failure.ts';
import { StoreError } from '../../store.ts';

/** The store is this patrol's alone. */
export interface StoreLock {
  /**
   * Takes the lock beside the database, and the file itself by whichever path it is reached, once it is there; again
   * when it was deleted and made anew. Rejects with a `StoreError`.
   */
  lock(): Promise<void>;
  release(): void;
}

/**
 * Makes the store this patrol's alone until it is released or its process ends, however that ends: the operating
 * system keeps the locks. Two patrols would call everything twice, and each would take the other's cycle for one that
 * a crash has left open. Throws a `StoreError` when another patrol has it.
 */
export async function lockStore(database: string): Promise<StoreLock> {
  if (database === inMemory) return { lock: () => Promise.resolve(), release: () => undefined };
  const place = await claimName(placeName(database), database);
  let held: ReturnType<typeof locked> | undefined;
  let file: ClaimedName | undefined;
  return {
    async lock() {
      held?.close();
      held = undefined;
      held = locked(database);
      const name = fileName(database);
      if (name === file?.name) return;
      const before = file;
      file = await claimName(name, database);
      before?.release();
    },
    release() {
      held?.close();
      file?.release();
      place.release();
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

interface ClaimedName {
  readonly name: string;
  release(): void;
}

/**
 * A lock on a name, which outlives file and folder: whoever deletes them has not stopped the patrol. Linux knows names
 * of sockets that are no files and go with their process; elsewhere the lock file has to do.
 */
async function claimName(name: string, database: string): Promise<ClaimedName> {
  if (process.platform !== 'linux') return { name, release: () => undefined };
  const server = createServer((socket) => socket.destroy());
  server.unref();
  try {
    server.listen(`\0apipatrol-${sha256(name)}`);
    await once(server, 'listening');
  } catch (error) {
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw inUse ? taken(database) : toStoreError(error, database);
  }
  return { name, release: () => void server.close() };
}

/** The same for every link to the file and every mount of its folder. */
function fileName(database: string): string {
  try {
    const { dev, ino } = statSync(database, { bigint: true });
    return `file ${dev}:${ino}`;
  } catch (error) {
    throw toStoreError(error, database);
  }
}

/**
 * The name outlives the folder. Names of sockets belong to a network, which containers may share (`--network host`), paths to the
 * mounts of a process: `/data/patrol.db` of two containers are two places.
 */
function placeName(database: string): string {
  const place = realPlace(database);
  try {
    return `${place} in ${readlinkSync('/proc/self/ns/mnt')}`;
  } catch {
    // Without /proc, or elsewhere than on Linux.
    return place;
  }
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
    said: sentence('otherPatrolAtWork', { path: database }),
    hint: sentence('stopOtherPatrol'),
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
