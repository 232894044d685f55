import { pc } from '../paint.ts';
import { type AddCommand, configOption, jsonOption, loadOrExplain } from '../command.ts';
import { counted, exitCode, printJson } from '../output.ts';

export const configCommand: AddCommand = (program, context) => {
  const config = program.command('config').description('Work with the configuration file');
  config
    .command('check')
    .description('Report every problem in the configuration without running anything')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ apipatrol config check -c apipatrol.yaml')
    .action(async (flags: { config: string; json?: boolean }) => {
      const loaded = await loadOrExplain(context, flags);
      if (loaded === undefined) return context.finish(exitCode.cannotRun);
      const { services, credentials, channels } = loaded.config.settings;
      if (flags.json === true) {
        printJson(context.terminal, { ok: true, problems: loaded.config.notices });
      } else {
        const counts = [
          counted(services.length, 'service'),
          counted(Object.keys(credentials).length, 'credential'),
          counted(Object.keys(channels).length, 'channel'),
        ];
        context.terminal.out(`${pc.green('✓')} ${flags.config} is valid: ${counts.join(', ')}`);
      }
      context.finish(exitCode.pass);
    });
};
