import { type Argument, Command, Help, Option } from 'commander';
import { packageVersion } from '../lib/version.ts';
import type { AddCommand, CliContext } from './command.ts';
import { languages, type Say, type Words } from './words.ts';
import stringWidth from 'string-width';
import { sentence } from '../messages/sentence.ts';
import type { OwnSentence } from '../model/sentence.ts';

/** Every command, in the order in which `--help` lists them; each is loaded when it is needed. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  init: async () => (await import('./commands/init.ts')).initCommand,
  scan: async () => (await import('./commands/scan.ts')).scanCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  worker: async () => (await import('./commands/worker.ts')).workerCommand,
  'run-now': async () => (await import('./commands/run-now.ts')).runNowCommand,
  status: async () => (await import('./commands/status.ts')).statusCommand,
  health: async () => (await import('./commands/health.ts')).healthCommand,
  'set-up': async () => (await import('./commands/set-up.ts')).setUpCommand,
  why: async () => (await import('./commands/why.ts')).whyCommand,
  ack: async () => (await import('./commands/ack.ts')).ackCommand,
  comment: async () => (await import('./commands/ack.ts')).commentCommand,
  silence: async () => (await import('./commands/silence.ts')).silenceCommand,
  maintenance: async () => (await import('./commands/maintenance.ts')).maintenanceCommand,
  audit: async () => (await import('./commands/audit.ts')).auditCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  notify: async () => (await import('./commands/notify.ts')).notifyCommand,
  auth: async () => (await import('./commands/auth.ts')).authCommand,
  user: async () => (await import('./commands/user.ts')).userCommand,
  replay: async () => (await import('./commands/replay.ts')).replayCommand,
  store: async () => (await import('./commands/store.ts')).storeCommand,
  config: async () => (await import('./commands/config.ts')).configCommand,
  completion: async () => (await import('./commands/completion.ts')).completionCommand,
};

/** The command line; only the command that is asked for is loaded, all of them when none is. */
export async function createProgram(context: CliContext, first?: string): Promise<Command> {
  const { say } = context.terminal;
  const program = new CommandInWords(context.terminal, 'apipatrol')
    .description(say('help.program'))
    .version(packageVersion(), '-V, --version', say('help.version'))
    .addOption(new Option('--language <language>', say('help.language')).choices(languages))
    .helpOption('-h, --help', say('help.help'))
    .helpCommand('help [command]', say('help.help'))
    .showSuggestionAfterError()
    .showHelpAfterError(say('help.seeHelp'))
    .configureOutput({ outputError: (text, write) => write(refusalInWords(text, context.terminal)) })
    .addHelpText(
      'after',
      `
${say('help.exitCodes')}
  
  ${say('help.startHere')}
    $ apipatrol init
    $ apipatrol scan
    $ apipatrol serve`,
    )
    .exitOverride();
  // What completes the others has to know them.
  const named = first === undefined || first === 'completion' ? undefined : commands[first];
  const onlyVersion = first === '--version' || first === '-V';
  const loaders = named !== undefined ? [named] : onlyVersion ? [] : Object.values(commands);
  for (const add of await Promise.all(loaders.map((load) => load()))) add(program, context);
  return program;
}

type Named = Readonly<Record<string, string>>;

/** A command whose help is in the language of whoever reads, and so that of those below it. */
class CommandInWords extends Command {
  readonly #words: Words;

  constructor(words: Words, name?: string) {
    super(name);
    this.#words = words;
  }

