#!/usr/bin/env node
import { CommanderError } from 'commander';
import { saidBy } from '../messages/said-error.ts';
import { isOwnSentence } from '../model/sentence.ts';
import type { CliContext } from './command.ts';
import { endureClosedPipes, exitCode, terminalIn } from './output.ts';
import { createProgram } from './program.ts';
import { commandIn, languageOf } from './words.ts';

const args = process.argv.slice(2);
const terminal = terminalIn(languageOf(args, process.env));

/** With what to do about it, where the error knows. */
function explain(error: unknown): void {
  const hint = error instanceof Error && 'hint' in error ? error.hint : undefined;
  const isSaid = typeof hint === 'string' || isOwnSentence(hint);
  terminal.err(terminal.inWords(saidBy(error)), isSaid ? terminal.inWords(hint) : undefined);
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

endureClosedPipes();

try {
  const program = await createProgram(context, commandIn(args));
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCode.pass : exitCode.cannotRun;
  } else {
    explain(error);
    process.exitCode = exitCode.cannotRun;
  }
}
