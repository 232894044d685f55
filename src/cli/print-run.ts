import { inEnglish } from '../messages/in-language.ts';
import type { SkipCode } from '../model/check.ts';
import { pc } from './paint.ts';
import { saidBy } from '../lib/text/said.ts';
import { groupBy } from '../lib/group-by.ts';
import { waitingIn } from '../model/set-up.ts';
import { isWaiting } from '../plan/coverage/set-up.ts';
import { setUpGroups } from '../plan/coverage/set-up-groups.ts';
import { printSetUp } from './print-set-up.ts';
import { type CheckRun, driftIn, onOneLine, type CheckOutcome } from './check-run.ts';
import { formatLatency, formatMs, formatRate, printProblems, type Terminal, verdictColor } from './output.ts';

const order = ['fail', 'blocked', 'degraded', 'unknown'] as const;

interface Asked {
  /** As it was written; empty: everything. */
  readonly filter: string;
  /** The command that lists all operations; absent where there is none, as for a single document. */
  readonly scan?: string;
}

/** A run for whoever started it: what is not a plain pass, worst first, then one line of numbers. */
export function printRun(terminal: Terminal, found: CheckRun, asked: Asked): void {
  const run = onOneLine(found);
  printProblems(terminal, run.problems);
  for (const verdict of order) {
    for (const outcome of run.outcomes)
      if (outcome.result.verdict === verdict && !isWaiting(outcome.result)) printOutcome(terminal, outcome);
  }
  printHabits(terminal, run);
  printWaiting(terminal, run);
  if (run.failOn === 'drift') {
    for (const outcome of run.outcomes) {
      if (outcome.result.verdict === 'pass' && driftIn(outcome.result).length > 0)
        printOutcome(terminal, outcome);
    }
  }
  if (run.outcomes.length === 0) return printNothing(terminal, run, asked);
  const { counts, checked, successRate, latency, durationMs } = run.statistics;
  const parts = (['pass', ...order] as const)
    .filter((verdict) => verdict === 'pass' || counts[verdict] > 0)
    .map((verdict) => verdictColor[verdict](`${counts[verdict]} ${verdict}`));
  const known = run.outcomes.filter(({ standing }) => standing === 'known').length;
  const note = known === 0 ? '' : ` (${known} known from the baseline)`;
  terminal.out(
    `\n${checked} checked in ${formatMs(durationMs)}: ${parts.join(', ')}${note} · success ${formatRate(successRate)}`,
  );
  terminal.out(pc.dim(formatLatency(latency)));
  for (const [origin, because] of Object.entries(run.statistics.slowed ?? {})) {
    terminal.out(pc.yellow(`${origin} was called more slowly: ${inEnglish(because)}`));
  }
  if (run.skipped.length > 0) {
    const left = `${run.skipped.length} documented operations were not called`;
    terminal.out(pc.dim(asked.scan === undefined ? `${left}:` : `${left}; why: ${asked.scan}`));
    if (asked.scan === undefined) for (const line of reasonLines(run)) terminal.out(pc.dim(line));
  }
}

/** How a service writes its values is said once for it, and is nobody's failure. */
function printHabits(terminal: Terminal, { outcomes }: CheckRun): void {
  for (const { check, result } of outcomes) {
    for (const { kind, message } of result.findings) {
      if (kind === 'habit')
        terminal.out(`${pc.cyan('note'.padEnd(8))} ${pc.dim(check.service)} ${inEnglish(message)}`);
    }
  }
}

/** What has never worked the way it is called is nobody's failure yet: what would help. */
function printWaiting(terminal: Terminal, { outcomes, skipped, failOn }: CheckRun): void {
  const does =
    failOn === 'unproven'
      ? 'those that were called count as failed (--fail-on unproven)'
      : 'fails no run; --fail-on unproven would';
  const groups = setUpGroups({ last: outcomes, skipped }).filter(({ kind }) => kind !== 'left-out');
  if (outcomes.length === 0 || groups.length === 0) return;
  terminal.out(
    `\n${pc.cyan(`to set up: ${waitingIn(groups)}`)} ${pc.dim(`not proven to be wrong, ${does}`)}`,
  );
  printSetUp(terminal, groups);
}

/** What `--base-url` helps against. */
const lacksPlace: ReadonlySet<SkipCode> = new Set<SkipCode>(['no-base-url', 'foreign-host']);

/** Why nothing was called; each reason once. */
function printNothing(terminal: Terminal, run: CheckRun, { filter, scan }: Asked): void {
  const { skipped } = run;
  if (skipped.length === 0 && filter !== '') {
    const hint = scan === undefined ? '' : `\n  → All of them: ${scan}`;
    terminal.err(`no operation fits ${filter}${hint}`);
    return;
  }
  terminal.err(`nothing to call${scan === undefined ? '' : `; see: ${scan}`}`);
  for (const line of reasonLines(run)) terminal.err(line);
  const named = skipped.find(({ code, hint }) => lacksPlace.has(code) && hint !== undefined)?.hint;
  if (named !== undefined)
    terminal.err(`  → Say where it answers: --base-url of a document, or\n${named.replace(/^/gm, '    ')}`);
}

function reasonLines({ skipped }: CheckRun): readonly string[] {
  return [...groupBy(skipped, ({ reason }) => reason)].map(([reason, ones]) => {
    const more = ones.length > 1 ? ` and ${ones.length - 1} more` : '';
    return `  ${ones[0]?.operation}${more}: ${inEnglish(reason)}`;
  });
}

function printOutcome(terminal: Terminal, { check, result, standing }: CheckOutcome): void {
  const color = verdictColor[result.verdict];
  const { message } = result.reason;
  const known = standing === 'known' ? pc.dim(' known') : '';
  terminal.out(
    `${color(result.verdict.padEnd(8))} ${pc.bold(check.operation)} ${pc.dim(check.service)}${known} ${inEnglish(message)}`.trimEnd(),
  );
  const told = result.findings.filter((finding) => inEnglish(finding.message) !== inEnglish(message));
  for (const finding of told.slice(0, 5)) {
    const where = finding.pointer === undefined ? '' : `${finding.pointer} `;
    terminal.out(`         ${where}${inEnglish(finding.message)}`);
  }
  const said = saidBy(result);
  if (said !== undefined) terminal.out(pc.dim(`         it says: ${said}`));
  if (result.verdict === 'fail' && result.evidence !== undefined)
    terminal.out(pc.dim(`         ${result.evidence.curl}`));
}
