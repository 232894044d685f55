import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

export interface StoredCycle {
  readonly dueAt: number;
  readonly startedAt: number;
  readonly outcome: string | null;
}

/** What the patrol has written down, looked at by somebody who only knows that it is SQLite. */
export class Database {
  readonly #database: DatabaseSyncInstance;

  constructor(folder: string) {
    this.#database = new DatabaseSync(path.join(folder, '.apipatrol/patrol.db'), { readOnly: true });
  }

  cycles(): readonly StoredCycle[] {
    const rows = this.#all('SELECT due_at, started_at, outcome FROM cycle ORDER BY due_at, id');
    return rows.map((row) => ({
      dueAt: Number(row['due_at']),
      startedAt: Number(row['started_at']),
      outcome: row['outcome'] as string | null,
    }));
  }

  openIncidents(): number {
    return this.#all('SELECT no FROM incident WHERE ended_at IS NULL').length;
  }

  messages(): readonly { readonly channel: string; readonly state: string }[] {
    return this.#all('SELECT channel, state FROM outbox') as unknown as { channel: string; state: string }[];
  }

  /** Everything in it as text, what is packed unpacked: to look for what must not be there. */
  text(): string {
    const tables = this.#all("SELECT name FROM sqlite_master WHERE type = 'table'");
    return tables
      .flatMap(({ name }) => this.#all(`SELECT * FROM "${String(name)}"`))
      .flatMap((row) => Object.values(row).map(readable))
      .join('\n');
  }

  close(): void {
    this.#database.close();
  }

  #all(sql: string): readonly Record<string, unknown>[] {
    return this.#database.prepare(sql).all() as Record<string, unknown>[];
  }
}

function readable(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value);
  try {
    return inflateRawSync(value).toString();
  } catch {
    return Buffer.from(value).toString('latin1');
  }
}
