import { pc } from './paint.ts';
import type { Plan, SkipCode } from '../model/check.ts';
import type { Coverage } from '../model/coverage.ts';
import { type Advice, advise } from '../plan/coverage/advice.ts';
import type { CoverageReport } from '../plan/coverage/coverage.ts';
import { type Terminal, table } from './output.ts';

/** How much of what is documented is called, how sure, and what to write so that more of it is. */
export function printCoverage(terminal: Terminal, { total, byService }: CoverageReport, plan: Plan): void {
  const { say } = terminal;
  const rows = Object.entries(byService).map(([service, coverage]) => rowOf(service, coverage));
  const all = rows.length > 1 ? [...rows, rowOf(say('coverage.all'), total)] : rows;
  const header = [
    say('coverage.service'),
    say('coverage.documented'),
    say('coverage.called'),
    say('coverage.certain'),
    say('coverage.uncertain'),
    say('coverage.notCalled'),
  ];
  terminal.out(`\n${table(header, all)}`);
  printSkipped(terminal, total);
  if (total.capturable > 0) {
    terminal.out(`\n${say('coverage.fedByOthers', { n: total.capturable })}`);
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
  const { say } = terminal;
  const rows = codes.map(([code, count]) => [String(count), code, pc.dim(say(`skip.${code}`))]);
  terminal.out(`\n${table([say('coverage.notCalled'), say('coverage.because'), ''], rows)}`);
}

function printAdvice({ out, say, inWords }: Terminal, advice: readonly Advice[]): void {
  if (advice.length === 0) return;
  out(`\n${say('coverage.advice')}`);
  for (const { operations, reason, lines } of advice) {
    const operation = pc.cyan(operations[0] ?? '');
    const n = operations.length - 1;
    const about = n > 0 ? say('cli.operationAndMore', { operation, n }) : operation;
    out(`\n${say('cli.labelled', { label: about, text: inWords(reason) })}\n${lines}`);
  }
}
