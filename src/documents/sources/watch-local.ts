import { isAddress } from '../../lib/net/address-scheme.ts';
import { type FSWatcher, watch } from 'chokidar';
import path from 'node:path';
import type { Clock } from '../../lib/time/clock.ts';
import type { ServiceSettings } from '../../model/settings.ts';
import { parseGitAddress } from './git/git.ts';
import { folderOf, isPattern } from './local-files.ts';

/** A deployment copies many files, an editor writes one in several steps. */
const settleMs = 1000;
/** What may be documents; anything else in the same folders changes for other reasons. */
const maybeDocument = /\.(?:json|ya?ml|md|markdown|http|rest|har|bru|graphqls?|gql|apib|txt|sh|curl)$/i;
const neverEntered = /(?:^|[/\\])(?:node_modules|\.[^./\\][^/\\]*)(?:[/\\]|$)/;

export interface LocalWatcher {
  /** Watches the files and folders of these services from now on instead. */
  follow(services: readonly ServiceSettings[]): void;
  close(): Promise<void>;
}

/**
 * Calls `onChange` with the name of a service some time after something has changed where its documents stand. It may
 * be no document: a look tells. What the file system does not tell (network drives) is seen with the next scan.
 */
export function watchLocal(onChange: (service: string) => void, clock: Clock): LocalWatcher {
  const watchers = new Map<string, Watcher>();
  return {
    follow(services) {
      const wanted = new Map(services.map((service) => [service.name, placesOf(service)]));
      for (const [name, watcher] of watchers) {
        if (wanted.get(name)?.join('\0') === watcher.places.join('\0')) continue;
        void watcher.close();
        watchers.delete(name);
      }
      for (const [name, places] of wanted) {
        if (places.length > 0 && !watchers.has(name))
          watchers.set(name, new Watcher(places, () => onChange(name), clock));
      }
    },
    async close() {
      await Promise.all([...watchers.values()].map((watcher) => watcher.close()));
    },
  };
}

class Watcher {
  readonly places: readonly string[];
  readonly #events: FSWatcher;
  #cancel: () => void = () => undefined;

  constructor(places: readonly string[], onChange: () => void, clock: Clock) {
    this.places = places;
    this.#events = watch([...places], {
      ignoreInitial: true,
      followSymlinks: false,
      // A path without its kind is a folder until the opposite is known.
      ignored: (place, kind) =>
        places.every((root) => neverEntered.test(path.relative(root, place))) ||
        (kind?.isFile() === true && !maybeDocument.test(place)),
    });
    this.#events.on('all', () => {
      this.#cancel();
      this.#cancel = clock.after(settleMs, onChange);
    });
    this.#events.on('error', () => undefined);
  }

  async close(): Promise<void> {
    this.#cancel();
    await this.#events.close();
  }
}

/** A file alone does not have its whole folder watched: that may be a home or a repository. */
function placesOf({ docs }: ServiceSettings): readonly string[] {
  const local = docs.filter((entry) => !isAddress(entry) && parseGitAddress(entry) === undefined);
  return [
    ...new Set(
      local.map((entry) => (path.extname(entry) === '' || isPattern(entry) ? folderOf(entry) : entry)),
    ),
  ];
}
