import type { BudgetMemory } from '../model/budget.ts';
import type { Database } from './sqlite/database.ts';
import { pack, unpack } from './sqlite/packed.ts';

interface Packed {
  readonly objective: string;
  readonly data: Uint8Array;
}

/** A moment as the time since the one before it and its four counts: numbers that deflate well. */
interface Data {
  readonly learnt: readonly string[];
  readonly moments: readonly (readonly [number, number, number, number, number])[];
}

export function packMemories(memories: readonly BudgetMemory[]): Promise<readonly Packed[]> {
  return Promise.all(
    memories.map(async ({ objective, learnt, moments }) => {
      let last = 0;
      const data: Data = {
        learnt,
        moments: moments.map(({ at, availability, latency }) => {
          const since = at - last;
          last = at;
          return [since, availability.good, availability.bad, latency.good, latency.bad];
        }),
      };
      return { objective, data: await pack(data) };
    }),
  );
}

/** In place of all that was kept before. Inside a transaction. */
export function keepMemories(database: Database, memories: readonly Packed[]): void {
  database.statement('delete from budget').run();
  const insert = database.statement('insert into budget (objective, data) values (?, ?)');
  for (const { objective, data } of memories) insert.run(objective, data);
}

export function readMemories(database: Database): readonly BudgetMemory[] {
  return database
    .statement('select objective, data from budget')
    .all()
    .map((row) => {
      const { learnt, moments } = unpack(row.data as Uint8Array) as unknown as Data;
      let at = 0;
      return {
        objective: String(row.objective),
        learnt,
        moments: moments.map(([since, ...counts]) => {
          at += since;
          const [good, bad, inTime, late] = counts;
          return { at, availability: { good, bad }, latency: { good: inTime, bad: late } };
        }),
      };
    });
}
