import { beforeEach, describe, expect, it } from 'vitest';
import type { Incident } from '../model/incident.ts';
import type { Result } from '../model/result.ts';
import { always, check, fail, incident, message, pass, runCycle, statistics, t0 } from './stored.fixture.ts';
import type { Store } from './store.ts';

/** Where stores are made for a test; whoever gives it closes them. Their clock stands at `t0`. */
export interface StoreWorld {
  /** With nothing in it. */
  open(): Promise<Store>;
  /** Closes the last one and opens what it has left. */
  reopen(): Promise<Store>;
  /** Nothing is left of a store that was closed. */
  readonly isForgetful?: boolean;
}

/** What every store keeps of cycles and incidents. */
export function storeContract(name: string, world: StoreWorld): void {
  describe(`${name} as a store`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await world.open();
    });

    describe('a cycle', () => {
      it('keeps every result as it was, whether appended on the way or with the close', async () => {
        const { id } = await store.beginCycle(t0, t0);
        await store.appendResults(id, [pass('b', 12.3)], [check('b')]);
        await store.closeCycle({
          statistics: statistics(id),
          results: [fail('a')],
          checks: [check('a')],
          open: [],
          transitions: [],
          messages: [],
        });
        expect(await store.results(id)).toEqual([fail('a'), pass('b', 12.3)]);
        expect(await store.cycles(always)).toEqual([statistics(id)]);
        expect(await store.checks()).toEqual([
          { id: 'b', service: 'orders', operation: 'GET /b' },
          { id: 'a', service: 'orders', operation: 'GET /a' },
        ]);
      });

      it('takes a result that is delivered twice once, the later one', async () => {
        const id = await runCycle(store, t0, { results: [pass('a', 1)], checks: [check('a')] });
        await store.appendResults(id, [pass('a', 2)], [check('a')]);
        expect((await store.results(id)).map((result) => result.phases.totalMs)).toEqual([2]);
      });

      it('stores all or nothing: a close with one bad part leaves no trace', async () => {
        const { id } = await store.beginCycle(t0, t0);
        const close = store.closeCycle({
          statistics: statistics(id),
          results: [pass('a', 1), pass('nobody', 1)],
          checks: [check('a')],
          open: [incident('operation:a')],
          transitions: [],
          messages: [message('m1')],
        });
        await expect(close).rejects.toThrow('nobody');
        expect(await store.results(id)).toEqual([]);
        expect(await store.openIncidents()).toEqual([]);
        expect(await store.outbox.nextDueAt()).toBeUndefined();
        await store.appendResults(id, [pass('a', 1)], [check('a')]);
        expect(await store.results(id)).toHaveLength(1);
      });

      it.skipIf(world.isForgetful)(
        'left open by a crash is closed as interrupted with what it has, by the next one',
        async () => {
          const { id } = await store.beginCycle(t0 - 20, t0);
          await store.appendResults(id, [pass('a', 10), fail('b')], [check('a'), check('b', 'users')]);
          store = await world.reopen();
          await store.beginCycle(t0 + 900_000, t0 + 900_000);
          expect(await store.cycles(always)).toMatchObject([
            {
              cycleId: id,
              outcome: 'interrupted',
              latenessMs: 20,
              checked: 2,
              counts: { pass: 1, degraded: 0, fail: 1, blocked: 0, unknown: 0 },
              successRate: 0.5,
              latency: { count: 2, maxMs: 31.2 },
              byService: { orders: { checked: 1 }, users: { checked: 1, latency: { p50Ms: 31.2 } } },
            },
          ]);
        },
      );

      it('may run beside one of another service without being taken for interrupted', async () => {
        const first = await store.beginCycle(t0, t0);
        await store.beginCycle(t0, t0 + 1);
        await store.closeCycle({
          statistics: statistics(first.id),
          results: [],
          checks: [],
          open: [],
          transitions: [],
          messages: [],
        });
        expect(await store.cycles(always)).toEqual([statistics(first.id)]);
      });
    });

    describe('looking back', () => {
      it('gives the history of one check, newest first, by time and number', async () => {
        for (const [no, at] of [t0, t0 + 900_000, t0 + 1_800_000].entries())
          await runCycle(store, at, {
            results: [pass('a', no + 1, at), pass('b', 9, at)],
            checks: [check('a'), check('b')],
          });
        const totals = async (range: Parameters<Store['history']>[1]) =>
          (await store.history('a', range)).map((result) => result.phases.totalMs);
        expect(await totals(always)).toEqual([3, 2, 1]);
        expect(await totals({ ...always, limit: 2 })).toEqual([3, 2]);
        expect(await totals({ from: t0, to: t0 + 900_000 })).toEqual([2, 1]);
        expect(await store.history('nobody', always)).toEqual([]);
        expect(await store.cycles({ ...always, limit: 1 })).toEqual([statistics(3, t0 + 1_800_000)]);
      });

      it('gives what each check came to last, whichever cycle or look found it', async () => {
        await runCycle(store, t0 - 3_600_000, {
          results: [pass('old', 1, t0 - 3_600_000)],
          checks: [check('old')],
        });
        const { id } = await store.beginCycle(t0, t0);
        await runCycle(store, t0 + 10_000, {
          results: [pass('a', 1, t0 + 10_000), pass('b', 1, t0 + 10_000)],
          checks: [check('a'), check('b')],
        });
        const late = { ...fail('b'), at: t0 + 20_000 };
        await store.appendResults(id, [late], [check('b')]);
        const results = [
          { ...fail('a'), at: t0 + 40_000 },
          { ...late, at: t0 + 40_000, evidence: undefined } as never,
        ];
        const look = { at: t0 + 40_000, results, credentialFailures: [] };
        await store.record({ open: [], transitions: [], messages: [], look });
        const last = await store.lastResults(900_000);
        const found = new Map(last.map((one) => [one.checkId, one]));
        expect([...found.keys()].toSorted()).toEqual(['a', 'b']);
        for (const one of last) expect(one).toMatchObject({ verdict: 'fail', at: t0 + 40_000 });
        expect(found.get('b')?.evidence).toEqual(late.evidence);
      });

      it('gives the latest answers of every check, oldest first, without those that never came', async () => {
        const silent: Result = { ...fail('b'), status: undefined };
        for (const [no, at] of [t0, t0 + 900_000, t0 + 1_800_000].entries())
          await runCycle(store, at, {
            results: [pass('a', no + 1, at), silent],
            checks: [check('a'), check('b')],
          });
        expect(await store.recentLatencies(t0, 2)).toEqual(
          new Map([['a', { at: [t0 + 900_000, t0 + 1_800_000], ms: [2, 3] }]]),
        );
        expect(await store.recentLatencies(t0 + 1_800_000, 2)).toEqual(
          new Map([['a', { at: [t0 + 1_800_000], ms: [3] }]]),
        );
      });
    });

    it('knows how well what it has was measured', async () => {
      const own: Result = { ...pass('a', 900, t0), imprecise: true, lateMs: 300.5 };
      const nobodyKnows: Result = { ...pass('b', 900, t0), imprecise: true };
      await runCycle(store, t0, {
        results: [own, nobodyKnows, pass('c', 3, t0)],
        checks: [check('a'), check('b'), check('c')],
      });
      expect(await store.recentLatencies(t0, 2)).toEqual(
        new Map([
          ['a', { at: [t0], ms: [900], leastMs: [599.5] }],
          ['c', { at: [t0], ms: [3] }],
        ]),
      );
      const kept = new Map((await store.lastResults(900_000)).map((one) => [one.checkId, one]));
      expect(kept.get('a')).toMatchObject({ imprecise: true, lateMs: 300.5 });
      expect(kept.get('b')).toMatchObject({ imprecise: true });
      expect(kept.get('c')?.imprecise).toBeUndefined();
    });

    describe('incidents', () => {
      const opened = incident('operation:a');
      const seenAgain = incident('operation:a', { lastSeenAt: t0 + 900_000, failingCycles: 2 });
      const resolved = incident('operation:a', { state: 'resolved', resolvedAt: t0 + 1_800_000, version: 2 });

      it('are kept as they are now, with what happened to them', async () => {
        await runCycle(store, t0, {
          open: [opened],
          transitions: [{ kind: 'opened', at: t0, incident: opened }],
        });
        await runCycle(store, t0 + 900_000, { open: [seenAgain] });
        expect(await store.openIncidents()).toEqual([seenAgain]);
        await runCycle(store, t0 + 1_800_000, {
          transitions: [{ kind: 'resolved', at: t0 + 1_800_000, incident: resolved }],
        });
        expect(await store.openIncidents()).toEqual([]);
        expect(await store.incidents(always)).toEqual([resolved]);
        expect((await store.transitions(always)).map(({ kind }) => kind)).toEqual(['resolved', 'opened']);
        expect(await store.transitions({ from: t0, to: t0, limit: 1 })).toEqual([
          { kind: 'opened', at: t0, incident: opened },
        ]);
      });

      it('are listed when they were open at any time in the range', async () => {
        await runCycle(store, t0, {
          open: [opened],
          transitions: [{ kind: 'opened', at: t0, incident: opened }],
        });
        await runCycle(store, t0 + 1_800_000, {
          transitions: [{ kind: 'resolved', at: t0 + 1_800_000, incident: resolved }],
        });
        expect(await store.incidents({ from: t0 + 60_000, to: t0 + 120_000 })).toHaveLength(1);
        expect(await store.incidents({ from: 0, to: t0 - 1 })).toEqual([]);
        expect(await store.incidents({ from: t0 + 1_800_001, to: t0 + 9_000_000, limit: 5 })).toEqual([]);
      });

      it('may come back under the same fingerprint in the cycle in which the old one ends', async () => {
        await runCycle(store, t0, {
          open: [opened],
          transitions: [{ kind: 'opened', at: t0, incident: opened }],
        });
        const again = incident('operation:a', { openedAt: t0 + 1_800_000, id: 'B2C4' });
        await runCycle(store, t0 + 1_800_000, {
          open: [again],
          transitions: [
            { kind: 'opened', at: t0 + 1_800_000, incident: again },
            { kind: 'resolved', at: t0 + 1_800_000, incident: resolved },
          ],
        });
        expect(await store.openIncidents()).toEqual([again]);
        expect(await store.incidents(always)).toEqual([again, resolved]);
      });
    });

    describe('what is wrong with the patrol itself', () => {
      const about = (id: string, openedAt: number): Incident =>
        ({ id, fingerprint: 'channel:ops', openedAt, state: 'firing', version: 1 }) as Incident;
      const opened = (incident: Incident) => ({ kind: 'opened', at: incident.openedAt, incident }) as const;
      const resolved = (incident: Incident, at: number) =>
        ({ kind: 'resolved', at, incident: { ...incident, state: 'resolved', version: 2 } }) as const;

      it('has a story and counts for nothing else', async () => {
        const incident = about('C0DE', t0);
        await store.outbox.tell([opened(incident)], []);
        expect((await store.story('C0DE'))?.transitions.map(({ kind }) => kind)).toEqual(['opened']);
        expect(await store.openIncidents()).toEqual([]);
        expect(await store.incidents(always)).toEqual([]);
        expect(await store.transitions(always)).toEqual([]);
        expect(await store.past.incidentsAt(t0)).toEqual([]);
        expect(await store.outbox.standing([incident])).toEqual({
          open: new Set([incident.id]),
          ended: new Set(),
        });
        await store.outbox.tell([resolved(incident, t0 + 5)], []);
        expect((await store.story('C0DE'))?.incident.state).toBe('resolved');
        expect(await store.outbox.standing([incident])).toEqual({
          open: new Set(),
          ended: new Set([incident.id]),
        });
      });

      it('goes on when it is found out again, and has ended when something else is', async () => {
        await store.outbox.tell([opened(about('C0DE', t0))], []);
        await store.outbox.tell([opened(about('C0DE', t0 + 9))], []);
        expect(await store.outbox.standing([about('C0DE', t0)])).toEqual({
          open: new Set(['C0DE']),
          ended: new Set(),
        });
        await store.outbox.tell([opened(about('BEEF', t0 + 10))], []);
        expect(await store.outbox.standing([about('C0DE', t0)])).toEqual({
          open: new Set(),
          ended: new Set(['C0DE']),
        });
        expect(await store.outbox.standing([about('BEEF', t0 + 10)])).toEqual({
          open: new Set(['BEEF']),
          ended: new Set(),
        });
      });
    });

    describe('the retention', () => {
      it('lets old cycles, incidents and sent messages go and keeps what is open or waiting', async () => {
        const old = incident('operation:old', { state: 'resolved', resolvedAt: t0 });
        const open = incident('operation:open');
        await runCycle(store, t0, {
          results: Array.from({ length: 2500 }, (_, no) => (no === 0 ? fail('c0') : pass(`c${no}`, 1))),
          checks: Array.from({ length: 2500 }, (_, no) => check(`c${no}`)),
          open: [open],
          transitions: [{ kind: 'resolved', at: t0, incident: old }],
          messages: [message('sent'), message('waiting')],
        });
        const leased = await store.outbox.lease('ops', t0, 1000);
        await store.outbox.settle(leased?.id ?? 0, { state: 'sent', at: t0 });
        const kept = await runCycle(store, t0 + 900_000, { results: [pass('c1', 1)], checks: [check('c1')] });

        expect(await store.prune(t0, t0)).toBe(0);
        // Everything was to be kept, and is not any more: that takes effect at once.
        expect(await store.prune(0, 0)).toBe(0);
        expect(await store.prune(t0 + 900_000, t0 + 900_000)).toBe(2500 + 1 + 1 + 1 + 1);
        expect((await store.cycles(always)).map(({ cycleId }) => cycleId)).toEqual([kept]);
        expect(await store.history('c0', always)).toEqual([]);
        expect(await store.incidents(always)).toEqual([open]);
        expect(await store.transitions(always)).toEqual([]);
        expect((await store.outbox.lease('ops', t0, 1000))?.entry.dedupKey).toBe('waiting');
      });
    });
  });
}
