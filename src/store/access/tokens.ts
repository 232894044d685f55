import type { Changed, SignInSheets, TokenStore } from '../../auth/ports.ts';
import { Database } from '../sqlite/database.ts';

/** What it keeps is sealed before it comes here. */
export class SqliteTokenStore implements TokenStore, SignInSheets {
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

  change<T>(credential: string, work: (sheet: string | undefined) => Changed<T>): Promise<T> {
    const replace = 'insert or replace into sign_in values (?, ?)';
    return this.#database.write(async () => {
      const [row] = this.#database
        .statement('select sheet from sign_in where credential = ?')
        .all(credential);
      const { sheet, answer } = work(row === undefined ? undefined : String(row['sheet']));
      if (sheet !== row?.['sheet']) this.#database.statement(replace).run(credential, sheet);
      return answer;
    });
  }

  clear(credential?: string): Promise<number> {
    const all = 'delete from token returning credential';
    const one =
      'delete from token where credential = ?1 or substr(credential, 1, length(?1) + 1) = ?1 || char(10) returning credential';
    return this.#database.write(async () =>
      credential === undefined
        ? this.#database.statement(all).all().length
        : this.#database.statement(one).all(credential).length,
    );
  }
}

/**
 * The tokens of the patrol whose database lies at `path`, for a command beside it, which may be at work meanwhile.
 * Throws a `StoreError`, also when there is none.
 */
export function openTokens(path: string): {
  readonly tokens: SqliteTokenStore;
  readonly close: () => Promise<void>;
} {
  const database = Database.open(path, { existing: true });
  return { tokens: new SqliteTokenStore(database), close: () => database.close() };
}
