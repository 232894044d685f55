import type { Proof } from '../model/proof.ts';
import type { Database } from './database.ts';

/** Inside a transaction. */
export function keepProofs(database: Database, proofs: readonly Proof[]): void {
  const insert = database.statement(
    'insert or replace into proof (check_id, place, filled, matched) values (?, ?, ?, ?)',
  );
  for (const { checkId, place, values, matched } of proofs)
    insert.run(checkId, place, values, Number(matched));
}

export function readProofs(database: Database): readonly Proof[] {
  return database
    .statement('select check_id, place, filled, matched from proof')
    .all()
    .map((row) => ({
      checkId: String(row.check_id),
      place: String(row.place),
      values: String(row.filled),
      matched: row.matched === 1,
    }));
}
