/** What a service does while it is broken. */
export const kinds = ['operation', 'service', 'origin', 'gateway', 'hang'] as const;
/** `stuck`: one operation hangs. */
export type Kind = (typeof kinds)[number] | 'stuck';

export interface Fault {
  readonly service: string;
  readonly kind: Kind;
  /** Ms since the start of the trial. */
  readonly from: number;
  readonly to: number;
}

export type Random = () => number;

/** Mulberry32: the same seed, the same trial. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const minuteMs = 60_000;
/** After which nothing breaks any more, so that every recovery can be told. */
export const calmMs = 7 * minuteMs;
/** Passing once is what makes a check worth an alarm. */
const warmUpMs = 2 * minuteMs;
const restMs = 7 * minuteMs;

/** Each service is broken now and then, each time in another way, and long enough well between two times. */
export function planFaults(
  services: readonly string[],
  durationMs: number,
  random: Random,
): readonly Fault[] {
  return services
    .flatMap((service) => faultsOf(service, durationMs - calmMs, random))
    .toSorted((a, b) => a.from - b.from);
}

function faultsOf(service: string, untilMs: number, random: Random): readonly Fault[] {
  const faults: Fault[] = [];
  const offset = Math.floor(random() * kinds.length);
  let from = warmUpMs + random() * 3 * minuteMs;
  while (true) {
    const to = from + (2.5 + 2.5 * random()) * minuteMs;
    const kind = kinds[(offset + faults.length) % kinds.length];
    if (to > untilMs || kind === undefined) return faults;
    faults.push({ service, kind, from: Math.round(from), to: Math.round(to) });
    from = to + restMs + random() * 2 * minuteMs;
  }
}

/** Moments at which the patrol is killed: all of them in the first two thirds, the rest shows whether it stays as it is. */
export function planKills(count: number, durationMs: number, random: Random): readonly number[] {
  const span = (durationMs * 2) / 3;
  return Array.from({ length: count }, () => Math.round(random() * span)).toSorted((a, b) => a - b);
}
