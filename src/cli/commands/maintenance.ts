import { pc } from '../paint.ts';
import { nextWindow, windowAt } from '../../incidents/suppression/windows.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import { wallTime } from '../../lib/time/wall-time.ts';
import { plainCalendar } from '../../model/calendar.ts';
import { type AddCommand, configOption, jsonOption, loadOrExplain } from '../command.ts';
import { exitCode, printJson, table } from '../output.ts';
import { matcherText } from './silence.ts';

export const maintenanceCommand: AddCommand = (program, context) => {
  program
    .command('maintenance')
    .description('List maintenance windows and when each starts next')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ apipatrol maintenance')
    .action(async (flags: { config: string; json?: boolean }) => {
      const loaded = await loadOrExplain(context, flags);
      if (loaded === undefined) return context.finish(exitCode.cannotRun);
      const { maintenance = [], calendar = plainCalendar, timeZone } = loaded.config.settings;
      const now = systemClock.now();
      const windows = maintenance.map((window) => {
        const running = windowAt(window, now, calendar);
        const next = nextWindow(window, now, calendar);
        return { ...window, ...(running && { running }), ...(next && { next }) };
      });
      if (flags.json === true) printJson(context.terminal, { windows });
      else if (windows.length === 0) context.terminal.out('no maintenance windows are configured');
      else {
        const time = wallTime(timeZone);
        const rows = windows.map(({ name, matcher, durationMs, running, next }) => [
          name,
          matcherText(matcher),
          formatDuration(durationMs),
          running === undefined ? '–' : pc.yellow(`until ${time(running.until)}`),
          next === undefined ? '–' : time(next.from),
        ]);
        context.terminal.out(table(['name', 'what', 'lasts', 'now', 'next'], rows));
      }
      context.finish(exitCode.pass);
    });
};
