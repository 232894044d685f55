/** What a statement takes; a number that is not whole is rounded. */
export type Value = string | number | bigint | Uint8Array | null;

/** Column name → value; whole numbers are numbers. */
export type Row = Readonly<Record<string, Value>>;

/**
 * Statements of a database, in the SQL that all of them have in common: `?` stands for a value, `?1` for the first one.
 * Whatever goes wrong rejects with a `StoreError`.
 */
export interface Sql {
  all(sql: string, ...values: readonly Value[]): Promise<readonly Row[]>;
  /** Returns how many rows it has changed. */
  run(sql: string, ...values: readonly Value[]): Promise<number>;
}

/**
 * A database. A statement by itself is stored at once or fails; what belongs together is done inside `write` or `read`, by
 * the handle given there alone: whoever uses the database itself meanwhile waits for the end of it.
 */
export interface SqlDatabase extends Sql {
  /**
   * Everything that `work` does is stored, or nothing is. One after another, whichever process it is that writes: what is
   * read inside is so until its end. `work` may be done again, after nothing of it was stored.
   */
  write<T>(work: (db: Sql) => Promise<T>): Promise<T>;
  /** Sees nothing of a `write` that is not through yet, and nothing else changes meanwhile. */
  read<T>(work: (db: Sql) => Promise<T>): Promise<T>;
  /** Another one than before when somebody else may have written since. */
  version(): Promise<number>;
  /** Gives room that is not used any more back to the system. */
  shrink(): Promise<void>;
}

/**
 * A statement that stores rows in place of those with the same key. Its values are the columns of each row, keys first.
 */
export function upsert(table: string, keys: readonly string[], others: readonly string[], rows = 1): string {
  const columns = [...keys, ...others];
  const set = others.map((column) => `${column} = excluded.${column}`).join(', ');
  return `insert into ${table} (${columns.join(', ')}) values ${placesFor(rows, columns.length)}
    on conflict (${keys.join(', ')}) do update set ${set}`;
}

/** For the values of some rows: `(?, ?), (?, ?)`. */
export function placesFor(rows: number, columns: number): string {
  const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`;
  return Array.from({ length: rows }, () => row).join(', ');
}
