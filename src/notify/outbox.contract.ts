import { beforeEach, describe, expect, it } from 'vitest';
import type { OutboxEntry } from '../model/message.ts';
import type { LeasedMessage, Outbox } from './ports.ts';

const start = Date.UTC(2026, 0, 1);
const leaseMs = 60_000;

function entry(key: string, channel = 'ops', createdAt = start): OutboxEntry {
  const content = { cycleId: 1, transitions: [], totals: { failing: 1, checks: 2 }, mentions: ['zhangsan'] };
  return { dedupKey: key, channel, createdAt, content };
}

/** What every outbox keeps; `open` gives an empty one. */
export function outboxContract(name: string, open: () => Outbox | Promise<Outbox>): void {
  describe(`${name} as an outbox`, () => {
    let outbox: Outbox;
    beforeEach(async () => {
      outbox = await open();
    });

    const lease = (channel = 'ops', now = start) => outbox.lease(channel, now, leaseMs);
    const leased = async (channel = 'ops', now = start): Promise<LeasedMessage> => {
      const message = await lease(channel, now);
      if (message === undefined) throw new Error(`nothing to lease for ${channel}`);
      return message;
    };
    const pending = (notBefore: number) =>
      ({ state: 'pending', notBefore, code: '-1', message: 'busy' }) as const;

    describe('what waits', () => {
      it('is nothing at first', async () => {
        expect(await lease()).toBeUndefined();
        expect(await outbox.nextDueAt()).toBeUndefined();
      });

      it('comes out as it was put in, for the first time', async () => {
        await outbox.insert([entry('a')]);
        const { id: _, ...message } = await leased();
        expect(message).toEqual({ entry: entry('a'), attempt: 1, partsSent: 0, unclear: 0 });
      });

      it('comes in the order in which it was put in, each channel for itself', async () => {
        await outbox.insert([entry('a1'), entry('b1', 'mail'), entry('a2')]);
        const first = await leased();
        await outbox.settle(first.id, { state: 'sent', at: start });
        expect([first.entry.dedupKey, (await leased()).entry.dedupKey]).toEqual(['a1', 'a2']);
        expect((await leased('mail')).entry.dedupKey).toBe('b1');
      });

      it('is the same message when it is put in again, even after it was sent', async () => {
        await outbox.insert([entry('a')]);
        await outbox.insert([entry('a')]);
        await outbox.settle((await leased()).id, { state: 'sent', at: start });
        await outbox.insert([entry('a')]);
        expect(await lease()).toBeUndefined();
      });
    });

    describe('a message for later', () => {
      it('waits until its time, and is not given before', async () => {
        const later = { ...entry('a'), notBefore: start + 5000 };
        await outbox.insert([later]);
        expect(await outbox.nextDueAt()).toBe(start + 5000);
        expect(await lease('ops', start + 4999)).toBeUndefined();
        expect((await leased('ops', start + 5000)).entry).toEqual(later);
      });
    });

    describe('a lease', () => {
      it('is given to one at a time, and the messages behind it wait', async () => {
        await outbox.insert([entry('a1'), entry('a2')]);
        await leased();
        expect(await lease()).toBeUndefined();
        expect(await lease('ops', start + leaseMs - 1)).toBeUndefined();
      });

      it('ends by itself, and the message comes again as the next attempt', async () => {
        await outbox.insert([entry('a1'), entry('a2')]);
        await leased();
        const again = await leased('ops', start + leaseMs);
        expect([again.entry.dedupKey, again.attempt]).toEqual(['a1', 2]);
      });

      it('keeps the bytes and the parts already taken for the next attempt', async () => {
        await outbox.insert([entry('a')]);
        const { id } = await leased();
        await outbox.freeze(id, ['part 一', 'part 二']);
        await outbox.partSent(id, 1);
        expect(await leased('ops', start + leaseMs)).toMatchObject({
          rendered: ['part 一', 'part 二'],
          partsSent: 1,
        });
      });

      it('can freeze anew when the first bytes were too long', async () => {
        await outbox.insert([entry('a')]);
        const { id } = await leased();
        await outbox.freeze(id, ['long']);
        await outbox.freeze(id, ['short']);
        expect((await leased('ops', start + leaseMs)).rendered).toEqual(['short']);
      });
    });

    describe('a message that has to be tried again', () => {
      it('comes when its time has come', async () => {
        await outbox.insert([entry('a')]);
        await outbox.settle((await leased()).id, pending(start + 5000));
        expect(await lease('ops', start + 4999)).toBeUndefined();
        expect((await leased('ops', start + 5000)).attempt).toBe(2);
      });

      it('is not overtaken in its channel, while other channels go on', async () => {
        await outbox.insert([entry('a1'), entry('a2'), entry('b1', 'mail')]);
        await outbox.settle((await leased()).id, pending(start + 5000));
        expect(await lease('ops', start + 4999)).toBeUndefined();
        expect((await leased('mail')).entry.dedupKey).toBe('b1');
        expect((await leased('ops', start + 5000)).entry.dedupKey).toBe('a1');
      });

      it('makes way when it is given up', async () => {
        await outbox.insert([entry('a1'), entry('a2')]);
        await outbox.settle((await leased()).id, { state: 'undelivered', code: '40008', message: 'bad' });
        expect((await leased()).entry.dedupKey).toBe('a2');
      });
    });

    describe('a queue that has grown', () => {
      const keys = (entries: readonly OutboxEntry[]) => entries.map((waiting) => waiting.dedupKey);
      const summary = (waiting: readonly OutboxEntry[]) => entry(keys(waiting).join('+'), 'ops', start + 9);

      it('tells what waits, oldest first', async () => {
        await outbox.insert([entry('a'), entry('b'), entry('c', 'mail')]);
        await outbox.settle((await leased()).id, { state: 'sent', at: start });
        expect(await outbox.waiting('ops')).toEqual([entry('b')]);
      });

      it('tells what was put in since a time, also when it was sent, but not what was given up', async () => {
        await outbox.insert([entry('old', 'ops', start - 1), entry('a'), entry('b'), entry('c')]);
        await outbox.settle((await leased()).id, { state: 'sent', at: start });
        await outbox.settle((await leased()).id, { state: 'sent', at: start });
        await outbox.settle((await leased()).id, { state: 'undelivered', code: '1', message: 'bad' });
        expect(keys(await outbox.entriesSince('ops', start))).toEqual(['a', 'c']);
      });

      it('is known as refused when it was tried and cannot have arrived', async () => {
        await outbox.insert([entry('sent'), entry('bad'), entry('unclear'), entry('later'), entry('new')]);
        await outbox.settle((await leased()).id, { state: 'sent', at: start });
        await outbox.settle((await leased()).id, { state: 'undelivered', code: '1', message: 'bad' });
        const waits = { state: 'pending', notBefore: start + 1, code: '1', message: 'bad' } as const;
        await outbox.settle((await leased()).id, { ...waits, aside: 'unclear' });
        await outbox.settle((await leased()).id, { ...waits, aside: 'refused' });
        expect(keys(await outbox.refused('ops'))).toEqual(['bad', 'later']);
      });

      it('is folded into one message that takes its place', async () => {
        await outbox.insert([entry('a'), entry('b'), entry('x', 'mail'), entry('c')]);
        expect(await outbox.fold('ops', start, summary)).toBe(3);
        const message = await leased();
        expect([message.entry.dedupKey, message.attempt]).toEqual(['a+b+c', 1]);
        await outbox.settle(message.id, { state: 'sent', at: start });
        expect(await outbox.nextDueAt(['ops'])).toBeUndefined();
        expect(keys(await outbox.waiting('mail'))).toEqual(['x']);
      });

      it('is left as it is when there is nothing to make of it', async () => {
        await outbox.insert([entry('a'), entry('b')]);
        expect(await outbox.fold('ops', start, () => undefined)).toBe(0);
        expect(await outbox.fold('nobody', start, summary)).toBe(0);
        expect(keys(await outbox.waiting('ops'))).toEqual(['a', 'b']);
      });

      it('keeps what is half sent, is being sent, or is for later', async () => {
        await outbox.insert([
          entry('half'),
          entry('b'),
          { ...entry('later'), notBefore: start + 1 },
          entry('c'),
        ]);
        const { id } = await leased();
        await outbox.freeze(id, ['bytes', 'more bytes']);
        expect(await outbox.fold('ops', start, summary)).toBe(2);
        await outbox.partSent(id, 1);
        await outbox.settle(id, pending(start));
        await outbox.insert([entry('d')]);
        expect(await outbox.fold('ops', start, summary)).toBe(2);
        expect(keys(await outbox.waiting('ops'))).toEqual(['half', 'later', 'b+c+d']);
      });

      it('takes in what was tried in vain', async () => {
        await outbox.insert([entry('tried'), entry('b')]);
        const { id } = await leased();
        await outbox.freeze(id, ['bytes']);
        await outbox.settle(id, pending(start));
        expect(await outbox.fold('ops', start, summary)).toBe(2);
        expect(keys(await outbox.waiting('ops'))).toEqual(['tried+b']);
      });

      it('takes what was folded for known when it is put in again', async () => {
        await outbox.insert([entry('a'), entry('b')]);
        await outbox.fold('ops', start, summary);
        await outbox.insert([entry('a')]);
        expect(keys(await outbox.waiting('ops'))).toEqual(['a+b']);
      });
    });

    it('keeps how channels are doing, the latest of each', async () => {
      expect(await outbox.channels()).toEqual(new Map());
      await outbox.keepChannel('ops', { state: 'ok', since: start, lastSentAt: start });
      const broken = {
        state: 'broken',
        since: start,
        code: '93000',
        message: 'gone',
        hint: 'add it',
      } as const;
      await outbox.keepChannel('ops', broken);
      await outbox.keepChannel('mail', { state: 'ok', since: start });
      expect(await outbox.channels()).toEqual(
        new Map<string, object>([
          ['mail', { state: 'ok', since: start }],
          ['ops', broken],
        ]),
      );
    });

    describe('dead letters', () => {
      const bury = async (now = start) => {
        const { id } = await leased('ops', now);
        await outbox.freeze(id, ['old bytes']);
        await outbox.settle(id, { state: 'undelivered', code: '40008', message: 'bad type' });
        return id;
      };

      it('can be sent again, as if they were new', async () => {
        await outbox.insert([entry('a'), entry('b')]);
        const id = await bury();
        expect(await outbox.revive([id, 4711])).toBe(1);
        const message = await leased();
        expect(message).toEqual({ id, entry: entry('a'), attempt: 1, partsSent: 0, unclear: 0 });
        await outbox.settle(id, { state: 'sent', at: start });
        expect(await outbox.revive([id])).toBe(0);
      });
    });

    describe('a message set aside', () => {
      const aside = (why: 'refused' | 'unclear', notBefore: number) => ({
        ...pending(notBefore),
        aside: why,
      });

      it('lets those behind it pass, and comes when it is due', async () => {
        await outbox.insert([entry('a'), entry('b')]);
        const { id } = await leased();
        await outbox.settle(id, aside('unclear', start + 5000));
        const behind = await leased();
        expect(behind.entry.dedupKey).toBe('b');
        await outbox.settle(behind.id, { state: 'sent', at: start });
        expect(await outbox.lease('ops', start, leaseMs)).toBeUndefined();
        expect(await outbox.nextDueAt()).toBe(start + 5000);
        expect(await leased('ops', start + 5000)).toMatchObject({ id, unclear: 1 });
      });

      it('keeps its bytes when it may have arrived, and is rendered anew when it was refused', async () => {
        await outbox.insert([entry('a'), entry('b')]);
        for (const why of ['unclear', 'refused'] as const) {
          const { id } = await leased();
          await outbox.freeze(id, ['bytes']);
          await outbox.settle(id, aside(why, start + 5000));
        }
        expect((await leased('ops', start + 5000)).rendered).toEqual(['bytes']);
        expect((await leased('ops', start + 5000)).rendered).toBeUndefined();
      });

      it('comes sooner when its channel is well again, once it has been repeated', async () => {
        await outbox.insert([entry('a'), entry('b'), entry('c', 'mail')]);
        const once = await leased();
        await outbox.settle(once.id, aside('unclear', start + 5000));
        const twice = await leased();
        await outbox.settle(twice.id, aside('unclear', start));
        await outbox.settle((await leased()).id, aside('unclear', start + 5000));
        const other = await leased('mail');
        await outbox.settle(other.id, aside('unclear', start));
        await outbox.settle((await leased('mail')).id, aside('unclear', start + 5000));
        await outbox.hasten('ops', start + 1000);
        expect(await leased('ops', start + 1000)).toMatchObject({ id: twice.id, unclear: 2 });
        expect(await outbox.lease('ops', start + 1000, leaseMs)).toBeUndefined();
        expect(await outbox.lease('mail', start + 1000, leaseMs)).toBeUndefined();
      });

      it('is folded with nothing when it may have arrived, also when it is due', async () => {
        await outbox.insert([entry('a'), entry('b'), entry('c')]);
        await outbox.settle((await leased()).id, aside('unclear', start + 5000));
        const keys: string[] = [];
        const merge = (waiting: readonly OutboxEntry[]) => {
          keys.push(...waiting.map(({ dedupKey }) => dedupKey));
          return entry('both');
        };
        expect(await outbox.fold('ops', start + 5000, merge)).toBe(2);
        expect(keys).toEqual(['b', 'c']);
      });
    });

    describe('a clock that is set', () => {
      const day = 86_400_000;

      it('moves what waits with it, whether it waits for a retry or for the end of a lease', async () => {
        await outbox.insert([entry('a'), entry('b', 'mail')]);
        await outbox.settle((await leased()).id, pending(start + 5000));
        await leased('mail');
        await outbox.shift(-3 * day, start - 3 * day);
        const now = start - 3 * day;
        expect(await outbox.lease('ops', now, leaseMs)).toBeUndefined();
        expect(await outbox.lease('mail', now + leaseMs - 1, leaseMs)).toBeUndefined();
        expect(await leased('ops', now + 5000)).toBeDefined();
        expect(await leased('mail', now + leaseMs)).toBeDefined();
      });

      it('unseen makes nothing wait longer than anything is made to wait', async () => {
        await outbox.insert([entry('a'), { ...entry('quiet', 'mail'), notBefore: start + 86_400_000 }]);
        await outbox.settle((await leased()).id, pending(start + 5000));
        expect(await leased('ops', start - 3 * day)).toBeDefined();
        expect(await outbox.lease('mail', start, leaseMs)).toBeUndefined();
        expect(await leased('mail', start - 30 * day)).toBeDefined();
      });
    });

    describe('the time of the next message', () => {
      it('is when it was committed, and nothing when all were sent', async () => {
        await outbox.insert([entry('a', 'ops', start - 10)]);
        expect(await outbox.nextDueAt()).toBeLessThanOrEqual(start);
        await outbox.settle((await leased()).id, { state: 'sent', at: start, receipt: 'r' });
        expect(await outbox.nextDueAt()).toBeUndefined();
      });

      it('is the end of the lease or of the wait of the oldest, not of one behind it', async () => {
        await outbox.insert([entry('a1'), entry('a2')]);
        const { id } = await leased();
        expect(await outbox.nextDueAt()).toBe(start + leaseMs);
        await outbox.settle(id, pending(start + 5000));
        expect(await outbox.nextDueAt()).toBe(start + 5000);
      });

      it('is that of the channels asked for', async () => {
        await outbox.insert([entry('a'), entry('b', 'mail')]);
        await outbox.settle((await leased()).id, pending(start + 5000));
        expect(await outbox.nextDueAt(['ops'])).toBe(start + 5000);
        expect(await outbox.nextDueAt(['mail'])).toBeLessThanOrEqual(start);
        expect(await outbox.nextDueAt(['nobody'])).toBeUndefined();
        expect(await outbox.nextDueAt([])).toBeUndefined();
      });
    });

    describe('the places of a minute', () => {
      it('are given out until none is left, and again as the window moves on', async () => {
        const take = (at: number) => outbox.takeToken('robot', 3, start + at);
        for (const at of [0, 1000, 2000]) expect(await take(at)).toEqual({ ok: true });
        expect(await take(3000)).toEqual({ ok: false, freeAt: start + 60_000 });
        expect(await take(59_999)).toEqual({ ok: false, freeAt: start + 60_000 });
        expect(await take(60_000)).toEqual({ ok: true });
        expect(await take(60_001)).toEqual({ ok: false, freeAt: start + 61_000 });
      });

      it('are counted for each bucket by itself', async () => {
        expect(await outbox.takeToken('one', 1, start)).toEqual({ ok: true });
        expect(await outbox.takeToken('two', 1, start)).toEqual({ ok: true });
        expect(await outbox.takeToken('one', 1, start)).toEqual({ ok: false, freeAt: start + 60_000 });
      });
    });
  });
}
