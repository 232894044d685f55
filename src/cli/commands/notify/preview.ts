import { pc } from '../../paint.ts';
import { systemClock } from '../../../lib/time/clock.ts';
import { byteLength } from '../../../lib/text/text.ts';
import { type Preview, preview } from '../../../notify/test-message/preview.ts';
import type { ScenarioName } from '../../../notify/test-message/scenarios.ts';
import {
  type AddCommand,
  type CliContext,
  configOption,
  examples,
  jsonOption,
  loadOrExplain,
} from '../../command.ts';
import { exitCode, printJson, type Terminal } from '../../output.ts';
import { chosenChannels, scenarioOption } from './channels.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly channel?: string;
  readonly scenario: ScenarioName;
}

export const channelPreviewCommand: AddCommand = (notify, context) => {
  const { say } = context.terminal;
  notify
    .command('preview')
    .description(say('help.notify.previewDoes'))
    .addOption(configOption(context))
    .option('--channel <name>', say('option.channel'))
    .addOption(scenarioOption('outage', context.terminal))
    .addOption(jsonOption(context))
    .addHelpText(
      'after',
      `\n${examples(
        context,
        'notify preview --channel ops --scenario outage',
        'notify preview --scenario storm --json',
      )}`,
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
    const bytes = terminal.say('notify.bytes', {
      text: byteLength(message),
      sent: byteLength(parts[index] ?? ''),
    });
    terminal.out(pc.dim(`── ${channel} ${index + 1}/${messages.length}: ${bytes}`));
    terminal.out(`${message}\n`);
  }
}
