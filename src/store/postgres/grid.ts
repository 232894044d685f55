import type { BegunCycle, GridMemory, KeptSlot } from '../nodes.ts';
import type { PostgresDatabase } from './database.ts';
import { now } from './lease-row.ts';

/** An age is a little older when it is written and when it is read: what is off by less is the same, or grids would drift. */
const sameMs = 2000;

/** The grid as it stood when a cycle began last, by the clock of the database: hosts need not agree on theirs. */
export class PostgresGrid implements GridMemory {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async read(): Promise<readonly KeptSlot[]> {
    const rows = await this.#database.all(
      `select g.service, g.interval_ms, ${now} - g.anchor_at as anchor_age, ${now} - g.due_at as due_age,
         case when c.id is null or c.outcome = 'complete' then 1 else 0 end as whole
       from patrol_grid g left join cycle c on c.id = g.cycle_id`,
    );
    return rows.map((row) => ({
      service: String(row.service),
      intervalMs: Number(row.interval_ms),
      anchorAgeMs: Number(row.anchor_age),
      dueAgeMs: Number(row.due_age),
      isWhole: row.whole === 1,
    }));
  }

  async begun(cycle: BegunCycle, slots: readonly number[]): Promise<void> {
    const { id, service, anchorAgeMs, dueAgeMs, intervalsMs = slots } = cycle;
    await this.#database.write(async (db) => {
      const kept = await db.all('select interval_ms from patrol_grid where service = ?', service);
      for (const { interval_ms: intervalMs } of kept)
        if (!slots.includes(Number(intervalMs)))
          await db.run(
            'delete from patrol_grid where service = ? and interval_ms = ?',
            service,
            intervalMs ?? 0,
          );
      for (const intervalMs of intervalsMs)
        await db.run(
          `insert into patrol_grid (service, interval_ms, anchor_at, due_at, cycle_id)
           values (?, ?, ${now} - ?, ${now} - ?, ?)
           on conflict (service, interval_ms) do update set due_at = excluded.due_at, cycle_id = excluded.cycle_id,
             anchor_at = case when abs(excluded.anchor_at - patrol_grid.anchor_at) < ${sameMs}
               then patrol_grid.anchor_at else excluded.anchor_at end`,
          service,
          intervalMs,
          anchorAgeMs,
          dueAgeMs,
          id,
        );
    });
  }
}
