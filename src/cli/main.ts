#!/usr/bin/env node
import type { CliContext } from './command.ts';
import { endWhenFirst } from './first-process.ts';

// Before everything else is loaded, which takes longer than a container may live.
endWhenFirst();
const { CommanderError } = await import('commander');
const { endureBrokenOutput, exitCode, explain, terminalIn } = await import('./output.ts');
const { createProgram } = await import('./program.ts');
const { commandIn, languageOf } = await import('./words.ts');

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
