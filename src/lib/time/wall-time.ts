/** Writes times (epoch ms) as a wall clock of the zone (IANA name) shows them: `2026-11-24 08:15:03`. */
export function wallTime(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (at) => format.format(at);
}
