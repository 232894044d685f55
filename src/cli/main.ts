#!/usr/bin/env node
import { CommanderError } from 'commander';
import type { CliContext } from './command.ts';
import { endureBrokenOutput, exitCode, explain, terminalIn } from './output.ts';
import { createProgram } from './program.ts';
import { commandIn, languageOf } from './words.ts';

const args = process.argv.slice(2);
const terminal = terminalIn(languageOf(args, process.env));

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

endureBrokenOutput(terminal, ['run', 'serve', 'worker'].includes(commandIn(args) ?? ''));

try {
  const program = await createProgram(context, commandIn(args));
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCode.pass : exitCode.cannotRun;
  } else {
    explain(terminal, error);
    process.exitCode = exitCode.cannotRun;
  }
}
