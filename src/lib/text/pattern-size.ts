/** In characters, and in repetitions of parts in all: the engine writes each of them out. */
const most = 2000;

/** Whether preparing a regular expression takes long, however fast it runs. */
export function isHugePattern(source: string): boolean {
  if (source.length > most) return true;
  const repeats = Array.from(
    source.matchAll(/\{(\d+)(?:,(\d*))?\}/g),
    ([, from, to]) => Number(to) || Number(from),
  );
  return repeats.reduce((sum, count) => sum + count, 0) > most;
}
