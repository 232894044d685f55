import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { sentence } from '../../messages/sentence.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { StoreError } from '../store.ts';
import type { PostgresDatabase } from './database.ts';

/** A patrol that has not been heard of for so long has ended, or will find out that it has. */
const leaseMs = 10_000;
const renewEveryMs = 3000;
const lookEveryMs = 500;
const name = 'patrol';

/** By the clock of the database, which all have in common. */
const now = '(extract(epoch from clock_timestamp()) * 1000)::bigint';
const take = `insert into patrol_lease (name, holder, told, epoch, until) values (?, ?, ?, 1, ${now} + ${leaseMs})
  on conflict (name) do update set holder = excluded.holder, told = excluded.told,
    epoch = patrol_lease.epoch + 1, until = excluded.until
  where patrol_lease.until < ${now} returning epoch`;
const renew = `update patrol_lease set until = ${now} + ${leaseMs} where name = ? and holder = ?`;
const giveBack = 'delete from patrol_lease where name = ? and holder = ?';

/**
 * That a database is one patrol's alone: a row that says whose it is and until when, which it renews. Whoever has lost
 * it, because it stood still for so long, cannot write any more.
 */
export class Lease {
  readonly #database: PostgresDatabase;
  readonly #log: Logger;
  readonly #holder = randomUUID();
  #timer: NodeJS.Timeout | undefined;
  #isRenewed = true;

  private constructor(database: PostgresDatabase, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  /** Waits until a patrol that has just ended without giving it back is known to be gone. Rejects when another goes on. */
  static async take(database: PostgresDatabase, log: Logger): Promise<Lease> {
    const lease = new Lease(database, log);
    let before: number | undefined;
    for (;;) {
      const told = `${hostname()}, process ${process.pid}`;
      const [mine] = await database.write((db) => db.all(take, name, lease.#holder, told));
      if (mine !== undefined) break;
      const [other] = await database.all('select told, until from patrol_lease where name = ?', name);
      const until = Number(other?.until ?? 0);
      if (before !== undefined && until > before) throw lease.#taken(String(other?.told));
      if (before === undefined)
        log.info('waiting for the lease of a patrol that may have ended', { of: String(other?.told) });
      before = until;
      await sleep(lookEveryMs);
    }
    database.fence({
      // Writes go one after another: nobody takes it before what is written under it is stored.
      sql: `select 1 from patrol_lease where name = '${name}' and holder = '${lease.#holder}'`,
      lost: () => lease.#lost(),
    });
    lease.#timer = setInterval(() => void lease.#renew(), renewEveryMs).unref();
    return lease;
  }

  async giveBack(): Promise<void> {
    clearInterval(this.#timer);
    await this.#database.run(giveBack, name, this.#holder);
  }

  async #renew(): Promise<void> {
    try {
      await this.#database.writeNow((db) => db.run(renew, name, this.#holder));
      this.#isRenewed = true;
    } catch (error) {
      if (this.#isRenewed)
        this.#log.warn('the lease of the patrol could not be renewed', { problem: messageOf(error) });
      this.#isRenewed = false;
    }
  }

  #lost(): StoreError {
    return this.#taken('');
  }

  #taken(by: string): StoreError {
    const path = this.#database.address.shown;
    return new StoreError({
      code: 'busy',
      said: by === '' ? sentence('otherPatrolAtWork', { path }) : sentence('otherPatrolBy', { path, by }),
      hint: sentence('stopOtherPatrolThere'),
      retry: false,
    });
  }
}
