import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, describe } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Store } from '../store.ts';
import { wholeStoreContract } from '../whole-store.contract.ts';
import { t0 } from '../stored.fixture.ts';
import { openPostgres } from './place.ts';
import { startServer } from './server.fixture.ts';

const server = await startServer();

let store: Store | undefined;
let schema = '';

afterEach(async () => {
  await store?.close();
  store = undefined;
});

afterAll(() => server?.remove());

/** In a schema of its own each time. */
async function open(name: string): Promise<Store> {
  schema = name;
  const url = `${server?.url}?search_path=${schema}`;
  store = await openPostgres(url, { clock: new ManualClock(t0), log: silentLogger });
  return store;
}

function openNew(): Promise<Store> {
  return open(`s${randomUUID().replaceAll('-', '')}`);
}

describe.skipIf(server === undefined)('PostgreSQL', () => {
  wholeStoreContract('it', {
    open: openNew,
    reopen: async () => {
      await store?.close();
      return open(schema);
    },
  });
});
