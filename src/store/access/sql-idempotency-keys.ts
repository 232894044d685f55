import type { IdempotencyKeys, TakenKey } from './idempotency-keys.ts';
import type { SqlDatabase } from '../sql/sql.ts';

/** A client that needs more in a day does not repeat, it floods: its oldest keys are forgotten. */
const most = 10_000;

export class SqlAnswers implements IdempotencyKeys {
  readonly #db: SqlDatabase;

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  take(key: string, asked: string, expiresAt: number, now: number): Promise<TakenKey | undefined> {
    return this.#db.write(async (db) => {
      await db.run(
        `delete from first_answer where expires_at <= ?1 or key in
           (select key from first_answer order by expires_at desc limit ${Number.MAX_SAFE_INTEGER} offset ${most - 1})`,
        now,
      );
      const [taken] = await db.all('select asked, sealed from first_answer where key = ?', key);
      if (taken === undefined) {
        await db.run(
          'insert into first_answer (key, asked, expires_at) values (?, ?, ?)',
          key,
          asked,
          expiresAt,
        );
        return undefined;
      }
      return {
        asked: String(taken.asked),
        ...(taken.sealed === null ? {} : { sealed: String(taken.sealed) }),
      };
    });
  }

  async answer(key: string, sealed: string): Promise<void> {
    await this.#db.write((db) => db.run('update first_answer set sealed = ? where key = ?', sealed, key));
  }

  async release(key: string): Promise<void> {
    await this.#db.write((db) => db.run('delete from first_answer where key = ?', key));
  }
}
