import { Presets, SingleBar } from 'cli-progress';
import pc from 'picocolors';
import { systemClock } from '../kit/clock.ts';
import type { Check } from '../model/check.ts';
import type { Result } from '../model/result.ts';
import { type CycleReport, patrol, type Watcher } from '../patrol.ts';
import {
  type AddCommand,
  type CliContext,
  configOption,
  type FilterFlags,
  filterFrom,
  filterOptions,
  jsonOption,
  loadOrExplain,
} from './command.ts';
import { interruptible, withParts } from './oneshot.ts';
import {
  exitCode,
  formatLatency,
  formatMs,
  formatRate,
  printJson,
  printProblems,
  type Terminal,
  verdictColor,
} from './output.ts';

type Flags = { readonly config: string; readonly json?: boolean } & FilterFlags;

export const checkCommand: AddCommand = (program, context) => {
  const command = program
    .command('check')
    .description('call every operation once now; exit code 0 all pass, 1 something failed, 2 could not run')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      "\nExamples:\n  $ apipatrol check\n  $ apipatrol check --only 'GET /orders*' --json",
    );
  for (const option of filterOptions()) command.addOption(option);
  command.action(async (flags: Flags) => context.finish(await check(context, flags)));
};

async function check(context: CliContext, flags: Flags): Promise<number> {
  const loaded = await loadOrExplain(context, flags);
  if (loaded === undefined) return exitCode.cannotRun;
  const { settings } = loaded.config;
  const filter = filterFrom(flags);
  const progress = flags.json === true || !context.terminal.interactive ? {} : progressBar();
  const signal = interruptible();
  const report = await withParts(context, loaded, (parts) =>
    patrol(
      parts,
      {
        settings,
        dueAt: systemClock.now(),
        sources: settings.sources.map(({ name }) => name),
        missed: 0,
        ...(filter === undefined ? {} : { filter }),
      },
      signal,
      progress,
    ),
  );
  progress.end?.();
  if (flags.json === true) printJson(context.terminal, asJson(report));
  else print(context.terminal, report);
  if (signal.aborted) return exitCode.interrupted;
  return outcomeOf(report);
}

/** Operations that could not be called at all are not a pass: a pipeline must notice. */
function outcomeOf({ results, statistics }: CycleReport): number {
  if (statistics.counts.fail > 0) return exitCode.failed;
  return results.length === 0 || statistics.counts.blocked > 0 ? exitCode.cannotRun : exitCode.pass;
}

function progressBar(): Watcher & { end?(): void } {
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total} {failed}',
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  let failed = 0;
  return {
    planned: (_, due) => bar.start(due.length, 0, { failed: '' }),
    result(result) {
      if (result.verdict === 'fail') failed++;
      bar.increment({ failed: failed === 0 ? '' : pc.red(`${failed} failed`) });
    },
    end: () => bar.stop(),
  };
}

function asJson({ plan, results, statistics, problems }: CycleReport) {
  const checks = new Map(plan.checks.map((check) => [check.id, check]));
  return {
    statistics,
    results: results.map((result) => {
      const check = checks.get(result.checkId);
      return { source: check?.source, operation: check?.operation, url: check?.request.url, ...result };
    }),
    skipped: plan.skipped,
    problems,
  };
}

const order = ['fail', 'blocked', 'degraded', 'unknown'] as const;

function print(terminal: Terminal, { plan, results, statistics, problems }: CycleReport): void {
  const checks = new Map(plan.checks.map((check) => [check.id, check]));
  printProblems(terminal, problems);
  for (const verdict of order) {
    for (const result of results.filter((one) => one.verdict === verdict)) {
      printResult(terminal, result, checks.get(result.checkId));
    }
  }
  const { counts, checked, successRate, latency, durationMs } = statistics;
  const parts = (['pass', ...order] as const)
    .filter((verdict) => verdict === 'pass' || counts[verdict] > 0)
    .map((verdict) => verdictColor[verdict](`${counts[verdict]} ${verdict}`));
  terminal.out(
    `\n${checked} checked in ${formatMs(durationMs)}: ${parts.join(', ')} · success ${formatRate(successRate)}`,
  );
  terminal.out(pc.dim(formatLatency(latency)));
  if (plan.checks.length === 0) terminal.err('nothing to call: see apipatrol scan');
}

function printResult(terminal: Terminal, result: Result, check: Check | undefined): void {
  const color = verdictColor[result.verdict];
  terminal.out(
    `${color(result.verdict.padEnd(8))} ${pc.bold(check?.operation ?? result.checkId)} ${pc.dim(check?.source ?? '')} ${result.reason.message}`,
  );
  const told = result.findings.filter(({ message }) => message !== result.reason.message);
  for (const finding of told.slice(0, 5)) {
    const where = finding.pointer === undefined ? '' : `${finding.pointer} `;
    terminal.out(`         ${where}${finding.message}`);
  }
  if (result.verdict === 'fail' && result.evidence !== undefined)
    terminal.out(pc.dim(`         ${result.evidence.curl}`));
}
