import type { JoinRefusal, JoinToken, StoredWorker, WorkStore } from '../../../work/ports.ts';
import type { Rows, Transactions } from './transactions.ts';

/** Tokens that have ended are told apart from those that there never were, for so long. */
const rememberedMs = 30 * 86_400_000;

/** Workers, and the tokens by which they join. */
export class Workers
  implements
    Pick<
      WorkStore,
      | 'addJoinToken'
      | 'joinTokens'
      | 'removeJoinToken'
      | 'join'
      | 'workers'
      | 'worker'
      | 'seen'
      | 'removeWorker'
    >
{
  readonly #db: Transactions;

  constructor(db: Transactions) {
    this.#db = db;
  }

  addJoinToken({ hash, location, by, expiresAt }: JoinToken, now: number): Promise<void> {
    return this.#db.within(async (db) => {
      await db.query('delete from worker_token where expires_at < $1', [now - rememberedMs]);
      await db.query('insert into worker_token (hash, location, by, expires_at) values ($1, $2, $3, $4)', [
        hash,
        location,
        by,
        expiresAt,
      ]);
    });
  }

  async joinTokens(now: number): Promise<readonly JoinToken[]> {
    const rows = await this.#db.query(
      `select * from ${this.#db.place}worker_token where used_by is null and expires_at >= $1 order by expires_at, hash`,
      [now],
    );
    return rows.map((row) => ({
      hash: String(row['hash']),
      location: String(row['location']),
      by: String(row['by']),
      expiresAt: Number(row['expires_at']),
    }));
  }

  removeJoinToken(hash: string): Promise<boolean> {
    return this.#db.within(async (db) => {
      const sql = 'delete from worker_token where hash = $1 and used_by is null returning hash';
      return (await db.query(sql, [hash])).length > 0;
    });
  }

  join(tokenHash: string, worker: Parameters<WorkStore['join']>[1]): Promise<JoinRefusal | undefined> {
    return this.#db.within(async (db) => {
      const [token] = await db.query('select * from worker_token where hash = $1 for update', [tokenHash]);
      if (token === undefined) return 'unknown';
      if (token['used_by'] !== null) return 'used';
      if (Number(token['expires_at']) < worker.joinedAt) return 'expired';
      if (token['location'] !== worker.location) return { meantFor: String(token['location']) };
      await db.query('update worker_token set used_by = $2 where hash = $1', [tokenHash, worker.id]);
      const { id, location, name, publicKey, secretHash, version, joinedAt } = worker;
      await db.query(
        `insert into worker (id, location, name, public_key, secret_hash, version, joined_at)
           values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, location, name, publicKey, secretHash, version, joinedAt],
      );
      return undefined;
    });
  }

  async workers(): Promise<readonly StoredWorker[]> {
    return (await this.#db.query(`${this.#selected()} order by w.joined_at, w.id`)).map(toWorker);
  }

  async worker(id: string, secretHash: string): Promise<StoredWorker | undefined> {
    const sql = `${this.#selected()} where w.id = $1 and w.secret_hash = $2`;
    return (await this.#db.query(sql, [id, secretHash])).map(toWorker)[0];
  }

  async seen(
    id: string,
    { at, skewMs, version }: { readonly at: number; readonly skewMs: number; readonly version: string },
  ): Promise<void> {
    await this.#db.query(
      `update ${this.#db.place}worker set seen_at = $2, skew_ms = $3, version = $4 where id = $1`,
      [id, at, Math.round(skewMs), version],
    );
  }

  removeWorker(id: string): Promise<boolean> {
    return this.#db.within(async (db) => {
      await db.query('update work_batch set lease_until = 0 where worker = $1', [id]);
      return (await db.query('delete from worker where id = $1 returning id', [id])).length > 0;
    });
  }

  #selected(): string {
    const { place } = this.#db;
    return `select w.*, (select count(*) from ${place}work_batch b where b.worker = w.id) as batches from ${place}worker w`;
  }
}

function toWorker(row: Rows[number]): StoredWorker {
  return {
    id: String(row['id']),
    location: String(row['location']),
    name: String(row['name']),
    publicKey: String(row['public_key']),
    version: String(row['version']),
    joinedAt: Number(row['joined_at']),
    skewMs: Number(row['skew_ms']),
    batches: Number(row['batches']),
    ...(row['seen_at'] === null ? {} : { seenAt: Number(row['seen_at']) }),
  };
}
