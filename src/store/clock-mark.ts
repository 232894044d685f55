import { readFileSync } from 'node:fs';
import type { Clock } from '../lib/time/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import { noticedMs } from '../lib/time/clock-jump.ts';
import { shiftIncidents, shiftTimes } from './sqlite/clock-shift.ts';
import type { Database } from './sqlite/database.ts';

/** What follows the wall clock, each in a transaction of its own while a patrol runs. */
const followers = {
  times: shiftTimes,
  incidents: (database: Database, ms: number): void => shiftIncidents(database, ms, 'all'),
} as const;

/**
 * Moves what waits and what goes on by how far the wall clock was set while nobody had the database open; returns that, in
 * ms. As long as the machine has not started anew the monotonic clock tells; afterwards only a wall clock that is behind
 * what it showed when something was stored last. Inside a transaction.
 */
export function followClock(database: Database, clock: Clock, log: Logger): number {
  const boot = bootId(log);
  const now = clock.now();
  const offsetMs = Math.round(now - clock.monotonic());
  const [probe] = database.statement("select at from retention where kept = 'probe'").all();
  const behindMs = Math.min(0, now - Number(probe?.at ?? now));
  let jumpMs = 0;
  for (const [what, shift] of Object.entries(followers)) {
    const [mark] = database.statement('select * from clock_mark where what = ?').all(what);
    const isSameBoot = boot !== '' && mark?.boot === boot;
    const setByMs = isSameBoot ? offsetMs - Number(mark.offset_ms) : behindMs;
    if (Math.abs(setByMs) >= noticedMs) {
      shift(database, setByMs, now);
      jumpMs = setByMs;
    }
    database
      .statement('insert or replace into clock_mark (what, boot, offset_ms) values (?, ?, ?)')
      .run(what, boot, offsetMs);
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
