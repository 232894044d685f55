import { pc } from '../../paint.ts';
import { systemClock } from '../../../lib/time/clock.ts';
import { createPost } from '../../../notify/delivery/post.ts';
import type { ScenarioName } from '../../../notify/test-message/scenarios.ts';
import {
  type TestMessage,
  type TestMessageStep,
  sendTestMessage,
} from '../../../notify/test-message/test-message.ts';
import {
  type AddCommand,
  type CliContext,
  configOption,
  examples,
  jsonOption,
  loadOrExplain,
} from '../../command.ts';
import { exitCode, padded, printJson, type Terminal } from '../../output.ts';
import { chosenChannels, scenarioOption } from './channels.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly scenario: ScenarioName;
  readonly mention?: readonly string[];
}

export const channelTestCommand: AddCommand = (notify, context) => {
  const { say } = context.terminal;
  notify
    .command('test')
    .description(say('help.notify.testDoes'))
    .argument('[channel]', say('option.channel'))
    .addOption(configOption(context))
    .addOption(scenarioOption('failure', context.terminal))
    .option('--mention <id...>', say('help.notify.mention'))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'notify test', 'notify test ops --mention zhangsan')}`)
    .action(async (channel: string | undefined, flags: Flags) =>
      context.finish(await test(context, channel, flags)),
    );
};

async function test(context: CliContext, name: string | undefined, flags: Flags): Promise<number> {
  const loaded = await loadOrExplain(context, flags);
  if (loaded === undefined) return exitCode.cannotRun;
  const { settings } = loaded.config;
  const channels = chosenChannels(settings, name, context.terminal);
  if (channels === undefined) return exitCode.cannotRun;
  const { language, timeZone, server } = settings;
  const results: (TestMessage & { readonly channel: string; readonly kind: string })[] = [];
  for (const channel of channels) {
    const trial = await sendTestMessage(channel, {
      scenario: flags.scenario,
      mentions: flags.mention ?? [],
      language,
      timeZone,
      server,
      post: createPost({ network: () => settings.network }),
      clock: systemClock,
      redactor: loaded.redactor,
    });
    results.push({ channel: channel.name, kind: channel.kind, ...trial });
    if (flags.json !== true) print(context.terminal, `${pc.bold(channel.name)} (${channel.kind})`, trial);
  }
  if (flags.json === true) printJson(context.terminal, { channels: results });
  return results.every(({ ok }) => ok) ? exitCode.pass : exitCode.failed;
}

const stepWidth = 9;

function print(terminal: Terminal, title: string, { steps }: TestMessage): void {
  terminal.out(title);
  for (const step of steps) printStep(terminal, step);
}

function printStep({ out, say, inWords }: Terminal, { ok, step, text, hint }: TestMessageStep): void {
  const name = padded(say(`step.${step}`), stepWidth);
  out(`  ${ok ? pc.green('✓') : pc.red('✗')} ${name} ${inWords(text)}`);
  if (hint !== undefined) out(`    → ${inWords(hint)}`);
}
