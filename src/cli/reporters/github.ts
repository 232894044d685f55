import type { CheckRun, CheckOutcome } from '../check-run.ts';
import type { Words } from '../words.ts';
import { linesOf, type Reporter, whyOf, worstFirst } from './reporter.ts';

/** Annotations of a GitHub Actions run (its "workflow commands"): an error a failure, a warning what is undecided. */
export const github: Reporter = {
  kind: 'github',
  render: ({ outcomes }: CheckRun, words) =>
    worstFirst(outcomes)
      .filter(({ standing }) => standing !== 'passed')
      .map((outcome) => annotation(outcome, words))
      .join('\n'),
};

const commands = { failed: 'error', undecided: 'warning', known: 'notice', passed: 'notice' } as const;

function annotation(outcome: CheckOutcome, words: Words): string {
  const { check, standing } = outcome;
  const text = [whyOf(outcome, words), ...linesOf(outcome, words)].join('\n');
  return `::${commands[standing]} title=${property(`${check.operation} (${check.service})`)}::${data(text)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
