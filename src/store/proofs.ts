import type { KeptHabit, KeptTrial, Proof } from '../model/proof.ts';
import type { Database } from './sqlite/database.ts';

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

/** Inside a transaction. */
export function keepTrials(database: Database, trials: readonly KeptTrial[]): void {
  const insert = database.statement('insert or replace into trial (check_id, tried) values (?, ?)');
  const forget = database.statement('delete from trial where check_id = ?');
  for (const { checkId, tried } of trials)
    if (tried === '') forget.run(checkId);
    else insert.run(checkId, tried);
}

export function readTrials(database: Database): readonly KeptTrial[] {
  return database
    .statement('select check_id, tried from trial')
    .all()
    .map((row) => ({ checkId: String(row.check_id), tried: String(row.tried) }));
}

/** Inside a transaction. */
export function keepHabits(database: Database, habits: readonly KeptHabit[]): void {
  const insert = database.statement('insert or replace into habit (check_id, habit) values (?, ?)');
  for (const { checkId, habit } of habits) insert.run(checkId, habit);
}

export function readHabits(database: Database): readonly KeptHabit[] {
  return database
    .statement('select check_id, habit from habit')
    .all()
    .map((row) => ({ checkId: String(row.check_id), habit: String(row.habit) }));
}
