import type { SkipCode } from '../model/check.ts';
import { pc } from './paint.ts';
import { saidBy } from '../lib/text/said.ts';
import { groupBy } from '../lib/group-by.ts';
import { waitingIn } from '../model/set-up.ts';
import { isWaiting } from '../plan/coverage/set-up.ts';
import { setUpGroups } from '../plan/coverage/set-up-groups.ts';
import { printSetUp } from './print-set-up.ts';
import { type CheckRun, driftIn, onOneLine, type CheckOutcome } from './check-run.ts';
import {
  checkedIn,
  countedVerdict,
  formatLatency,
  formatMs,
  formatRate,
  padded,
  printProblems,
  type Terminal,
  verdictColor,
} from './output.ts';
import type { Words } from './words.ts';

const order = ['fail', 'blocked', 'degraded', 'unknown'] as const;
const verdictWidth = 8;

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
  printNumbers(terminal, run);
  printLeftOut(terminal, run, asked);
}

function printNumbers(terminal: Terminal, { statistics, outcomes }: CheckRun): void {
  const { say } = terminal;
  const { counts, successRate, latency, durationMs } = statistics;
  const verdicts = (['pass', ...order] as const)
    .filter((verdict) => verdict === 'pass' || counts[verdict] > 0)
    .map((verdict) => countedVerdict(verdict, counts[verdict], terminal));
  const known = outcomes.filter(({ standing }) => standing === 'known').length;
  const summary = say('check.summary', {
    checked: checkedIn(statistics, terminal),
    time: formatMs(durationMs),
    verdicts,
    note: known === 0 ? '' : say('check.knownOfBaseline', { n: known }),
    rate: formatRate(successRate),
  });
  terminal.out(`\n${summary}`);
  terminal.out(pc.dim(formatLatency(latency, terminal)));
  if (counts.fail > 0) terminal.out(pc.dim(say('check.failsAlone')));
  for (const [origin, why] of Object.entries(statistics.slowed ?? {}))
    terminal.out(pc.yellow(say('check.slowed', { origin, why })));
}

function printLeftOut(terminal: Terminal, run: CheckRun, { scan }: Asked): void {
  const n = run.skipped.length;
  if (n === 0) return;
  const { say } = terminal;
  if (scan !== undefined) return terminal.out(pc.dim(say('check.leftOutSee', { n, command: scan })));
  terminal.out(pc.dim(say('check.leftOut', { n })));
  for (const line of reasonLines(run, terminal)) terminal.out(pc.dim(line));
}

/** How a service writes its values is said once for it, and is nobody's failure. */
function printHabits(terminal: Terminal, { outcomes }: CheckRun): void {
  const note = pc.cyan(padded(terminal.say('check.note'), verdictWidth));
  for (const { check, result } of outcomes) {
    for (const { kind, message } of result.findings) {
      if (kind === 'habit') terminal.out(`${note} ${pc.dim(check.service)} ${terminal.inWords(message)}`);
    }
  }
}

/** What has never worked the way it is called is nobody's failure yet: what would help. */
function printWaiting(terminal: Terminal, { outcomes, skipped, failOn }: CheckRun): void {
  const groups = setUpGroups({ last: outcomes, skipped }).filter(({ kind }) => kind !== 'left-out');
  if (outcomes.length === 0 || groups.length === 0) return;
  const { say } = terminal;
  const toSetUp = pc.cyan(say('setUp.toSetUp', { n: waitingIn(groups) }));
  const note = say(failOn === 'unproven' ? 'setUp.notProvenFails' : 'setUp.notProven');
  terminal.out(`\n${toSetUp} ${pc.dim(note)}`);
  printSetUp(terminal, groups);
}

/** What `--base-url` helps against. */
const lacksPlace: ReadonlySet<SkipCode> = new Set<SkipCode>(['no-base-url', 'foreign-host']);

/** Why nothing was called; each reason once. */
function printNothing(terminal: Terminal, run: CheckRun, { filter, scan }: Asked): void {
  const { say, err, inWords } = terminal;
  const { skipped } = run;
  if (skipped.length === 0 && filter !== '') {
    const hint = scan === undefined ? undefined : say('cli.allOfThem', { command: scan });
    err(say('cli.nothingFits', { filter }), hint);
    return;
  }
  // What could not be read has been said.
  if (skipped.length === 0 && !run.problems.some(({ level }) => level === 'error')) {
    err(say('check.noOperations'), say('check.noOperations.do'));
    return;
  }
  err(scan === undefined ? say('check.nothingToCall') : say('check.nothingToCallSee', { command: scan }));
  for (const line of reasonLines(run, terminal)) err(line);
  const named = skipped.find(({ code, hint }) => lacksPlace.has(code) && hint !== undefined)?.hint;
  if (named !== undefined) err(`  → ${say('check.sayWhere')}\n${inWords(named).replace(/^/gm, '    ')}`);
}

function reasonLines({ skipped }: CheckRun, { say, inWords }: Words): readonly string[] {
  return [...groupBy(skipped, ({ reason }) => inWords(reason))].map(([reason, ones]) => {
    const operation = ones[0]?.operation ?? '';
    const n = ones.length - 1;
    const about = n > 0 ? say('cli.operationAndMore', { operation, n }) : operation;
    return say('check.reason', { operation: about, reason });
  });
}

function printOutcome(terminal: Terminal, { check, result, standing }: CheckOutcome): void {
  const { say, inWords } = terminal;
  const verdict = verdictColor[result.verdict](padded(say(`verdict.${result.verdict}`), verdictWidth));
  const { message } = result.reason;
  const known = standing === 'known' ? pc.dim(` ${say('check.known')}`) : '';
  terminal.out(
    `${verdict} ${pc.bold(check.operation)} ${pc.dim(check.service)}${known} ${inWords(message)}`.trimEnd(),
  );
  const told = result.findings.filter((finding) => inWords(finding.message) !== inWords(message));
  for (const finding of told.slice(0, 5)) {
    const where = finding.pointer === undefined ? '' : `${finding.pointer} `;
    terminal.out(`         ${where}${inWords(finding.message)}`);
  }
  const said = saidBy(result);
  if (said !== undefined) terminal.out(pc.dim(`         ${say('cli.saysItself', { text: said })}`));
  if (result.verdict === 'fail' && result.evidence !== undefined)
    terminal.out(pc.dim(`         ${result.evidence.curl}`));
}
