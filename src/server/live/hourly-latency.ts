import { bucketOf, bucketValue } from '../../model/histogram.ts';

/** More buckets than there are for any duration: 1023 stands for longer than a century. */
const bucketsAnHour = 1024;
const mostCounted = 65_535;
const hours = 24;

/** Percentiles of each of the 24 hours, oldest first, and of all of them; ms within 2 %, null and absent without answers. */
export interface Percentiles {
  readonly p95Ms?: number;
  readonly p95s: readonly (number | null)[];
}

/** How long the answers to one check took in each of 24 hours: a histogram an hour, six bytes for each bucket that has something. */
export class HourlyLatency {
  /** Hour since 1970 and bucket in one number, ascending. */
  #keys = new Uint32Array(4);
  #counts = new Uint16Array(4);
  #used = 0;

  add(hour: number, totalMs: number): void {
    const newest = this.#used === 0 ? hour : hourOf(this.#keys[this.#used - 1] ?? 0);
    if (hour <= newest - hours) return;
    if (hour > newest) this.#forget(hour - hours);
    const key = hour * bucketsAnHour + Math.min(bucketOf(totalMs), bucketsAnHour - 1);
    const place = this.#placeOf(key);
    if (place === this.#used || this.#keys[place] !== key) this.#insert(place, key);
    this.#counts[place] = Math.min((this.#counts[place] ?? 0) + 1, mostCounted);
  }

  /** @param last The hour that goes on. */
  percentiles(last: number): Percentiles {
    const p95s: (number | null)[] = [];
    day.fill(0);
    let all = 0;
    let from = this.#placeOf((last - hours + 1) * bucketsAnHour);
    for (let hour = last - hours + 1; hour <= last; hour++) {
      const to = this.#endOf(hour, from);
      const count = this.#collect(from, to);
      all += count;
      p95s.push(count === 0 ? null : Math.round(bucketValue(this.#bucketOfHour(to, count))));
      from = to;
    }
    if (all === 0) return { p95s: [] };
    return { p95Ms: Math.round(bucketValue(bucketOfDay(all)) * 10) / 10, p95s };
  }

  /** Adds what stands there to `day`; returns how many it is. */
  #collect(from: number, to: number): number {
    let sum = 0;
    for (let at = from; at < to; at++) {
      const count = this.#counts[at] ?? 0;
      const bucket = (this.#keys[at] ?? 0) % bucketsAnHour;
      day[bucket] = (day[bucket] ?? 0) + count;
      sum += count;
    }
    return sum;
  }

  /** @param end Behind the hour's last one. */
  #bucketOfHour(end: number, count: number): number {
    let left = slowerThanP95(count);
    let at = end - 1;
    while (left >= (this.#counts[at] ?? 0)) left -= this.#counts[at--] ?? 0;
    return (this.#keys[at] ?? 0) % bucketsAnHour;
  }

  #endOf(hour: number, from: number): number {
    let to = from;
    while (to < this.#used && hourOf(this.#keys[to] ?? 0) === hour) to++;
    return to;
  }

  /** Of the first that is not less than it. */
  #placeOf(key: number): number {
    let low = 0;
    let high = this.#used;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #insert(place: number, key: number): void {
    if (this.#used === this.#keys.length) this.#grow();
    this.#keys.copyWithin(place + 1, place, this.#used);
    this.#counts.copyWithin(place + 1, place, this.#used);
    this.#keys[place] = key;
    this.#counts[place] = 0;
    this.#used++;
  }

  #grow(): void {
    const size = Math.ceil(this.#keys.length * 1.5);
    const [keys, counts] = [new Uint32Array(size), new Uint16Array(size)];
    keys.set(this.#keys);
    counts.set(this.#counts);
    this.#keys = keys;
    this.#counts = counts;
  }

  /** That hour and what was before it. */
  #forget(hour: number): void {
    const kept = this.#placeOf((hour + 1) * bucketsAnHour);
    this.#keys.copyWithin(0, kept, this.#used);
    this.#counts.copyWithin(0, kept, this.#used);
    this.#used -= kept;
  }
}

/** Where a day is added up: ten thousand at a time should leave nothing to collect. */
const day = new Float64Array(bucketsAnHour);

function bucketOfDay(count: number): number {
  let left = slowerThanP95(count);
  let bucket = bucketsAnHour - 1;
  while (bucket > 0 && left >= (day[bucket] ?? 0)) left -= day[bucket--] ?? 0;
  return bucket;
}

/** How many stand above the nearest rank. */
function slowerThanP95(count: number): number {
  return count - Math.max(1, Math.ceil(0.95 * count - 1e-9));
}

function hourOf(key: number): number {
  return Math.floor(key / bucketsAnHour);
}
