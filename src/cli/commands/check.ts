import path from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { InvalidArgumentError, Option } from 'commander';
import { pc } from '../paint.ts';
import { mayBlameAtFirstSight } from '../../app/cycle/without-memory.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { type CycleReport, patrol, type Watcher } from '../../app/run-cycle.ts';
import { type Baseline, readBaseline } from '../baseline.ts';
import { type CheckRun, exitCodeOf, type FailOn, failThresholds, judgeRun, maskedRun } from '../check-run.ts';
import {
  type AddCommand,
  type CliContext,
  commandLine,
  durationOption,
  configOption,
  examples,
  explain,
  type FilterFlags,
  filterFrom,
  filterOptions,
  jsonOption,
  type Loaded,
  loadOrExplain,
  shownFilter,
  lacksService,
  servicesOf,
} from '../command.ts';
import { configFromFlags } from '../document-config.ts';
import { checkNow } from './check-now.ts';
import { addressesOf, waitFor } from '../wait-for.ts';
import { interruptible, withParts } from '../oneshot.ts';
import { exitCode, printProblems } from '../output.ts';
import { writeText } from '../written.ts';
import { printRun } from '../print-run.ts';
import { markdown } from '../reporters/markdown.ts';
import { reporters } from '../reporters/registry.ts';
import type { Say } from '../words.ts';

interface Flags extends FilterFlags {
  readonly config: string;
  readonly json?: boolean;
  readonly reporter?: string;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly baseline?: string;
  readonly baseUrl?: string;
  readonly bearer?: string;
  readonly header?: readonly string[];
  readonly now?: string;
  readonly wait?: number;
}

export const checkCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  const command = program
    .command('check')
    .description(say('help.check.does'))
    .argument('[document]', say('help.check.document'))
    .addOption(configOption(context))
    .addOption(jsonOption(context));
  for (const option of filterOptions(context)) command.addOption(option);
  for (const option of documentOptions(say)) command.addOption(option);
  command.addOption(durationOption(context, '--wait <duration>', say('help.check.wait')));
  for (const option of reportOptions(say)) command.addOption(option);
  command
    .option('--now <what>', say('help.check.now'))
    .addHelpText(
      'after',
      `
${say('help.check.more')}

${examples(
  context,
  'check',
  "check --only 'GET /orders*' --json",
  "check --now 'GET /orders/{id}' --service orders",
  'check ./openapi.yaml --base-url http://localhost:8080',
  'check http://localhost:8080/v3/api-docs --bearer "$TOKEN" --reporter junit --output patrol.xml',
  'check --reporter json --output baseline.json',
  'check ./openapi.yaml --base-url http://localhost:8080 --wait 60s',
  'check --baseline baseline.json --fail-on drift --reporter github',
)}`,
    )
    .action(async (document: string | undefined, flags: Flags) =>
      context.finish(
        flags.now === undefined
          ? await check(context, document, flags)
          : await checkNow(context, flags.now, { ...flags, document }),
      ),
    );
};

const documentOptions = (say: Say): readonly Option[] => [
  new Option('--base-url <url>', say('help.check.baseUrl')),
  new Option('--bearer <token>', say('help.check.bearer')).env('APIPATROL_BEARER'),
  new Option('--header <header...>', say('help.check.header')).argParser(headerArgument(say)),
];

const reportOptions = (say: Say): readonly Option[] => [
  new Option('--reporter <form>', say('help.check.reporter')).choices(reporters.map(({ kind }) => kind)),
  new Option('--output <file>', say('help.check.output')),
  new Option('--fail-on <level>', say('help.check.failOn')).choices(failThresholds).default('fail'),
  new Option('--baseline <file>', say('help.check.baseline')),
];

