import { isSuccess, refusesInWords, type Result, valueRefusals } from '../../model/result.ts';

/** A success, as it was promised or nearly so. */
export function hasAnsweredWell(result: Result): boolean {
  const { verdict } = result;
  return isSuccess(result) && verdict !== 'unknown' && verdict !== 'blocked' && !refusesInWords(result);
}

/** As far as an answer tells, other values might have been taken. */
export function isValueRefusal(result: Result): boolean {
  const { status, reason, unproven } = result;
  if (status === undefined || reason.code === 'auth-rejected' || reason.code === 'origin-down') return false;
  return (
    valueRefusals.has(status) ||
    (reason.code === 'made-up-value' && unproven !== undefined) ||
    refusesInWords(result)
  );
}
