import { inEnglish } from '../../../messages/in-language.ts';
import { InvalidArgumentError } from 'commander';
import { pc } from '../../paint.ts';
import { systemClock } from '../../../lib/time/clock.ts';
import { formatDuration } from '../../../lib/time/duration.ts';
import type { Settings } from '../../../model/settings.ts';
import { viewOf } from '../../../notify/render/view.ts';
import { requeueMessages } from '../../../server/api/channels.ts';
import type { UnsentMessage } from '../../../store/outbox/gallery.ts';
import { withApi } from '../../api/with-api.ts';
import { type AddCommand, type CliContext, commandLine, configOption, jsonOption } from '../../command.ts';
import { exitCode, printJson, table, type Terminal } from '../../output.ts';
import { withStore } from '../../stored.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
}

const everything = Number.MAX_SAFE_INTEGER;

export const queueCommand: AddCommand = (notify, context) => {
  notify
    .command('queue')
    .description('List pending and undelivered messages')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Exit codes:
  0  nothing is undelivered      1  something is: see notify requeue

Example:
  $ apipatrol notify queue`,
    )
    .action(async (flags: Flags) => {
      const code = await withStore(context, flags, async ({ gallery }, settings) => {
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
    ...(problem === undefined ? {} : { problem }),
    ...(hint === undefined ? {} : { hint }),
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
  if (messages.length === 0) return terminal.out(pc.green('nothing pending, nothing undelivered'));
  const rows = messages.map((one) => [
    String(one.id),
    one.channel,
    `${one.mayHaveArrived === true ? 'may have arrived, ' : ''}${one.state === 'undelivered' ? 'undelivered' : whenOf(one, now)}`,
    roughly(now - one.createdAt),
    String(one.attempts),
    one.headline,
  ]);
  terminal.out(table(['id', 'channel', 'state', 'age', 'tries', 'message'], rows));
  for (const { id, problem, hint } of messages) {
    if (problem !== undefined) terminal.out(pc.dim(`${id}: ${inEnglish(problem)}`));
    if (hint !== undefined) terminal.out(pc.dim(`      → ${inEnglish(hint)}`));
  }
  if (messages.some(({ state }) => state === 'undelivered')) {
    terminal.out(
      `\nrequeue what is undelivered: ${pc.bold(commandLine(flags, 'notify', 'requeue', '--all'))}`,
    );
  }
}

function whenOf({ nextAttemptAt, held }: QueueLine, now: number): string {
  if (nextAttemptAt === undefined) return 'due';
  const wait = roughly(nextAttemptAt - now);
  return held ? `quiet for ${wait}` : `next try in ${wait}`;
}

function roughly(ms: number): string {
  return formatDuration(Math.max(1000, Math.round(ms / 1000) * 1000));
}

export const requeueCommand: AddCommand = (notify, context) => {
  notify
    .command('requeue')
    .description('Requeue undelivered messages; a running daemon sends them at once')
    .argument('[id...]', 'Message numbers from `notify queue`', collectId, [])
    .option('--all', 'All of them')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  $ apipatrol notify requeue 17
  $ apipatrol notify requeue --all`,
    )
    .action(async (ids: readonly number[], flags: Flags & { readonly all?: boolean }) =>
      context.finish(await resend(context, ids, flags)),
    );
};

function collectId(text: string, before: readonly number[]): readonly number[] {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('write the number of a message, for example 17.');
  return [...before, Number(text)];
}

async function resend(
  { terminal, ...context }: CliContext,
  ids: readonly number[],
  flags: Flags & { readonly all?: boolean },
): Promise<number> {
  if (ids.length > 0 === (flags.all === true)) {
    terminal.err(
      `which messages?\n  → Give numbers from ${commandLine(flags, 'notify', 'queue')}, or --all for all.`,
    );
    return exitCode.cannotRun;
  }
  return withApi({ terminal, ...context }, flags, async (api) => {
    const { requeued } = await api.call(requeueMessages, { body: ids.length === 0 ? {} : { ids: [...ids] } });
    if (flags.json === true) printJson(terminal, { requeued });
    else terminal.out(`${requeued.length} message${requeued.length === 1 ? '' : 's'} will be sent again`);
    return exitCode.pass;
  });
}
