#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { messageOf } from '../lib/errors.ts';
import { packageVersion } from '../lib/version.ts';
import type { AddCommand, CliContext } from './command.ts';
import { endureClosedPipes, exitCode, terminal } from './output.ts';

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

/** With what to do about it, where the error knows. */
function explained(error: unknown): string {
  const hint = error instanceof Error && 'hint' in error ? error.hint : undefined;
  return typeof hint === 'string' ? `${messageOf(error)}\n  → ${hint}` : messageOf(error);
}

const context: CliContext = {
  terminal,
  env: process.env,
  cwd: process.cwd(),
  finish(code) {
    process.exitCode = code;
  },
};

// At a limit on the size of files (ulimit -f) a write fails, which is told; the signal beside it would end the process.
process.on('SIGXFSZ', () => undefined);

const program = new Command('apipatrol')
  .description('Calls every interface that your documents describe, and tells WeCom what broke.')
  .version(packageVersion())
  .showSuggestionAfterError()
  .showHelpAfterError('(see --help)')
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    `
Exit codes:
  0  all pass        1  something failed        2  could not run

Start here:
  $ apipatrol init
  $ apipatrol scan
  $ apipatrol serve`,
  )
  .exitOverride();

endureClosedPipes();
const [first = ''] = process.argv.slice(2);
const named = commands[first];
const onlyVersion = first === '--version' || first === '-V';
const loaders = named !== undefined ? [named] : onlyVersion ? [] : Object.values(commands);
for (const add of await Promise.all(loaders.map((load) => load()))) add(program, context);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCode.pass : exitCode.cannotRun;
  } else {
    terminal.err(explained(error));
    process.exitCode = exitCode.cannotRun;
  }
}
