import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Secret } from '../../lib/secrets/secret.ts';
import { shellWord } from '../../lib/text/text.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Problem } from '../../model/problem.ts';
import type { Sentence } from '../../model/sentence.ts';

/** Whether everybody on the machine may read a file (absolute). */
export type IsReadableByAll = (file: string) => Promise<boolean>;

/** One notice for all files with secrets that everybody on this machine may read. */
export async function readableNotices(
  config: string,
  /** By absolute path, what was put into the configuration. */
  filled: ReadonlyMap<string, string>,
  secrets: readonly Secret[],
  isReadable: IsReadableByAll,
): Promise<readonly Problem[]> {
  const texts = secrets.map((secret) => secret.reveal());
  const open: string[] = [];
  for (const [file, text] of filled) {
    if (text === '' || !texts.some((secret) => secret.includes(text))) continue;
    if (await isReadable(file)) open.push(file);
  }
  if (open.length === 0) return [];
  return [{ level: 'info', code: 'readable-by-all', ...readableByAll(open), file: config }];
}

/** That everybody on this machine may read what these files hold, and what to do. */
export function readableByAll(files: readonly string[]): {
  readonly message: Sentence;
  readonly hint: Sentence;
} {
  return {
    message: sentence('secretsReadableByAll', { n: files.length, files }),
    hint: sentence('closeSecrets', { files: files.map(shellWord).join(' ') }),
  };
}

/** What a container is given by whatever runs it: nobody else is in there, and its mode is not for us to choose. */
const mounted = /^(?:\/var)?\/run\/secrets\/|\/\.\.\d{4}_/;
const others = { read: 0o004, enter: 0o001 };

export const isReadableByAll: IsReadableByAll = async (file) => {
  if (process.platform === 'win32') return false;
  try {
    const real = await realpath(file);
    if (mounted.test(real) || ((await stat(real)).mode & others.read) === 0) return false;
    for (let folder = path.dirname(real); ; folder = path.dirname(folder)) {
      if (((await stat(folder)).mode & others.enter) === 0) return false;
      if (folder === path.dirname(folder)) return true;
    }
  } catch {
    // What cannot be looked at from here others do not get at either.
    return false;
  }
};
