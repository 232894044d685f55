import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { type Clock, systemClock } from '../lib/time/clock.ts';
import { sha256 } from '../lib/text/text.ts';

export interface ConfigWatcher {
  /** Watches these files from now on instead. */
  follow(files: readonly string[]): void;
  close(): Promise<void>;
}

/** Editors write in several steps; a mounted config map swaps several links. */
const settleMs = 200;
/** Network drives and mounts into containers tell nothing: look for oneself. */
const lookMs = 10_000;

/**
 * Calls `onChange` when the content of one of the files (absolute) has changed, however it was replaced: written in
 * place, renamed over, or by swapping a symbolic link anywhere on the way to it. Missing files are waited for.
 */
export function watchConfig(
  files: readonly string[],
  onChange: () => void,
  options: { readonly clock?: Clock } = {},
): ConfigWatcher {
  return new Watch(files, onChange, options.clock ?? systemClock);
}

class Watch implements ConfigWatcher {
  readonly #onChange: () => void;
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  #files: readonly string[];
  #fingerprint: string | undefined;
  #events: FSWatcher | undefined;
  #watched: ReadonlySet<string> = new Set();
  #cancelLook: () => void = () => undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(files: readonly string[], onChange: () => void, clock: Clock) {
    this.#files = files;
    this.#onChange = onChange;
    this.#clock = clock;
    this.#last = this.#look();
  }

  follow(files: readonly string[]): void {
    if (files.join('\0') === this.#files.join('\0')) return;
    this.#files = files;
    this.#fingerprint = undefined;
    this.#soon(0);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#cancelLook();
    await this.#last;
    await this.#events?.close();
  }

  /** One look at a time; an event while one is pending moves it. */
  #soon(ms: number): void {
    if (this.#stop.signal.aborted) return;
    this.#cancelLook();
    this.#cancelLook = this.#clock.after(ms, () => {
      this.#last = this.#last.then(() => this.#look());
    });
  }

  async #look(): Promise<void> {
    const files = this.#files;
    const found = await fingerprint(files);
    await this.#listen(files);
    if (files === this.#files) {
      const known = this.#fingerprint;
      this.#fingerprint = found;
      if (known !== undefined && known !== found && !this.#stop.signal.aborted) this.#onChange();
    }
    this.#soon(lookMs);
  }

  /** Listens to the folders that the files, and what they link to, are in. */
  async #listen(files: readonly string[]): Promise<void> {
    const real = await Promise.all(files.map((file) => realpath(file).catch(() => file)));
    const folders = new Set([...files, ...real].map((file) => path.dirname(file)));
    const wanted = new Set([...files, ...real, ...folders]);
    if (wanted.size === this.#watched.size && [...wanted].every((place) => this.#watched.has(place))) return;
    this.#watched = wanted;
    await this.#events?.close();
    if (this.#stop.signal.aborted) return;
    this.#events = watch([...folders], {
      depth: 0,
      ignoreInitial: true,
      followSymlinks: false,
      // `..data` is the link that Kubernetes swaps.
      ignored: (place) => !wanted.has(place) && path.basename(place) !== '..data',
    });
    this.#events.on('all', () => this.#soon(settleMs));
    this.#events.on('error', () => undefined);
  }
}

async function fingerprint(files: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    files.map((file) =>
      readFile(file).then(
        (bytes) => sha256(bytes),
        () => 'missing',
      ),
    ),
  );
  return parts.join(' ');
}
