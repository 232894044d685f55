import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { inMemory } from './database.ts';
import { toStoreError } from './failure.ts';
import { StoreError } from './store.ts';

/** The store is this patrol's alone. */
export interface Claim {
  release(): void;
}

/**
 * Makes the store this patrol's alone until it is released or its process ends, however that ends: the operating
 * system keeps the lock. Two patrols would call everything twice, and each would take the other's cycle for one that
 * a crash has left open. Throws a `StoreError` when another patrol has it.
 */
export function claimStore(path: string): Claim {
  if (path === inMemory) return { release: () => undefined };
  const file = path.replace(/(?:\.db)?$/, '.lock');
  const lock = opened(file);
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    const failure = toStoreError(error, file);
    if (failure.code !== 'busy') throw failure;
    throw new StoreError({
      code: 'busy',
      message: `another patrol is at work on the database ${path}`,
      hint: 'stop it first, look at it with `apipatrol status`, or give this one a store.path of its own',
      retry: false,
    });
  }
  return { release: () => lock.close() };
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
