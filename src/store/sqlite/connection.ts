import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { Semaphore } from '../../lib/limits.ts';

/** The one synchronous connection, which its users have in turns: a transaction has it until it is through. */
export class Connection {
  readonly #sqlite: () => DatabaseSyncInstance;
  readonly #exec: (sql: string) => void;
  readonly #begin: (sql: string) => void;
  readonly #turn = new Semaphore(1);

  /** `sqlite`: as it is now; `exec` throws the error that callers get, and so does `begin`, by which a transaction begins. */
  constructor(
    sqlite: () => DatabaseSyncInstance,
    exec: (sql: string) => void,
    begin: (sql: string) => void = exec,
  ) {
    this.#sqlite = sqlite;
    this.#exec = exec;
    this.#begin = begin;
  }

  /** Between transactions. */
  async alone<T>(work: () => T | Promise<T>): Promise<T> {
    const release = await this.#turn.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** Everything that `work` does is stored, or nothing is. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.alone(async () => {
      // `immediate`: the lock is taken, or refused, before anything has been done that would have to be undone.
      this.#begin('begin immediate');
      try {
        const done = await work();
        this.#exec('commit');
        return done;
      } catch (error) {
        // SQLite has already rolled back by itself after some errors, a full disk among them.
        if (this.#sqlite().isTransaction) this.#exec('rollback');
        throw error;
      }
    });
  }
}
