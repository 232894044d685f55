import { inEnglish } from '../../messages/in-language.ts';
import path from 'node:path';
import { pc } from '../paint.ts';
import { Option } from 'commander';
import { systemClock } from '../../lib/time/clock.ts';
import { wallTime } from '../../lib/time/wall-time.ts';
import type { Settings } from '../../model/settings.ts';
import { type Comparison, compareMessages } from '../../app/replay/compare.ts';
import { type Replay, replay } from '../../app/replay/replay.ts';
import type { Store } from '../../store/store.ts';
import {
  type AddCommand,
  type CliContext,
  configOption,
  durationArgument,
  jsonOption,
  loadOrExplain,
} from '../command.ts';
import { interruptible, withParts } from '../oneshot.ts';
import { exitCode, printJson, printProblems, table, type Terminal } from '../output.ts';
import { openOrExplain } from '../stored.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly from: number;
  readonly database?: string;
}

export const replayCommand: AddCommand = (program, context) => {
  program
    .command('replay')
    .description('Replay stored results against another configuration; sends and changes nothing')
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(
      new Option('--from <duration>', 'How far back').argParser(durationArgument).default(172_800_000, '2d'),
    )
    .option('--database <file>', 'Database to replay (default: the configured one)')
    .addHelpText(
      'after',
      `
Operations are planned by the configuration and the documents as they are now. Silences, acknowledgements and what
looks between cycles found count as they did then; summaries and messages about changed documents are left out. What
is not known any more: operations that are no longer planned, when exactly response times were learnt, and, for
cycles from before looks were kept, what they found (there, a recovery counts at once). Cycles are judged at their
ends, not in the middle as well. Certificates that were looked at apart from calls are not judged, and what had
never worked by then stays as it was judged. Messages are those that were put together; several may have been sent
as one.

Example:
  $ apipatrol replay --from 7d --config new.yaml`,
    )
    .action(async (flags: Flags) => context.finish(await run(context, flags)));
};

async function run(context: CliContext, flags: Flags): Promise<number> {
  const loaded = await loadOrExplain(context, flags);
  if (loaded === undefined) return exitCode.cannotRun;
  const { settings } = loaded.config;
  const file = flags.database === undefined ? settings.store.path : path.resolve(context.cwd, flags.database);
  return withParts(context, loaded, async (parts) => {
    const { documents, problems } = await parts.scanner.scan(settings.services, interruptible());
    if (flags.json !== true) printProblems(context.terminal, problems);
    const { checks } = await parts.plan(documents, settings);
    return openOrExplain(context, loaded, { path: file, readOnly: true }, async (store) => {
      const to = systemClock.now();
      const range = { from: to - flags.from, to };
      const replayed = await replay({ store, checks, settings, range });
      await tell(context.terminal, flags, { replayed, store, settings, range });
      return exitCode.pass;
    });
  });
}

/** What decided as well, and is not stored. */
const notReplayed = ['mid-cycle judgements', 'certificates', 'proofs'] as const;

interface ReplayOutcome {
  readonly replayed: Replay;
  readonly store: Store;
  readonly settings: Settings;
  readonly range: { readonly from: number; readonly to: number };
}

async function tell(terminal: Terminal, flags: Flags, outcome: ReplayOutcome): Promise<void> {
  const { replayed, store, settings, range } = outcome;
  const comparisons = compareMessages(replayed.messages, await store.past.messages(range));
  const { cycles, looks, leftOut, withoutLooks, messages } = replayed;
  const would = comparisons.filter((one) => one.would !== undefined).length;
  const was = comparisons.filter((one) => one.was !== undefined).length;
  if (flags.json === true) {
    const counts = { cycles, looks, withoutLooks, leftOut, messages: messages.length };
    return printJson(terminal, { ...counts, notReplayed, would, was, comparisons });
  }
  const time = wallTime(settings.timeZone);
  const rows = comparisons.map((one) => rowOf(one, time));
  if (rows.length > 0) terminal.out(table(['at', 'news', 'of', 'to', 'told', 'would be told', 'why'], rows));
  const different = comparisons.filter((one) => one.would === undefined || one.was === undefined).length;
  terminal.out(
    `\n${count(cycles, 'cycle')} and ${count(looks, 'look')}: ${would} of this would have been told, ${was} was; ${different === 0 ? 'no difference' : count(different, 'difference')}`,
  );
  terminal.out(
    pc.dim(
      'not replayed: what was judged in the middle of cycles (here, at their ends), certificates, and what operations had proven by then',
    ),
  );
  if (leftOut > 0)
    terminal.out(
      pc.dim(`${leftOut} results of operations that this configuration does not call are left out`),
    );
  if (withoutLooks > 0)
    terminal.out(
      pc.dim(`${count(withoutLooks, 'cycle')} from before looks were kept: there, recoveries count at once`),
    );
}

function count(some: number, what: string): string {
  return `${some} ${what}${some === 1 ? '' : 's'}`;
}

function rowOf({ would, was }: Comparison, time: (at: number) => string): readonly string[] {
  const told = would ?? was;
  if (told === undefined) return [];
  const mark = (one: unknown, color: (text: string) => string): string =>
    one === undefined ? '–' : color('yes');
  const { subjectLabel, services, reason } = told.incident;
  return [
    time(told.at),
    told.kind,
    `${subjectLabel} (${services.join(', ')})`,
    told.channel,
    mark(was, pc.dim),
    mark(would, was === undefined ? pc.yellow : pc.dim),
    inEnglish(reason.message),
  ];
}
