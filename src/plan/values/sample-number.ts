import type { JsonObject } from '../../model/json.ts';
import { numberByName } from './name-heuristics.ts';
import { numberAt, typeOf } from './schema.ts';

/**
 * The number nearest to 1 that the schema admits: ids and page numbers count from there. `salt` moves on to
 * others. `format: unix-time` is the moment itself, in seconds. `undefined` when the bounds leave no room.
 */
export function sampleNumber(
  flat: JsonObject,
  context: { readonly salt?: number; readonly name: string; readonly now: number },
): number | undefined {
  const range = rangeOf(flat);
  if (flat['format'] === 'unix-time') return Math.floor(context.now / 1000) + (context.salt ?? 0);
  const named = (context.salt ?? 0) === 0 && !('multipleOf' in flat) ? numberByName(context) : undefined;
  if (named !== undefined && fits(named, range)) return named;
  const step = strideOf(flat);
  const start =
    step !== undefined && fits(step, range)
      ? step
      : nearestToOne(step === undefined ? anywhere(range) : multiples(range, step), range);
  const offset = (context.salt ?? 0) * (step ?? gap(range));
  if (start === undefined || offset === 0) return start;
  return [exact(start + offset), exact(start - offset)].find((value) => fits(value, range));
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}

/** Both spellings of exclusive bounds: a flag beside `minimum` (draft 4, OpenAPI 3.0) and a number of its own. */
function rangeOf(flat: JsonObject): Range {
  const minimum = numberAt(flat, 'minimum') ?? -Infinity;
  const maximum = numberAt(flat, 'maximum') ?? Infinity;
  const above = numberAt(flat, 'exclusiveMinimum') ?? -Infinity;
  const below = numberAt(flat, 'exclusiveMaximum') ?? Infinity;
  return {
    low: Math.max(minimum, above),
    high: Math.min(maximum, below),
    lowOpen: flat['exclusiveMinimum'] === true || above >= minimum,
    highOpen: flat['exclusiveMaximum'] === true || below <= maximum,
  };
}

function fits(value: number, range: Range): boolean {
  const above = range.lowOpen ? value > range.low : value >= range.low;
  const below = range.highOpen ? value < range.high : value <= range.high;
  return above && below && Number.isFinite(value);
}

function nearestToOne(candidates: readonly number[], range: Range): number | undefined {
  return candidates
    .filter((value) => fits(value, range))
    .toSorted((a, b) => Math.abs(a - 1) - Math.abs(b - 1))[0];
}

function anywhere({ low, high }: Range): readonly number[] {
  return [1, 0, low, high, low + 1, high - 1, (low + high) / 2];
}

function multiples({ low, high }: Range, step: number): readonly number[] {
  const [up, down] = [Math.ceil(low / step), Math.floor(high / step)];
  return [1, 0, up, up + 1, down, down - 1].map((count) => exact(count * step));
}

/** What values are multiples of; a broken step is stretched to a whole one for integers: 0.5 → 1, 0.3 → 3. */
function strideOf(flat: JsonObject): number | undefined {
  const whole = typeOf(flat) === 'integer';
  const step = numberAt(flat, 'multipleOf');
  if (step === undefined || step <= 0) return whole ? 1 : undefined;
  if (!whole || Number.isInteger(step)) return step;
  for (let count = 1; count <= 1000; count++) {
    const value = exact(step * count);
    if (Number.isInteger(value)) return value;
  }
  return step;
}

function gap({ low, high }: Range): number {
  return Number.isFinite(high - low) ? (high - low) / 128 : 1;
}

/** Without the dust of binary fractions: 0.1 · 3 is 0.3. */
function exact(value: number): number {
  return Number(value.toPrecision(15));
}
