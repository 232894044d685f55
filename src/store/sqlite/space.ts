import { sentence } from '../../messages/sentence.ts';
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
    said: sentence('ofDatabase', {
      path: database,
      what: sentence('diskFullLeft', { n: bavail * bsize }),
    }),
    hint: sentence('freeSpace'),
    retry: true,
  });
}
