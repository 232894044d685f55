import { systemClock } from '../kit/clock.ts';
import { wallTime } from '../kit/wall-time.ts';
import type { Desk } from '../store/store.ts';
import { author } from './author.ts';
import { type AddCommand, type CliContext, configOption, durationArgument, jsonOption } from './command.ts';
import { exitCode, printJson } from './output.ts';
import { changingStore } from './stored.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
}

interface AckFlags extends Flags {
  readonly for: number;
  readonly note?: string;
  readonly undo?: boolean;
}

export const ackCommand: AddCommand = (program, context) => {
  program
    .command('ack')
    .description('say that somebody looks after an incident: no reminders and no escalation meanwhile')
    .argument('<id>', 'id of the incident: A7F3')
    .option('--for <duration>', 'how long', durationArgument, 86_400_000)
    .option('--note <text>', 'what is being done')
    .option('--undo', 'nobody looks after it any more')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', "\nExample:\n  $ apipatrol ack A7F3 --for 4h --note 'rolling back'")
    .action(async (id: string, flags: AckFlags) => {
      const act = (desk: Desk, by: string, at: number): Promise<boolean> =>
        flags.undo === true
          ? desk.unacknowledge(plain(id), by, at)
          : desk.acknowledge(plain(id), {
              by,
              at,
              until: at + flags.for,
              ...(flags.note === undefined ? {} : { note: flags.note }),
            });
      const done = (shown: string, until: (ms: number) => string): string =>
        flags.undo === true
          ? `nobody looks after #${shown} any more`
          : `you look after #${shown} until ${until(flags.for)}`;
      context.finish(await onIncident(context, flags, id, act, done));
    });
};

export const commentCommand: AddCommand = (program, context) => {
  program
    .command('comment')
    .description('write something down with an incident; why and the audit show it')
    .argument('<id>', 'id of the incident: A7F3')
    .argument('<text>', 'what to write down')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', "\nExample:\n  $ apipatrol comment A7F3 'caused by the release at noon'")
    .action(async (id: string, text: string, flags: Flags) => {
      const act = (desk: Desk, by: string, at: number): Promise<boolean> =>
        desk.comment(plain(id), by, at, text);
      context.finish(await onIncident(context, flags, id, act, (shown) => `written down with #${shown}`));
    });
};

async function onIncident(
  context: CliContext,
  flags: Flags,
  written: string,
  act: (desk: Desk, by: string, at: number) => Promise<boolean>,
  done: (id: string, until: (ms: number) => string) => string,
): Promise<number> {
  const id = plain(written);
  return changingStore(context, flags, async (store, { timeZone }) => {
    const now = systemClock.now();
    const ok = await act(store.desk, author(context.env), now);
    if (flags.json === true) printJson(context.terminal, { ok });
    else if (ok) context.terminal.out(done(id, (ms) => wallTime(timeZone)(now + ms)));
    else {
      const open = (await store.openIncidents()).filter(({ state }) => state !== 'pending');
      const ids = open.map((one) => `#${one.id} ${one.subjectLabel}`);
      context.terminal.err(
        `there is no open incident #${id}\n  → ${ids.length === 0 ? 'Nothing is open.' : `Open are ${ids.join(', ')}.`}`,
      );
    }
    return ok ? exitCode.pass : exitCode.cannotRun;
  });
}

/** As it is stored; people copy the `#` with it. */
function plain(id: string): string {
  return id.replace(/^#/, '').toUpperCase();
}
