import type pg from 'pg';
import type { Claim, Leader } from '../nodes.ts';
import type { PostgresAddress } from './address.ts';
import { frozenMs, lockOf } from './database.ts';

/** By the clock of the database, which all have in common. */
export const now = '(extract(epoch from clock_timestamp()) * 1000)::bigint';
/** Whoever has not been heard of for so long has ended, or will find out that it has. */
export const leaseMs = 10_000;
const name = 'patrol';
/** Whoever writes at the moment is through by then; else it is tried again. */
const lockMs = 2000;

/** In a statement that takes it: from one patrol to another. */
const ofPatrol = (claim: string): string => `coalesce(${claim}::json ->> 'services', '[]') <> '[]'`;
const goesOver = `(patrol_lease.holder <> excluded.holder and ${ofPatrol('patrol_lease.claim')} and ${ofPatrol('excluded.claim')})`;
/** Since it was renewed last, or given back; null where an older version has given it back. */
const unledMs = `(case when patrol_lease.until > 0 then ${now} - (patrol_lease.until - ${leaseMs})
  when patrol_lease.back_epoch = patrol_lease.epoch then ${now} - patrol_lease.back_at end)`;

export interface LeaseNow {
  readonly leader?: Leader;
  readonly leftMs: number;
  readonly saidNo: number;
  /** Number of the last thing that was told; 0: nothing was. */
  readonly toldNo: number;
  readonly isAsked: boolean;
  /** Of the tables, and how many changes of them whoever works with them has to know. */
  readonly version: number;
  readonly worksFrom: number;
}

/**
 * The row by which is known who leads. It has a connection of its own and waits for no write but where it changes hands: what
 * takes long must not cost the lease. Statements name the schema, so that each of them is a transaction that a pooler can place.
 */
export class LeaseRow {
  readonly #pool: pg.Pool;
  readonly #schema: string;
  readonly #table: string;

  constructor(pool: pg.Pool, { schema }: PostgresAddress) {
    this.#pool = pool;
    this.#schema = schema;
    this.#table = `"${schema}".patrol_lease`;
  }

  /** A query with a row as long as it is held. */
  heldBy(holder: string, epoch: number): string {
    return `select 1 from ${this.#table} where name = '${name}' and holder = '${holder}' and epoch = ${epoch}`;
  }

  /** One question, for it is asked again and again: who leads, and whether there is anything to read. */
  async look(): Promise<LeaseNow> {
    const { rows } = await this.#pool.query<{
      readonly holder: string | null;
      readonly told: string;
      readonly epoch: number;
      readonly left_ms: number;
      readonly claim: string | null;
      readonly said_no: number;
      readonly told_no: number;
      readonly is_asked: boolean;
      readonly version: number;
      readonly works_from: number;
    }>(
      `select l.holder, l.told, l.epoch, l.until - ${now} as left_ms, l.claim, l.said_no,
         (select coalesce(max(id), 0) from "${this.#schema}".patrol_event) as told_no,
         exists (select 1 from "${this.#schema}".patrol_request where answer is null) as is_asked, v.version, v.works_from
       from "${this.#schema}".patrol_version v left join ${this.#table} l on l.name = $1`,
      [name],
    );
    const [row] = rows;
    const beside = {
      toldNo: row?.told_no ?? 0,
      isAsked: row?.is_asked ?? false,
      version: row?.version ?? 0,
      worksFrom: row?.works_from ?? 0,
    };
    const leftMs = row?.left_ms ?? 0;
    if (row === undefined || row.holder === null || leftMs <= 0) return { leftMs: 0, saidNo: -1, ...beside };
    const { holder: id, told, epoch, claim, said_no: saidNo } = row;
    const { services, configuration, key } = JSON.parse(
      claim ?? '{"services":[],"configuration":""}',
    ) as Claim;
    return { leader: { id, told, epoch, services, configuration, key }, leftMs, saidNo, ...beside };
  }

  /**
   * The epoch in which it is held; `undefined` when another has it, or writes at the moment. That it goes from one patrol to
   * another is written down; a claim without services is of no patrol.
   */
  async take(holder: string, told: string, claim: Claim): Promise<number | undefined> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(`begin; set local search_path to "${this.#schema}"; set local lock_timeout = ${lockMs};
        set local idle_in_transaction_session_timeout = ${frozenMs}; select pg_advisory_xact_lock(${lockOf('write')})`);
      const { rows } = await client.query<{ readonly epoch: number }>(
        `insert into patrol_lease (name, holder, told, claim, epoch, until, led_at)
           values ($1, $2, $3, $4, 1, ${now} + ${leaseMs}, ${now})
         on conflict (name) do update set holder = excluded.holder, told = excluded.told, claim = excluded.claim,
           epoch = patrol_lease.epoch + 1, until = excluded.until, led_at = excluded.led_at,
           said = null, said_no = patrol_lease.said_no + 1,
           failovers = patrol_lease.failovers + (${goesOver})::int,
           failover_at = case when ${goesOver} then ${now} else patrol_lease.failover_at end,
           failover_from = case when ${goesOver} then patrol_lease.told else patrol_lease.failover_from end,
           unled_ms = case when ${goesOver} then ${unledMs} else patrol_lease.unled_ms end
         where patrol_lease.until < ${now} returning epoch`,
        [name, holder, told, JSON.stringify(claim)],
      );
      await client.query('commit');
      return rows[0]?.epoch;
    } catch (error) {
      await client.query('rollback').catch((thrown: Error) => (broken = thrown));
      if (isLockTimeout(error)) return undefined;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** False when another one has it. */
  async renew(holder: string, epoch: number): Promise<boolean> {
    return this.#change(`until = ${now} + ${leaseMs}`, holder, epoch);
  }

  /** It is nobody's from now on; the next one has the next epoch. */
  async giveBack(holder: string, epoch: number): Promise<void> {
    await this.#change(`until = 0, back_at = ${now}, back_epoch = epoch`, holder, epoch);
  }

  async say(holder: string, epoch: number, what: string, claim: Claim): Promise<void> {
    const set = 'said = $4, said_no = said_no + 1, claim = $5';
    await this.#change(set, holder, epoch, what, JSON.stringify(claim));
  }

  async said(): Promise<string | undefined> {
    const { rows } = await this.#pool.query<{ readonly said: string | null }>(
      `select said from ${this.#table} where name = $1`,
      [name],
    );
    return rows[0]?.said ?? undefined;
  }

  async #change(set: string, holder: string, epoch: number, ...more: readonly string[]): Promise<boolean> {
    const sql = `update ${this.#table} set ${set} where name = $1 and holder = $2 and epoch = $3`;
    const { rowCount } = await this.#pool.query(sql, [name, holder, epoch, ...more]);
    return rowCount === 1;
  }
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}
