import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../lib/errors.ts';
import { SaidError } from '../messages/said-error.ts';
import { sentence, type SentenceCode } from '../messages/sentence.ts';
import type { Sentence } from '../model/sentence.ts';

/** By the system's name of the error (errno(3)): what is the matter, and what to do. */
const troubles = {
  ENOSPC: ['diskFull', 'cli.freeSpace'],
  EDQUOT: ['diskFull', 'cli.freeSpace'],
  EFBIG: ['diskFull', 'cli.freeSpace'],
  EACCES: ['mayNotBeWritten', 'cli.writeElsewhere'],
  EPERM: ['mayNotBeWritten', 'cli.writeElsewhere'],
  EROFS: ['mayNotBeWritten', 'cli.writeElsewhere'],
  ENOENT: ['cli.noSuchFolder', 'cli.makeFolder'],
  ENOTDIR: ['cli.noSuchFolder', 'cli.makeFolder'],
  EISDIR: ['isFolder', 'cli.nameFile'],
} as const satisfies Readonly<Record<string, readonly [SentenceCode, SentenceCode]>>;

/** With what to do about it. */
class NotWritten extends SaidError {
  readonly hint: Sentence | undefined;

  constructor(said: Sentence, hint: Sentence | undefined, options: ErrorOptions) {
    super(said, options);
    this.hint = hint;
  }
}

/** Why something could not be written, and what can be done about it. @param file Absent: the output of the command. */
export function notWritten(error: unknown, file?: string): NotWritten {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const found = Object.entries(troubles).find(([name]) => name === code)?.[1];
  const said = messageOf(error);
  const why = found === undefined ? said : sentence('because', { what: sentence(found[0]), why: said });
  const message =
    file === undefined
      ? sentence('cli.outputNotWritten', { why })
      : sentence('cli.cannotBeWritten', { file, why });
  return new NotWritten(message, found && sentence(found[1]), { cause: error });
}

/** Rejects with a `SaidError` that has a hint. @param file As it was given. */
export async function writeText(
  folder: string,
  file: string,
  text: string,
  how: { readonly flag?: string; readonly mode?: number } = {},
): Promise<void> {
  try {
    await writeFile(path.resolve(folder, file), text, how);
  } catch (error) {
    throw notWritten(error, file);
  }
}
