import { cleanLines, flat } from '../../lib/text/clean.ts';
import type { CheckRun, CheckOutcome } from '../check-run.ts';
import type { Words } from '../words.ts';

/** One way of writing down a run for somebody else to read. */
export interface Reporter {
  readonly kind: string;
  readonly render: (run: CheckRun, words: Words) => string;
}

/** In one line; a pass may have something to tell as well. Empty when it has not. */
export function whyOf({ result, standing }: CheckOutcome, { say, inWords }: Words): string {
  const { reason, findings } = result;
  const why = reason.message === '' ? (findings[0]?.message ?? '') : reason.message;
  return flat(standing === 'known' ? say('reporter.known', { why }) : inWords(why));
}

/** What there is beyond that, one line each; a command may have several. */
export function linesOf({ result }: CheckOutcome, { inWords }: Words): readonly string[] {
  const { reason, findings, evidence } = result;
  const why = reason.message === '' ? findings[0]?.message : reason.message;
  const told = findings.filter(({ message }) => inWords(message) !== inWords(why ?? ''));
  const lines = told.map(({ pointer, message }) =>
    flat(pointer === undefined ? inWords(message) : `${pointer}: ${inWords(message)}`),
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
