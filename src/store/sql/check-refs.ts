import type { Check } from '../../model/check.ts';
import type { StoredCheck } from '../store.ts';
import { inParts } from './rows.ts';
import { type Row, type Sql, type SqlDatabase, upsert } from './sql.ts';

const learnSome = (count: number): string =>
  `${upsert('check_ref', ['id'], ['service', 'operation'], count)} returning no, id, service, operation`;

type Ref = StoredCheck & { readonly no: number };

/** The small number of every check, known by heart; a rolled-back transaction makes it forget what it learnt. */
export class CheckRefs {
  readonly #db: SqlDatabase;
  #byId: Map<string, Ref> | undefined;
  #ids: ReadonlyMap<number, string> | undefined;
  #version = 0;

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  /** Numbers for checks, new ones where needed. Only inside a transaction. */
  async learn(db: Sql, checks: readonly Check[]): Promise<void> {
    const known = await this.#load(db);
    const fresh = new Map<string, Check>();
    for (const check of checks) {
      const before = known.get(check.id);
      if (before?.service !== check.service || before.operation !== check.operation)
        fresh.set(check.id, check);
    }
    for (const some of inParts([...fresh.values()])) {
      const values = some.flatMap(({ id, service, operation }) => [id, service, operation]);
      for (const row of await db.all(learnSome(some.length), ...values)) {
        const ref = toRef(row);
        // As the plan has them, and no second copy of each text.
        const { id, service, operation } = fresh.get(ref.id) ?? ref;
        known.set(id, { no: ref.no, id, service, operation });
      }
      this.#ids = undefined;
    }
  }

  forget(): void {
    this.#byId = undefined;
    this.#ids = undefined;
  }

  /** The numbers of checks, by id. */
  async numbers(db: Sql): Promise<ReadonlyMap<string, { readonly no: number }>> {
    return this.#load(db);
  }

  /** Id by number. */
  async ids(db: Sql): Promise<ReadonlyMap<number, string>> {
    const checks = await this.#fresh(db);
    this.#ids ??= new Map([...checks.values()].map(({ no, id }) => [no, id]));
    return this.#ids;
  }

  /** Service by number. */
  async services(db: Sql): Promise<ReadonlyMap<number, string>> {
    return new Map([...(await this.#fresh(db)).values()].map(({ no, service }) => [no, service]));
  }

  async list(db: Sql): Promise<readonly StoredCheck[]> {
    const checks = await this.#fresh(db);
    return [...checks.values()].map(({ id, service, operation }) => ({ id, service, operation }));
  }

  /** With what other processes have added. */
  async #fresh(db: Sql): Promise<ReadonlyMap<string, Ref>> {
    const version = await this.#db.version();
    if (version !== this.#version) this.forget();
    this.#version = version;
    return this.#load(db);
  }

  async #load(db: Sql): Promise<Map<string, Ref>> {
    if (this.#byId !== undefined) return this.#byId;
    const rows = await db.all('select no, id, service, operation from check_ref order by no');
    this.#byId = new Map(rows.map(toRef).map((ref) => [ref.id, ref]));
    return this.#byId;
  }
}

function toRef(row: Row): Ref {
  return {
    no: Number(row.no),
    id: String(row.id),
    service: String(row.service),
    operation: String(row.operation),
  };
}
