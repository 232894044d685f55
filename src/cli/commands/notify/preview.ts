import { pc } from '../../paint.ts';
import { systemClock } from '../../../lib/time/clock.ts';
import { byteLength } from '../../../lib/text/text.ts';
import { type Preview, preview } from '../../../notify/test-message/preview.ts';
import type { ScenarioName } from '../../../notify/test-message/scenarios.ts';
import { type AddCommand, type CliContext, configOption, jsonOption, loadOrExplain } from '../../command.ts';
import { exitCode, printJson, type Terminal } from '../../output.ts';
import { chosenChannels, scenarioOption } from './channels.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly channel?: string;
  readonly scenario: ScenarioName;
}

export const channelPreviewCommand: AddCommand = (notify, context) => {
  notify
    .command('preview')
    .description('Print what a channel would receive in a sample situation; sends nothing')
    .addOption(configOption())
    .option('--channel <name>', 'Channel name (default: all)')
    .addOption(scenarioOption('outage'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  $ apipatrol notify preview --channel ops --scenario outage
  $ apipatrol notify preview --scenario storm --json`,
    )
    .action(async (flags: Flags) => context.finish(await show(context, flags)));
};

async function show(context: CliContext, flags: Flags): Promise<number> {
  const loaded = await loadOrExplain(context, flags);
  if (loaded === undefined) return exitCode.cannotRun;
  const { settings } = loaded.config;
  const channels = chosenChannels(settings, flags.channel, context.terminal);
  if (channels === undefined) return exitCode.cannotRun;
  const { language, timeZone, server } = settings;
  const at = systemClock.now();
  const all = await Promise.all(
    channels.map(async (channel) => {
      const { scenario } = flags;
      const about = { scenario, at, language, timeZone, server };
      return { channel: channel.name, ...(await preview(channel, about)) };
    }),
  );
  if (flags.json === true) printJson(context.terminal, { channels: all.map(withBytes) });
  else for (const one of all) print(context.terminal, one.channel, one);
  return exitCode.pass;
}

function withBytes({ channel, messages, parts }: Preview & { readonly channel: string }) {
  return {
    channel,
    messages: messages.map((text, index) => ({
      text,
      textBytes: byteLength(text),
      sent: parts[index],
      sentBytes: byteLength(parts[index] ?? ''),
    })),
  };
}

function print(terminal: Terminal, channel: string, { messages, parts }: Preview): void {
  for (const [index, message] of messages.entries()) {
    const bytes = `${byteLength(message)} bytes of text, ${byteLength(parts[index] ?? '')} bytes sent`;
    terminal.out(pc.dim(`── ${channel} ${index + 1}/${messages.length}: ${bytes}`));
    terminal.out(`${message}\n`);
  }
}