const headerArgument =
  (say: Say) =>
  (line: string, before: readonly string[] = []): readonly string[] => {
    if (!/^[\w!#$%&'*+.^`|~-]+\s*:\s*\S/.test(line)) throw new InvalidArgumentError(say('usage.header'));
    return [...before, line];
  };

async function check(context: CliContext, document: string | undefined, flags: Flags): Promise<number> {
  const { terminal } = context;
  const { say } = terminal;
  const misplaced = misplacedFlag(document, flags);
  if (misplaced !== undefined) {
    terminal.err(say('check.misplaced', { flag: misplaced }), `apipatrol check DOCUMENT --${misplaced} …`);
    return exitCode.cannotRun;
  }
  const loaded = await loadFor(context, document, flags);
  if (loaded === undefined) return exitCode.cannotRun;
  if (flags.output !== undefined && kindOf(flags) === undefined) {
    terminal.err(say('check.formMissing', { file: flags.output }), say('check.giveReporter'));
    return exitCode.cannotRun;
  }
  const services = loaded.config.settings.services.map(({ name }) => name);
  if (lacksService(flags, services, terminal)) return exitCode.cannotRun;
  const baseline =
    flags.baseline === undefined ? undefined : await readBaseline(path.resolve(context.cwd, flags.baseline));
  if (baseline !== undefined && 'level' in baseline) {
    printProblems(terminal, [baseline]);
    return exitCode.cannotRun;
  }
  const signal = interruptible();
  if (flags.wait !== undefined) await awaitServices(context, loaded, { ...flags, wait: flags.wait }, signal);
  const report = await runOnce(context, loaded, flags, baseline, signal);
  const run = judgeRun(report, flags.failOn, baseline);
  await tell(context, maskedRun(run, loaded.redactor), document, flags);
  return signal.aborted ? exitCode.interrupted : exitCodeOf(run);
}

/** What has not answered by then is called all the same: the report says what comes of it. */
async function awaitServices(
  { terminal }: CliContext,
  { config, redactor }: Loaded,
  { wait, ...flags }: Flags & { readonly wait: number },
  signal: AbortSignal,
): Promise<void> {
  const { err, say } = terminal;
  const urls = addressesOf(servicesOf(config.settings, flags));
  if (urls.length === 0) err(say('check.waitNothing'));
  const time = formatDuration(wait);
  for (const { url, why } of await waitFor(urls, wait, systemClock, signal))
    err(say('check.notThere', { url: redactor.scrub(url), time, why: redactor.scrub(why) }));
}

/** With a configuration, these stand there. */
function misplacedFlag(document: string | undefined, flags: Flags): string | undefined {
  if (document !== undefined) return undefined;
  if (flags.baseUrl !== undefined) return 'base-url';
  return flags.header === undefined ? undefined : 'header';
}

async function loadFor(
  context: CliContext,
  document: string | undefined,
  flags: Flags,
): Promise<Loaded | undefined> {
  const json = kindOf(flags) === 'json' && flags.output === undefined;
  if (document === undefined)
    return loadOrExplain(context, { config: flags.config, json, service: flags.service });
  const { baseUrl, bearer, header } = flags;
  const config = await configFromFlags(
    {
      document,
      baseUrl,
      bearer,
      header,
    },
    context.cwd,
  );
  // Nobody wants to be told that a single document has no channel.
  return explain(context, document, config.ok ? { ...config, notices: [] } : config, { json });
}

async function runOnce(
  context: CliContext,
  loaded: Loaded,
  flags: Flags,
  baseline: Baseline | undefined,
  signal: AbortSignal,
): Promise<CycleReport> {
  const { settings } = loaded.config;
  const filter = filterFrom(flags);
  const services = servicesOf(settings, flags).map(({ name }) => name);
  const assignment = { settings, dueAt: systemClock.now(), services, missed: 0 };
  const progress =
    isForPrograms(flags) || !context.terminal.interactive ? {} : progressBar(context.terminal.say);
  const report = await withParts(
    context,
    loaded,
    (parts) => patrol(parts, { ...assignment, filter }, signal, progress),
    (check, ...found) => baseline?.hasPassed(check) === true || mayBlameAtFirstSight(check, ...found),
  );
  progress.end?.();
  return report;
}

/** The report goes where it was asked for; a person sees the usual output beside one in a file. */
async function tell(
  context: CliContext,
  run: CheckRun,
  document: string | undefined,
  flags: Flags,
): Promise<void> {
  const { terminal, cwd, env } = context;
  const kind = kindOf(flags);
  const reporter = reporters.find((one) => one.kind === kind);
  const text = reporter?.render(run, terminal);
  if (text === undefined || flags.output !== undefined) {
    const scan = document === undefined ? { scan: commandLine(flags, 'scan') } : {};
    printRun(terminal, run, { filter: shownFilter(flags), ...scan });
  }
  if (text === undefined) return;
  if (flags.output === undefined) terminal.out(text);
  else await writeText(cwd, flags.output, `${text}\n`);
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (kind === 'github' && summary !== undefined)
    await writeText(cwd, summary, markdown.render(run, terminal), { flag: 'a' });
}

/** Named, or by the ending of the file. */
function kindOf({ json, reporter, output }: Flags): string | undefined {
  if (json === true) return 'json';
  return reporter ?? (output === undefined ? undefined : kindsByEnding[path.extname(output).toLowerCase()]);
}

const kindsByEnding: Readonly<Record<string, string>> = {
  '.xml': 'junit',
  '.json': 'json',
  '.md': 'markdown',
  '.html': 'html',
};

function isForPrograms({ json, reporter, output }: Flags): boolean {
  return json === true || (reporter !== undefined && output === undefined);
}

function progressBar(say: Say): Watcher & { end?(): void } {
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total} {failed}',
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  let failed = 0;
  return {
    planned: (_, due) => bar.start(due.length, 0, { failed: '' }),
    result(result) {
      if (result.verdict === 'fail') failed++;
      bar.increment({ failed: failed === 0 ? '' : pc.red(say('check.failedSoFar', { n: failed })) });
    },
    end: () => bar.stop(),
  };
}
