import { sentence } from '../../messages/sentence.ts';
import { fileComplaint } from '../../messages/syntax.ts';
import type { Problem } from '../../model/problem.ts';
import type { RawBytes } from '../text/raw-document.ts';
import type { FileAccess } from '../read.ts';

/**
 * The files of a document on a server, for a reading that waits for none of them: what has not come yet is asked for, and the
 * reading begun anew once it is there.
 */
export class FilesAtHand implements FileAccess {
  readonly #files: FileAccess;
  readonly #here = new Map<string, RawBytes | Problem>();
  readonly #coming = new Map<string, Promise<void>>();

  constructor(files: FileAccess) {
    this.#files = files;
  }

  load(reference: string, from: string): Promise<RawBytes | Problem> {
    const key = JSON.stringify([reference, from]);
    const here = this.#here.get(key);
    if (here !== undefined) return Promise.resolve(here);
    if (!this.#coming.has(key)) this.#coming.set(key, this.#ask(key, reference, from));
    return Promise.resolve(notHereYet(reference));
  }

  list(glob: string, from: string): Promise<readonly string[]> {
    return this.#files.list(glob, from);
  }

  /** Whether there is more at hand than there was when the reading began; resolves when all it asked for has come. */
  async more(): Promise<boolean> {
    const coming = [...this.#coming.values()];
    await Promise.all(coming);
    this.#coming.clear();
    return coming.length > 0;
  }

  async #ask(key: string, reference: string, from: string): Promise<void> {
    try {
      this.#here.set(key, await this.#files.load(reference, from));
    } catch (error) {
      this.#here.set(key, unreadable(error, reference));
    }
  }
}

/** Ends a reading that is begun anew: nobody sees it. */
function notHereYet(file: string): Problem {
  return { level: 'error', code: 'not-here-yet', message: '', file };
}

export function unreadable(error: unknown, file: string): Problem {
  return {
    level: 'error',
    code: 'file-unreadable',
    message: sentence('notReadable', { why: fileComplaint(error) }),
    file,
  };
}
