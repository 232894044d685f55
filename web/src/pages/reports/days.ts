const dayMs = 86_400_000;

/** `2026-11-24`, if that is what it is. */
export function dateIn(given: string | null): string | undefined {
  if (given === null || !/^\d{4}-\d\d-\d\d$/.test(given)) return undefined;
  const at = Date.parse(`${given}T00:00:00Z`);
  // The 31st of February is the 3rd of March to some.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== given ? undefined : given;
}

/** When a day (and so many after it) begins by the wall clock of the zone, epoch ms. */
export function startOfDay(date: string, timeZone: string, later = 0): number {
  const wall = Date.parse(`${date}T00:00:00Z`) + later * dayMs;
  const stamp = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const offset = (at: number): number => Date.parse(`${stamp.format(at).replace(' ', 'T')}Z`) - at;
  const guess = wall - offset(wall);
  // The clocks may have changed between the two.
  return wall - offset(guess);
}
