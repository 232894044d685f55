import { pc } from '../paint.ts';
import { nextWindow, windowAt } from '../../incidents/suppression/windows.ts';
import { systemClock, wallTime } from '../../lib/time/clock.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import { plainCalendar } from '../../model/calendar.ts';
import { type AddCommand, configOption, examples, jsonOption, loadWithoutSecrets } from '../command.ts';
import { exitCode, printJson, table } from '../output.ts';
import { matcherText } from './silence.ts';

export const maintenanceCommand: AddCommand = (program, context) => {
  const { terminal } = context;
  const { say } = terminal;
  program
    .command('maintenance')
    .description(say('help.maintenance.does'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'maintenance')}`)
    .action(async (flags: { config: string; json?: boolean }) => {
      const loaded = await loadWithoutSecrets(context, flags);
      if (loaded === undefined) return context.finish(exitCode.cannotRun);
      const { maintenance = [], calendar = plainCalendar, timeZone } = loaded.config.settings;
      const now = systemClock.now();
      const windows = maintenance.map((window) => {
        const running = windowAt(window, now, calendar);
        const next = nextWindow(window, now, calendar);
        return { ...window, ...(running && { running }), ...(next && { next }) };
      });
      if (flags.json === true) printJson(terminal, { windows });
      else if (windows.length === 0) terminal.out(say('maintenance.none'));
      else {
        const time = wallTime(timeZone);
        const rows = windows.map(({ name, matcher, durationMs, running, next }) => [
          name,
          matcherText(matcher, terminal),
          formatDuration(durationMs),
          running === undefined ? '–' : pc.yellow(say('maintenance.until', { time: time(running.until) })),
          next === undefined ? '–' : time(next.from),
        ]);
        const header = [
          say('head.name'),
          say('head.what'),
          say('head.lasts'),
          say('head.now'),
          say('head.next'),
        ];
        terminal.out(table(header, rows));
      }
      context.finish(exitCode.pass);
    });
};
