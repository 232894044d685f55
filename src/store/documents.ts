import type { Document, SchemaPool } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import type { CachedDocument, DocumentCache } from '../documents/ports.ts';
import { SharedParts } from '../model/shared-parts.ts';
import { type Row, type SqlDatabase, upsert } from './sql/sql.ts';
import { pack, unpack } from './sql/packed.ts';

const columns =
  'id, service, uri, parser, content_hash, files, problem, read_at, case when body is null then 0 else 1 end as has_body';
const bodyOf = 'select body, schemas from document where id = ? and content_hash = ?';

const put = upsert(
  'document',
  ['id'],
  ['service', 'uri', 'parser', 'content_hash', 'files', 'problem', 'read_at', 'body', 'schemas'],
);

/**
 * Documents as scan has read them. An entry costs what it takes deflated; the document in it is inflated at the first look, its
 * schemas at the first look at them. The same entry is handed out again while its row stays as it is, so that
 * whatever has been compiled from it need not be compiled again.
 */
export class SqlDocumentCache implements DocumentCache {
  readonly #db: SqlDatabase;
  readonly #loaded = new Map<string, CachedDocument>();

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  async list(service: string): Promise<readonly CachedDocument[]> {
    const rows = await this.#db.all(`select ${columns} from document where service = ? order by id`, service);
    const entries: CachedDocument[] = [];
    for (const row of rows) entries.push(await this.#entry(row));
    return entries;
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
    await this.#db.run(put, ...values);
    this.#loaded.set(entry.id, entry);
  }

  async remove(id: string): Promise<void> {
    await this.#db.run('delete from document where id = ?', id);
    this.#loaded.delete(id);
  }

  async #entry(row: Row): Promise<CachedDocument> {
    const id = String(row.id);
    const loaded = this.#loaded.get(id);
    if (loaded !== undefined && isSame(loaded, row)) return loaded;
    const entry = await this.#lazyEntry(id, row);
    this.#loaded.set(id, entry);
    return entry;
  }

  async #lazyEntry(id: string, row: Row): Promise<CachedDocument> {
    const { problem } = row;
    const contentHash = String(row.content_hash);
    const head = {
      id,
      service: String(row.service),
      uri: String(row.uri),
      parser: String(row.parser),
      contentHash,
      files: JSON.parse(String(row.files)) as CachedDocument['files'],
      ...(problem === null ? {} : { problem: JSON.parse(String(problem)) as Problem }),
      readAt: Number(row.read_at),
    };
    if (row.has_body === 0) return head;
    const [packed] = await this.#db.all(bodyOf, id, contentHash);
    // Another process has replaced it since: the next `list` tells.
    if (!(packed?.body instanceof Uint8Array)) return head;
    const { body, schemas } = packed;
    return lazily(head, 'document', () => documentOf(body, schemas));
  }
}

/** Inflated as far as somebody looks into it. */
function documentOf(body: Uint8Array, schemas: Row[string] | undefined): Document {
  const load = (): SchemaPool =>
    schemas instanceof Uint8Array ? (unpack(schemas) as unknown as SchemaPool) : {};
  const document = unpack(body) as unknown as Omit<Document, 'schemas'>;
  const parts = new SharedParts();
  for (const operation of document.operations) parts.share(operation);
  return lazily(document, 'schemas', () => lazyPool(load));
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
  let state: { readonly make: () => V } | { readonly made: V } = { make };
  return Object.defineProperty({ ...rest } as R & Record<K, V>, name, {
    enumerable: true,
    get: () => {
      // What it is made of is let go.
      if ('make' in state) state = { made: state.make() };
      return state.made;
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
