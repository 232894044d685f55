import { type Command, Option } from 'commander';
import { packageVersion } from '../lib/version.ts';
import type { AddCommand, CliContext } from './command.ts';
import { CommandInWords, refusalInWords } from './commander-words.ts';
import { languages } from './words.ts';

/** Every command, in the order in which `--help` lists them; each is loaded when it is needed. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  init: async () => (await import('./commands/init.ts')).initCommand,
  scan: async () => (await import('./commands/scan.ts')).scanCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  status: async () => (await import('./commands/status.ts')).statusCommand,
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
  config: async () => (await import('./commands/config.ts')).configCommand,
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
  const named = first === undefined ? undefined : commands[first];
  const onlyVersion = first === '--version' || first === '-V';
  const loaders = named !== undefined ? [named] : onlyVersion ? [] : Object.values(commands);
  for (const add of await Promise.all(loaders.map((load) => load()))) add(program, context);
  return program;
}
