import {
  type Evidence,
  type Finding,
  type Phases,
  type Reason,
  type ReasonCode,
  reasonCodes,
  type Result,
  type Verdict,
  verdicts,
} from '../../model/result.ts';
import type { Sentence } from '../../model/sentence.ts';
import { pack, unpack } from '../sql/packed.ts';
import { restOf, type ResultRow, totalOf } from './result-block.ts';

/** What a row leaves out, kept beside it for everything that is not a pass. */
interface Detail {
  readonly message: Sentence;
  readonly findings: readonly Finding[];
  readonly evidence?: Evidence;
  readonly unproven?: Result['unproven'];
  readonly locations?: Result['locations'];
}

const verdictNumbers: ReadonlyMap<Verdict, number> = new Map(verdicts.map((verdict, no) => [verdict, no]));
const codeNumbers: ReadonlyMap<ReasonCode, number> = new Map(reasonCodes.map((code, no) => [code, no]));

/** Times lose what is finer than 0.1 s and 0.1 ms. */
export function toRow(result: Result, no: number, cycle: { readonly startedAt: number }): ResultRow {
  const { phases } = result;
  const [firstByte, download] = [tenths(phases.firstByteMs), tenths(phases.downloadMs)];
  return {
    no,
    verdict: verdictNumbers.get(result.verdict) ?? 0,
    code: codeNumbers.get(result.reason.code) ?? 0,
    at: Math.round((result.at - cycle.startedAt) / 100),
    status: (result.status ?? -1) + 1,
    bytes: result.bytes,
    firstByte,
    download,
    rest: restOf(Math.round(phases.totalMs * 10), firstByte, download),
    attempts: result.attempts,
    dns: tenths(phases.dnsMs),
    connect: tenths(phases.connectMs),
    tls: tenths(phases.tlsMs),
    own: ownOf(result),
  };
}

function ownOf({ imprecise, lateMs }: Result): number {
  if (imprecise !== true) return 0;
  return lateMs === undefined ? 1 : Math.round(lateMs * 10) + 2;
}

/** How well it was measured. */
export function precisionOf({ own }: Pick<ResultRow, 'own'>): Pick<Result, 'imprecise' | 'lateMs'> {
  if (own === 0) return {};
  return own === 1 ? { imprecise: true } : { imprecise: true, lateMs: (own - 2) / 10 };
}

/**
 * A pass with something to be said of it is rare: what could not be judged, or was not documented. What was called from
 * locations has what each has found.
 */
export function hasDetail({ verdict, findings, locations }: Result): boolean {
  return verdict !== 'pass' || findings.length > 0 || locations !== undefined;
}

export function toDetail(result: Result): Promise<Uint8Array> {
  const detail: Detail = {
    message: result.reason.message,
    findings: result.findings,
    evidence: result.evidence,
    unproven: result.unproven,
    locations: result.locations,
  };
  return pack(detail);
}

/** The reverse of `toRow` and `toDetail`. */
export function fromRow(
  row: ResultRow,
  packed: Uint8Array | undefined,
  checkId: string,
  cycleStartedAt: number,
): Result {
  const detail = packed === undefined ? undefined : (unpack(packed) as unknown as Detail);
  const code = reasonCodes[row.code] ?? 'internal';
  const reason: Reason = { code, message: detail?.message ?? '' };
  return {
    checkId,
    at: cycleStartedAt + row.at * 100,
    verdict: verdicts[row.verdict] ?? 'unknown',
    reason,
    ...(row.status === 0 ? {} : { status: row.status - 1 }),
    bytes: row.bytes,
    phases: toPhases(row),
    ...precisionOf(row),
    attempts: row.attempts,
    findings: detail?.findings ?? [],
    evidence: detail?.evidence,
    unproven: detail?.unproven,
    ...(detail?.locations === undefined ? {} : { locations: detail.locations }),
  };
}

/** Tenths of a millisecond and one; 0: it did not happen. */
function tenths(ms: number | undefined): number {
  return ms === undefined ? 0 : Math.round(ms * 10) + 1;
}

function toPhases(row: ResultRow): Phases {
  const ms = (value: number): number | undefined => (value === 0 ? undefined : (value - 1) / 10);
  return {
    dnsMs: ms(row.dns),
    connectMs: ms(row.connect),
    tlsMs: ms(row.tls),
    ...(row.firstByte === 0 ? {} : { firstByteMs: ms(row.firstByte) }),
    ...(row.download === 0 ? {} : { downloadMs: ms(row.download) }),
    totalMs: totalOf(row) / 10,
  };
}
