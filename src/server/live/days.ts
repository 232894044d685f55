import type { Clock } from '../../lib/time/clock.ts';
import { hourMs } from '../../model/histogram.ts';
import type { Store } from '../../store/store.ts';

/** What came of the calls of a service on one day of a wall clock. */
export interface Day {
  /** `2026-11-24` */
  readonly date: string;
  readonly good: number;
  readonly bad: number;
}

interface Sum {
  good: number;
  bad: number;
}

const dayMs = 86_400_000;
/** The hour that goes on is added up from single results. */
const freshMs = 60_000;
/** Hours that are over are final once their last cycles have closed. */
const settledMs = 2 * hourMs;

/** Hours of the last months by service, read once and then only what has been added since. */
export class Days {
  readonly #store: Pick<Store, 'hourCounts'>;
  readonly #clock: Pick<Clock, 'now'>;
  /** Hour → service → what came of it. */
  readonly #hours = new Map<number, Map<string, Sum>>();
  #readTo: number | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(store: Pick<Store, 'hourCounts'>, clock: Pick<Clock, 'now'>) {
    this.#store = store;
    this.#clock = clock;
  }

  /** The last `count` days by the wall clock of the zone, oldest first, today included. */
  async of(
    services: readonly string[],
    timeZone: string,
    count: number,
  ): Promise<ReadonlyMap<string, readonly Day[]>> {
    const now = this.#clock.now();
    await this.#read(now, count);
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
    const dates = datesUntil(now, count, format);
    const days = new Map(
      services.map((service) => [service, dates.map((date) => ({ date, good: 0, bad: 0 }))]),
    );
    const places = new Map(dates.map((date, index) => [date, index]));
    for (const [hour, sums] of this.#hours) {
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

  #read(now: number, count: number): Promise<void> {
    if (now - this.#readAt < freshMs && now >= this.#readAt) return Promise.resolve();
    this.#reading ??= this.#readOn(now, count).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readOn(now: number, count: number): Promise<void> {
    const oldest = now - (count + 1) * dayMs;
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

/** Share of what went well, 0 to 1; `undefined` when nothing counted. */
export function rateOf(days: readonly Pick<Day, 'good' | 'bad'>[]): number | undefined {
  const good = days.reduce((sum, day) => sum + day.good, 0);
  const bad = days.reduce((sum, day) => sum + day.bad, 0);
  return good + bad === 0 ? undefined : good / (good + bad);
}

/** Noon is on the same day wherever the clocks change. */
function datesUntil(now: number, count: number, format: Intl.DateTimeFormat): readonly string[] {
  const noon = Date.parse(`${format.format(now)}T12:00:00Z`);
  return Array.from({ length: count }, (_, index) =>
    new Date(noon - (count - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
}
