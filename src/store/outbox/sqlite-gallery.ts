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
import { nextTurn } from '../sqlite/turns.ts';

const newest = Number.MAX_SAFE_INTEGER;
/** Changes of documents beyond these are forgotten. */
const keptChanges = 5000;
/** A few milliseconds. */
const outcomesATurn = 2000;

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
    const sql = `select check_no, count(*) as count from cycle c join result r on r.cycle_id = c.id
      where c.started_at between ? and ? and r.code = ? group by check_no`;
    return this.#database.read(() => {
      const ids = this.#refs.ids();
      const rows = this.#database.statement(sql).all(from, to, reasonCodes.indexOf(code));
      return new Map(rows.map((row) => [ids.get(Number(row.check_no)) ?? '', Number(row.count)]));
    });
  }

  async outcomes(cycleId: number): Promise<readonly PictureOutcome[]> {
    const outcomes: PictureOutcome[] = [];
    for (let after = -1; ; ) {
      const rows = await this.#database.read(() => this.#outcomeRows(cycleId, after));
      outcomes.push(...rows.map(({ outcome }) => outcome));
      if (rows.length < outcomesATurn) return outcomes;
      after = rows.at(-1)?.no ?? newest;
      await nextTurn();
    }
  }

  #outcomeRows(
    cycleId: number,
    after: number,
  ): readonly { readonly no: number; readonly outcome: PictureOutcome }[] {
    const ids = this.#refs.ids();
    const sql = `select check_no, verdict, status, total from result
      where cycle_id = ? and check_no > ? order by check_no limit ${outcomesATurn}`;
    return this.#database
      .statement(sql)
      .all(cycleId, after)
      .map(({ check_no: no, verdict, status, total }) => ({
        no: Number(no),
        outcome: {
          checkId: ids.get(Number(no)) ?? '',
          verdict: verdicts[Number(verdict)] ?? 'unknown',
          ...(status === null ? {} : { totalMs: Number(total) / 10 }),
        },
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
