import { sentence } from '../messages/sentence.ts';
import { Semaphore } from '../lib/limits.ts';
import { sha256 } from '../lib/text/text.ts';
import type { Problem } from '../model/problem.ts';
import { limits } from './limits.ts';
import type { CachedDocument, Validator } from './ports.ts';
import type { RawBytes } from './text/raw-document.ts';
import type { FileAccess } from './read.ts';
import type { Fetched, Files } from './sources/place.ts';

type TrackedFile = CachedDocument['files'][number];
type Content = Extract<Fetched, { kind: 'content' }>;

/** Lets a reader at the files of one document and remembers what it was given, so that a change is noticed later. */
export class TrackedFiles implements FileAccess {
  readonly #files: Files;
  readonly #signal: AbortSignal;
  readonly #fetched: Map<string, Promise<Fetched>>;
  readonly #tracked = new Map<string, Validator>();
  /** What is too much is seen before the next file is asked for. */
  readonly #places = new Semaphore(4);
  readonly #asked = new Set<string>();
  readonly #most: { readonly files: number; readonly bytes: number };
  #bytes = 0;

  /** `fetched`: what is in hand already, by uri. */
  constructor(files: Files, fetched: ReadonlyMap<string, Content>, signal: AbortSignal) {
    this.#files = files;
    this.#signal = signal;
    this.#most = this.isRemote
      ? { files: limits.remoteFiles, bytes: limits.remoteBytes }
      : { files: limits.documentFiles, bytes: limits.documentBytes };
    this.#fetched = new Map([...fetched].map(([uri, content]) => [uri, Promise.resolve(content)]));
  }

  get files(): readonly TrackedFile[] {
    return [...this.#tracked].map(([uri, validator]) => ({ uri, validator }));
  }

  get isRemote(): boolean {
    return this.#files.pathOf === undefined;
  }

  async load(reference: string, from: string): Promise<RawBytes | Problem> {
    const uri = await this.#files.resolve(reference, from);
    if (typeof uri !== 'string') return uri;
    const leave = await this.#places.acquire();
    try {
      return await this.#read(uri, from);
    } finally {
      leave();
    }
  }

  async #read(uri: string, from: string): Promise<RawBytes | Problem> {
    if (!this.#asked.has(uri) && this.#asked.size >= this.#most.files) return this.#tooManyFiles(from);
    if (this.#bytes > this.#most.bytes) return this.#tooManyBytes(from);
    this.#asked.add(uri);
    const content = await this.#fetch(uri);
    if (content.kind !== 'content') {
      this.#tracked.set(uri, {});
      return content.kind === 'failed' ? content.problem : missing(uri);
    }
    if (!this.#tracked.has(uri)) this.#bytes += content.bytes.length;
    this.#tracked.set(uri, content.validator);
    if (this.#bytes > this.#most.bytes) return this.#tooManyBytes(from);
    const { bytes, contentType } = content;
    return { uri, bytes, contentType };
  }

  async list(glob: string, from: string): Promise<readonly string[]> {
    const found = await this.#files.list(glob, from);
    this.#tracked.set(listingUri(glob, from), { hash: sha256(found.join('\n')) });
    return found;
  }

  #fetch(uri: string): Promise<Fetched> {
    const running = this.#fetched.get(uri) ?? this.#files.fetch(uri, undefined, this.#signal);
    this.#fetched.set(uri, running);
    return running;
  }

  #tooManyFiles(file: string): Problem {
    return {
      level: 'error',
      code: 'too-many-files',
      message: sentence('refersToTooManyFiles', { limit: this.#most.files }),
      file,
    };
  }

  #tooManyBytes(file: string): Problem {
    return {
      level: 'error',
      code: 'document-too-large',
      message: sentence('refersToTooManyBytes', { limit: this.#most.bytes }),
      file,
    };
  }
}

export type Recheck =
  | { readonly kind: 'unchanged' }
  /** Same content, new validators: to be noted, not to be parsed. */
  | { readonly kind: 'touched'; readonly files: readonly TrackedFile[] }
  | { readonly kind: 'changed'; readonly fetched: ReadonlyMap<string, Content> }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Whether any file of a document that was read before is another one now. */
export async function recheck(known: CachedDocument, files: Files, signal: AbortSignal): Promise<Recheck> {
  const looks = await Promise.all(
    known.files.map(async (file) => ({ file, now: await look(file, files, signal) })),
  );
  const entry = looks[0];
  if (entry?.now.kind === 'failed') return { kind: 'failed', problem: entry.now.problem };
  const fetched = new Map<string, Content>();
  let same = true;
  for (const { file, now } of looks) {
    if (now.kind === 'content') fetched.set(file.uri, now);
    same &&= isSame(file.validator, now);
  }
  if (!same) return { kind: 'changed', fetched };
  if (fetched.size === 0) return { kind: 'unchanged' };
  const updated = known.files.map(({ uri, validator }) => ({
    uri,
    validator: fetched.get(uri)?.validator ?? validator,
  }));
  return { kind: 'touched', files: updated };
}

async function look({ uri, validator }: TrackedFile, files: Files, signal: AbortSignal): Promise<Fetched> {
  const listing = listingOf(uri);
  if (listing === undefined) return files.fetch(uri, validator, signal);
  const hash = sha256((await files.list(listing.glob, listing.from)).join('\n'));
  if (hash === validator.hash) return { kind: 'unchanged' };
  return { kind: 'failed', problem: missing(uri) };
}

function isSame(before: Validator, now: Fetched): boolean {
  switch (now.kind) {
    case 'unchanged':
      return true;
    case 'content':
      return before.hash === now.validator.hash;
    case 'failed':
      return before.hash === undefined;
  }
}

/** A folder that was listed is remembered like a file whose content are the names in it. */
function listingUri(glob: string, from: string): string {
  return `glob:${JSON.stringify([glob, from])}`;
}

function listingOf(uri: string): { readonly glob: string; readonly from: string } | undefined {
  if (!uri.startsWith('glob:')) return undefined;
  const [glob, from] = JSON.parse(uri.slice('glob:'.length)) as [string, string];
  return { glob, from };
}

function missing(file: string): Problem {
  return { level: 'error', code: 'file-not-found', message: sentence('doesNotExist'), file };
}