  override createCommand(name?: string): Command {
    return new CommandInWords(this.#words, name);
  }

  override createHelp(): Help {
    return Object.assign(new HelpInWords(this.#words), this.configureHelp());
  }
}

/** What commander says of a command line, and what we say in its place. */
const refusals: readonly (readonly [form: RegExp, said: (named: Named) => OwnSentence])[] = [
  [/^unknown option '(?<flag>.+)'$/, ({ flag = '' }) => sentence('usage.unknownOption', { flag })],
  [/^unknown command '(?<name>.+)'$/, ({ name = '' }) => sentence('usage.unknownCommand', { name })],
  [
    /^missing required argument '(?<name>.+)'$/,
    ({ name = '' }) => sentence('usage.missingArgument', { name }),
  ],
  [/^option '(?<flags>.+)' argument missing$/, ({ flags = '' }) => sentence('usage.missingValue', { flags })],
  [
    /^required option '(?<flags>.+)' not specified$/,
    ({ flags = '' }) => sentence('usage.missingOption', { flags }),
  ],
  [
    /^option '(?<flags>.+?)' argument '(?<value>.*)' is invalid\. (?<why>.*)$/s,
    ({ flags = '', value = '', why = '' }) =>
      sentence('usage.invalidOption', { flags, value, why: allowedIn(why) }),
  ],
  [
    /^option '(?<flags>.+?)' value '(?<value>.*)' from env '(?<name>.+)' is invalid\. (?<why>.*)$/s,
    ({ flags = '', value = '', name = '', why = '' }) =>
      sentence('usage.invalidOptionFromEnv', { flags, value, name, why: allowedIn(why) }),
  ],
  [
    /^command-argument value '(?<value>.*)' is invalid for argument '(?<name>.+?)'\. (?<why>.*)$/s,
    ({ value = '', name = '', why = '' }) =>
      sentence('usage.invalidArgument', { value, name, why: allowedIn(why) }),
  ],
  [
    /^too many arguments(?: for '(?<name>.+)')?\. Expected (?<n>\d+) arguments? but got (?<got>\d+)\.$/,
    ({ name, n, got = '' }) =>
      sentence('usage.tooMany', {
        forCommand: name === undefined ? '' : sentence('usage.forCommand', { name }),
        n: Number(n),
        got,
      }),
  ],
];

function allowedIn(why: string): OwnSentence | string {
  const choices = /^Allowed choices are (.*)\.$/.exec(why)?.[1];
  return choices === undefined ? why : sentence('usage.allowed', { choices: choices.split(', ') });
}

/** `error: unknown option '--jsn'` and, below it, `(Did you mean --json?)`, in the language of whoever reads. */
function refusalInWords(text: string, words: Words): string {
  const [first = '', second] = text.trimEnd().split(/\n(?=\(Did you mean )/);
  const what = first.replace(/^error: /, '');
  const told = refusals.flatMap(([form, said]) => {
    const named = form.exec(what)?.groups;
    return named === undefined ? [] : [said(named)];
  });
  const lines = [words.say('usage.error', { what: told[0] ?? what })];
  if (second !== undefined) lines.push(suggestionInWords(second, words.say));
  return `${lines.join('\n')}\n`;
}

function suggestionInWords(text: string, say: Say): string {
  const names = /^\(Did you mean (one of )?(.*)\?\)$/.exec(text);
  if (names === null) return text;
  const [, several, which = ''] = names;
  return several === undefined
    ? say('usage.didYouMean', { name: which })
    : say('usage.didYouMeanOne', { names: which });
}

/** `--help` in a language. */
class HelpInWords extends Help {
  readonly #say: Say;
  readonly #titles: ReadonlyMap<string, string>;

  constructor({ say }: Words) {
    super();
    this.#say = say;
    this.#titles = new Map([
      ['Usage:', say('help.usage')],
      ['Arguments:', say('help.arguments')],
      ['Options:', say('help.options')],
      ['Global Options:', say('help.globalOptions')],
      ['Commands:', say('help.commands')],
    ]);
    this.showGlobalOptions = true;
  }

  override styleTitle(title: string): string {
    return this.#titles.get(title) ?? title;
  }

  override commandUsage(command: Command): string {
    return this.#places(super.commandUsage(command));
  }

  override subcommandTerm(command: Command): string {
    return this.#places(super.subcommandTerm(command));
  }

  #places(text: string): string {
    return text
      .replace('[options]', this.#say('help.optionsPlace'))
      .replace('[command]', this.#say('help.commandPlace'));
  }

  override optionDescription(option: Option): string {
    const { argChoices, defaultValue, defaultValueDescription, envVar, description } = option;
    const usual = defaultValueDescription ?? JSON.stringify(defaultValue);
    return this.#described(description, [
      ...(argChoices === undefined ? [] : [this.#choices(argChoices)]),
      ...(defaultValue === undefined ? [] : [this.#say('help.default', { value: usual })]),
      ...(envVar === undefined ? [] : [this.#say('help.env', { name: envVar })]),
    ]);
  }

  override argumentDescription(argument: Argument): string {
    return argument.description;
  }

  #choices(choices: readonly string[]): string {
    return this.#say('help.choices', { choices: choices.map((one) => JSON.stringify(one)) });
  }

  #described(text: string, more: readonly string[]): string {
    return more.length === 0
      ? text
      : this.#say('help.more', { text, more: more.join(this.#say('help.separator')) });
  }

  override displayWidth(text: string): number {
    return stringWidth(text);
  }

  /** As the original, which breaks lines at blanks alone; Chinese has none, and breaks between any two characters. */
  override boxWrap(text: string, width: number): string {
    if (width < this.minWidthToWrap) return text;
    return text
      .split(/\r?\n/)
      .map((line) => this.#wrapped(line, width))
      .join('\n');
  }

  #wrapped(line: string, width: number): string {
    const lines: string[] = [];
    let current = '';
    for (const [piece] of line.matchAll(unbroken)) {
      const fits = this.displayWidth(current + piece) <= width;
      if (fits || current === '') current += piece;
      else {
        lines.push(current);
        current = piece.trimStart();
      }
    }
    return [...lines, current].join('\n');
  }
}

/** A word, or a Chinese character with the marks that may not stand apart from it; with the blanks before it. */
const unbroken =
  /\s*[（“《]*(?:\p{Script=Han}[，。、；：？！）”》…]*|(?:(?![（“《]|\p{Script=Han})\S)+)|\s*[（“《]+/gu;
