import type { ChangeSet } from '../../model/document.ts';
import { channelOf, type MessageContent, type OutboxEntry, queuesOf } from '../../model/message.ts';
import { type ReasonCode, reasonCodes, verdicts } from '../../model/result.ts';
import type { CheckRefs } from '../sqlite/check-refs.ts';
import type { Database, Row } from '../sqlite/database.ts';
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
import { pack, unpack } from '../sqlite/packed.ts';
import { bitOf, blockAt, readRows } from '../history/blocks.ts';
import { totalOf } from '../history/result-block.ts';

const newest = Number.MAX_SAFE_INTEGER;
/** Changes of documents beyond these are forgotten. */
const keptChanges = 5000;

export class SqliteGallery implements Gallery {
  readonly #database: Database;
  readonly #refs: CheckRefs;

  constructor(database: Database, refs: CheckRefs) {
    this.#database = database;
    this.#refs = refs;
  }

  countReason(
    code: ReasonCode,
    { from, to }: { readonly from: number; readonly to: number },
  ): Promise<ReadonlyMap<string, number>> {
    const sql = `select b.cycle_id, b.part from cycle c
      cross join result_block b indexed by result_block_span on b.cycle_id = c.id
      where c.started_at between ? and ? and b.codes & ? <> 0`;
    const no = reasonCodes.indexOf(code);
    return this.#database.read(() => {
      const ids = this.#refs.ids();
      const counts = new Map<string, number>();
      for (const { cycle_id: cycle, part } of this.#database.statement(sql).all(from, to, bitOf(no))) {
        const block = blockAt(this.#database, Number(cycle), Number(part));
        for (const [index, found] of block.column('code').entries()) {
          if (found !== no) continue;
          const id = ids.get(block.column('no')[index] ?? -1) ?? '';
          counts.set(id, (counts.get(id) ?? 0) + 1);
        }
      }
      return counts;
    });
  }

  async outcomes(cycleId: number): Promise<readonly PictureOutcome[]> {
    const rows = await this.#database.read(() => readRows(this.#database, cycleId));
    const ids = this.#refs.ids();
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
    return this.#database.read(() =>
      this.#database
        .statement(sql)
        .all(...queuesOf(channel), before ?? newest, limit)
        .map(toMessage),
    );
  }

  unsent(limit: number): Promise<readonly UnsentMessage[]> {
    const sql = `select * from outbox where state in ('pending', 'undelivered') order by id limit ?`;
    return this.#database.read(() =>
      this.#database
        .statement(sql)
        .all(limit)
        .map((row) => ({ ...toMessage(row), ...toQueued(row) })),
    );
  }

  queued(): Promise<readonly QueuedMessage[]> {
    const sql = `select id, created_at, state, attempt, settled_at, receipt, code, message, hint, unclear, aside,
      channel, not_before from outbox where state in ('pending', 'undelivered') order by id`;
    return this.#database.read(() => this.#database.statement(sql).all().map(toQueued));
  }

  messageId(dedupKey: string): Promise<number | undefined> {
    return this.#database.read(() => {
      const [row] = this.#database.statement('select id from outbox where dedup_key = ?').all(dedupKey);
      return row === undefined ? undefined : Number(row.id);
    });
  }

  async addChanges(
    changes: readonly ChangeSet[],
    at: number,
    messages: readonly OutboxEntry[] = [],
  ): Promise<void> {
    const rows = await Promise.all(changes.map(async (change) => ({ change, data: await pack(change) })));
    await this.#database.write(async () => {
      const insert = this.#database.statement(
        'insert into document_change (at, document_id, data) values (?, ?, ?)',
      );
      for (const { change, data } of rows) insert.run(at, change.documentId, data);
      this.#database
        .statement('delete from document_change where id <= (select max(id) from document_change) - ?')
        .run(keptChanges);
      enqueue(this.#database, messages, new Map());
    });
  }

  changes({ limit, before }: Page, documentId?: string): Promise<readonly StoredChange[]> {
    const sql = `select id, at, data from document_change
      where id < ?1 and (?2 is null or document_id = ?2) order by id desc limit ?3`;
    return this.#database.read(() =>
      this.#database
        .statement(sql)
        .all(before ?? newest, documentId ?? null, limit)
        .map(({ id, at, data }) => ({
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
