import type { Changed, SignInSheets, TokenStore } from '../../auth/ports.ts';
import { type SqlDatabase, upsert } from '../sql/sql.ts';

/** What it keeps is sealed before it comes here. */
export class SqlTokenStore implements TokenStore, SignInSheets {
  readonly #db: SqlDatabase;

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  load(credential: string): Promise<string | undefined> {
    const sql = 'select sealed from token where credential = ?';
    return this.#db.read(async (db) => {
      const [row] = await db.all(sql, credential);
      return row === undefined ? undefined : String(row['sealed']);
    });
  }

  save(credential: string, sealed: string): Promise<void> {
    const sql = upsert('token', ['credential'], ['sealed']);
    return this.#db.write(async (db) => {
      await db.run(sql, credential, sealed);
    });
  }

  change<T>(credential: string, work: (sheet: string | undefined) => Changed<T>): Promise<T> {
    const replace = upsert('sign_in', ['credential'], ['sheet']);
    return this.#db.write(async (db) => {
      const [row] = await db.all('select sheet from sign_in where credential = ?', credential);
      const { sheet, answer } = work(row === undefined ? undefined : String(row['sheet']));
      if (sheet !== row?.['sheet']) await db.run(replace, credential, sheet);
      return answer;
    });
  }

  clear(credential?: string): Promise<number> {
    const one = 'delete from token where credential = ?1 or substr(credential, 1, length(?2)) = ?2';
    return this.#db.write((db) =>
      credential === undefined
        ? db.run('delete from token')
        : db.run(
            one,
            credential,
            `${credential}
`,
          ),
    );
  }
}
