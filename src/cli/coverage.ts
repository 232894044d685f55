import { inEnglish } from '../messages/in-language.ts';
import { pc } from './paint.ts';
import type { Plan, SkipCode } from '../model/check.ts';
import type { Coverage } from '../model/coverage.ts';
import { type Advice, advise } from '../plan/coverage/advice.ts';
import type { CoverageReport } from '../plan/coverage/coverage.ts';
import { type Terminal, table } from './output.ts';

/** What each code means for a person who wants it called. */
const skipTexts: Readonly<Record<SkipCode, string>> = {
  'unsafe-method': 'may change data; `allow: true` calls it anyway',
  'reads-by-name': 'may change data, though by their names they only read; `allow: true` calls them',
  'side-effect': 'by their words change something; `allow: true` calls them',
  session: 'sign in or out, or send codes',
  unsure: 'nothing says that they only read; `allow: unsure` calls them',
  'no-base-url': 'no address is known',
  'no-value': 'a required value is missing',
  'no-credential': 'nobody signs in for it',
  'foreign-host': 'its credential does not belong to its address',
  configured: 'left out by the configuration or the document',
  deprecated: 'past its sunset date',
  duplicate: 'documented twice',
  'not-http': 'not called over HTTP',
  streaming: 'answers without end',
  download: 'sends files',
  unsupported: 'not supported yet',
};

/** How much of what is documented is called, how sure, and what to write so that more of it is. */
export function printCoverage(terminal: Terminal, { total, byService }: CoverageReport, plan: Plan): void {
  const rows = Object.entries(byService).map(([service, coverage]) => rowOf(service, coverage));
  const all = rows.length > 1 ? [...rows, rowOf('all', total)] : rows;
  terminal.out(`\n${table(['service', 'documented', 'called', 'certain', 'uncertain', 'not called'], all)}`);
  printSkipped(terminal, total);
  if (total.capturable > 0) {
    terminal.out(
      `\n${total.capturable} of the uncertain get their values from other answers: nothing to do for them.`,
    );
  }
  printAdvice(terminal, advise(plan.checks));
}

function rowOf(
  name: string,
  { documented, called, certain, uncertain, skipped }: Coverage,
): readonly string[] {
  const left = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return [name, ...[documented, called, certain, uncertain, left].map(String)];
}

function printSkipped(terminal: Terminal, { skipped }: Coverage): void {
  const codes = (Object.entries(skipped) as [SkipCode, number][]).sort(([, a], [, b]) => b - a);
  if (codes.length === 0) return;
  const rows = codes.map(([code, count]) => [String(count), code, pc.dim(skipTexts[code])]);
  terminal.out(`\n${table(['not called', 'because', ''], rows)}`);
}

function printAdvice(terminal: Terminal, advice: readonly Advice[]): void {
  if (advice.length === 0) return;
  terminal.out('\nTo be certain, put real values in place of … and paste into the configuration:');
  for (const { operations, reason, lines } of advice) {
    const more = operations.length > 1 ? ` and ${operations.length - 1} more` : '';
    terminal.out(`\n${pc.cyan(operations[0] ?? '')}${more}: ${inEnglish(reason)}\n${lines}`);
  }
}
