import { auditedSentence, notedSentence, whoSentence } from '../../messages/audited.ts';
import { systemClock, wallTime } from '../../lib/time/clock.ts';
import { type AddCommand, configOption, durationOption, examples, jsonOption } from '../command.ts';
import { exitCode, printJson, table } from '../output.ts';
import { withStore } from '../stored.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly since: number;
}

export const auditCommand: AddCommand = (program, context) => {
  const { say, inWords, out } = context.terminal;
  program
    .command('audit')
    .description(say('help.audit.does'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addOption(durationOption(context, '--since <duration>', say('option.since')).default(604_800_000, '7d'))
    .addHelpText('after', `\n${examples(context, 'audit --since 30d')}`)
    .action(async (flags: Flags) => {
      const code = await withStore(context, flags, async ({ desk }, { timeZone }) => {
        const now = systemClock.now();
        const entries = await desk.audit({ from: now - flags.since, to: now });
        const time = wallTime(timeZone);
        if (flags.json === true) printJson(context.terminal, { entries });
        else if (entries.length === 0) out(say('audit.none'));
        else
          out(
            table(
              [say('head.when'), say('head.who'), say('head.what'), say('head.of'), say('head.note')],
              entries.map(({ at, by, action, subject, note }) => [
                time(at),
                inWords(whoSentence(by)),
                say(`audit.${action}`),
                inWords(auditedSentence(subject)),
                inWords(notedSentence({ action, by, note }) ?? ''),
              ]),
            ),
          );
        return exitCode.pass;
      });
      context.finish(code);
    });
};
