import type { Words } from '../words.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Skipped } from '../../model/check.ts';
import type { CheckRun, CheckOutcome } from '../check-run.ts';
import { linesOf, type Reporter, whyOf } from './reporter.ts';
import { escapeMarkup } from '../../lib/text/text.ts';

/**
 * A suite for each service, a case for every operation that is documented: called ones with their time, others as
 * skipped with the reason. The form that Jenkins, GitLab and GitHub read.
 */
export const junit: Reporter = { kind: 'junit', render };

function render(run: CheckRun, words: Words): string {
  const called = groupBy(run.outcomes, ({ check }) => check.service);
  const left = groupBy(run.skipped, ({ service }) => service);
  const services = [...new Set([...called.keys(), ...left.keys()])].toSorted();
  const suites = services.map((service) =>
    suite(service, called.get(service) ?? [], left.get(service) ?? [], run, words),
  );
  const totals = attributes({
    name: 'apipatrol',
    ...countsOf(run.outcomes, run.skipped),
    time: seconds(run.statistics.durationMs),
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${totals}>`, ...suites, '</testsuites>'].join(
    '\n',
  );
}

function suite(
  service: string,
  called: readonly CheckOutcome[],
  left: readonly Skipped[],
  { at }: CheckRun,
  words: Words,
): string {
  const timeMs = called.reduce((sum, { result }) => sum + result.phases.totalMs, 0);
  const head = attributes({
    name: service,
    ...countsOf(called, left),
    time: seconds(timeMs),
    timestamp: new Date(at).toISOString().slice(0, 19),
  });
  return [
    `  <testsuite${head}>`,
    ...called.map((outcome) => calledCase(service, outcome, words)),
    ...left.map((skipped) => skippedCase(service, skipped, words)),
    '  </testsuite>',
  ].join('\n');
}

function countsOf(called: readonly CheckOutcome[], left: readonly Skipped[]) {
  const count = (belongs: (outcome: CheckOutcome) => boolean): number => called.filter(belongs).length;
  return {
    tests: called.length + left.length,
    failures: count(({ standing }) => standing === 'failed'),
    errors: count(isError),
    skipped: left.length + count((outcome) => isSkipped(outcome)),
  };
}

/** Its credential has no token: the pipeline has to be told, but not that the operation is broken. */
function isError({ result }: CheckOutcome): boolean {
  return result.verdict === 'blocked';
}

function isSkipped(outcome: CheckOutcome): boolean {
  return outcome.standing === 'known' || (outcome.standing === 'undecided' && !isError(outcome));
}

function calledCase(service: string, outcome: CheckOutcome, words: Words): string {
  const { check, result, standing } = outcome;
  const head = attributes({
    classname: service,
    name: check.operation,
    time: seconds(result.phases.totalMs),
  });
  const { code, message } = result.reason;
  const text = linesOf(outcome, words).map(escape).join('\n');
  const body =
    standing === 'failed'
      ? `<failure${attributes({ type: code === 'none' ? 'drift' : code, message: whyOf(outcome, words) })}>${text}</failure>`
      : isError(outcome)
        ? `<error${attributes({ type: code, message: words.inWords(message) })}>${text}</error>`
        : isSkipped(outcome)
          ? `<skipped${attributes({ message: whyOf(outcome, words) })}/>`
          : text === ''
            ? ''
            : `<system-out>${text}</system-out>`;
  return body === '' ? `    <testcase${head}/>` : `    <testcase${head}>${body}</testcase>`;
}

function skippedCase(service: string, { operation, code, reason }: Skipped, { inWords }: Words): string {
  const head = attributes({ classname: service, name: operation });
  return `    <testcase${head}><skipped${attributes({ message: `${code}: ${inWords(reason)}` })}/></testcase>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escape(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** XML 1.0 knows no control characters and no lone surrogates, not even escaped. */
function escape(text: string): string {
  return escapeMarkup(text.replace(/[^\P{Cc}\t\n\r]|\p{Surrogate}|[\uFFFE\uFFFF]/gu, '\uFFFD'));
}
