import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../lib/logger.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { sentence } from '../../messages/sentence.ts';
import { StoreError } from '../store.ts';
import { answerMs, type PostgresDatabase } from './database.ts';
import { toPostgresError } from './failure.ts';
import { Lease } from './lease.ts';
import { LeaseRow } from './lease-row.ts';
import { poolOf } from './pool.ts';

const lookEveryMs = 500;
const nobody = { services: [], configuration: '' };

/** That no patrol leads on a database meanwhile. */
export interface AloneLease {
  /** Writes as long as that is so. */
  readonly database: PostgresDatabase;
  giveBack(): Promise<void>;
}

/** Waits until a patrol that has just ended without giving it back is known to be gone. Rejects when one goes on. */
export async function leaseAlone(database: PostgresDatabase, log: Logger): Promise<AloneLease> {
  const pool = poolOf(database.address, 1, answerMs);
  const row = new LeaseRow(pool, database.address);
  const holder = randomUUID();
  try {
    const epoch = await taken(row, holder, database.address.shown, log);
    const lease = new Lease({ row, holder, epoch, clock: systemClock, log, shown: database.address.shown });
    return {
      database: database.under(lease.fence),
      async giveBack() {
        await lease.giveBack();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw toPostgresError(error, database.address.shown);
  }
}

async function taken(row: LeaseRow, holder: string, shown: string, log: Logger): Promise<number> {
  let beforeMs: number | undefined;
  for (;;) {
    const epoch = await row.take(holder, `${hostname()}, process ${process.pid}`, nobody);
    if (epoch !== undefined) return epoch;
    const { leader, leftMs } = await row.look();
    if (beforeMs !== undefined && leftMs > beforeMs) throw atWork(shown, leader?.told ?? '');
    if (beforeMs === undefined)
      log.info('waiting for the lease of a patrol that may have ended', { of: leader?.told });
    beforeMs = leftMs;
    await sleep(lookEveryMs);
  }
}

function atWork(path: string, by: string): StoreError {
  return new StoreError({
    code: 'busy',
    said: sentence('otherPatrolBy', { path, by }),
    hint: sentence('stopOtherPatrolThere'),
    retry: false,
  });
}
