import { type Sql, upsert, type Value } from './sql.ts';
import { nextTurn } from './turns.ts';

/** On a server each statement is a way there and back. */
const mostAtOnce = 64;

/**
 * Parts for a statement each: as large as they may be, and of few sizes, since each makes a text of its own that is prepared.
 *
 * @param most A power of two.
 */
export function* inParts<T>(all: readonly T[], most = mostAtOnce): Generator<readonly T[]> {
  let size = most;
  for (let at = 0; at < all.length; at += size) {
    while (size > all.length - at) size /= 2;
    yield all.slice(at, at + size);
  }
}

/** Where rows are put, by columns. */
export interface Table {
  readonly name: string;
  readonly keys: readonly string[];
  readonly others: readonly string[];
}

/**
 * Stores rows in place of those with the same key, of several with one key the last one; with turns for others in
 * between. Inside a transaction.
 *
 * @param rows Their values in the order of the columns, keys first.
 */
export async function putRows(
  db: Sql,
  { name, keys, others }: Table,
  rows: readonly (readonly Value[])[],
): Promise<void> {
  const latest = new Map(rows.map((row) => [row.slice(0, keys.length).join('\n'), row]));
  let isFirst = true;
  for (const some of inParts([...latest.values()])) {
    if (!isFirst) await nextTurn();
    isFirst = false;
    await db.run(upsert(name, keys, others, some.length), ...some.flat());
  }
}
