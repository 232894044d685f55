import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import { fromBuckets } from '../../model/histogram.ts';
import { type Verdict, verdicts } from '../../model/result.ts';
import type { CheckRollup } from '../../model/rollup.ts';
import { packVarints, unpackVarints } from '../sqlite/packed.ts';

const deflate = promisify(deflateRaw);

/** A rollup whose check is known by its number. */
export type NumberedRollup = Omit<CheckRollup, 'checkId'> & { readonly checkNo: number };

/**
 * Small integers throughout, which deflate well: for each check, by number, the distance to the one before, the
 * counts by verdict, then the buckets as distance and count. About five bytes for a check and an hour.
 */
export async function packRollups(rollups: readonly NumberedRollup[]): Promise<Uint8Array> {
  const numbers: number[] = [];
  let lastNo = 0;
  for (const { checkNo, counts, latency } of rollups.toSorted((a, b) => a.checkNo - b.checkNo)) {
    numbers.push(checkNo - lastNo, ...verdicts.map((verdict) => counts[verdict]), latency.buckets.size);
    let lastBucket = 0;
    for (const [bucket, count] of latency.buckets) {
      numbers.push(bucket - lastBucket, count);
      lastBucket = bucket;
    }
    lastNo = checkNo;
  }
  return deflate(packVarints(numbers));
}

export function unpackRollups(data: Uint8Array): readonly NumberedRollup[] {
  const numbers = unpackVarints(inflateRawSync(data));
  const rollups: NumberedRollup[] = [];
  let at = 0;
  let checkNo = 0;
  const take = (): number => numbers[at++] ?? 0;
  while (at < numbers.length) {
    checkNo += take();
    const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, take()])) as Record<
      Verdict,
      number
    >;
    const buckets: [number, number][] = [];
    let bucket = 0;
    for (let left = take(); left > 0; left--) {
      bucket += take();
      buckets.push([bucket, take()]);
    }
    rollups.push({ checkNo, counts, latency: fromBuckets(buckets) });
  }
  return rollups;
}
