import { randomUUID } from 'node:crypto';
import { sha256 } from '../../lib/text/text.ts';
import type { Tries, TryLimit } from '../nodes.ts';
import type { PostgresDatabase } from './database.ts';
import { now } from './lease-row.ts';

/** Writes go one after another over all nodes: many tries at once are no more than many one after another. */
export class PostgresTries implements Tries {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  begin(
    limits: readonly TryLimit[],
    withinMs: number,
  ): Promise<{ readonly id: string } | { readonly waitMs: number }> {
    const id = randomUUID();
    return this.#database.write(async (db) => {
      await db.run(`delete from patrol_try where at <= ${now} - ?`, withinMs);
      for (const { key, most } of limits) {
        const sql = `select ${now} - at as age_ms from patrol_try where key = ? order by at desc limit ?`;
        const recent = await db.all(sql, keptAs(key), most);
        if (recent.length >= most) return { waitMs: withinMs - Number(recent.at(-1)?.age_ms ?? 0) };
      }
      for (const { key } of limits)
        await db.run(`insert into patrol_try (id, key, at) values (?, ?, ${now})`, id, keptAs(key));
      return { id };
    });
  }

  async forget(id: string, key: string): Promise<void> {
    await this.#database.run('delete from patrol_try where id = ? or key = ?', id, keptAs(key));
  }
}

/** Who has mistyped from where is nobody's business. */
function keptAs(key: string): string {
  return sha256(key).slice(0, 32);
}
