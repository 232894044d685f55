const dayMs = 86_400_000;

/** Start of the UTC day of `now`, `offset` days on; epoch ms. The same all day, so that URLs do not change. */
export function dayOf(now: number, offset = 0): number {
  return (Math.floor(now / dayMs) + offset) * dayMs;
}

/** `2026-01-31` */
export function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
