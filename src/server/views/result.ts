import type { Result } from '../../model/result.ts';
import type { Result as ResultView } from '../api/operations.ts';

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
    ...(evidence === undefined
      ? {}
      : {
          evidence: {
            ...evidence,
            ...(evidence.attempts === undefined ? {} : { attempts: [...evidence.attempts] }),
          } as NonNullable<ResultView['evidence']>,
        }),
  };
}
