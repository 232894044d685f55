import path from 'node:path';
import { pc } from '../paint.ts';
import { systemClock, wallTime } from '../../lib/time/clock.ts';
import type { Settings } from '../../model/settings.ts';
import { compareMessages, type Comparison, type Replay, replay } from '../../app/replay.ts';
import type { Store } from '../../store/store.ts';
import {
  type AddCommand,
  type CliContext,
  configOption,
  durationOption,
  examples,
  jsonOption,
  loadOrExplain,
} from '../command.ts';
import { interruptible, withParts } from '../oneshot.ts';
import { exitCode, printJson, printProblems, table, type Terminal } from '../output.ts';
import { openOrExplain } from '../stored.ts';
import type { Words } from '../words.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly from: number;
  readonly database?: string;
}

export const replayCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  program
    .command('replay')
    .description(say('help.replay.does'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addOption(durationOption(context, '--from <duration>', say('option.since')).default(172_800_000, '2d'))
    .option('--database <file>', say('help.replay.database'))
    .addHelpText(
      'after',
      `\n${say('help.replay.more')}\n\n${examples(context, 'replay --from 7d --config new.yaml')}`,
    )
    .action(async (flags: Flags) => context.finish(await run(context, flags)));
};

async function run(context: CliContext, flags: Flags): Promise<number> {
  const loaded = await loadOrExplain(context, flags);
  if (loaded === undefined) return exitCode.cannotRun;
  const { settings } = loaded.config;
  const place =
    flags.database === undefined ? settings.store : { path: path.resolve(context.cwd, flags.database) };
  return withParts(context, loaded, async (parts) => {
    const { documents, problems } = await parts.scanner.scan(settings.services, interruptible());
    if (flags.json !== true) printProblems(context.terminal, problems);
    const { checks } = await parts.plan(documents, settings);
    return openOrExplain(context, loaded, { store: place, readOnly: true }, async (store) => {
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
  const { out, say } = terminal;
  const time = wallTime(settings.timeZone);
  const rows = comparisons.map((one) => rowOf(one, time, terminal));
  const header = [
    say('head.at'),
    say('head.news'),
    say('head.of'),
    say('head.to'),
    say('head.told'),
    say('head.wouldBeTold'),
    say('head.why'),
  ];
  if (rows.length > 0) out(table(header, rows));
  const different = comparisons.filter((one) => one.would === undefined || one.was === undefined).length;
  const summary = say('replay.summary', {
    cycles: say('cli.cycles', { n: cycles }),
    looks: say('replay.looks', { n: looks }),
    would,
    was,
    difference: different === 0 ? say('replay.noDifference') : say('replay.differences', { n: different }),
  });
  out(`\n${summary}`);
  out(pc.dim(say('replay.notReplayed')));
  if (leftOut > 0) out(pc.dim(say('replay.leftOut', { n: leftOut })));
  if (withoutLooks > 0)
    out(pc.dim(say('replay.withoutLooks', { cycles: say('cli.cycles', { n: withoutLooks }) })));
}

function rowOf(
  { would, was }: Comparison,
  time: (at: number) => string,
  { say, inWords }: Words,
): readonly string[] {
  const told = would ?? was;
  if (told === undefined) return [];
  const mark = (one: unknown, color: (text: string) => string): string =>
    one === undefined ? '–' : color(say('cli.yes'));
  const { subjectLabel, services, reason } = told.incident;
  return [
    time(told.at),
    say(`news.${told.kind}`),
    `${subjectLabel} (${services.join(', ')})`,
    told.channel,
    mark(was, pc.dim),
    mark(would, was === undefined ? pc.yellow : pc.dim),
    inWords(reason.message),
  ];
}
