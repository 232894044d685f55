import type { Settings } from '../../model/settings.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Documents } from './documents.ts';
import { type LocalWatcher, watchLocal } from '../../documents/sources/watch-local.ts';

export interface DocumentWatchOptions {
  readonly clock: Clock;
  readonly documents: Pick<Documents, 'refresh'>;
  readonly settings: () => Settings;
  readonly scheduler: { runNow(service: string): void };
  /** Nothing is begun any more once it has aborted. */
  readonly signal: AbortSignal;
}

/**
 * Has a service patrolled as soon as its documents on this machine have changed. One that cannot be read meanwhile,
 * because somebody is still writing it, waits for the next cycle.
 */
export class DocumentWatch {
  readonly #options: DocumentWatchOptions;
  readonly #watcher: LocalWatcher;
  #last: Promise<void> = Promise.resolve();

  constructor(options: DocumentWatchOptions) {
    this.#options = options;
    this.#watcher = watchLocal((service) => {
      this.#last = this.#last.then(() => this.#look(service));
    }, options.clock);
  }

  /** Watches the documents of the services as they are configured now. */
  follow(): void {
    this.#watcher.follow(this.#options.settings().services);
  }

  async close(): Promise<void> {
    await this.#watcher.close();
    await this.#last;
  }

  async #look(service: string): Promise<void> {
    const { documents, scheduler, signal } = this.#options;
    if (signal.aborted) return;
    const changed = await documents.refresh(service);
    if (changed && !signal.aborted) scheduler.runNow(service);
  }
}
