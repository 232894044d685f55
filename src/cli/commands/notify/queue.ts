import { InvalidArgumentError } from 'commander';
import { pc } from '../../paint.ts';
import { systemClock } from '../../../lib/time/clock.ts';
import { formatDuration } from '../../../lib/time/duration.ts';
import type { Settings } from '../../../model/settings.ts';
import { viewOf } from '../../../notify/render/view.ts';
import { requeueMessages } from '../../../server/api/channels.ts';
import type { UnsentMessage } from '../../../store/outbox/gallery.ts';
import { withApi } from '../../api/with-api.ts';
import {
  type AddCommand,
  type CliContext,
  commandLine,
  configOption,
  examples,
  jsonOption,
} from '../../command.ts';
import { exitCode, printJson, table, type Terminal } from '../../output.ts';
import { withConfiguredStore } from '../../stored.ts';
import type { Say } from '../../words.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
}

const everything = Number.MAX_SAFE_INTEGER;

export const queueCommand: AddCommand = (notify, context) => {
  const { say } = context.terminal;
  notify
    .command('queue')
    .description(say('help.notify.queueDoes'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${say('help.notify.queueMore')}\n\n${examples(context, 'notify queue')}`)
    .action(async (flags: Flags) => {
      const code = await withConfiguredStore(context, flags, async ({ gallery }, settings) => {
        const now = systemClock.now();
        const messages = (await gallery.unsent(everything)).map((one) => lineOf(one, settings, now));
        if (flags.json === true) printJson(context.terminal, { messages });
        else print(context.terminal, messages, now, flags);
        return messages.some(({ state }) => state === 'undelivered') ? exitCode.failed : exitCode.pass;
      });
      context.finish(code);
    });
};

interface QueueLine
  extends Pick<
    UnsentMessage,
    'id' | 'channel' | 'state' | 'held' | 'createdAt' | 'attempts' | 'problem' | 'hint' | 'mayHaveArrived'
  > {
  /** Epoch ms; absent when it is due or given up. */
  readonly nextAttemptAt?: number;
  readonly headline: string;
}

function lineOf(message: UnsentMessage, { language, timeZone, channels }: Settings, now: number): QueueLine {
  const { id, channel, state, held, createdAt, attempts, notBefore, content } = message;
  const { problem, hint, mayHaveArrived } = message;
  const spoken = channels[channel]?.language ?? language;
  return {
    id,
    channel,
    state,
    held,
    createdAt,
    attempts,
    problem,
    hint,
    ...(mayHaveArrived === true ? { mayHaveArrived } : {}),
    ...(state === 'pending' && notBefore > now ? { nextAttemptAt: notBefore } : {}),
    headline: viewOf(content, { language: spoken, timeZone }).headline,
  };
}

function print(
  terminal: Terminal,
  messages: readonly QueueLine[],
  now: number,
  flags: { readonly config: string },
): void {
  const { out, say, inWords } = terminal;
  if (messages.length === 0) return out(pc.green(say('notify.nothingWaits')));
  const rows = messages.map((one) => [
    String(one.id),
    one.channel,
    stateOf(one, now, say),
    roughly(now - one.createdAt),
    String(one.attempts),
    one.headline,
  ]);
  const header = [
    say('head.id'),
    say('head.channel'),
    say('head.state'),
    say('head.age'),
    say('head.tries'),
    say('head.message'),
  ];
  out(table(header, rows));
  for (const { id, problem, hint } of messages) {
    if (problem !== undefined) out(pc.dim(say('notify.problem', { id, problem })));
    if (hint !== undefined) out(pc.dim(`      → ${inWords(hint)}`));
  }
  if (messages.some(({ state }) => state === 'undelivered')) {
    const command = pc.bold(commandLine(flags, 'notify', 'requeue', '--all'));
    out(`\n${say('notify.requeueThem', { command })}`);
  }
}

function stateOf(one: QueueLine, now: number, say: Say): string {
  const state = one.state === 'undelivered' ? say('notify.undelivered') : whenOf(one, now, say);
  return one.mayHaveArrived === true ? say('notify.mayHaveArrived', { state }) : state;
}

function whenOf({ nextAttemptAt, held }: QueueLine, now: number, say: Say): string {
  if (nextAttemptAt === undefined) return say('notify.due');
  return say(held ? 'notify.quiet' : 'notify.nextTry', { time: roughly(nextAttemptAt - now) });
}

function roughly(ms: number): string {
  return formatDuration(Math.max(1000, Math.round(ms / 1000) * 1000));
}

export const requeueCommand: AddCommand = (notify, context) => {
  const { say } = context.terminal;
  notify
    .command('requeue')
    .description(say('help.notify.requeueDoes'))
    .argument('[id...]', say('help.notify.messageIds'), collectId(say), [])
    .option('--all', say('help.notify.all'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'notify requeue 17', 'notify requeue --all')}`)
    .action(async (ids: readonly number[], flags: Flags & { readonly all?: boolean }) =>
      context.finish(await resend(context, ids, flags)),
    );
};

const collectId =
  (say: Say) =>
  (text: string, before: readonly number[]): readonly number[] => {
    if (!/^\d+$/.test(text)) throw new InvalidArgumentError(say('usage.messageId'));
    return [...before, Number(text)];
  };

async function resend(
  { terminal, ...context }: CliContext,
  ids: readonly number[],
  flags: Flags & { readonly all?: boolean },
): Promise<number> {
  if (ids.length > 0 === (flags.all === true)) {
    const command = commandLine(flags, 'notify', 'queue');
    terminal.err(terminal.say('notify.which'), terminal.say('notify.giveNumbers', { command }));
    return exitCode.cannotRun;
  }
  return withApi({ terminal, ...context }, flags, async (api) => {
    const { requeued } = await api.call(requeueMessages, { body: ids.length === 0 ? {} : { ids: [...ids] } });
    if (flags.json === true) printJson(terminal, { requeued });
    else terminal.out(terminal.say('notify.willBeSent', { n: requeued.length }));
    return exitCode.pass;
  });
}
