import type { Sentence } from '../../model/sentence.ts';
import { sha256 } from '../../lib/text/text.ts';
import type { Incident } from '../../model/incident.ts';
import type { Recheck } from '../../model/cycle.ts';
import type { OutboxEntry } from '../../model/message.ts';
import { type Result, reasonCodes, verdicts } from '../../model/result.ts';
import type { Acknowledgement } from '../../model/silence.ts';
import type { SqlDatabase } from '../sql/sql.ts';
import { toEntry } from '../outbox/outbox-rows.ts';
import { pack, unpack } from '../sql/packed.ts';
import type { Past, PastAcknowledgement } from '../store.ts';

/** As few characters as a look every minute is worth: without evidence, but for what tells pages apart. */
interface PackedResult {
  readonly id: string;
  readonly verdict: number;
  readonly code: number;
  /** Since the look, ms. */
  readonly at: number;
  readonly ms: number;
  readonly status?: number;
  readonly message?: Sentence;
  readonly findings?: Result['findings'];
  readonly page?: string;
  /** Of a call that was not measured well: how much of it was our own time, ms. */
  readonly own?: number | 'unknown';
}

interface PackedLook {
  readonly results: readonly PackedResult[];
  readonly failures: Recheck['credentialFailures'];
}

export function packRecheck({ at, results, credentialFailures: failures }: Recheck): Promise<Uint8Array> {
  const packed: PackedLook = { failures, results: results.map((result) => packResult(result, at)) };
  return pack(packed);
}

function packResult(result: Result, at: number): PackedResult {
  const { verdict, reason, status, findings, evidence, imprecise, lateMs } = result;
  return {
    id: result.checkId,
    verdict: verdicts.indexOf(verdict),
    code: reasonCodes.indexOf(reason.code),
    at: result.at - at,
    ms: Math.round(result.phases.totalMs * 10) / 10,
    status,
    ...(imprecise === true ? { own: lateMs ?? 'unknown' } : {}),
    ...(reason.message === '' ? {} : { message: reason.message }),
    ...(findings.length === 0 ? {} : { findings }),
    ...(evidence?.excerpt === undefined ? {} : { page: sha256(evidence.excerpt).slice(0, 12) }),
  };
}

function unpackResult(packed: PackedResult, lookedAt: number): Result {
  const { id: checkId, verdict, code, at, ms, status, message = '', findings = [], page, own } = packed;
  return {
    checkId,
    at: lookedAt + at,
    verdict: verdicts[verdict] ?? 'unknown',
    reason: { code: reasonCodes[code] ?? 'internal', message },
    status,
    bytes: 0,
    phases: { totalMs: ms },
    attempts: 1,
    findings,
    ...(own === undefined ? {} : { imprecise: true, ...(own === 'unknown' ? {} : { lateMs: own }) }),
    ...(page === undefined ? {} : { evidence: { curl: '', excerpt: page } }),
  };
}

export class SqlHistory implements Past {
  readonly #db: SqlDatabase;

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  looks({ from, to }: { readonly from: number; readonly to: number }): Promise<readonly Recheck[]> {
    const sql = 'select at, data from look where at between ? and ? order by id';
    return this.#db.read(async (db) =>
      (await db.all(sql, from, to)).map((row): Recheck => {
        const { results, failures } = unpack(row.data as Uint8Array) as unknown as PackedLook;
        const at = Number(row.at);
        return { at, results: results.map((one) => unpackResult(one, at)), credentialFailures: failures };
      }),
    );
  }

  incidentsAt(at: number): Promise<readonly Incident[]> {
    const sql = `select t.data from incident i join transition t on t.incident_no = i.no
      where i.own = 0 and i.opened_at <= ?1 and (i.ended_at is null or i.ended_at > ?1) and t.version =
        (select max(version) from transition where incident_no = i.no and at <= ?1) order by i.fingerprint`;
    return this.#db.read(async (db) =>
      (await db.all(sql, at)).map((row) => JSON.parse(String(row.data)) as Incident),
    );
  }

  acknowledgements(since: number): Promise<readonly PastAcknowledgement[]> {
    const sql = `select i.fingerprint, a.by, a.at, 
        case when a.ended_at < a.until then a.ended_at else a.until end as until
      from acknowledgement a join incident i on i.no = a.incident_no where a.until >= ? order by a.at`;
    return this.#db.read(async (db) =>
      (await db.all(sql, since)).map((row) => {
        const acknowledgement: Acknowledgement = {
          by: String(row.by),
          at: Number(row.at),
          until: Number(row.until),
        };
        return { fingerprint: String(row.fingerprint), acknowledgement };
      }),
    );
  }

  messages({ from, to }: { readonly from: number; readonly to: number }): Promise<readonly OutboxEntry[]> {
    const sql = 'select * from outbox where created_at between ? and ? order by id';
    return this.#db.read(async (db) => (await db.all(sql, from, to)).map(toEntry));
  }
}
