import pg from 'pg';
import { type Clock, ManualClock } from '../src/lib/time/clock.ts';
import { silentLogger } from '../src/lib/logger.ts';
import { openPostgres } from '../src/store/postgres/place.ts';
import { startServer, type TestServer } from '../src/store/postgres/server.fixture.ts';
import type { Store } from '../src/store/store.ts';
import type { Figure } from './figure.ts';
import { costsOfCycles, cpuToStore, historyIn } from './store.ts';

/** The same of a database on a server, which is on this machine: what is counted is how often it is asked. */
export async function benchPostgres(): Promise<readonly Figure[]> {
  const server = await startServer();
  if (server === undefined) throw new Error('there is no PostgreSQL here; name one with TEST_DATABASE_URL');
  try {
    const count = countQueries();
    return [
      ...(await inSchema(server, 'ways', (store) => costsOfCycles(store, count))),
      ...(await inSchema(server, 'cpu', async (store, clock) => [await cpuToStore(store, clock)])),
      ...(await historyIn(worldOf(server, 'history'), 10_000, 7)),
    ];
  } finally {
    server.remove();
  }
}

async function inSchema(
  server: TestServer,
  schema: string,
  measure: (store: Store, clock: ManualClock) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  const clock = new ManualClock(Date.UTC(2026, 0, 5));
  const store = await worldOf(server, schema).open(clock);
  try {
    return await measure(store, clock);
  } finally {
    await store.close();
  }
}

function worldOf(server: TestServer, schema: string) {
  return {
    open: (clock: Clock) =>
      openPostgres(`${server.url}?search_path=bench_${schema}`, { clock, log: silentLogger }),
    bytes: () => bytesOf(server.url, `bench_${schema}`),
  };
}

/** With indexes, and what does not fit into rows. */
async function bytesOf(url: string, schema: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ readonly bytes: string }>(
    `select sum(pg_total_relation_size(oid)) as bytes from pg_class
     where relkind = 'r' and relnamespace = $1::regnamespace`,
    [schema],
  );
  await client.end();
  return Number(rows[0]?.bytes);
}

/** Whatever is sent by whichever connection of this process is one way to the server and back. */
function countQueries(): () => number {
  let count = 0;
  const { prototype } = pg.Client;
  const query: unknown = Reflect.get(prototype, 'query');
  if (typeof query !== 'function') throw new TypeError('the driver has no query');
  Reflect.set(prototype, 'query', function (this: pg.Client, ...args: readonly unknown[]): unknown {
    count++;
    return Reflect.apply(query, this, args);
  });
  return () => count;
}
