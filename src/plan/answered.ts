import { type Result, valueRefusals } from '../model/result.ts';

/** Findings by which a service refuses in its own words, with HTTP 200. */
const refusing: ReadonlySet<string> = new Set(['envelope', 'graphql']);

function refusesInWords({ findings }: Result): boolean {
  return findings.some(({ kind, level }) => refusing.has(kind) && level !== 'info');
}

/** A success, as it was promised or nearly so. */
export function hasAnsweredWell(result: Result): boolean {
  const { verdict, status = 0 } = result;
  return (
    status >= 200 && status < 400 && verdict !== 'unknown' && verdict !== 'blocked' && !refusesInWords(result)
  );
}

/** As far as an answer tells, other values might have been taken. */
export function isValueRefusal(result: Result): boolean {
  const { status, reason } = result;
  if (status === undefined || reason.code === 'auth-rejected' || reason.code === 'origin-down') return false;
  return valueRefusals.has(status) || reason.code === 'made-up-value' || refusesInWords(result);
}
