import type { Clock } from '../../lib/time/clock.ts';
import { hourMs } from '../../model/histogram.ts';
import type { Store } from '../../store/store.ts';
import type { ServiceDay } from './service-day.ts';

/** What came of the calls of a service on one day of a wall clock. */
export interface Day {
  /** `2026-11-24` */
  readonly date: string;
  readonly good: number;
  readonly bad: number;
}

interface Sum {
  readonly good: number;
  readonly bad: number;
}

type Hours = Map<number, Map<string, Sum>>;
type Lately = Pick<ServiceDay, 'wholeFrom' | 'hours'>;

const dayMs = 86_400_000;
/** As far back as anybody asks, whatever is asked for first: no more than 90 days, and one of another zone. */
const reachMs = 92 * dayMs;
/** The hour that goes on is added up from single results, as long as it is not known otherwise. */
const freshMs = 60_000;
/** Hours that are over are final once their last cycles have closed. */
const settledMs = 2 * hourMs;

/**
 * Hours of the last months by service, read once and then only what has been added since. The last of them are those of the last
 * 24 hours, so that what is said of both is the same.
 */
export class Days {
  readonly #store: Pick<Store, 'hourCounts'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #lately: Lately;
  /** Hour → service → what came of it. */
  readonly #hours: Hours = new Map();
  #readTo: number | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(store: Pick<Store, 'hourCounts'>, clock: Pick<Clock, 'now'>, lately: Lately) {
    this.#store = store;
    this.#clock = clock;
    this.#lately = lately;
  }

  /** Reads what has been added up before, so that the first one who asks does not wait for it. */
  warm(): Promise<void> {
    return this.#read(this.#clock.now());
  }

  /** The last `count` days by the wall clock of the zone, oldest first, today included. */
  async of(
    services: readonly string[],
    timeZone: string,
    count: number,
  ): Promise<ReadonlyMap<string, readonly Day[]>> {
    const now = this.#clock.now();
    await this.#read(now);
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
    const dates = datesUntil(now, count, format);
    const days = new Map(
      services.map((service) => [service, dates.map((date) => ({ date, good: 0, bad: 0 }))]),
    );
    const places = new Map(dates.map((date, index) => [date, index]));
    for (const [hour, sums] of this.#hoursUntilNow(services, now)) {
      const place = places.get(format.format(hour));
      if (place === undefined) continue;
      for (const [service, { good, bad }] of sums) {
        const day = days.get(service)?.[place];
        if (day === undefined) continue;
        day.good += good;
        day.bad += bad;
      }
    }
    return days;
  }

  #hoursUntilNow(services: readonly string[], now: number): Hours {
    const lateFrom = this.#lately.wholeFrom(now);
    if (lateFrom === undefined) return this.#hours;
    const hours = new Map([...this.#hours].filter(([hour]) => hour < lateFrom));
    for (const service of services) {
      for (const { at, good, bad } of this.#lately.hours(service, lateFrom, now)) {
        const sums = hours.get(at) ?? new Map<string, Sum>();
        hours.set(at, sums.set(service, { good, bad }));
      }
    }
    return hours;
  }

  #read(now: number): Promise<void> {
    const staleMs = this.#lately.wholeFrom(now) === undefined ? freshMs : hourMs;
    if (now - this.#readAt < staleMs && now >= this.#readAt) return Promise.resolve();
    this.#reading ??= this.#readOn(now).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readOn(now: number): Promise<void> {
    const oldest = now - reachMs;
    const from = Math.max(oldest, (this.#readTo ?? oldest) - settledMs);
    const read = new Map<number, Map<string, Sum>>();
    for await (const { hour, service, counts } of this.#store.hourCounts({ from, to: now })) {
      const sums = read.get(hour) ?? new Map<string, Sum>();
      sums.set(service, { good: counts.pass + counts.degraded, bad: counts.fail });
      read.set(hour, sums);
    }
    for (const [hour, sums] of read) this.#hours.set(hour, sums);
    for (const hour of this.#hours.keys()) if (hour < oldest) this.#hours.delete(hour);
    this.#readTo = now;
    this.#readAt = now;
  }
}

/** Noon is on the same day wherever the clocks change. */
function datesUntil(now: number, count: number, format: Intl.DateTimeFormat): readonly string[] {
  const noon = Date.parse(`${format.format(now)}T12:00:00Z`);
  return Array.from({ length: count }, (_, index) =>
    new Date(noon - (count - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
}
