import { shellWord } from '../lib/text/text.ts';
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { areMissing } from '../config/interpolate.ts';
import { type LoadedConfig, loadConfig, type RefusedConfig } from '../config/load.ts';
import { parseDuration } from '../lib/time/duration.ts';
import { createLogger, type Logger } from '../lib/logger.ts';
import { Redactor } from '../lib/secrets/secret.ts';
import type { Problem } from '../model/problem.ts';
import type { ServiceSettings, Settings } from '../model/settings.ts';
import type { PlanFilter } from '../plan/match.ts';
import { printJson, printProblems, readableLine, type Terminal } from './output.ts';
import type { Say } from './words.ts';

/** What every command is given instead of reaching for the process. */
export interface CliContext {
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
  /** Relative paths of the command line are resolved against it. */
  readonly cwd: string;
  /** Called once, when a command has ended. */
  finish(code: number): void;
}

/** Adds one command to the program. */
export type AddCommand = (program: Command, context: CliContext) => void;

const usualConfig = 'apipatrol.yaml';

export const configOption = ({ terminal: { say } }: CliContext): Option =>
  new Option('-c, --config <file>', say('option.config')).default(usualConfig).env('APIPATROL_CONFIG');

/** A command to copy, on the same configuration: `apipatrol why 'GET /orders' -c other.yaml`. */
export function commandLine({ config }: { readonly config: string }, ...words: readonly string[]): string {
  const named = config === usualConfig ? [] : ['-c', config];
  return ['apipatrol', ...words, ...named].map(shellWord).join(' ');
}

export const jsonOption = ({ terminal: { say } }: CliContext): Option =>
  new Option('--json', say('option.json'));

/** A span of time: `--since 7d`. */
export const durationOption = (
  { terminal: { say } }: CliContext,
  flags: string,
  description: string,
): Option => new Option(flags, description).argParser(durationArgument(say));

/** What `--help` ends with: commands to copy. */
export function examples({ terminal: { say } }: CliContext, ...lines: readonly string[]): string {
  return [say('help.examples', { n: lines.length }), ...lines.map((line) => `  $ apipatrol ${line}`)].join(
    '\n',
  );
}

export interface FilterFlags {
  readonly only?: readonly string[];
  readonly tag?: readonly string[];
  readonly service?: readonly string[];
}

export const filterOptions = ({ terminal: { say } }: CliContext): readonly Option[] => [
  new Option('--only <pattern...>', say('option.only')),
  new Option('--tag <tag...>', say('option.tag')),
  new Option('--service <name...>', say('option.service')),
];

export function filterFrom({ only, tag, service }: FilterFlags): PlanFilter | undefined {
  if (only === undefined && tag === undefined && service === undefined) return undefined;
  return {
    only,
    tags: tag,
    services: service,
  };
}

/** The services that a filter names: what others have is neither read nor told. */
export function servicesOf(
  { services }: Pick<Settings, 'services'>,
  { service: named }: FilterFlags,
): readonly ServiceSettings[] {
  return named === undefined ? services : services.filter(({ name }) => named.includes(name));
}

