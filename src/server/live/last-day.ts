import type { Verdict } from '../../model/result.ts';

/** A quarter of an hour. */
export const slotMs = 900_000;
const slots = 96;
const slotsAnHour = 4;
/** Letters of a strip, the best first: the worst one of a stretch of time wins. */
const ranking: readonly Verdict[] = ['pass', 'degraded', 'unknown', 'blocked', 'fail'];
const letters = Buffer.from('.pdubf');

interface Track {
  /** The last slot something was written to; what lies 96 slots before it has been overwritten. */
  last: number;
  /** Grows with everything that is written. */
  revision: number;
  /** 0: nothing, else 1 + place in `ranking`. */
  readonly ranks: Uint8Array;
  /** The slowest answer of each slot, ms; NaN: none. */
  readonly totals: Float32Array;
}

/** The last 24 hours of every check in less than a kilobyte each: what the strips of the page are drawn from. */
export class LastDay {
  readonly #tracks = new Map<string, Track>();
  /** Where strips and percentiles are made: ten thousand at a time should leave nothing to collect. */
  readonly #strip = Buffer.alloc(slots / 2);
  readonly #slowest = new Float64Array(slots - rankOf95(slots) + 1);

  /** @param totalMs Absent when no answer arrived. */
  add(checkId: string, at: number, verdict: Verdict, totalMs: number | undefined): void {
    const slot = Math.floor(at / slotMs);
    const track = this.#track(checkId, slot);
    track.revision++;
    if (slot > track.last) forward(track, slot);
    else if (slot <= track.last - slots) return;
    const place = slot % slots;
    track.ranks[place] = Math.max(track.ranks[place] ?? 0, ranking.indexOf(verdict) + 1);
    if (totalMs === undefined) return;
    const slowest = track.totals[place] ?? Number.NaN;
    track.totals[place] = Number.isNaN(slowest) ? totalMs : Math.max(slowest, totalMs);
  }

  /** Changes when something has been written that may show in a strip or a percentile. */
  revision(checkId: string): number {
    return this.#tracks.get(checkId)?.revision ?? 0;
  }

  /** The 48 half hours up to `now`, oldest first: see `OperationRow.strip`. */
  strip(checkId: string, now: number): string {
    const track = this.#tracks.get(checkId);
    const halves = slots / 2;
    if (track === undefined) return '.'.repeat(halves);
    const first = Math.floor(now / (2 * slotMs)) * 2 + 2 - slots;
    for (let half = 0; half < halves; half++) {
      const slot = first + half * 2;
      this.#strip[half] = letters[Math.max(rankAt(track, slot), rankAt(track, slot + 1))] ?? 0;
    }
    return this.#strip.toString('latin1');
  }

  /** 95th percentile of each of the 24 hours up to `now`, oldest first, and of all of them; ms. */
  latencies(
    checkId: string,
    now: number,
  ): { readonly p95Ms?: number; readonly p95s: readonly (number | null)[] } {
    const track = this.#tracks.get(checkId);
    if (track === undefined) return { p95s: [] };
    const end = Math.floor(now / (slotsAnHour * slotMs)) * slotsAnHour + slotsAnHour - 1;
    const hours: (number | null)[] = [];
    let count = 0;
    this.#slowest.fill(0);
    for (let slot = end - slots + 1; slot <= end; slot += slotsAnHour) {
      let slowest = Number.NaN;
      for (let part = slot; part < slot + slotsAnHour; part++) {
        const total = totalAt(track, part);
        if (Number.isNaN(total)) continue;
        count++;
        if (total > (this.#slowest[this.#slowest.length - 1] ?? 0)) insert(this.#slowest, total);
        // Of so few samples the 95th percentile is the greatest.
        if (!(total <= slowest)) slowest = total;
      }
      hours.push(Number.isNaN(slowest) ? null : Math.round(slowest));
    }
    if (count === 0) return { p95s: [] };
    const p95Ms = this.#slowest[count - rankOf95(count)] ?? 0;
    return { p95Ms: Math.round(p95Ms * 10) / 10, p95s: hours };
  }

  #track(checkId: string, slot: number): Track {
    let track = this.#tracks.get(checkId);
    if (track === undefined) {
      track = {
        last: slot,
        revision: 0,
        ranks: new Uint8Array(slots),
        totals: new Float32Array(slots).fill(Number.NaN),
      };
      this.#tracks.set(checkId, track);
    }
    return track;
  }
}

/** Counted from the quickest, from 1; the 95th percentile of a day is among its five slowest. */
function rankOf95(count: number): number {
  return Math.ceil(0.95 * count - 1e-9);
}

/** Keeps the greatest, which stand in descending order; cheaper than sorting what is thrown away. */
function insert(greatest: Float64Array, value: number): void {
  let place = greatest.length;
  while (place > 0 && value > (greatest[place - 1] ?? 0)) {
    if (place < greatest.length) greatest[place] = greatest[place - 1] ?? 0;
    place--;
  }
  if (place < greatest.length) greatest[place] = value;
}

/** What the ring held of a day before is wiped out. */
function forward(track: Track, slot: number): void {
  for (let next = Math.max(track.last + 1, slot - slots + 1); next <= slot; next++) {
    track.ranks[next % slots] = 0;
    track.totals[next % slots] = Number.NaN;
  }
  track.last = slot;
}

function isKept({ last }: Track, slot: number): boolean {
  return slot <= last && slot > last - slots;
}

function rankAt(track: Track, slot: number): number {
  return isKept(track, slot) ? (track.ranks[slot % slots] ?? 0) : 0;
}

function totalAt(track: Track, slot: number): number {
  return isKept(track, slot) ? (track.totals[slot % slots] ?? Number.NaN) : Number.NaN;
}
