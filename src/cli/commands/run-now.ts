import { runCycle } from '../../server/api/overview.ts';
import { withApi } from '../api/with-api.ts';
import { type AddCommand, configOption, examples, jsonOption } from '../command.ts';
import { exitCode, printJson } from '../output.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
}

export const runNowCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  program
    .command('run-now')
    .description(say('help.runNow.does'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'run-now')}`)
    .action(async (flags: Flags) => {
      const code = await withApi(
        context,
        flags,
        async (api) => {
          await api.call(runCycle, {});
          if (flags.json === true) printJson(context.terminal, { ok: true });
          else context.terminal.out(say('runNow.done'));
          return exitCode.pass;
        },
        { needsPatrol: true },
      );
      context.finish(code);
    });
};
