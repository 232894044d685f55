import { randomUUID } from 'node:crypto';
import { groupBy } from '../../../lib/group-by.ts';
import type {
  BatchHold,
  BatchPart,
  FoundPart,
  HeldBatch,
  LocationQueue,
  NewBatch,
  TakenBatch,
  WorkStore,
} from '../../../work/ports.ts';
import type { PostgresAddress } from '../address.ts';
import type { Fence } from '../database.ts';
import { Queues } from './queues.ts';
import { type Rows, type Statements, Transactions } from './transactions.ts';
import { Workers } from './workers.ts';

/** By the clock of the database, which all servers have in common; epoch ms. */
const now = '(extract(epoch from clock_timestamp()) * 1000)::bigint';
/** What no batch has named for so long is not kept. */
const documentsKeptMs = 7 * 86_400_000;
const documentsSeenMs = 86_400_000;

/**
 * Batches, their holders and what came of them. That a batch is held is a row of ours; when it is given out, to whom it
 * goes next and what becomes of it is pg-boss's, in the same transactions.
 */
export class PostgresWork extends Workers implements WorkStore {
  readonly #db: Transactions;
  readonly #schema: string;
  readonly #fence: Fence | undefined;
  #queues: Promise<Queues> | undefined;
  /** When this process has stored documents last, by hash. */
  readonly #documents = new Map<string, number>();

  /** @param fence Only who holds it puts batches in. */
  constructor(address: PostgresAddress, fence?: Fence) {
    const db = new Transactions(address);
    super(db);
    this.#db = db;
    this.#schema = address.schema;
    this.#fence = fence;
  }

  async open(locations: readonly string[]): Promise<void> {
    await (await this.#started()).open(locations);
  }

  async put(batch: NewBatch): Promise<string> {
    const queues = await this.#started();
    await queues.open([batch.location]);
    const id = randomUUID();
    await this.#db.within(async (db) => {
      await db.query(
        `insert into work_batch (id, location, owner, origin, credentials, order_data, is_waiting, waits_since, attempt)
           values ($1, $2, $3, $4, $5, $6, true, ${now}, 0)`,
        [id, batch.location, batch.owner, batch.origin, JSON.stringify(batch.credentials), batch.order],
      );
      await queues.put(db, batch.location, id, batch.expireInS);
    }, this.#fence);
    return id;
  }

  async take(location: string, worker: string, leaseMs: number): Promise<TakenBatch | undefined> {
    const glance = `select 1 from ${this.#db.place}work_batch where location = $1 and is_waiting limit 1`;
    if ((await this.#db.query(glance, [location])).length === 0) return undefined;
    const queues = await this.#started();
    return this.#db.within(async (db) => {
      const id = await queues.next(db, location);
      if (id === undefined) return undefined;
      const [row] = await db.query(
        `update work_batch set is_waiting = false, attempt = attempt + 1, worker = $2, lease_until = ${now} + $3
           where id = $1 and is_waiting returning attempt, order_data`,
        [id, worker, leaseMs],
      );
      if (row === undefined) {
        await queues.complete(db, location, id);
        return undefined;
      }
      const parts = await db.query('select done from work_part where batch = $1', [id]);
      return {
        id,
        attempt: Number(row['attempt']),
        order: row['order_data'] as Uint8Array,
        done: parts.flatMap(({ done }) => JSON.parse(String(done)) as readonly number[]),
      };
    });
  }

