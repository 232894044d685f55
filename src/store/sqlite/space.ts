import { statfsSync } from 'node:fs';
import path from 'node:path';
import { inMemory } from './files.ts';
import { StoreError } from '../store.ts';

/** The log of the database has room of its own for a while: that the disk is full is known before it is used up. */
const leastBytes = 128 * 1024;

/** Throws when there is no room for what the next cycle stores. */
export function requireSpace(database: string): void {
  if (database === inMemory) return;
  const { bavail, bsize } = statfsSync(path.dirname(database));
  if (bavail * bsize >= leastBytes) return;
  throw new StoreError({
    code: 'full',
    message: `database ${database}: the disk is full (${bavail * bsize} bytes left)`,
    hint: 'free some space on that disk, or shorten store.retention; nothing stored before is lost',
    retry: true,
  });
}
