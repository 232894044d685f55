#!/usr/bin/env node
import { isOwnSentence } from '../model/sentence.ts';
import { inEnglish } from '../messages/in-language.ts';
import { CommanderError } from 'commander';
import { messageOf } from '../lib/errors.ts';
import type { CliContext } from './command.ts';
import { endureClosedPipes, exitCode, terminal } from './output.ts';
import { createProgram } from './program.ts';

/** With what to do about it, where the error knows. */
function explained(error: unknown): string {
  const hint = error instanceof Error && 'hint' in error ? error.hint : undefined;
  const isSaid = typeof hint === 'string' || isOwnSentence(hint);
  return isSaid ? `${messageOf(error)}\n  → ${inEnglish(hint)}` : messageOf(error);
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
  const program = await createProgram(context, process.argv[2]);
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCode.pass : exitCode.cannotRun;
  } else {
    terminal.err(explained(error));
    process.exitCode = exitCode.cannotRun;
  }
}
