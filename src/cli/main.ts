#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { messageOf } from '../kit/errors.ts';
import { packageVersion } from '../version.ts';
import { checkCommand } from './check.ts';
import type { AddCommand, CliContext } from './command.ts';
import { configCommand } from './config.ts';
import { exitCode, terminal } from './output.ts';
import { initCommand } from './init.ts';
import { reportCommand } from './report.ts';
import { runCommand } from './run.ts';
import { scanCommand } from './scan.ts';
import { statusCommand } from './status.ts';

/** Every command, in the order in which `--help` lists them. */
const commands: readonly AddCommand[] = [
  initCommand,
  scanCommand,
  checkCommand,
  runCommand,
  statusCommand,
  reportCommand,
  configCommand,
];

const context: CliContext = {
  terminal,
  env: process.env,
  cwd: process.cwd(),
  finish(code) {
    process.exitCode = code;
  },
};

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
  $ apipatrol run`,
  )
  .exitOverride();

for (const add of commands) add(program, context);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCode.pass : exitCode.cannotRun;
  } else {
    terminal.err(messageOf(error));
    process.exitCode = exitCode.cannotRun;
  }
}
