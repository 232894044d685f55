import { pc } from '../paint.ts';
import { type AddCommand, configOption, examples, jsonOption, loadOrExplain } from '../command.ts';
import { exitCode, printJson } from '../output.ts';

export const configCommand: AddCommand = (program, context) => {
  const { say, out } = context.terminal;
  const config = program.command('config').description(say('help.config.does'));
  config
    .command('check')
    .description(say('help.config.checkDoes'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'config check -c apipatrol.yaml')}`)
    .action(async (flags: { config: string; json?: boolean }) => {
      const loaded = await loadOrExplain(context, flags, new Set());
      if (loaded === undefined) return context.finish(exitCode.cannotRun);
      const { services, credentials, channels } = loaded.config.settings;
      if (flags.json === true) {
        printJson(context.terminal, { ok: true, problems: loaded.config.notices });
      } else {
        const counts = [
          say('cli.services', { n: services.length }),
          say('cli.credentials', { n: Object.keys(credentials).length }),
          say('cli.channels', { n: Object.keys(channels).length }),
        ];
        out(`${pc.green('✓')} ${say('config.validWith', { file: flags.config, counts })}`);
      }
      context.finish(exitCode.pass);
    });
};
