import type PgBoss from 'pg-boss';
import type { Statements, Transactions } from './transactions.ts';

/** A batch that was not finished is given out again as often as it takes: how long is bounded by its expiry. */
const mostRetries = 100_000;
/** What is over is dropped by us; the rest of the upkeep is for what a crash has left. */
const maintenanceS = 600;

/**
 * The batches that wait, by pg-boss: a queue for each location, in tables of its own beside ours. It polls for nothing:
 * whoever waits for a batch asks.
 */
export class Queues {
  readonly #boss: PgBoss;
  readonly #open = new Set<string>();

  private constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  static async start(database: Transactions, schema: string): Promise<Queues> {
    // Whoever has no locations does not load it.
    const { default: Boss } = await import('pg-boss');
    const boss = new Boss({
      db: {
        executeSql: async (sql, values: unknown[]) => ({
          rows: [...(await database.query(sql, values as never))],
        }),
      },
      schema: bossSchema(schema),
      schedule: false,
      maintenanceIntervalSeconds: maintenanceS,
    });
    // What its upkeep could not do it does the next time.
    boss.on('error', () => undefined);
    await boss.start();
    return new Queues(boss);
  }

  async open(locations: readonly string[]): Promise<void> {
    for (const location of locations) {
      if (this.#open.has(location)) continue;
      await this.#boss.createQueue(location);
      this.#open.add(location);
    }
  }

  async put(db: Statements, location: string, id: string, expireInS: number): Promise<void> {
    const options = { id, expireInSeconds: expireInS, retryLimit: mostRetries, retryDelay: 0, db: on(db) };
    await this.#boss.send(location, {}, options);
  }

  /** The id of the next one. */
  async next(db: Statements, location: string): Promise<string | undefined> {
    const [job] = await this.#boss.fetch(location, { batchSize: 1, db: on(db) } as PgBoss.FetchOptions);
    return job?.id;
  }

  async again(db: Statements, location: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.#boss.fail(location, id, {}, { db: on(db) });
  }

  async complete(db: Statements, location: string, id: string): Promise<void> {
    await this.#boss.complete(location, id, {}, { db: on(db) });
  }

  async remove(db: Statements, location: string, ids: string[]): Promise<void> {
    await this.#boss.deleteJob(location, ids, { db: on(db) });
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }
}

function on(db: Statements): PgBoss.Db {
  return {
    executeSql: async (sql, values: unknown[]) => ({ rows: [...(await db.query(sql, values as never))] }),
  };
}

/** Its names are not quoted, and have 50 characters at the most. */
function bossSchema(schema: string): string {
  const own = schema === 'public' ? 'apipatrol' : schema.toLowerCase().replaceAll('$', '_').slice(0, 40);
  return `${own}_work`;
}
