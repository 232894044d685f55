import { sentence } from '../../../messages/sentence.ts';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { toStoreError } from '../failure.ts';
import { StoreError } from '../../store.ts';

/** SQLite's name for a database that ends with its connection. */
export const inMemory = ':memory:';

export function isSame(one: FileIdentity | undefined, other: FileIdentity | undefined): boolean {
  return one?.dev === other?.dev && one?.ino === other?.ino;
}

/** All that is stored, or no file. */
export function copyInto(copy: string, sqlite: DatabaseSyncInstance): void {
  rmSync(copy, { force: true });
  closeSync(openSync(copy, 'a', 0o600));
  try {
    sqlite.prepare('vacuum into ?').run(copy);
  } catch (error) {
    for (const rest of ['', '-journal']) rmSync(`${copy}${rest}`, { force: true });
    throw error;
  }
}

export function setAside(path: string, now: number): string {
  const aside = `${path}.replaced-${new Date(now).toISOString().replaceAll(/[-:.]/g, '')}`;
  renameSync(path, aside);
  return aside;
}

export interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
}

export function identityOf(path: string): FileIdentity | undefined {
  if (path === inMemory) return undefined;
  try {
    const { dev, ino } = statSync(path);
    return { dev, ino };
  } catch {
    // Why it cannot be found is told by whoever tries to put it back.
    return undefined;
  }
}

function requireNoFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  throw new StoreError({
    code: 'io',
    said: sentence('ofDatabase', { path, what: sentence('storeIsFolder') }),
    hint: sentence('chooseOtherFile'),
    retry: false,
  });
}

export function requireFile(path: string): void {
  requireNoFolder(path);
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  throw new StoreError({
    code: 'missing',
    said: sentence('noDatabase', { path }),
    hint: sentence('startPatrol'),
    retry: true,
  });
}

/**
 * One folder after another: Node's own `recursive` never comes back where nothing can be made and nothing says so, as below
 * /proc (github.com/nodejs/node/issues/31481). Throws what the system says.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!isThere) throw error;
  }
}

/**
 * Results tell what a company's systems are called: nobody else on the machine may read them. A file that is there is not
 * opened: closing it would give up every lock that this process has on it, SQLite's among them, and whoever else closes the
 * database would take it for unused and its log away (sqlite.org/howtocorrupt.html, 2.2).
 */
export function createFile(path: string): void {
  if (path === inMemory) return;
  try {
    makeFolder(dirname(path));
    requireNoFolder(path);
    if (existsSync(path)) accessSync(path, constants.W_OK);
    else closeSync(openSync(path, 'a', 0o600));
    for (const log of ['', '-wal', '-shm']) ownersAlone(`${path}${log}`);
  } catch (error) {
    throw toStoreError(error, path);
  }
}

function ownersAlone(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  // Nobody but its owner may change who reads it.
  if (stats === undefined || (stats.mode & 0o077) === 0 || stats.uid !== process.getuid?.()) return;
  chmodSync(path, 0o600);
}

/** The log of the database has room of its own for a while: that the disk is full is known before it is used up. */
const leastBytes = 128 * 1024;

/** Throws when there is no room for what the next cycle stores. */
export function requireSpace(database: string): void {
  if (database === inMemory) return;
  const { bavail, bsize } = statfsSync(dirname(database));
  if (bavail * bsize >= leastBytes) return;
  throw new StoreError({
    code: 'full',
    said: sentence('ofDatabase', {
      path: database,
      what: sentence('diskFullLeft', { n: bavail * bsize }),
    }),
    hint: sentence('freeSpace'),
    retry: true,
  });
}
