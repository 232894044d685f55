import type { IdempotencyKeys, TakenKey } from './idempotency-keys.ts';
import type { Database } from '../sqlite/database.ts';

/** A client that needs more in a day does not repeat, it floods: its oldest keys are forgotten. */
const most = 10_000;

export class SqliteAnswers implements IdempotencyKeys {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  take(key: string, asked: string, expiresAt: number, now: number): Promise<TakenKey | undefined> {
    return this.#database.write(async () => {
      this.#run(
        `delete from first_answer where expires_at <= ?1 or key in
           (select key from first_answer order by expires_at desc limit -1 offset ${most - 1})`,
        now,
      );
      const [taken] = this.#database
        .statement('select asked, sealed from first_answer where key = ?')
        .all(key);
      if (taken === undefined) {
        this.#run(
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

  answer(key: string, sealed: string): Promise<void> {
    return this.#database.write(async () =>
      this.#run('update first_answer set sealed = ? where key = ?', sealed, key),
    );
  }

  release(key: string): Promise<void> {
    return this.#database.write(async () => this.#run('delete from first_answer where key = ?', key));
  }

  #run(sql: string, ...values: readonly (string | number)[]): void {
    this.#database.statement(sql).run(...values);
  }
}