  async renew(worker: string, held: readonly BatchHold[], leaseMs: number): Promise<readonly string[]> {
    if (held.length === 0) return [];
    const rows = await this.#db.query(
      `update ${this.#db.place}work_batch b set lease_until = ${now} + $4
         from unnest($2::text[], $3::bigint[]) as h (id, attempt)
         where b.id = h.id and b.attempt = h.attempt and b.worker = $1 and b.lease_until > 0 returning b.id`,
      [worker, ...columnsOf(held), leaseMs],
    );
    const kept = new Set(rows.map(({ id }) => String(id)));
    return held.flatMap(({ id }) => (kept.has(id) ? [] : [id]));
  }

  async release(worker: string, held: readonly BatchHold[]): Promise<void> {
    if (held.length === 0) return;
    await this.#again(
      `from unnest($2::text[], $3::bigint[]) as h (id, attempt)
         where b.id = h.id and b.attempt = h.attempt and b.worker = $1`,
      [worker, ...columnsOf(held)],
    );
  }

  async takeBack(): Promise<number> {
    const late = `where b.worker is not null and b.lease_until < ${now}`;
    const glance = `select 1 from ${this.#db.place}work_batch b ${late} limit 1`;
    return (await this.#db.query(glance)).length === 0 ? 0 : this.#again(late, []);
  }

  async held(worker: string, { id, attempt }: BatchHold): Promise<HeldBatch | undefined> {
    const [row] = await this.#db.query(
      `select location, origin, credentials from ${this.#db.place}work_batch
         where id = $1 and attempt = $2 and worker = $3`,
      [id, attempt, worker],
    );
    return row === undefined
      ? undefined
      : {
          location: String(row['location']),
          origin: String(row['origin']),
          credentials: JSON.parse(String(row['credentials'])) as readonly string[],
        };
  }

  async addPart(worker: string, { id, attempt, no, done, data, isLast }: BatchPart): Promise<boolean> {
    const queues = await this.#started();
    return this.#db.within(async (db) => {
      const [batch] = await db.query(
        'select location, worker from work_batch where id = $1 and attempt = $2 for update',
        [id, attempt],
      );
      if (batch === undefined) return false;
      const isOver =
        batch['worker'] === null &&
        (
          await db.query('select 1 from work_part where batch = $1 and attempt = $2 and is_last', [
            id,
            attempt,
          ])
        ).length > 0;
      // The answer to the last part was lost on its way: it is given once more.
      if (isOver) return true;
      if (batch['worker'] !== worker) return false;
      await db.query(
        `insert into work_part (batch, attempt, no, done, is_last, is_new, data)
           values ($1, $2, $3, $4, $5, true, $6) on conflict do nothing`,
        [id, attempt, no, JSON.stringify(done), isLast, data],
      );
      if (isLast) {
        await db.query('update work_batch set worker = null, lease_until = null where id = $1', [id]);
        await queues.complete(db, String(batch['location']), id);
      }
      return true;
    });
  }

  async parts(owner: string): Promise<readonly FoundPart[]> {
    const { place } = this.#db;
    const rows = await this.#db.query(
      `select p.batch, p.attempt, p.no, p.is_last, p.data from ${place}work_part p
         join ${place}work_batch b on b.id = p.batch
         where p.is_new and b.owner = $1 order by p.batch, p.attempt, p.no`,
      [owner],
    );
    return rows.map((row) => ({
      batch: String(row['batch']),
      attempt: Number(row['attempt']),
      no: Number(row['no']),
      isLast: row['is_last'] === true,
      data: row['data'] as Uint8Array,
    }));
  }

  async hasParts(parts: readonly FoundPart[]): Promise<void> {
    if (parts.length === 0) return;
    await this.#db.query(
      `update ${this.#db.place}work_part p set is_new = false
         from unnest($1::text[], $2::bigint[], $3::bigint[]) as h (batch, attempt, no)
         where p.batch = h.batch and p.attempt = h.attempt and p.no = h.no`,
      [parts.map(({ batch }) => batch), parts.map(({ attempt }) => attempt), parts.map(({ no }) => no)],
    );
  }

  async drop(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#drop('id = any($1::text[])', [ids]);
  }

  async dropOthers(owner: string): Promise<void> {
    await this.#drop('owner <> $1', [owner]);
  }

  async queues(): Promise<readonly LocationQueue[]> {
    const rows = await this.#db.query(
      `select location, count(*) filter (where is_waiting) as waiting, count(worker) as held,
         coalesce(${now} - min(waits_since) filter (where is_waiting), 0) as oldest_ms
         from ${this.#db.place}work_batch group by location`,
    );
    return rows.map((row) => ({
      location: String(row['location']),
      waiting: Number(row['waiting']),
      held: Number(row['held']),
      oldestMs: Math.max(0, Number(row['oldest_ms'])),
    }));
  }

  async putDocument(hash: string, data: Uint8Array, at: number): Promise<void> {
    if (at - (this.#documents.get(hash) ?? -Infinity) < documentsSeenMs) return;
    await this.#db.within(async (db) => {
      await db.query('delete from work_document where used_at < $1', [at - documentsKeptMs]);
      await db.query(
        `insert into work_document (hash, data, used_at) values ($1, $2, $3)
           on conflict (hash) do update set used_at = excluded.used_at`,
        [hash, data, at],
      );
    });
    this.#documents.set(hash, at);
  }

  async document(hash: string): Promise<Uint8Array | undefined> {
    const sql = `select data from ${this.#db.place}work_document where hash = $1`;
    const [row] = await this.#db.query(sql, [hash]);
    return row === undefined ? undefined : (row['data'] as Uint8Array);
  }

  async close(): Promise<void> {
    await (await this.#queues?.catch(() => undefined))?.close();
    await this.#db.close();
  }

  #started(): Promise<Queues> {
    this.#queues ??= Queues.start(this.#db, this.#schema).catch((error: unknown) => {
      this.#queues = undefined;
      throw error;
    });
    return this.#queues;
  }

  /** They wait again. */
  async #again(which: string, values: Parameters<Statements['query']>[1]): Promise<number> {
    const queues = await this.#started();
    return this.#db.within(async (db) => {
      const sql = `update work_batch b set is_waiting = true, waits_since = ${now}, worker = null, lease_until = null ${which}
        returning b.id, b.location`;
      const rows = await db.query(sql, values);
      for (const [location, ids] of byLocation(rows)) await queues.again(db, location, ids);
      return rows.length;
    });
  }

  async #drop(which: string, values: Parameters<Statements['query']>[1]): Promise<void> {
    const queues = await this.#started();
    await this.#db.within(async (db) => {
      const rows = await db.query(`delete from work_batch where ${which} returning id, location`, values);
      for (const [location, ids] of byLocation(rows)) await queues.remove(db, location, ids);
    }, this.#fence);
  }
}

function columnsOf(held: readonly BatchHold[]): [readonly string[], readonly number[]] {
  return [held.map(({ id }) => id), held.map(({ attempt }) => attempt)];
}

function byLocation(rows: Rows): readonly (readonly [string, string[]])[] {
  return [...groupBy(rows, ({ location }) => String(location))].map(([location, own]) => [
    location,
    own.map(({ id }) => String(id)),
  ]);
}
