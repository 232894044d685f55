import { beforeEach, describe, expect, it } from 'vitest';
import type { Incident, Transition } from '../../model/incident.ts';
import type { OutboxEntry } from '../../model/message.ts';
import type { Silence } from '../../model/silence.ts';
import type { Store } from '../store.ts';
import type { StoreWorld } from '../store.contract.ts';
import { incident as storedIncident, t0 } from '../stored.fixture.ts';

/** What every store keeps of what people do. */
export function deskContract(name: string, world: StoreWorld): void {
  describe(`${name} as a store of what people do`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await world.open();
    });

    const incident = (more: Partial<Incident> = {}): Incident => storedIncident('operation:a', more);
    const hour = 3_600_000;
    const always = { from: 0, to: Number.MAX_SAFE_INTEGER };

    function messageAbout(transition: Transition): OutboxEntry {
      const content = {
        cycleId: 1,
        transitions: [transition],
        totals: { failing: 1, checks: 2 },
        mentions: [],
      };
      return { dedupKey: transition.kind, channel: 'ops', createdAt: transition.at, content };
    }

    const opened: Transition = { kind: 'opened', at: t0, incident: incident() };
    const resolved: Transition = {
      kind: 'resolved',
      at: t0 + hour,
      incident: incident({ state: 'resolved', resolvedAt: t0 + hour, version: 2 }),
    };

    describe('a silence', () => {
      const silence: Omit<Silence, 'id'> = {
        matcher: { services: ['orders'] },
        from: t0,
        until: t0 + hour,
        by: 'cli:li',
        reason: 'deploy',
        createdAt: t0,
      };

      it.skipIf(world.isForgetful)('outlives a restart and is no longer listed after its end', async () => {
        expect(await store.desk.silence(silence)).toEqual({ id: 1, ...silence });
        store = await world.reopen();
        expect(await store.desk.silences(t0 + hour - 1)).toEqual([{ id: 1, ...silence }]);
        expect(await store.desk.silences(t0 + hour)).toEqual([]);
      });

      it.each([
        ['3 days back', -72],
        ['500 days on', 12_000],
      ])('lasts as long as it was to when the wall clock is set %s', async (_, hours) => {
        const by = hours * hour;
        await store.desk.silence(silence);
        await store.desk.silence({ ...silence, from: t0 + hour, until: t0 + 2 * hour, reason: 'planned' });
        await store.outbox.shift(by, t0 + 60_000 + by);
        const [begun, planned] = await store.desk
          .silences(0)
          .then((all) => all.toSorted((a, b) => a.id - b.id));
        expect(begun).toMatchObject({ from: t0 + by, until: t0 + by + hour });
        expect(planned).toMatchObject({ from: t0 + hour, until: t0 + 2 * hour });
      });

      it('can be ended before its time, once', async () => {
        const { id } = await store.desk.silence(silence);
        expect(await store.desk.endSilence(id, 'page:wang', t0 + 1)).toBe(true);
        expect(await store.desk.endSilence(id, 'page:wang', t0 + 2)).toBe(false);
        expect(await store.desk.endSilence(99, 'page:wang', t0 + 2)).toBe(false);
        expect(await store.desk.silences(t0 + 1)).toEqual([]);
        expect(await store.desk.audit(always)).toEqual([
          { at: t0 + 1, by: 'page:wang', action: 'end-silence', subject: 'silence 1' },
          { at: t0, by: 'cli:li', action: 'silence', subject: 'silence 1', note: 'deploy' },
        ]);
      });
    });

    describe('an open incident', () => {
      const acknowledgement = { by: 'link:li', at: t0 + 5, until: t0 + 24 * hour, note: 'on it' };

      it('shows who looks after it, whatever the next cycle writes', async () => {
        await store.record({ open: [incident()], transitions: [opened], messages: [] });
        expect(await store.desk.acknowledge('a7f3', acknowledgement)).toBe(true);
        expect(await store.openIncidents()).toEqual([{ ...incident(), acknowledged: acknowledgement }]);
        await store.record({ open: [incident({ failingCycles: 2 })], transitions: [], messages: [] });
        expect((await store.incidents(always))[0]).toMatchObject({
          failingCycles: 2,
          acknowledged: acknowledgement,
        });
        expect(await store.desk.unacknowledge('A7F3', 'page:li', t0 + 6)).toBe(true);
        expect((await store.openIncidents())[0]).not.toHaveProperty('acknowledged');
      });

      it('keeps who looked after it before, and until when that lasted', async () => {
        await store.record({ open: [incident()], transitions: [opened], messages: [] });
        await store.desk.acknowledge('A7F3', acknowledgement);
        await store.desk.acknowledge('A7F3', { by: 'cli:wang', at: t0 + 20, until: t0 + hour });
        await store.desk.unacknowledge('A7F3', 'cli:wang', t0 + 30);
        const { fingerprint } = incident();
        expect(await store.past.acknowledgements(t0)).toEqual([
          { fingerprint, acknowledgement: { by: 'link:li', at: t0 + 5, until: t0 + 20 } },
          { fingerprint, acknowledgement: { by: 'cli:wang', at: t0 + 20, until: t0 + 30 } },
        ]);
        expect((await store.openIncidents())[0]).not.toHaveProperty('acknowledged');
      });

      it('that has ended, or never was, cannot be acknowledged, but can be commented on', async () => {
        await store.record({ open: [], transitions: [resolved], messages: [] });
        expect(await store.desk.acknowledge('A7F3', acknowledgement)).toBe(false);
        expect(await store.desk.comment('A7F3', 'page:li', t0 + 9, 'disk was full')).toBe(true);
        expect(await store.desk.comment('ZZZZ', 'page:li', t0 + 9, 'what?')).toBe(false);
        expect(await store.desk.audit({ ...always, limit: 1 })).toEqual([
          { at: t0 + 9, by: 'page:li', action: 'comment', subject: 'incident A7F3', note: 'disk was full' },
        ]);
      });

      it('that was only suspected leaves nothing behind when it comes to nothing', async () => {
        const suspected = incident({ state: 'pending', version: 0 });
        await store.record({ open: [suspected], transitions: [], messages: [] });
        expect(await store.openIncidents()).toEqual([suspected]);
        expect(await store.incidents(always)).toEqual([]);
        await store.record({ open: [suspected], transitions: [], messages: [] });
        expect(await store.openIncidents()).toEqual([suspected]);
        await store.record({ open: [], transitions: [], messages: [] });
        expect(await store.openIncidents()).toEqual([]);
        expect(await store.story('A7F3')).toBeUndefined();
      });
    });

    describe('the story of an incident', () => {
      it('has what happened, what was kept back, who was told and what people did', async () => {
        const silent: Transition = { ...opened, suppressed: { by: 'silence', note: '#1 by li: deploy' } };
        const told: Transition = { kind: 'opened', at: t0 + 9, incident: incident({ version: 2 }) };
        await store.record({ open: [incident()], transitions: [silent], messages: [] });
        await store.record({ open: [told.incident], transitions: [told], messages: [messageAbout(told)] });
        await store.desk.comment('A7F3', 'page:li', t0 + 10, 'looking');
        const leased = await store.outbox.lease('ops', t0 + 11, hour);
        await store.outbox.settle(leased?.id ?? 0, {
          state: 'pending',
          notBefore: t0 + 11,
          code: '45009',
          message: 'too fast',
        });
        await store.outbox.lease('ops', t0 + 12, hour);
        await store.outbox.settle(leased?.id ?? 0, { state: 'sent', at: t0 + 12, receipt: 'r1' });
        expect(await store.story('a7f3')).toEqual({
          incident: told.incident,
          transitions: [silent, told],
          messages: [
            {
              id: 1,
              channel: 'ops',
              kind: 'opened',
              createdAt: t0 + 9,
              state: 'sent',
              attempts: 2,
              sentAt: t0 + 12,
              receipt: 'r1',
              problem: 'too fast',
            },
          ],
          audit: [
            { at: t0 + 10, by: 'page:li', action: 'comment', subject: 'incident A7F3', note: 'looking' },
          ],
        });
      });

      it('is that of the open incident when an older one had the same short id', async () => {
        await store.record({ open: [], transitions: [resolved], messages: [] });
        const now = incident({ fingerprint: 'operation:b', openedAt: t0 + 2 * hour });
        await store.record({ open: [now], transitions: [], messages: [] });
        expect((await store.story('A7F3'))?.incident).toEqual(now);
      });
    });
  });
}
