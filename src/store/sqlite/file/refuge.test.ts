import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxEntry } from '../../../model/message.ts';
import { scenarios } from '../../../notify/test-message/scenarios.ts';
import { SqlOutbox } from '../../outbox/outbox.ts';
import { Database } from '../database.ts';
import { StoreError } from '../../store.ts';

const t0 = Date.UTC(2026, 0, 5, 8);

let folder: string;
let database: Database;
let outbox: SqlOutbox;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apipatrol-refuge-'));
  database = Database.open(join(folder, 'patrol.db'), { readOnly: false, alone: true });
  outbox = new SqlOutbox(database);
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

function message(dedupKey: string, channel = 'good', about = scenarios.failure(t0)): OutboxEntry {
  return { dedupKey, channel, createdAt: t0, content: about };
}

async function send(...entries: readonly OutboxEntry[]): Promise<void> {
  await outbox.insert(entries);
  for (const { channel } of entries) {
    const leased = await outbox.lease(channel, t0, 1000);
    if (leased !== undefined) await outbox.settle(leased.id, { state: 'sent', at: t0 });
  }
}

/** Nothing can be written for once. */
async function goInMemory(): Promise<void> {
  let tries = 0;
  await database.write(async () => {
    if (tries++ === 0)
      throw new StoreError({ code: 'full', said: 'no room', hint: 'make some', retry: true });
  });
  expect(database.isHome).toBe(false);
}

async function heard(channel = 'good'): Promise<readonly string[]> {
  return (await outbox.entriesSince(channel, t0)).map(({ dedupKey }) => dedupKey);
}

describe('who has heard what', () => {
  it('is known in memory as well: what was sent, what waits and what was given up', async () => {
    await send(message('sent'), message('given-up', 'bad'));
    await database.run("update outbox set state = 'undelivered', attempt = 3 where dedup_key = 'given-up'");
    await outbox.insert([message('waits', 'bad')]);
    await goInMemory();
    expect(await heard()).toEqual(['sent']);
    expect(await heard('bad')).toEqual(['waits']);
    expect((await outbox.refused('bad')).map(({ dedupKey }) => dedupKey)).toEqual(['given-up']);
  });

  it('is still known in the file that it goes back to', async () => {
    await send(message('before'));
    await goInMemory();
    await send(message('meanwhile'));
    database.takeReserve();
    await database.returnHome(t0);
    expect(database.isHome).toBe(true);
    expect(await heard()).toEqual(['before', 'meanwhile']);
  });

  it.each(['as it happens', 'after a start'])(
    'of what goes on all, of the rest the last thousand: %s',
    async (when) => {
      const [began] = scenarios.failure(t0).transitions;
      if (began === undefined) throw new Error('nothing failed');
      await outbox.tell([began], [message('goes on')]);
      await outbox.insert(
        Array.from({ length: 1200 }, (_, no) => message(`${no}`, 'good', scenarios.outage(t0))),
      );
      await database.run("update outbox set state = 'sent'");
      if (when === 'after a start') {
        await database.close();
        database = Database.open(database.path, { readOnly: false, alone: true });
        outbox = new SqlOutbox(database);
      }
      await outbox.insert([message('waits')]);
      await goInMemory();
      const known = await heard();
      expect(known).toHaveLength(1001);
      expect([known[0], known[1], known.at(-1)]).toEqual(['goes on', '201', 'waits']);
    },
  );
});
