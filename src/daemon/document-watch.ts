import { messageOf } from '../kit/errors.ts';
import type { Settings } from '../model/settings.ts';
import type { Parts } from '../parts.ts';
import { scan } from '../patrol.ts';
import { type LocalWatcher, watchLocal } from '../scan/sources/watch-local.ts';

export interface DocumentWatchOptions {
  readonly parts: Parts;
  readonly settings: () => Settings;
  readonly scheduler: { isBusy(source: string): boolean; runNow(source: string): void };
  /** Nothing is begun any more once it has aborted. */
  readonly signal: AbortSignal;
}

/**
 * Has a source patrolled as soon as its documents on this machine have changed. One that cannot be read meanwhile,
 * because somebody is still writing it, waits for the next cycle.
 */
export class DocumentWatch {
  readonly #options: DocumentWatchOptions;
  readonly #watcher: LocalWatcher;
  #last: Promise<void> = Promise.resolve();

  constructor(options: DocumentWatchOptions) {
    this.#options = options;
    this.#watcher = watchLocal((source) => {
      this.#last = this.#last.then(() => this.#look(source));
    }, options.parts.clock);
  }

  /** Watches the documents of the sources as they are configured now. */
  follow(): void {
    this.#watcher.follow(this.#options.settings().sources);
  }

  async close(): Promise<void> {
    await this.#watcher.close();
    await this.#last;
  }

  async #look(source: string): Promise<void> {
    const { parts, scheduler, settings, signal } = this.#options;
    try {
      // While a source is being patrolled its documents are read anyway.
      if (signal.aborted || scheduler.isBusy(source)) return;
      const { changes } = await scan(parts, { settings: settings(), sources: [source] }, signal);
      if (changes.length > 0 && !signal.aborted && !scheduler.isBusy(source)) scheduler.runNow(source);
    } catch (error) {
      parts.log.error('changed documents could not be looked at', { source, problem: messageOf(error) });
    }
  }
}
