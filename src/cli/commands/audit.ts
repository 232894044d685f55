import { Option } from 'commander';
import { systemClock } from '../../lib/time/clock.ts';
import { wallTime } from '../../lib/time/wall-time.ts';
import { type AddCommand, configOption, durationArgument, jsonOption } from '../command.ts';
import { exitCode, printJson, table } from '../output.ts';
import { withStore } from '../stored.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly since: number;
}

export const auditCommand: AddCommand = (program, context) => {
  program
    .command('audit')
    .description('List who silenced, acknowledged or commented what, and when')
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(
      new Option('--since <duration>', 'How far back').argParser(durationArgument).default(604_800_000, '7d'),
    )
    .addHelpText('after', '\nExample:\n  $ apipatrol audit --since 30d')
    .action(async (flags: Flags) => {
      const code = await withStore(context, flags, async ({ desk }, { timeZone }) => {
        const now = systemClock.now();
        const entries = await desk.audit({ from: now - flags.since, to: now });
        const time = wallTime(timeZone);
        if (flags.json === true) printJson(context.terminal, { entries });
        else if (entries.length === 0) context.terminal.out('nobody has done anything');
        else
          context.terminal.out(
            table(
              ['when', 'who', 'what', 'of', 'note'],
              entries.map(({ at, by, action, subject, note = '' }) => [time(at), by, action, subject, note]),
            ),
          );
        return exitCode.pass;
      });
      context.finish(code);
    });
};
