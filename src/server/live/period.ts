import { countVerdicts, successRateOf } from '../../model/cycle.ts';
import {
  emptyHistogram,
  type Histogram,
  hourMs,
  type HourRollup,
  mergeHistograms,
  summarizeHistogram,
} from '../../model/histogram.ts';
import type { Verdict } from '../../model/result.ts';
import type { VerdictCounts } from '../api/common.ts';
import type { Report } from '../api/reports.ts';

const listed = 10;

interface Sum {
  readonly counts: Record<Verdict, number>;
  latency: Histogram[];
}

interface CheckSum extends Sum {
  readonly service: string;
}

/** Adds up the hours of a period: by hour, by service and by operation. */
export class PeriodSums {
  readonly #hours = new Map<number, Sum>();
  readonly #services = new Map<string, Sum>();
  readonly #checks = new Map<string, CheckSum>();

  add({ hour, service, checks }: HourRollup): void {
    const ofHour = sumIn(this.#hours, hour);
    const ofService = sumIn(this.#services, service);
    for (const { checkId, counts, latency } of checks) {
      let ofCheck = this.#checks.get(checkId);
      if (ofCheck === undefined) {
        ofCheck = { service, counts: countVerdicts([]), latency: [] };
        this.#checks.set(checkId, ofCheck);
      }
      for (const sum of [ofHour, ofService, ofCheck]) {
        for (const verdict of Object.keys(counts) as Verdict[]) sum.counts[verdict] += counts[verdict];
        sum.latency.push(latency);
      }
    }
    // Many small histograms cost more than one large one.
    for (const sum of [ofHour, ofService]) sum.latency = [mergeHistograms(sum.latency)];
  }

  report(
    nameOf: (checkId: string) => string,
  ): Pick<Report, 'counts' | 'successRate' | 'latency' | 'failing' | 'slow' | 'hours' | 'services'> {
    const services = [...this.#services].map(([name, sum]) => ({ name, ...shown(sum) }));
    const counts = total(services.map((service) => service.counts));
    const all = mergeHistograms([...this.#services.values()].flatMap(({ latency }) => latency));
    const successRate = successRateOf(counts);
    const latency = summarizeHistogram(all);
    const lines = [...this.#checks].map(([id, sum]) => {
      const own = summarizeHistogram(mergeHistograms(sum.latency));
      return {
        id,
        service: sum.service,
        operation: nameOf(id),
        results: Object.values(sum.counts).reduce((a, b) => a + b, 0),
        fails: sum.counts.fail,
        latency: own,
      };
    });
    return {
      counts,
      successRate,
      latency,
      failing: lines
        .filter(({ fails }) => fails > 0)
        .toSorted((a, b) => b.fails - a.fails)
        .slice(0, listed),
      slow: lines
        .filter((line) => line.latency !== undefined)
        .toSorted((a, b) => (b.latency?.p95Ms ?? 0) - (a.latency?.p95Ms ?? 0))
        .slice(0, listed),
      hours: [...this.#hours]
        .toSorted(([a], [b]) => a - b)
        .map(([at, sum]) => {
          const p95Ms = summarizeHistogram(mergeHistograms(sum.latency))?.p95Ms;
          return { at, counts: sum.counts, p95Ms };
        }),
      services,
    };
  }
}

/** Whole hours, so that the sums are those that are kept. */
export function wholeHours({ from, to }: { readonly from: number; readonly to: number }): {
  readonly from: number;
  readonly to: number;
} {
  return { from: Math.floor(from / hourMs) * hourMs, to };
}

function sumIn<K>(sums: Map<K, Sum>, key: K): Sum {
  let sum = sums.get(key);
  if (sum === undefined) {
    sum = { counts: countVerdicts([]), latency: [emptyHistogram] };
    sums.set(key, sum);
  }
  return sum;
}

function shown(sum: Sum): Omit<Report['services'][number], 'name'> {
  const successRate = successRateOf(sum.counts);
  const latency = summarizeHistogram(mergeHistograms(sum.latency));
  return {
    counts: sum.counts,
    successRate,
    latency,
  };
}

function total(all: readonly VerdictCounts[]): Record<Verdict, number> {
  const sum = countVerdicts([]);
  for (const counts of all)
    for (const verdict of Object.keys(sum) as Verdict[]) sum[verdict] += counts[verdict];
  return sum;
}
