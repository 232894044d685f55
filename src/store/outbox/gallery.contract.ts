import { beforeEach, describe, expect, it } from 'vitest';
import { result } from '../../incidents/world.fixture.ts';
import type { Check } from '../../model/check.ts';
import type { ChangeSet } from '../../model/document.ts';
import type { OutboxEntry } from '../../model/message.ts';
import type { Store } from '../store.ts';
import type { StoreWorld } from '../store.contract.ts';

/** What every store shows of what it keeps. */
export function galleryContract(name: string, world: StoreWorld): void {
  describe(`${name} as a store of pictures`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await world.open();
    });

    const content = { cycleId: 1, transitions: [], totals: { failing: 0, checks: 1 }, mentions: [] };
    const message = (dedupKey: string, channel: string): OutboxEntry => ({
      dedupKey,
      channel,
      createdAt: 5,
      content,
    });

    it('shows the messages of a channel, newest first, a page at a time', async () => {
      await store.outbox.insert([message('a', 'ops'), message('b', 'ops~quiet'), message('c', 'dev')]);
      await store.outbox.freeze(1, ['hello']);
      await store.outbox.settle(1, { state: 'sent', at: 9, receipt: 'r' });
      expect(await store.gallery.messages('ops', { limit: 1 })).toMatchObject([{ id: 2, state: 'pending' }]);
      expect(await store.gallery.messages('ops', { limit: 9, before: 2 })).toEqual([
        {
          id: 1,
          createdAt: 5,
          state: 'sent',
          attempts: 0,
          settledAt: 9,
          receipt: 'r',
          content,
          rendered: ['hello'],
        },
      ]);
      expect(await store.gallery.messageId('c')).toBe(3);
      expect(await store.gallery.messageId('x')).toBeUndefined();
      expect(await store.gallery.queued()).toMatchObject([
        { id: 2, channel: 'ops', state: 'pending', held: true },
        { id: 3, channel: 'dev', state: 'pending', held: false },
      ]);
    });

    it('shows what waits and what was given up, of all channels, with when and why', async () => {
      await store.outbox.insert([
        message('a', 'ops'),
        { ...message('b', 'ops~quiet'), notBefore: 99 },
        message('c', 'dev'),
        message('d', 'dev'),
      ]);
      await store.outbox.settle(1, {
        state: 'undelivered',
        code: '40008',
        message: 'bad type',
        hint: 'report it',
      });
      await store.outbox.settle(3, { state: 'sent', at: 9 });
      await store.outbox.settle(4, {
        state: 'pending',
        notBefore: 50,
        code: 'network',
        message: 'ECONNREFUSED',
      });
      expect(await store.gallery.unsent(9)).toMatchObject([
        {
          id: 1,
          channel: 'ops',
          state: 'undelivered',
          held: false,
          problem: 'bad type',
          hint: 'report it',
        },
        { id: 2, channel: 'ops', state: 'pending', held: true, notBefore: 99 },
        { id: 4, channel: 'dev', state: 'pending', notBefore: 50, problem: 'ECONNREFUSED' },
      ]);
      expect(await store.gallery.unsent(1)).toHaveLength(1);
    });

    it('keeps what changed in documents', async () => {
      const change = (documentId: string, added: string): ChangeSet => ({
        kind: 'changed',
        documentId,
        service: 'orders',
        uri: 'orders.yaml',
        added: [added],
        removed: [],
        changed: [],
      });
      await store.gallery.addChanges([change('a', 'GET /one'), change('b', 'GET /two')], 10);
      await store.gallery.addChanges([change('a', 'GET /three')], 20);
      expect(await store.gallery.changes({ limit: 9 }, 'a')).toEqual([
        { ...change('a', 'GET /three'), id: 3, at: 20 },
        { ...change('a', 'GET /one'), id: 1, at: 10 },
      ]);
      expect((await store.gallery.changes({ limit: 1, before: 3 })).map(({ id }) => id)).toEqual([2]);
    });

    it('counts the results that had a reason, by check, in the cycles of a time', async () => {
      const checks = ['a', 'b'].map((id) => ({ id, service: 'orders', operation: `GET /${id}` }) as Check);
      const patrol = async (at: number, codes: readonly ('none' | 'flaky')[]): Promise<void> => {
        const { id } = await store.beginCycle(at, at);
        const results = codes.map((code, no) =>
          result(checks[no]?.id ?? '', code === 'none' ? 'ok' : 'degraded flaky', at),
        );
        await store.appendResults(id, results, checks);
      };
      await patrol(1000, ['flaky', 'none']);
      await patrol(2000, ['flaky', 'flaky']);
      await patrol(3000, ['flaky', 'flaky']);
      expect(await store.gallery.countReason('flaky', { from: 1000, to: 2000 })).toEqual(
        new Map([
          ['a', 2],
          ['b', 1],
        ]),
      );
    });
  });
}
