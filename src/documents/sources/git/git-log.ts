import { ellipsize } from '../../../lib/text/text.ts';
import type { LastEdit } from '../../../model/document.ts';

/** What a line of `git log` says. */
export interface Commit {
  /** It has no parents, or they are not known here. */
  readonly isFirst: boolean;
  /** Epoch s, as the committer's clock had it. */
  readonly at: number;
  readonly author: string;
}

const dayMs = 86_400_000;
const nameBytes = 60;

/** As it may be shown; `undefined` when its time cannot be true. */
export function editOf({ at, author }: Commit, now: number): LastEdit | undefined {
  const atMs = at * 1000;
  if (!Number.isInteger(at) || at <= 0 || atMs > now + dayMs) return undefined;
  const by = nameOf(author);
  return by === '' ? { at: atMs } : { by, at: atMs };
}

/** A name on one line, without anything that cannot be seen and without an address of mail. */
function nameOf(author: string): string {
  const visible = author.replace(/\s+/g, ' ').replace(/\p{C}/gu, '');
  const name = visible.replace(/\S+@\S+/g, '').trim();
  return ellipsize(name === '' ? visible.replace(/@\S+.*$/, '').trim() : name, nameBytes);
}

/**
 * Reads `git log -z --name-only --format=%x01%P%x00%ct%x00%an` as it comes, newest first: keeps the first commit of
 * each name that is looked for.
 */
export class CommitReader {
  readonly found = new Map<string, Commit>();
  readonly #wanted: ReadonlySet<string>;
  readonly #decoder = new TextDecoder();
  readonly #head: string[] = [];
  #rest = '';

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  /** True when everything has been found. */
  read(chunk: Uint8Array): boolean {
    const fields = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\0');
    this.#rest = fields.pop() ?? '';
    for (const field of fields) this.#take(field);
    return this.found.size === this.#wanted.size;
  }

  #take(field: string): void {
    if (field.startsWith('\u0001')) this.#head.splice(0, this.#head.length, field.slice(1));
    else if (this.#head.length < 3) this.#head.push(field);
    else this.#note(field.replace(/^\n/, ''));
  }

  #note(name: string): void {
    if (!this.#wanted.has(name) || this.found.has(name)) return;
    const [parents = '', at = '', author = ''] = this.#head;
    this.found.set(name, { isFirst: parents === '', at: Number(at), author });
  }
}
