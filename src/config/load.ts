import { sentence } from '../messages/sentence.ts';
import { readFile as readFromDisk, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../lib/time/clock.ts';
import { SaidError } from '../messages/said-error.ts';
import { fileComplaint, fileHint } from '../messages/syntax.ts';
import { isInstalled } from '../lib/lazy.ts';
import type { Secret } from '../lib/secrets/secret.ts';
import { templateProblem } from '../lib/text/template.ts';
import type { Problem } from '../model/problem.ts';
import type { Settings } from '../model/settings.ts';
import { conform, type Shape } from './validation/conform.ts';
import { interpolate, type Interpolation, isStandIn } from './interpolate.ts';
import { isExample, withFittingStandIns } from './stand-ins.ts';
import { dotted, issueProblem, unknownKeyProblem } from './validation/issues.ts';
import { referenceProblems } from './validation/references.ts';
import { readHolidayFiles } from './holidays/files.ts';
import { isReadableByAll, type IsReadableByAll, readableNotices } from './validation/readable.ts';
import { warningsOf } from './validation/warnings.ts';
import { readOwnersFile } from './owners-file.ts';
import { builtIn, type Registries } from './registries.ts';
import { configSchema, type Written } from './schema/schema.ts';
import { filledInSecrets, secretsOf } from './validation/secrets.ts';
import { toSettings } from './settings.ts';
import { rootShape } from './tagged.ts';
import { YamlFile } from './yaml-file.ts';

export interface LoadOptions {
  readonly env: Interpolation['env'];
  /** Default: from disk. */
  readonly readFile?: Interpolation['readFile'];
  readonly registries?: Registries;
  /** IANA name; default: this machine's. */
  readonly hostTimeZone?: string;
  /** Epoch ms; default: now. */
  readonly now?: number;
  /**
   * For what looks at services, windows and the store and signs in nowhere: what the environment or a file does not give is made
   * up, or left out where nothing fits. Nothing made up is among the secrets. Default: it is a problem.
   */
  readonly standsIn?: boolean;
  /** Whether an optional dependency is there; default: as it is. */
  readonly isInstalled?: (name: string) => boolean;
  /** Default: as its mode and those of its folders say. */
  readonly isReadableByAll?: IsReadableByAll;
}

export interface LoadedConfig {
  readonly ok: true;
  readonly settings: Settings;
  /** Worth a line in the log; nothing is wrong. */
  readonly notices: readonly Problem[];
  /** For the redactor. */
  readonly secrets: readonly Secret[];
  /** Absolute paths of everything that was read: what to watch. */
  readonly files: readonly string[];
  /** What the address of the database lacks, in place of which something was made up; absent: nothing. */
  readonly storeLacks?: readonly Problem[];
}

export interface RefusedConfig {
  readonly ok: false;
  readonly problems: readonly Problem[];
  /** As in `LoadedConfig`: a mended file is worth another try. */
  readonly files: readonly string[];
}

/** Reads, fills in and checks a configuration file. Reports all that is wrong with it at once. */
export async function loadConfig(file: string, options: LoadOptions): Promise<LoadedConfig | RefusedConfig> {
  const { env, standsIn, readFile = readTextFile, registries = builtIn } = options;
  const self = path.resolve(file);
  const text = await readText(file, readFile);
  if (typeof text !== 'string') return { ok: false, problems: [text], files: [self] };
  const yaml = YamlFile.parse(file, text);
  if (!(yaml instanceof YamlFile)) return { ok: false, problems: yaml, files: [self] };

  const folder = path.dirname(self);
  const filledIn = await interpolate(yaml, { env, readFile, folder, standsIn });
  const checked = check(yaml, compiled(registries), registries.channels, standsIn === true);
  const owners = await readOwnersFile(checked.written?.ownersFile, folder, readFile, yaml);
  const holidays = await readHolidayFiles(checked.written?.calendar.file ?? [], folder, readFile, yaml);
  const files = [self, ...filledIn.files, ...owners.files, ...holidays.files];
  // What could not be filled in is not judged as well.
  const failed = new Set(filledIn.problems.map(placeKey));
  const found = [...checked.problems, ...templateProblems(checked.written, yaml)];
  const problems = [
    ...filledIn.problems,
    ...owners.problems,
    ...holidays.problems,
    ...found.filter((one) => !failed.has(placeKey(one))),
  ];
  if (checked.written === undefined || problems.length > 0)
    return { ok: false, problems: inOrder(problems), files };

  const settings = toSettings(checked.written, {
    folder,
    hostTimeZone: options.hostTimeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    owners: owners.overrides,
    specialDays: holidays.days,
    placeOf: (at) => Object.values(yaml.place(at)).join(':'),
  });
  const secrets = [...secretsOf(settings), ...filledInSecrets(checked.data, yaml)].filter(
    (secret) => standsIn !== true || !isMadeUp(secret.reveal(), registries),
  );
  const warnings = warningsOf({
    written: checked.written,
    settings,
    yaml,
    kinds: registries.channels,
    now: options.now ?? systemClock.now(),
    isInstalled: options.isInstalled ?? isInstalled,
  });
  const isReadable = options.isReadableByAll ?? isReadableByAll;
  const readable = await readableNotices(file, filledIn.given, secrets, isReadable);
  const storeAt = new Set([['store'], ['store', 'url']].map((at) => placeKey(yaml.place(at))));
  const storeLacks = filledIn.madeUp.filter((one) => storeAt.has(placeKey(one)));
  const lacks = storeLacks.length === 0 ? {} : { storeLacks };
  return { ok: true, settings, notices: [...warnings, ...readable], secrets, files, ...lacks };
}

function isMadeUp(text: string, { channels }: Registries): boolean {
  return isStandIn(text) || isExample(text, channels);
}

interface Compiled {
  readonly schema: ReturnType<typeof configSchema>;
  readonly shape: Shape;
}

const known = new WeakMap<Registries, Compiled>();

/** Building the schema takes longer than reading a file with it: once for each set of registries. */
function compiled(registries: Registries): Compiled {
  const before = known.get(registries);
  if (before !== undefined) return before;
  const schema = configSchema(registries);
  const result = { schema, shape: rootShape(schema) as Shape };
  known.set(registries, result);
  return result;
}

function check(
  yaml: YamlFile,
  { schema, shape }: Compiled,
  kinds: Registries['channels'],
  standsIn: boolean,
): { readonly data?: unknown; readonly written?: Written; readonly problems: readonly Problem[] } {
  const raw = yaml.data();
  if ('problem' in raw) return { problems: [raw.problem] };
  const { data: written, unknownKeys } = conform(raw.data, shape, (at) => yaml.isFilledIn(at));
  const unknown = unknownKeys.map((key) => unknownKeyProblem(key, yaml));
  const data = standsIn ? withFittingStandIns(written, schema, kinds) : written;
  const parsed = schema.safeParse(data);
  if (parsed.success)
    return { data, written: parsed.data, problems: [...unknown, ...referenceProblems(parsed.data, yaml)] };
  const issues = parsed.error.issues.filter((issue) => issue.code !== 'unrecognized_keys');
  return { problems: [...unknown, ...issues.map((issue) => issueProblem(issue, data, yaml))] };
}

function templateProblems(written: Written | undefined, yaml: YamlFile): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [name, { template }] of Object.entries(written?.channels ?? {})) {
    const wrong = template === undefined ? undefined : templateProblem(template);
    if (wrong === undefined) continue;
    const path = ['channels', name, 'template'];
    const message = sentence('noTemplate', { why: wrong });
    problems.push({
      level: 'error',
      code: 'template',
      message,
      ...yaml.place(path),
      pointer: dotted(path),
    });
  }
  return problems;
}

