import type { Document, SchemaPool } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import type { CachedDocument, DocumentCache } from '../documents/ports.ts';
import type { Database, Row } from './sqlite/database.ts';
import { pack, unpack } from './sqlite/packed.ts';

const columns =
  'id, service, uri, parser, content_hash, files, problem, read_at, body is not null as has_body';

const put = `insert into document (id, service, uri, parser, content_hash, files, problem, read_at, body, schemas)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (id) do update set service = excluded.service, uri = excluded.uri, parser = excluded.parser,
    content_hash = excluded.content_hash, files = excluded.files, problem = excluded.problem,
    read_at = excluded.read_at, body = excluded.body, schemas = excluded.schemas`;

/**
 * Documents as scan has read them. An entry costs its row; the document in it is inflated at the first look, its
 * schemas at the first look at them. The same entry is handed out again while its row stays as it is, so that
 * whatever has been compiled from it need not be compiled again.
 */
export class SqliteDocumentCache implements DocumentCache {
  readonly #database: Database;
  readonly #loaded = new Map<string, CachedDocument>();

  constructor(database: Database) {
    this.#database = database;
  }

  async list(service: string): Promise<readonly CachedDocument[]> {
    return this.#database
      .statement(`select ${columns} from document where service = ? order by id`)
      .all(service)
      .map((row) => this.#entry(row));
  }

  async put(entry: CachedDocument): Promise<void> {
    const { document } = entry;
    const { schemas, ...rest } = document ?? { schemas: undefined };
    const body = document === undefined ? null : await pack(rest);
    const pool = schemas === undefined ? null : await pack(schemas);
    const { id, service, uri, parser, contentHash, readAt } = entry;
    const files = JSON.stringify(entry.files);
    const problem = entry.problem === undefined ? null : JSON.stringify(entry.problem);
    const values = [id, service, uri, parser, contentHash, files, problem, readAt, body, pool];
    await this.#database.change(put, ...values);
    this.#loaded.set(entry.id, entry);
  }

  async remove(id: string): Promise<void> {
    await this.#database.change('delete from document where id = ?', id);
    this.#loaded.delete(id);
  }

  #entry(row: Row): CachedDocument {
    const id = String(row.id);
    const loaded = this.#loaded.get(id);
    if (loaded !== undefined && isSame(loaded, row)) return loaded;
    const entry = this.#lazyEntry(id, row);
    this.#loaded.set(id, entry);
    return entry;
  }

  #lazyEntry(id: string, row: Row): CachedDocument {
    const { problem } = row;
    const head = {
      id,
      service: String(row.service),
      uri: String(row.uri),
      parser: String(row.parser),
      contentHash: String(row.content_hash),
      files: JSON.parse(String(row.files)) as CachedDocument['files'],
      ...(problem === null ? {} : { problem: JSON.parse(String(problem)) as Problem }),
      readAt: Number(row.read_at),
    };
    if (row.has_body === 0) return head;
    return lazily(head, 'document', () => this.#document(head)) as CachedDocument;
  }

  /** Absent when another process has replaced it since: the next `list` tells. */
  #document({ id, contentHash }: CachedDocument): Document | undefined {
    const body = this.#read('body', id, contentHash) as Omit<Document, 'schemas'> | undefined;
    if (body === undefined) return undefined;
    const load = (): SchemaPool => (this.#read('schemas', id, contentHash) ?? {}) as SchemaPool;
    return lazily(body, 'schemas', () => lazyPool(load));
  }

  #read(column: 'body' | 'schemas', id: string, contentHash: string): unknown {
    const [row] = this.#database
      .statement(`select ${column} as data from document where id = ? and content_hash = ?`)
      .all(id, contentHash);
    return row?.data instanceof Uint8Array ? unpack(row.data) : undefined;
  }
}

function isSame(entry: CachedDocument, row: Row): boolean {
  return (
    entry.contentHash === row.content_hash &&
    entry.parser === row.parser &&
    entry.readAt === row.read_at &&
    JSON.stringify(entry.files) === row.files &&
    (entry.problem === undefined ? null : JSON.stringify(entry.problem)) === row.problem
  );
}

/** `rest` with one more property that is made when it is first asked for. */
function lazily<R extends object, K extends string, V>(rest: R, name: K, make: () => V): R & Record<K, V> {
  let made: { readonly value: V } | undefined;
  return Object.defineProperty({ ...rest } as R & Record<K, V>, name, {
    enumerable: true,
    get: () => {
      made ??= { value: make() };
      return made.value;
    },
  });
}

/** A record that is read from the database when somebody looks into it: plans only carry it around. */
function lazyPool(load: () => SchemaPool): SchemaPool {
  let loaded: SchemaPool | undefined;
  const pool = (): SchemaPool => (loaded ??= load());
  return new Proxy<SchemaPool>(
    {},
    {
      get: (_, key) => Reflect.get(pool(), key),
      has: (_, key) => Reflect.has(pool(), key),
      ownKeys: () => Reflect.ownKeys(pool()),
      getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(pool(), key),
    },
  );
}
