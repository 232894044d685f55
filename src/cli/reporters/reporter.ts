import { inEnglish } from '../../messages/in-language.ts';
import { cleanLines, flat } from '../../lib/text/clean.ts';
import type { CheckRun, CheckOutcome } from '../check-run.ts';

/** One way of writing down a run for somebody else to read. */
export interface Reporter {
  readonly kind: string;
  readonly render: (run: CheckRun) => string;
}

/** In one line; a pass may have something to tell as well. Empty when it has not. */
export function whyOf({ result, standing }: CheckOutcome): string {
  const { reason, findings } = result;
  const why = reason.message === '' ? (findings[0]?.message ?? '') : reason.message;
  const words = inEnglish(why);
  return flat(standing === 'known' ? `known: ${words}` : words);
}

/** What there is beyond that, one line each; a command may have several. */
export function linesOf({ result }: CheckOutcome): readonly string[] {
  const { reason, findings, evidence } = result;
  const why = reason.message === '' ? findings[0]?.message : reason.message;
  const told = findings.filter(({ message }) => inEnglish(message) !== inEnglish(why ?? ''));
  const lines = told.map(({ pointer, message }) =>
    flat(pointer === undefined ? inEnglish(message) : `${pointer}: ${inEnglish(message)}`),
  );
  return evidence === undefined ? lines : [...lines, cleanLines(evidence.curl)];
}

/** Worst first, what passed last. */
export function worstFirst(outcomes: readonly CheckOutcome[]): readonly CheckOutcome[] {
  return outcomes.toSorted((a, b) => order[a.standing] - order[b.standing]);
}

const order: Readonly<Record<CheckOutcome['standing'], number>> = {
  failed: 0,
  undecided: 1,
  known: 2,
  passed: 3,
};
