import type pg from 'pg';
import type { PostgresAddress } from '../address.ts';
import { type Fence, frozenMs } from '../database.ts';
import { toPostgresError } from '../failure.ts';
import { poolOf } from '../pool.ts';

const mostConnections = 4;
const statementMs = 15_000;
/** What the server has ended by itself says why. */
const answerMs = statementMs + 5000;

export type Values = readonly (
  | string
  | number
  | boolean
  | Uint8Array
  | readonly string[]
  | readonly number[]
  | null
)[];
export type Rows = readonly Readonly<Record<string, unknown>>[];

/** Of several statements in one text: pg-boss makes its tables so. */
function rowsOf(answer: unknown): Rows {
  const [last] = Array.isArray(answer) ? (answer as { rows: Rows }[]).slice(-1) : [answer as { rows: Rows }];
  return last?.rows ?? [];
}

/** Statements of one transaction, as the driver takes them. */
export interface Statements {
  query(sql: string, values?: Values): Promise<Rows>;
}

/**
 * Short transactions beside those of the store: what workers do waits for nothing that the patrol stores, and whoever has
 * lost the patrol goes on to serve them.
 */
export class Transactions {
  readonly #address: PostgresAddress;
  readonly #pool: pg.Pool;

  constructor(address: PostgresAddress) {
    this.#address = address;
    this.#pool = poolOf(address, mostConnections, answerMs);
  }

  /** `"schema".`, to be put before the name of a table where a statement stands alone. */
  get place(): string {
    return `"${this.#address.schema}".`;
  }

  /** One statement by itself. */
  async query(sql: string, values: Values = []): Promise<Rows> {
    try {
      return rowsOf(await this.#pool.query(sql, [...values]));
    } catch (error) {
      throw toPostgresError(error, this.#address.shown);
    }
  }

  /** @param fence It is held until the end: nobody else can have it before that. */
  async within<T>(work: (db: Statements) => Promise<T>, fence?: Fence): Promise<T> {
    let broken: Error | undefined;
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw toPostgresError(error, this.#address.shown);
    });
    try {
      await client.query(
        `begin; set local search_path to "${this.#address.schema}"; set local statement_timeout = ${statementMs};
          set local idle_in_transaction_session_timeout = ${frozenMs}`,
      );
      if (fence !== undefined && (await client.query(`${fence.sql} for share`)).rowCount === 0)
        throw fence.lost();
      const done = await work({
        query: async (sql, values = []) => rowsOf(await client.query(sql, [...values])),
      });
      await client.query('commit');
      return done;
    } catch (error) {
      await client.query('rollback').catch((thrown: Error) => (broken = thrown));
      throw toPostgresError(error, this.#address.shown);
    } finally {
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
