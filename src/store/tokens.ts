import type { TokenStore } from '../auth/ports.ts';
import type { Database } from './database.ts';

/** What it keeps is sealed before it comes here. */
export class SqliteTokenStore implements TokenStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  load(credential: string): Promise<string | undefined> {
    const sql = 'select sealed from token where credential = ?';
    return this.#database.read(() => {
      const [row] = this.#database.statement(sql).all(credential);
      return row === undefined ? undefined : String(row['sealed']);
    });
  }

  save(credential: string, sealed: string): Promise<void> {
    const sql =
      'insert into token values (?, ?) on conflict (credential) do update set sealed = excluded.sealed';
    return this.#database.write(async () => {
      this.#database.statement(sql).run(credential, sealed);
    });
  }

  clear(credential?: string): Promise<number> {
    const all = 'delete from token returning credential';
    const one = 'delete from token where credential = ? returning credential';
    return this.#database.write(async () =>
      credential === undefined
        ? this.#database.statement(all).all().length
        : this.#database.statement(one).all(credential).length,
    );
  }
}
