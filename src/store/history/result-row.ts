import type { Sentence } from '../../model/sentence.ts';
import {
  type Evidence,
  type Finding,
  type Phases,
  type Reason,
  type ReasonCode,
  type Result,
  reasonCodes,
  type Verdict,
  verdicts,
} from '../../model/result.ts';
import { pack, packVarints, unpack, unpackVarints } from '../sqlite/packed.ts';
import type { ResultTable } from '../sqlite/tables.ts';

/** What a row leaves out, kept beside it for everything that is not a pass. */
interface Detail {
  readonly message: Sentence;
  readonly findings: readonly Finding[];
  readonly evidence?: Evidence;
  readonly unproven?: Result['unproven'];
}

const verdictNumbers: ReadonlyMap<Verdict, number> = new Map(verdicts.map((verdict, no) => [verdict, no]));
const codeNumbers: ReadonlyMap<ReasonCode, number> = new Map(reasonCodes.map((code, no) => [code, no]));

/**
 * A result in the fewest bytes that SQL can still be asked about: SQLite stores 0 and 1 without a byte, null
 * too, and other integers in as many as they need. Times lose what is finer than 0.1 s and 0.1 ms.
 */
export function toRow(
  result: Result,
  checkNo: number,
  cycle: { id: number; startedAt: number },
): ResultTable {
  const { phases } = result;
  return {
    cycle_id: cycle.id,
    check_no: checkNo,
    verdict: verdictNumbers.get(result.verdict) ?? 0,
    code: codeNumbers.get(result.reason.code) ?? 0,
    at: Math.round((result.at - cycle.startedAt) / 100),
    status: result.status ?? null,
    bytes: result.bytes,
    first_byte: tenths(phases.firstByteMs),
    download: tenths(phases.downloadMs),
    total: Math.round(phases.totalMs * 10),
    extra: toExtra(result),
  };
}

export async function toDetail(result: Result): Promise<Uint8Array | undefined> {
  // A pass with something to be said of it is rare: what could not be judged, or was not documented.
  if (result.verdict === 'pass' && result.findings.length === 0) return undefined;
  const detail: Detail = {
    message: result.reason.message,
    findings: result.findings,
    ...(result.evidence === undefined ? {} : { evidence: result.evidence }),
    ...(result.unproven === undefined ? {} : { unproven: result.unproven }),
  };
  return pack(detail);
}

/** The reverse of `toRow` and `toDetail`. */
export function fromRow(
  row: ResultTable & { readonly detail: Uint8Array | null },
  checkId: string,
  cycleStartedAt: number,
): Result {
  const detail = row.detail === null ? undefined : (unpack(row.detail) as unknown as Detail);
  const [attempts = 1, ...connection] = row.extra === null ? [] : unpackVarints(row.extra);
  const code = reasonCodes[row.code] ?? 'internal';
  const reason: Reason = { code, message: detail?.message ?? '' };
  return {
    checkId,
    at: cycleStartedAt + row.at * 100,
    verdict: verdicts[row.verdict] ?? 'unknown',
    reason,
    ...(row.status === null ? {} : { status: row.status }),
    bytes: row.bytes,
    phases: toPhases(row, connection),
    attempts,
    findings: detail?.findings ?? [],
    ...(detail?.evidence === undefined ? {} : { evidence: detail.evidence }),
    ...(detail?.unproven === undefined ? {} : { unproven: detail.unproven }),
  };
}

function tenths(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.round(ms * 10);
}

/** Attempts, then dns, connect and tls; each phase as tenths of a millisecond plus one, 0 for "did not happen". */
function toExtra({ attempts, phases }: Result): Uint8Array | null {
  const connection = [phases.dnsMs, phases.connectMs, phases.tlsMs].map((ms) => (tenths(ms) ?? -1) + 1);
  return attempts === 1 && connection.every((value) => value === 0)
    ? null
    : packVarints([attempts, ...connection]);
}

function toPhases(row: ResultTable, connection: readonly number[]): Phases {
  const [dnsMs, connectMs, tlsMs] = connection.map((value) => (value === 0 ? undefined : (value - 1) / 10));
  return {
    ...(dnsMs === undefined ? {} : { dnsMs }),
    ...(connectMs === undefined ? {} : { connectMs }),
    ...(tlsMs === undefined ? {} : { tlsMs }),
    ...(row.first_byte === null ? {} : { firstByteMs: row.first_byte / 10 }),
    ...(row.download === null ? {} : { downloadMs: row.download / 10 }),
    totalMs: row.total / 10,
  };
}
