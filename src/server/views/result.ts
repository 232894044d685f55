import type { Evidence, Result } from '../../model/result.ts';
import type { result } from '../api/operations.ts';
import type { DataOf } from '../api/endpoint.ts';

type ResultView = DataOf<typeof result>;

export function resultView(result: Result): ResultView {
  const { at, verdict, reason, status, bytes, phases, attempts, findings, evidence } = result;
  return {
    at,
    verdict,
    reason,
    ...(status === undefined ? {} : { status }),
    bytes,
    phases,
    attempts,
    findings: [...findings],
    ...(evidence?.traceId === undefined ? {} : { traceId: evidence.traceId }),
    ...(evidence === undefined ? {} : { evidence: evidenceView(evidence) }),
  };
}

function evidenceView({
  curl,
  responseHeaders,
  excerpt,
  attempts,
}: Evidence): NonNullable<ResultView['evidence']> {
  return {
    curl,
    ...(responseHeaders === undefined ? {} : { responseHeaders }),
    ...(excerpt === undefined ? {} : { excerpt }),
    ...(attempts === undefined ? {} : { attempts: [...attempts] }),
  };
}
