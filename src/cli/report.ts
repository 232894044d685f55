import { Option } from 'commander';
import { type PeriodReport, periodReport, renderMarkdown, renderText } from '../analyze/period-report.ts';
import { systemClock } from '../kit/clock.ts';
import type { Settings } from '../model/settings.ts';
import type { Store } from '../store/store.ts';
import { type AddCommand, configOption, durationArgument, jsonOption } from './command.ts';
import { exitCode, printJson } from './output.ts';
import { withStore } from './stored.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly since: number;
  readonly format: 'text' | 'markdown' | 'json';
}

export const reportCommand: AddCommand = (program, context) => {
  program
    .command('report')
    .description('cycles, incidents, failing and slow operations of a period')
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(
      new Option('--since <duration>', 'how far back').argParser(durationArgument).default(86_400_000, '24h'),
    )
    .addOption(
      new Option('--format <form>', 'form of the report')
        .choices(['text', 'markdown', 'json'])
        .default('text'),
    )
    .addHelpText('after', '\nExample:\n  $ apipatrol report --since 7d --format markdown > week.md')
    .action(async (flags: Flags) => {
      const code = await withStore(context, flags, async (store, settings) => {
        const report = await gather(store, settings, flags.since);
        if (flags.json === true || flags.format === 'json') printJson(context.terminal, report);
        else context.terminal.out(flags.format === 'markdown' ? renderMarkdown(report) : renderText(report));
        return exitCode.pass;
      });
      context.finish(code);
    });
};

async function gather(store: Store, { timeZone }: Settings, sinceMs: number): Promise<PeriodReport> {
  const to = systemClock.now();
  const range = { from: to - sinceMs, to };
  const cycles = await store.cycles(range);
  const results = await Promise.all(cycles.map((cycle) => store.results(cycle.cycleId)));
  const [incidents, checks] = await Promise.all([store.incidents(range), store.checks()]);
  return periodReport({ range, timeZone, cycles, incidents, checks, results: results.flat() });
}
