import { hostname } from 'node:os';
import type pg from 'pg';
import type { Clock } from '../../lib/time/clock.ts';
import { sha256 } from '../../lib/text/text.ts';
import { packageVersion } from '../../lib/version.ts';
import type { Failover, Member, Members } from '../nodes.ts';
import type { PostgresAddress } from './address.ts';
import { leaseMs, now } from './lease-row.ts';

/** As often as a lease is renewed. */
const beatEveryMs = 3000;
/** Who was not heard of for longer is forgotten. */
const keptMs = 86_400_000;
/** Of a node that was killed, what was started in its place is the successor. */
const goneMs = 15_000;
/** What the clock differs by is asked so often before the quickest answer is believed. */
const samplesMost = 5;

interface Sample {
  readonly aheadMs: number;
  readonly tookMs: number;
}

/** Signs of life of all nodes: each writes its own, and any of them reads them. */
export class MemberRows {
  readonly #pool: pg.Pool;
  readonly #schema: string;
  readonly #clock: Clock;
  readonly #self: readonly string[];
  readonly #timer: NodeJS.Timeout;
  #samples: readonly Sample[] = [];
  #beating: Promise<void>;

  /** @param place What is one node at a time: a folder of a host. */
  constructor(pool: pg.Pool, { schema }: PostgresAddress, clock: Clock, id: string, place: string) {
    this.#pool = pool;
    this.#schema = schema;
    this.#clock = clock;
    const host = hostname();
    const where = sha256(`${host} ${place}`).slice(0, 16);
    this.#self = [id, where, host, `${host}, process ${process.pid}`, packageVersion()];
    this.#beating = this.#beat();
    // What takes long must not make it look dead.
    this.#timer = setInterval(() => {
      this.#beating = this.#beating.then(() => this.#beat());
    }, beatEveryMs).unref();
  }

  /** That the database is away is told by those who need it. */
  async #beat(): Promise<void> {
    try {
      await this.#write();
    } catch {
      this.#samples = [];
    }
  }

  async #write(): Promise<void> {
    await this.#compare();
    await this.#pool.query(
      `with gone as (
         delete from "${this.#schema}".patrol_node where id <> $1
           and (seen_at < ${now} - ${keptMs} or place = $2 and seen_at < ${now} - ${goneMs}
             and seen_at < (select began_at from "${this.#schema}".patrol_node where id = $1)))
       insert into "${this.#schema}".patrol_node (id, place, host, told, version, began_at, seen_at, ahead_ms)
         values ($1, $2, $3, $4, $5, ${now}, ${now}, $6)
       on conflict (id) do update set seen_at = excluded.seen_at, ahead_ms = excluded.ahead_ms`,
      [...this.#self, this.#aheadMs()],
    );
  }

  /** It is stopped, and is not missed. */
  async leave(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    const sql = `delete from "${this.#schema}".patrol_node where id = $1`;
    await this.#pool.query(sql, [this.#self[0]]).catch(() => undefined);
  }

  async read(): Promise<Members> {
    const { rows } = await this.#pool.query<Member>(
      `select id, host, told, version, ${now} - began_at as "forMs", greatest(0, ${now} - seen_at) as "lagMs", ahead_ms as "aheadMs"
       from "${this.#schema}".patrol_node where seen_at > ${now} - ${keptMs} order by host, began_at, id`,
    );
    return { nodes: rows, ...(await this.#lease()) };
  }

  async #lease(): Promise<Omit<Members, 'nodes'>> {
    const { rows } = await this.#pool.query<{
      readonly holder: string;
      readonly told: string;
      readonly for_ms: number | null;
      readonly left_ms: number;
      readonly failovers: number;
      readonly ago_ms: number | null;
      readonly failover_from: string;
      readonly unled_ms: number | null;
    }>(
      `select holder, told, ${now} - led_at as for_ms, until - ${now} as left_ms, failovers,
         ${now} - failover_at as ago_ms, failover_from, unled_ms from "${this.#schema}".patrol_lease`,
    );
    const [row] = rows;
    if (row === undefined) return { failovers: 0 };
    const { holder: id, told, for_ms: forMs, left_ms: leftMs, failovers, ago_ms: agoMs } = row;
    const isLed = leftMs > 0;
    const lastFailover: Failover | undefined =
      agoMs === null
        ? undefined
        : { agoMs, from: row.failover_from, to: told, unledMs: row.unled_ms ?? undefined };
    return {
      leading: isLed ? { id, told, forMs: forMs ?? 0 } : undefined,
      leaseAgeMs: isLed ? leaseMs - leftMs : undefined,
      failovers,
      lastFailover,
    };
  }

  /** The database was asked at some moment between question and answer: the quicker, the surer. */
  async #compare(): Promise<void> {
    const [monotonic, wall] = [this.#clock.monotonic(), this.#clock.now()];
    const { rows } = await this.#pool.query<{ readonly at: number }>(`select ${now} as at`);
    const tookMs = this.#clock.monotonic() - monotonic;
    const aheadMs = Math.round(wall + tookMs / 2 - (rows[0]?.at ?? wall));
    this.#samples = [...this.#samples, { aheadMs, tookMs }].slice(-samplesMost);
  }

  #aheadMs(): number {
    return this.#samples.toSorted((a, b) => a.tookMs - b.tookMs)[0]?.aheadMs ?? 0;
  }
}
