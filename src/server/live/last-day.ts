import { hourMs } from '../../model/histogram.ts';
import type { Verdict } from '../../model/result.ts';
import { HourlyLatency, type Percentiles } from './hourly-latency.ts';

/** A quarter of an hour. */
export const slotMs = 900_000;
const slots = 96;
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
  readonly latency: HourlyLatency;
}

/** The last 24 hours of every check, in a kilobyte or two each: what the rows of the page are drawn from. */
export class LastDay {
  readonly #tracks = new Map<string, Track>();
  /** Where strips are made: ten thousand at a time should leave nothing to collect. */
  readonly #strip = Buffer.alloc(slots / 2);

  /** @param totalMs Absent when no answer arrived. */
  add(checkId: string, at: number, verdict: Verdict, totalMs: number | undefined): void {
    const slot = Math.floor(at / slotMs);
    const track = this.#track(checkId, slot);
    track.revision++;
    if (slot > track.last) forward(track, slot);
    else if (slot <= track.last - slots) return;
    const place = slot % slots;
    track.ranks[place] = Math.max(track.ranks[place] ?? 0, ranking.indexOf(verdict) + 1);
    if (totalMs !== undefined) track.latency.add(hourOf(at), totalMs);
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

  /** Of the 24 hours up to `now`. */
  latencies(checkId: string, now: number): Percentiles {
    return this.#tracks.get(checkId)?.latency.percentiles(hourOf(now)) ?? { p95s: [] };
  }

  #track(checkId: string, slot: number): Track {
    let track = this.#tracks.get(checkId);
    if (track === undefined) {
      track = {
        last: slot,
        revision: 0,
        ranks: new Uint8Array(slots),
        latency: new HourlyLatency(),
      };
      this.#tracks.set(checkId, track);
    }
    return track;
  }
}

function hourOf(at: number): number {
  return Math.floor(at / hourMs);
}

/** What the ring held of a day before is wiped out. */
function forward(track: Track, slot: number): void {
  for (let next = Math.max(track.last + 1, slot - slots + 1); next <= slot; next++)
    track.ranks[next % slots] = 0;
  track.last = slot;
}

function isKept({ last }: Track, slot: number): boolean {
  return slot <= last && slot > last - slots;
}

function rankAt(track: Track, slot: number): number {
  return isKept(track, slot) ? (track.ranks[slot % slots] ?? 0) : 0;
}
