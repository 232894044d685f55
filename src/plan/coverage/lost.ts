import { sentence } from '../../messages/sentence.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { CombinedBase } from '../../model/check.ts';
import type { Sentence } from '../../model/sentence.ts';
import { blank, serviceLines } from '../config-snippets.ts';
import type { LastResult } from './last-result.ts';

/** Nothing of a service is where it is called: its address is wrong, and no value of an operation. */
export interface Lost {
  /** HTTP status of all of them. */
  readonly status: number;
  readonly base?: CombinedBase;
}

/** Of fewer each may be missing for a reason of its own. */
const fewest = 3;

/** @param last What the operations of one service came to. */
export function lostOf(last: readonly LastResult[]): Lost | undefined {
  const [first] = last;
  const isNowhere = last.every(({ result }) => result.status === 404 && result.unproven?.hasWorked !== true);
  // Where all ask for one record, there may be none like it.
  const isList = last.some(({ check }) =>
    check.values.every(
      ({ origin }) => origin !== 'generated' && origin !== 'example' && origin !== 'captured',
    ),
  );
  if (first === undefined || last.length < fewest || !isNowhere || !isList) return undefined;
  const { base } = first.check;
  const isAgreed =
    base !== undefined &&
    last.every(({ check }) => check.base?.baseUrl === base.baseUrl && isSame(check.base, base));
  return isAgreed ? { status: 404, base } : { status: 404 };
}

function isSame(one: CombinedBase, other: CombinedBase): boolean {
  return one === other || inEnglish(one.what) === inEnglish(other.what);
}

/** Why an operation is not found, as all the others are not. */
export function whyLost({ status, base }: Lost): Sentence {
  const answer = `HTTP ${status}`;
  return base === undefined
    ? sentence('missesAll', { answer, hint: sentence('lookAtBaseUrl') })
    : sentence('missesBelow', { answer, what: base.what, hint: base.hint });
}

/** The same of all of them. */
export function whyAllLost({ status, base }: Lost, n: number): Sentence {
  const answer = `HTTP ${status}`;
  return base === undefined
    ? sentence('allMissing', { n, answer, hint: sentence('lookAtBaseUrl') })
    : sentence('allMissingBelow', { n, answer, what: base.what, hint: base.hint });
}

export function lostLines(service: string, { base }: Lost): string {
  return serviceLines(service, { baseUrl: base?.baseUrl ?? blank });
}