async function readText(file: string, readFile: Interpolation['readFile']): Promise<string | Problem> {
  try {
    return (await readFile(path.resolve(file))).replace(/^\uFEFF/, '');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const message = missing ? sentence('noSuchFile') : sentence('notReadable', { why: fileComplaint(error) });
    const hint = fileHint(
      error,
      sentence(missing ? 'initOrName' : error instanceof SaidError ? 'saveOrName' : 'nameAnother'),
    );
    return { level: 'error', code: missing ? 'file-not-found' : 'not-readable', message, file, hint };
  }
}

/** A configuration or a secret; whatever is larger is a mistake in a path. */
const largestFileBytes = 4 * 1024 * 1024;

async function readTextFile(file: string): Promise<string> {
  const found = await stat(file);
  if (found.isDirectory()) throw new SaidError(sentence('isFolder'));
  if (found.size > largestFileBytes) throw new SaidError(sentence('over4MiB'));
  const bytes = await readFromDisk(file);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw new SaidError(sentence('isUtf16'));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SaidError(sentence('isNotUtf8'));
  }
}

function placeKey({ line, column }: Pick<Problem, 'line' | 'column'>): string {
  return `${line}:${column}`;
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const rank = ({ line = 0, column = 0 }: Problem) => line * 10_000 + column;
  return problems.toSorted((a, b) => rank(a) - rank(b));
}
