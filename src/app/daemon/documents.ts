import type { Clock } from '../../lib/time/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { SingleFlight } from '../../lib/single-flight.ts';
import type { Document } from '../../model/document.ts';
import type { ServiceSettings, Settings } from '../../model/settings.ts';
import type { Parts } from '../composition.ts';
import { type Reading, scan } from '../run-cycle.ts';
import type { ScanReport } from '../../documents/scan.ts';
import { type LocalWatcher, watchLocal } from '../../documents/sources/watch-local.ts';

export interface DocumentsOptions {
  readonly parts: Pick<Parts, 'scanner' | 'store' | 'clock'>;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Documents have come that the first cycle of a service did not wait for. */
  readonly late: (service: string) => void;
}

/** Documents are read so long before the next cycle of their service, or in the middle of a shorter interval. */
const aheadMs = 20_000;

/** How long the first cycle of a service waits for more of its documents, once one has been read. */
const moreMs = 2000;

interface Kept {
  documents: readonly Document[];
  problems: ScanReport['problems'];
  /** What has come since a cycle took the documents last. */
  changes: ScanReport['changes'];
  unreadable?: ScanReport['unreadable'];
  /** When they were asked for, epoch ms; absent: they are those of the process before. */
  readonly at?: number;
}

/**
 * The documents of each service as they were last readable. They are read beside the cycles: no cycle waits for them, but
 * for the first one of a service of which nothing is known, until the first of them have been read.
 */
export class Documents {
  readonly #options: DocumentsOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #reading = new SingleFlight<boolean>();
  readonly #ahead = new Map<string, () => void>();
  /** Services of which a document could not be read when they were read last. */
  readonly #unread = new Set<string>();

  constructor(options: DocumentsOptions) {
    this.#options = options;
  }

  /** When those of a service were asked for last, epoch ms. */
  readAt(service: string): number | undefined {
    return this.#kept.get(service)?.at;
  }

  /** For a cycle that begins now. */
  async take(service: string): Promise<Reading> {
    const kept = await this.#keptOf(service);
    const { changes, unreadable, at: _, ...rest } = kept;
    kept.changes = [];
    delete kept.unreadable;
    return { ...rest, changes, unreadable };
  }

  /** Has them read shortly before the next cycle, which is due in so long. */
  readBefore(service: string, inMs: number): void {
    this.#ahead.get(service)?.();
    const wait = Math.max(inMs - aheadMs, inMs / 2);
    this.#ahead.set(
      service,
      this.#options.clock.after(wait, () => void this.refresh(service)),
    );
  }

  /** Reads them now, once for all who ask; whether something has changed. Never rejects. */
  refresh(service: string): Promise<boolean> {
    return this.#reading.run(service, async () => {
      const { parts, settings, signal, log } = this.#options;
      if (signal.aborted) return false;
      try {
        const before = this.#settingsOf(service);
        const report = await scan(parts, { settings: settings(), services: [service] }, signal);
        // Where they stand, or how they are fetched, may be another matter by now.
        if (signal.aborted || this.#settingsOf(service) !== before) return false;
        this.#keep(service, report);
        return report.changes.length > 0;
      } catch (error) {
        log.error('documents could not be looked at', { service, problem: messageOf(error) });
        return false;
      }
    });
  }

  /** Asks anew for what could not be read, once something has ended that may have kept it from being read. */
  async readAgain(): Promise<void> {
    await Promise.all(
      [...this.#unread].map(async (service) => {
        // What is under way was asked for before.
        await this.#reading.settled(service);
        await this.refresh(service);
      }),
    );
  }

  /** What is known of these is outdated, or no longer wanted. */
  forget(services: readonly string[]): void {
    for (const service of services) {
      this.#kept.delete(service);
      this.#unread.delete(service);
      this.#ahead.get(service)?.();
      this.#ahead.delete(service);
    }
  }

  /** Resolves when nothing is being read any more. */
  async close(): Promise<void> {
    for (const cancel of this.#ahead.values()) cancel();
    await this.#reading.settled();
  }

  async #keptOf(service: string): Promise<Kept> {
    const known = this.#kept.get(service);
    if (known !== undefined) return known;
    const recalled = await this.#options.parts.scanner.recall(service);
    const reading = this.refresh(service);
    const documents = recalled.length > 0 ? recalled : await this.#firstOf(service, reading);
    if (documents.length === 0 && !this.#kept.has(service)) await this.refresh(service);
    const kept = this.#kept.get(service) ?? { documents, problems: [], changes: [] };
    this.#kept.set(service, kept);
    return kept;
  }

  /** What has been read of a service of which nothing was known; nothing, once all of it has been. */
  async #firstOf(service: string, reading: Promise<boolean>): Promise<readonly Document[]> {
    const { clock, parts, late } = this.#options;
    const isRead = new AbortController();
    const ended = reading.finally(() => isRead.abort());
    for (;;) {
      await clock.sleep(moreMs, isRead.signal);
      if (isRead.signal.aborted) return [];
      const documents = await parts.scanner.recall(service);
      if (documents.length === 0) continue;
      const known = new Set(documents.map(({ contentHash }) => contentHash));
      void ended.then(() => {
        const read = this.#kept.get(service)?.documents ?? [];
        const isMore = read.some(({ contentHash }) => !known.has(contentHash));
        if (isMore && !this.#options.signal.aborted) late(service);
      });
      return documents;
    }
  }

  #settingsOf(service: string): ServiceSettings | undefined {
    return this.#options.settings().services.find(({ name }) => name === service);
  }

  #keep(service: string, { documents, problems, changes, unreadable }: ScanReport): void {
    const before = this.#kept.get(service);
    if (unreadable.length === 0) this.#unread.delete(service);
    else this.#unread.add(service);
    this.#kept.set(service, {
      documents,
      problems,
      changes: [...(before?.changes ?? []), ...changes],
      unreadable,
      at: this.#options.clock.now(),
    });
  }
}

interface DocumentWatchOptions {
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
