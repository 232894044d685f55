import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { InvalidArgumentError, Option } from 'commander';
import { pc } from '../paint.ts';
import { mayBlameAtFirstSight } from '../../app/cycle/without-memory.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { type CycleReport, patrol, type Watcher } from '../../app/run-cycle.ts';
import { type Baseline, readBaseline } from '../baseline.ts';
import { type CheckRun, exitCodeOf, type FailOn, failThresholds, judgeRun, maskedRun } from '../check-run.ts';
import {
  type AddCommand,
  type CliContext,
  commandLine,
  configOption,
  explain,
  type FilterFlags,
  filterFrom,
  filterOptions,
  jsonOption,
  type Loaded,
  loadOrExplain,
  shownFilter,
  unknownService,
} from '../command.ts';
import { configFromFlags } from '../document-config.ts';
import { interruptible, withParts } from '../oneshot.ts';
import { exitCode, printProblems } from '../output.ts';
import { printRun } from '../print-run.ts';
import { markdown } from '../reporters/markdown.ts';
import { reporters } from '../reporters/registry.ts';

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
}

export const checkCommand: AddCommand = (program, context) => {
  const command = program
    .command('check')
    .description('Call every operation once, now')
    .argument('[document]', 'File, folder, glob or URL of API docs to check without a configuration')
    .addOption(configOption())
    .addOption(jsonOption());
  for (const option of filterOptions()) command.addOption(option);
  for (const option of documentOptions()) command.addOption(option);
  for (const option of reportOptions()) command.addOption(option);
  command
    .addHelpText(
      'after',
      `
What counts as failed (--fail-on):
  fail      what no value of ours explains: a 5xx, a business error, a broken promise
  degraded  also what is slow, flaky or bends its promise
  drift     also what differs from the document beside that
  unproven  also what a made-up value, an example or a parameter that is not sent may explain

Exit codes:
  0    nothing failed, or only what the baseline knows
  1    something failed, by --fail-on
  2    could not run: configuration, document or sign-in
  130  interrupted

Examples:
  $ apipatrol check
  $ apipatrol check --only 'GET /orders*' --json
  $ apipatrol check ./openapi.yaml --base-url http://localhost:8080
  $ apipatrol check http://localhost:8080/v3/api-docs --bearer "$TOKEN" --reporter junit --output patrol.xml
  $ apipatrol check --reporter json --output baseline.json
  $ apipatrol check --baseline baseline.json --fail-on drift --reporter github`,
    )
    .action(async (document: string | undefined, flags: Flags) =>
      context.finish(await check(context, document, flags)),
    );
};

const documentOptions = (): readonly Option[] => [
  new Option('--base-url <url>', 'Base URL for [document] (default: its own servers)'),
  new Option('--bearer <token>', 'Bearer token for [document]').env('APIPATROL_BEARER'),
  new Option('--header <header...>', "Headers for [document]: 'X-Tenant: 7'").argParser(headerArgument),
];

const reportOptions = (): readonly Option[] => [
  new Option('--reporter <form>', 'Write a report in this format').choices(reporters.map(({ kind }) => kind)),
  new Option('--output <file>', 'Report file (default: standard output, instead of the usual one)'),
  new Option('--fail-on <level>', 'Exit with 1 from this level on; each includes the ones before')
    .choices(failThresholds)
    .default('fail'),
  new Option('--baseline <file>', 'Earlier JSON report: known failures do not count'),
];

function headerArgument(line: string, before: readonly string[] = []): readonly string[] {
  if (!/^[\w!#$%&'*+.^`|~-]+\s*:\s*\S/.test(line)) throw new InvalidArgumentError("write 'Name: value'.");
  return [...before, line];
}

async function check(context: CliContext, document: string | undefined, flags: Flags): Promise<number> {
  const misplaced = misplacedFlag(document, flags);
  if (misplaced !== undefined) {
    context.terminal.err(
      `--${misplaced} goes with a document\n  → apipatrol check DOCUMENT --${misplaced} …`,
    );
    return exitCode.cannotRun;
  }
  const loaded = await loadFor(context, document, flags);
  if (loaded === undefined) return exitCode.cannotRun;
  if (flags.output !== undefined && kindOf(flags) === undefined) {
    context.terminal.err(`--output ${flags.output}: in what form?\n  → Give --reporter too.`);
    return exitCode.cannotRun;
  }
  const unknown = unknownService(
    flags,
    loaded.config.settings.services.map(({ name }) => name),
  );
  if (unknown !== undefined) {
    context.terminal.err(unknown);
    return exitCode.cannotRun;
  }
  const baseline =
    flags.baseline === undefined ? undefined : await readBaseline(path.resolve(context.cwd, flags.baseline));
  if (baseline !== undefined && 'level' in baseline) {
    printProblems(context.terminal, [baseline]);
    return exitCode.cannotRun;
  }
  const signal = interruptible();
  const report = await runOnce(context, loaded, flags, baseline, signal);
  const run = judgeRun(report, flags.failOn, baseline);
  await tell(context, maskedRun(run, loaded.redactor), document, flags);
  return signal.aborted ? exitCode.interrupted : exitCodeOf(run);
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
  if (document === undefined) return loadOrExplain(context, { config: flags.config, json });
  const { baseUrl, bearer, header } = flags;
  const config = await configFromFlags(
    {
      document,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(bearer === undefined ? {} : { bearer }),
      ...(header === undefined ? {} : { header }),
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
  const services = settings.services.map(({ name }) => name);
  const assignment = { settings, dueAt: systemClock.now(), services, missed: 0 };
  const progress = isForPrograms(flags) || !context.terminal.interactive ? {} : progressBar();
  const report = await withParts(
    context,
    loaded,
    (parts) =>
      patrol(parts, { ...assignment, ...(filter === undefined ? {} : { filter }) }, signal, progress),
    (check, result, isTokenTaken) =>
      baseline?.hasPassed(check) === true || mayBlameAtFirstSight(check, result, isTokenTaken),
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
  const text = reporter?.render(run);
  if (text === undefined || flags.output !== undefined) {
    const scan = document === undefined ? { scan: commandLine(flags, 'scan') } : {};
    printRun(terminal, run, { filter: shownFilter(flags), ...scan });
  }
  if (text === undefined) return;
  if (flags.output === undefined) terminal.out(text);
  else await writeReport(path.resolve(cwd, flags.output), text);
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (kind === 'github' && summary !== undefined) await appendFile(summary, markdown.render(run));
}

async function writeReport(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, `${text}\n`);
  } catch (error) {
    throw new Error('--output: the report cannot be written', { cause: error });
  }
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

function progressBar(): Watcher & { end?(): void } {
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
      bar.increment({ failed: failed === 0 ? '' : pc.red(`${failed} failed`) });
    },
    end: () => bar.stop(),
  };
}
