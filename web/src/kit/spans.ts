const hourMs = 3_600_000;

/** For how long something is to hold, as people choose it. */
export const spans = [
  [hourMs, 'span.1h'],
  [4 * hourMs, 'span.4h'],
  [8 * hourMs, 'span.8h'],
  [24 * hourMs, 'span.24h'],
  [7 * 24 * hourMs, 'span.7d'],
] as const;
