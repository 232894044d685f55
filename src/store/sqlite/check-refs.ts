import type { Check } from '../../model/check.ts';
import type { Database } from './database.ts';
import type { StoredCheck } from '../store.ts';

/** The small number of every check, known by heart; a rolled-back transaction makes it forget what it learnt. */
export class CheckRefs {
  readonly #database: Database;
  #byId: Map<string, StoredCheck & { readonly no: number }> | undefined;
  #ids: ReadonlyMap<number, string> | undefined;
  #version = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Numbers for checks, new ones where needed. Only inside a transaction. */
  learn(checks: readonly Check[]): void {
    const known = this.#load();
    const insert = this.#database.statement(
      `insert into check_ref (id, service, operation) values (?, ?, ?)
       on conflict (id) do update set service = excluded.service, operation = excluded.operation returning no`,
    );
    for (const { id, service, operation } of checks) {
      const before = known.get(id);
      if (before?.service === service && before.operation === operation) continue;
      const no = Number(insert.all(id, service, operation)[0]?.no);
      known.set(id, { no, id, service, operation });
      this.#ids = undefined;
    }
  }

  forget(): void {
    this.#byId = undefined;
    this.#ids = undefined;
  }

  numberOf(id: string): number | undefined {
    return this.#load().get(id)?.no;
  }

  /** Id by number. */
  ids(): ReadonlyMap<number, string> {
    const checks = this.#fresh();
    this.#ids ??= new Map([...checks.values()].map(({ no, id }) => [no, id]));
    return this.#ids;
  }

  /** Service by number. */
  services(): ReadonlyMap<number, string> {
    return new Map([...this.#fresh().values()].map(({ no, service }) => [no, service]));
  }

  list(): readonly StoredCheck[] {
    return [...this.#fresh().values()].map(({ id, service, operation }) => ({ id, service, operation }));
  }

  /** With what other processes have added. */
  #fresh(): ReadonlyMap<string, StoredCheck & { readonly no: number }> {
    const [row] = this.#database.statement('select data_version as version from pragma_data_version').all();
    const version = Number(row?.version);
    if (version !== this.#version) this.forget();
    this.#version = version;
    return this.#load();
  }

  #load(): Map<string, StoredCheck & { readonly no: number }> {
    if (this.#byId === undefined) {
      const rows = this.#database
        .statement('select no, id, service, operation from check_ref order by no')
        .all();
      this.#byId = new Map(
        rows.map((row) => {
          const ref = {
            no: Number(row.no),
            id: String(row.id),
            service: String(row.service),
            operation: String(row.operation),
          };
          return [ref.id, ref];
        }),
      );
    }
    return this.#byId;
  }
}