/** Notices about the services that a filter names, and about the configuration as a whole. */
function noticesFor({ notices, settings }: LoadedConfig, flags: FilterFlags): readonly Problem[] {
  const asked = servicesOf(settings, flags);
  return notices.filter(({ pointer = '' }) => {
    const index = /^services(?:\[|\.)(\d+)/.exec(pointer)?.[1];
    return index === undefined || asked.some((one) => one === settings.services[Number(index)]);
  });
}

/** Says so when a filter asks for a service that there is not. */
export function lacksService(
  { service }: FilterFlags,
  known: readonly string[],
  { err, say }: Terminal,
): boolean {
  const unknown = service?.find((name) => !known.includes(name));
  if (unknown === undefined) return false;
  err(
    say('cli.unknownService', { name: unknown }),
    say('cli.servicesAre', { n: known.length, names: known }),
  );
  return true;
}

/** The filter as it was written: `--only 'GET /orders*' --tag paid`; empty: there is none. */
export function shownFilter({ only = [], tag = [], service = [] }: FilterFlags): string {
  return [
    ...only.map((pattern) => `--only ${shellWord(pattern)}`),
    ...tag.map((name) => `--tag ${shellWord(name)}`),
    ...service.map((name) => `--service ${shellWord(name)}`),
  ].join(' ');
}

/** For commander: `7d`, `90m` → ms. */
export const durationArgument =
  (say: Say) =>
  (text: string): number => {
    const ms = parseDuration(text);
    if (ms === undefined) throw new InvalidArgumentError(say('usage.duration'));
    return ms;
  };

export interface Loaded {
  readonly file: string;
  readonly config: LoadedConfig;
  readonly redactor: Redactor;
}

/** The configuration, or `undefined` after everything that is wrong with it has been printed. */
export async function loadOrExplain(
  context: CliContext,
  flags: { readonly config: string; readonly json?: boolean } & FilterFlags,
  unsaid?: ReadonlySet<string>,
): Promise<Loaded | undefined> {
  const { file, config } = await loadFile(context, flags, 'with-secrets');
  return explain(context, file, config, flags, unsaid);
}

/**
 * What the file of the command line says, good or not, for a command that signs in nowhere and sends nothing: secrets that its
 * shell does not have are no reason to refuse it. Whoever is called at night has not sourced them.
 */
export async function loadFile(
  { cwd, env }: CliContext,
  flags: { readonly config: string },
  need: 'with-secrets' | 'without-secrets' = 'without-secrets',
): Promise<{ readonly file: string; readonly config: LoadedConfig | RefusedConfig }> {
  const file = path.resolve(cwd, flags.config);
  const relative = path.relative(cwd, file);
  const shown = relative === '' || relative.startsWith('..') ? file : relative;
  const config = await loadConfig(shown, { env });
  if (config.ok || need === 'with-secrets') return { file, config };
  const rest = await loadConfig(shown, { env, standsIn: true });
  if (rest.ok) return { file, config: { ...rest, notices: [] } };
  // Whatever else is wrong is not to be looked for among what this shell alone lacks.
  return { file, config: areMissing(config.problems) ? config : rest };
}

/** As `loadOrExplain`, for what neither signs in nor sends. */
export async function loadWithoutSecrets(
  context: CliContext,
  flags: { readonly config: string; readonly json?: boolean },
): Promise<Loaded | undefined> {
  const { file, config } = await loadFile(context, flags);
  return explain(context, file, config, flags);
}

/** Notices that need not be said again and again: `config check` says them, and what matters to a patrol its start. */
const saidOnce: ReadonlySet<string> = new Set(['unusual-interval', 'readable-by-all']);
/** What the first lines of a patrol say anyway. */
export const unsaidAtStart: ReadonlySet<string> = new Set(['unusual-interval']);

/** What was loaded, or `undefined` after everything that is wrong with it has been printed. */
export function explain(
  { terminal }: CliContext,
  file: string,
  config: LoadedConfig | RefusedConfig,
  { json, ...filter }: { readonly json?: boolean } & FilterFlags,
  unsaid: ReadonlySet<string> = saidOnce,
): Loaded | undefined {
  if (!config.ok) {
    if (json === true) printJson(terminal, { ok: false, problems: config.problems });
    else printProblems(terminal, config.problems);
    return undefined;
  }
  if (json !== true)
    printProblems(
      terminal,
      noticesFor(config, filter).filter(({ code }) => !unsaid.has(code)),
    );
  const redactor = new Redactor();
  for (const secret of config.secrets) redactor.add(secret);
  return { file, config, redactor };
}

/** Warnings and errors of a command that ends by itself, on stderr. */
export function commandLogger(context: CliContext, redactor: Redactor): Logger {
  return createLogger({
    level: 'error',
    redactor,
    destination: { write: (line) => context.terminal.err(readableLine(line).trimEnd()) },
  });
}
