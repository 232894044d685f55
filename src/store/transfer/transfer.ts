import { hostname } from 'node:os';
import path from 'node:path';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Row } from '../sql/sql.ts';
import { nextTurn } from '../sql/turns.ts';
import { lockStore } from '../sqlite/file/lock.ts';
import { Checksum } from './checksum.ts';
import { Source, type SourceTable } from './source.ts';
import { asStored, Target } from './target.ts';
import type { TransferProgress, TransferredTable, TransferReport } from './report.ts';
import { bringTokens, noTokens, sealedTables, tokensOf } from './tokens.ts';
import type { Vault } from './vault.ts';

/** What is held in memory of the source at once. */
const batchRows = 1000;
const batchBytes = 2 << 20;

export interface TransferOptions {
  /** The embedded database. */
  readonly from: string;
  /** Of the PostgreSQL database. */
  readonly to: string;
  /** Whether what an unfinished transfer has left is to be deleted. */
  readonly restart: boolean;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly log: Logger;
  readonly progress: (at: TransferProgress) => void;
}

/**
 * Brings everything of an embedded database into an empty PostgreSQL one, goes on where one that was ended has come to, and
 * compares both. Neither has a patrol meanwhile. Rejects with a `StoreError`.
 */
export async function transfer(options: TransferOptions): Promise<TransferReport> {
  const checked = Source.open(options.from);
  checked.close();
  const claim = await lockStore(options.from);
  let source: Source | undefined;
  let target: Target | undefined;
  try {
    await claim.lock();
    source = Source.open(options.from);
    target = await Target.open(options.to, options.log);
    return await bringOver(source, target, options);
  } finally {
    await target?.close();
    source?.close();
    claim.release();
  }
}

async function bringOver(source: Source, target: Target, options: TransferOptions): Promise<TransferReport> {
  const isResumed = await prepare(source, target, options);
  const tables = source.tables();
  const sealed = tokensOf(source);
  const isOtherKey = !options.vault.isSameKey(sealed);
  const apart = isOtherKey ? sealedTables : new Set<string>();
  const plain = tables.filter(({ name }) => !apart.has(name));
  const done = await target.done();
  for (const table of plain) await copy(source, target, table, done.get(table.name) ?? 0, options);
  const tokens = isOtherKey ? await bringTokens(target, sealed, options.vault) : noTokens;
  const compared: TransferredTable[] = [];
  for (const table of plain) compared.push(await compare(source, target, table, options));
  const report = {
    source: source.path,
    target: target.shown,
    isResumed,
    tables: [...compared, ...tokens.tables].toSorted((one, other) => one.table.localeCompare(other.table)),
    isOtherKey,
    resealed: tokens.resealed,
    signedInAnew: tokens.signedInAnew,
  };
  if (report.tables.every(({ isSame }) => isSame))
    await target.end(source.lastNumbers(), options.clock.now());
  return report;
}

/** Whether it goes on where another one has come to. */
async function prepare(
  source: Source,
  target: Target,
  { restart, clock }: TransferOptions,
): Promise<boolean> {
  const { identity } = source;
  const begun = await target.begun();
  const isUnfinished = begun !== undefined && begun.endedAt === undefined;
  if (isUnfinished && begun.source === identity && !restart) return true;
  if (isUnfinished && !restart)
    throw target.foreign(sentence('transferOfOther', { from: begun.told }), sentence('restartTransfer'));
  if (!isUnfinished) {
    const filled = [...(await target.filled())];
    if (filled.length > 0) {
      const most = filled.toSorted(([, one], [, other]) => other - one).slice(0, 3);
      const what = most.map(([table, rows]) => sentence('rowsOfTable', { n: rows, table }));
      const held =
        begun === undefined
          ? sentence('targetFilled', { what })
          : sentence('targetTransferred', {
              from: begun.told,
              at: new Date(begun.endedAt ?? 0).toISOString(),
            });
      throw target.foreign(held, sentence('emptyTarget'));
    }
  }
  const told = `${hostname()}:${path.resolve(source.path)}`;
  await target.begin({ source: identity, told, begunAt: clock.now() });
  return false;
}

/** Those that both sides have; of the others the target knows what to put. */
function columnsOf(target: Target, { name, columns }: SourceTable): readonly string[] {
  const there = new Set(target.columns(name).map((column) => column.name));
  const missing = columns.filter((column) => !there.has(column));
  if (missing.length > 0)
    throw new Error(`the target has no ${missing.map((one) => `${name}.${one}`).join()}`);
  return columns;
}

async function copy(
  source: Source,
  target: Target,
  table: SourceTable,
  before: number,
  { progress }: TransferOptions,
): Promise<void> {
  const columns = columnsOf(target, table);
  let done = before;
  for (const batch of batches(source.rows(table, before))) {
    done += batch.length;
    await target.add(table.name, columns, batch, done);
    progress({ doing: 'copying', table: table.name, rows: done, of: table.rows });
  }
}

function* batches(rows: Iterable<Row>): Iterable<readonly Row[]> {
  let batch: Row[] = [];
  let bytes = 0;
  for (const row of rows) {
    batch.push(asStored(row));
    bytes += bytesOf(row);
    if (batch.length < batchRows && bytes < batchBytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

function bytesOf(row: Row): number {
  let bytes = 0;
  for (const value of Object.values(row))
    bytes += typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
  return bytes;
}

async function compare(
  source: Source,
  target: Target,
  table: SourceTable,
  { progress }: TransferOptions,
): Promise<TransferredTable> {
  const columns = columnsOf(target, table);
  const before = new Checksum();
  for (const row of source.rows(table, 0)) {
    before.add(asStored(row), columns);
    if (before.rows % batchRows === 0) await nextTurn();
  }
  let after = new Checksum();
  await target.read(
    table.name,
    columns,
    () => (after = new Checksum()),
    (row) => {
      after.add(row, columns);
      if (after.rows % batchRows === 0)
        progress({ doing: 'verifying', table: table.name, rows: after.rows, of: table.rows });
    },
  );
  return {
    table: table.name,
    rows: before.rows,
    targetRows: after.rows,
    checksum: before.sum,
    targetChecksum: after.sum,
    isSame: before.rows === after.rows && before.sum === after.sum,
  };
}
