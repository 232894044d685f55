import { messageOf } from '../../lib/errors.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Settings } from '../../model/settings.ts';
import type { StoredWorker, WorkStore } from '../../work/ports.ts';
import type { Notice, OwnNotices } from '../daemon/own-notices.ts';

const lookMs = 1000;
/** A worker says that it is there more often than this, whatever it does: no cycle waits any longer for one that does not. */
const awayMs = 12_000;
/** Then people are told: it may have been started again. */
const silentMs = 25_000;
/** So much longer for one that is gone with another one. */
const togetherMs = silentMs - awayMs;
/** Workers of a server that has just started find it again, before people are told. */
const graceMs = 30_000;

export interface LocationWatchOptions {
  readonly work: WorkStore;
  readonly silent: OwnNotices;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Logger;
  /** Batches wait again. */
  readonly freed: () => void;
}

/** Looks after locations: whether anybody is at work there. */
export class LocationWatch {
  readonly #options: LocationWatchOptions;
  readonly #begun: number;
  readonly #begunAt: number;
  #wasServed: boolean | undefined;
  #silent: ReadonlySet<string> = new Set();
  #isUntold = true;

  constructor(options: LocationWatchOptions) {
    this.#options = options;
    this.#begun = options.clock.monotonic();
    this.#begunAt = options.clock.now();
  }

  readonly isSilent = (location: string): boolean => this.#silent.has(location);

  async run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#options;
    while (!signal.aborted) {
      try {
        await this.look();
        this.#isUntold = true;
      } catch (error) {
        if (this.#isUntold) log.warn('locations could not be looked after', { problem: messageOf(error) });
        this.#isUntold = false;
      }
      await clock.sleep(lookMs, signal);
    }
  }

  async look(): Promise<void> {
    const { work, silent, clock, settings } = this.#options;
    const wanted = locationsInUse(settings());
    let away: readonly string[] = [];
    if (wanted.length > 0) {
      if ((await work.takeBack()) > 0) this.#options.freed();
      const now = clock.now();
      const workers = await work.workers();
      const unheardMs = unheardFor(workers, now);
      away = wanted.filter((location) => unheardMs(location) >= awayMs);
      const told = await silent.going();
      const watchedMs = this.#servedFor(workers);
      this.#silent = new Set(away.filter((location) => watchedMs >= awayMs || told.includes(location)));
      if (watchedMs > graceMs) {
        const untold = away.filter((location) => !told.includes(location));
        await silent.beginAll(
          dueAmong(untold, unheardMs).map((location) => silence(location, now - unheardMs(location))),
        );
      }
    }
    const going = await silent.going();
    await silent.endAll(going.filter((location) => !away.includes(location)));
  }

  /**
   * How long workers have had somebody to ask, ms: without an end when another server took what they asked until this one
   * began, so that who was silent then was silent.
   */
  #servedFor(workers: readonly StoredWorker[]): number {
    this.#wasServed ??= workers.some(
      ({ seenAt = 0 }) => seenAt < this.#begunAt && seenAt > this.#begunAt - awayMs,
    );
    return this.#wasServed ? Number.POSITIVE_INFINITY : this.#options.clock.monotonic() - this.#begun;
  }
}

/** How long nothing has been heard from a location, ms. */
function unheardFor(workers: readonly StoredWorker[], now: number): (location: string) => number {
  return (location) => {
    const seen = workers.flatMap((one) => (one.location === location ? (one.seenAt ?? []) : []));
    return seen.length === 0 ? Number.POSITIVE_INFINITY : now - Math.max(...seen);
  };
}

/** What is gone at one time is told at once: those that are about to be silent for long enough are waited for, and not for long. */
function dueAmong(away: readonly string[], unheardMs: (location: string) => number): readonly string[] {
  const due = away.filter((location) => unheardMs(location) >= silentMs);
  const isAlone = due.length === away.length;
  return isAlone || due.some((location) => unheardMs(location) >= silentMs + togetherMs) ? due : [];
}

function locationsInUse({ services, locations = {} }: Settings): readonly string[] {
  const used = new Set(services.flatMap((service) => service.locations ?? []));
  return Object.keys(locations).filter((location) => used.has(location));
}

/** @param heardAt Epoch ms; not finite: there has never been anybody. */
function silence(location: string, heardAt: number): Notice {
  return {
    name: location,
    since: Number.isFinite(heardAt) ? heardAt : undefined,
    told: {
      label: sentence('theLocation', { location }),
      severity: 'critical',
      verdict: 'fail',
      reason: { code: 'location', message: sentence('locationSilent', { location }) },
      hint: sentence('startWorkerThere', { location }),
    },
  };
}
