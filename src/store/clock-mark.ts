import { readFileSync } from 'node:fs';
import type { Clock } from '../lib/time/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import { noticedMs } from '../lib/time/clock-jump.ts';
import { shiftIncidents, shiftTimes } from './sql/clock-shift.ts';
import { type Sql, upsert } from './sql/sql.ts';

/** What follows the wall clock, each in a transaction of its own while a patrol runs. */
const followers = {
  times: shiftTimes,
  incidents: (db: Sql, ms: number): Promise<void> => shiftIncidents(db, ms, 'all'),
} as const;

/**
 * Moves what waits and what goes on by how far the wall clock was set while nobody had the database open; returns that, in
 * ms. As long as the machine has not started anew the monotonic clock tells; afterwards only a wall clock that is behind
 * what it showed when something was stored last. Inside a transaction.
 */
export async function followClock(db: Sql, clock: Clock, log: Logger): Promise<number> {
  const boot = bootId(log);
  const now = clock.now();
  const offsetMs = Math.round(now - clock.monotonic());
  const [probe] = await db.all("select at from retention where kept = 'probe'");
  const behindMs = Math.min(0, now - Number(probe?.at ?? now));
  let jumpMs = 0;
  for (const [what, shift] of Object.entries(followers)) {
    const [mark] = await db.all('select * from clock_mark where what = ?', what);
    const isSameBoot = boot !== '' && mark?.boot === boot;
    const setByMs = isSameBoot ? offsetMs - Number(mark.offset_ms) : behindMs;
    if (Math.abs(setByMs) >= noticedMs) {
      await shift(db, setByMs, now);
      jumpMs = setByMs;
    }
    await db.run(upsert('clock_mark', ['what'], ['boot', 'offset_ms']), what, boot, offsetMs);
  }
  return jumpMs;
}

/** Tells one start of the machine from another; empty where the system does not say. */
function bootId(log: Logger): string {
  if (process.platform !== 'linux') return '';
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch (error) {
    log.debug('whether this machine has started anew cannot be seen', { problem: messageOf(error) });
    return '';
  }
}
