import { statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { DatabaseSync } from '@photostructure/sqlite';
import { StoreError } from '../../store.ts';
import { toStoreError } from '../failure.ts';

/** What the thread answers to the path of a database; `undefined`: it is whole, or too large to be looked through. */
export type Damage = Pick<StoreError, 'code' | 'said' | 'hint' | 'retry'> | undefined;

/** Half a minute of reading at the pace of a slow disk. */
const searchedBytes = 4 * 2 ** 30;

/** Looks at each page, for damage that a statement comes upon only when it needs that page. */
function findDamage(path: string): Damage {
  try {
    if (statSync(path).size > searchedBytes) return undefined;
    const sqlite = new DatabaseSync(path, { readOnly: true, timeout: 2000 });
    try {
      const row = sqlite.prepare('pragma quick_check(1)').get() as Readonly<Record<string, unknown>>;
      if (row['quick_check'] === 'ok') return undefined;
      // As the driver says it when a statement comes upon it.
      throw new Error('database disk image is malformed');
    } finally {
      sqlite.close();
    }
  } catch (error) {
    const { code, said, hint, retry } = toStoreError(error, path);
    return { code, said, hint, retry };
  }
}

parentPort?.once('message', (path: string) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
  parentPort?.postMessage(findDamage(path));
});
