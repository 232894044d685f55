import type { Clock } from '../../lib/time/clock.ts';

/** A timer this late woke up with the whole process. */
const lateMs = 250;
/** Enough to read what has been waiting in the sockets meanwhile. */
const graceMs = 200;

/**
 * As `clock.after`, but a limit that has passed while this process did not run gives what has arrived meanwhile the
 * time to be read: timers come before sockets.
 */
export function afterPatience(clock: Clock, ms: number, work: () => void): () => void {
  const dueAt = clock.monotonic() + ms;
  let cancel = clock.after(ms, () => {
    if (clock.monotonic() - dueAt < lateMs) work();
    else cancel = clock.after(graceMs, work);
  });
  return () => cancel();
}
