import type { ChangeSet } from '../../model/document.ts';
import { channelOf, type MessageContent, type OutboxEntry, queuesOf } from '../../model/message.ts';
import { type ReasonCode, reasonCodes, verdicts } from '../../model/result.ts';
import type { CheckRefs } from '../sql/check-refs.ts';
import type { Row, SqlDatabase } from '../sql/sql.ts';
import type {
  Gallery,
  PictureOutcome,
  Page,
  QueuedMessage,
  StoredChange,
  StoredMessage,
  UnsentMessage,
} from './gallery.ts';
import { enqueue, fromColumn } from './outbox-rows.ts';
import { pack, unpack } from '../sql/packed.ts';
import { bitOf, blocksOf, readRows } from '../history/blocks.ts';
import { inParts } from '../sql/rows.ts';
import { totalOf } from '../history/result-block.ts';

const newest = Number.MAX_SAFE_INTEGER;
/** Changes of documents beyond these are forgotten. */
const keptChanges = 5000;

export class SqlGallery implements Gallery {
  readonly #db: SqlDatabase;
  readonly #refs: CheckRefs;

  constructor(db: SqlDatabase, refs: CheckRefs) {
    this.#db = db;
    this.#refs = refs;
  }

  countReason(
    code: ReasonCode,
    { from, to }: { readonly from: number; readonly to: number },
  ): Promise<ReadonlyMap<string, number>> {
    const cyclesWith = `select distinct b.cycle_id as id from cycle c
      cross join result_block b indexed by result_block_span on b.cycle_id = c.id
      where c.started_at between ? and ? and b.codes & ? <> 0`;
    const no = reasonCodes.indexOf(code);
    return this.#db.read(async (db) => {
      const ids = await this.#refs.ids(db);
      const counts = new Map<string, number>();
      const cycles = (await db.all(cyclesWith, from, to, bitOf(no))).map((row) => Number(row.id));
      for (const some of inParts(cycles)) {
        for (const block of await blocksOf(db, some, bitOf(no))) {
          for (const [index, found] of block.column('code').entries()) {
            if (found !== no) continue;
            const id = ids.get(block.column('no')[index] ?? -1) ?? '';
            counts.set(id, (counts.get(id) ?? 0) + 1);
          }
        }
      }
      return counts;
    });
  }

  async outcomes(cycleId: number): Promise<readonly PictureOutcome[]> {
    const rows = await this.#db.read((db) => readRows(db, cycleId));
    const ids = await this.#refs.ids(this.#db);
    return rows
      .toSorted((a, b) => a.no - b.no)
      .map((row) => ({
        checkId: ids.get(row.no) ?? '',
        verdict: verdicts[row.verdict] ?? 'unknown',
        ...(row.status === 0 ? {} : { totalMs: totalOf(row) / 10 }),
      }));
  }

  messages(channel: string, { limit, before }: Page): Promise<readonly StoredMessage[]> {
    const sql = `select * from outbox where channel in (?, ?, ?) and id < ? order by id desc limit ?`;
    return this.#db.read(async (db) =>
      (await db.all(sql, ...queuesOf(channel), before ?? newest, limit)).map(toMessage),
    );
  }

  unsent(limit: number): Promise<readonly UnsentMessage[]> {
    const sql = `select * from outbox where state in ('pending', 'undelivered') order by id limit ?`;
    return this.#db.read(async (db) =>
      (await db.all(sql, limit)).map((row) => ({ ...toMessage(row), ...toQueued(row) })),
    );
  }

  queued(): Promise<readonly QueuedMessage[]> {
    const sql = `select id, created_at, state, attempt, settled_at, receipt, code, message, hint, unclear, aside,
      channel, not_before from outbox where state in ('pending', 'undelivered') order by id`;
    return this.#db.read(async (db) => (await db.all(sql)).map(toQueued));
  }

  messageId(dedupKey: string): Promise<number | undefined> {
    return this.#db.read(async (db) => {
      const [row] = await db.all('select id from outbox where dedup_key = ?', dedupKey);
      return row === undefined ? undefined : Number(row.id);
    });
  }

  async addChanges(
    changes: readonly ChangeSet[],
    at: number,
    messages: readonly OutboxEntry[] = [],
  ): Promise<void> {
    const rows = await Promise.all(changes.map(async (change) => ({ change, data: await pack(change) })));
    await this.#db.write(async (db) => {
      const insert = 'insert into document_change (at, document_id, data) values (?, ?, ?)';
      for (const { change, data } of rows) await db.run(insert, at, change.documentId, data);
      await db.run(
        'delete from document_change where id <= (select max(id) from document_change) - ?',
        keptChanges,
      );
      await enqueue(db, messages, new Map());
    });
  }

  changes({ limit, before }: Page, documentId?: string): Promise<readonly StoredChange[]> {
    const sql = `select id, at, data from document_change
      where id < ? ${documentId === undefined ? '' : 'and document_id = ?'} order by id desc limit ?`;
    const which = documentId === undefined ? [] : [documentId];
    return this.#db.read(async (db) =>
      (await db.all(sql, before ?? newest, ...which, limit)).map(({ id, at, data }) => ({
        ...(unpack(data as Uint8Array) as unknown as ChangeSet),
        id: Number(id),
        at: Number(at),
      })),
    );
  }
}

function toMessage(row: Row): StoredMessage {
  return {
    ...standingOf(row),
    content: JSON.parse(String(row.content)) as MessageContent,
    ...(row.rendered === null ? {} : { rendered: JSON.parse(String(row.rendered)) as readonly string[] }),
  };
}

function toQueued(row: Row): QueuedMessage {
  const queue = String(row.channel);
  const channel = channelOf(queue);
  const isSetAside = row.state === 'undelivered' ? row.code !== 'unclear' : Number(row.aside) === 1;
  return {
    ...standingOf(row),
    channel,
    refused: isSetAside && Number(row.unclear) === 0,
    held: queue !== channel,
    notBefore: Number(row.not_before),
  };
}

function standingOf(row: Row): Omit<StoredMessage, 'content' | 'rendered'> {
  return {
    id: Number(row.id),
    createdAt: Number(row.created_at),
    state: String(row.state) as StoredMessage['state'],
    attempts: Number(row.attempt),
    ...(row.settled_at === null ? {} : { settledAt: Number(row.settled_at) }),
    ...(row.receipt === null ? {} : { receipt: String(row.receipt) }),
    ...(row.code === null ? {} : { problem: fromColumn(String(row.message)) }),
    ...(row.hint === null ? {} : { hint: fromColumn(String(row.hint)) }),
    ...(Number(row.unclear) > 0 && row.state !== 'sent' ? { mayHaveArrived: true } : {}),
  };
}
