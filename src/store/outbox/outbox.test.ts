import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Incident } from '../../model/incident.ts';
import type { OutboxEntry } from '../../model/message.ts';
import { openStore } from '../open.ts';
import type { Store } from '../store.ts';

const t0 = Date.UTC(2026, 0, 5, 8);

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apipatrol-outbox-'));
  store = await open();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function open(options?: { readonly alone: true }): Promise<Store> {
  const clock = new ManualClock(t0);
  return openStore(join(folder, 'patrol.db'), { clock, log: silentLogger, ...options });
}

function message(dedupKey: string, channel = 'ops'): OutboxEntry {
  const content = { cycleId: 1, transitions: [], totals: { failing: 1, checks: 2 }, mentions: ['zhangsan'] };
  return { dedupKey, channel, createdAt: t0, content };
}

async function queue(...messages: readonly OutboxEntry[]): Promise<void> {
  const { id } = await store.beginCycle(t0, t0);
  await store.closeCycle({
    statistics: {
      cycleId: id,
      outcome: 'complete',
      dueAt: t0,
      startedAt: t0,
      durationMs: 1,
      latenessMs: 0,
      missed: 0,
      checked: 0,
      counts: { pass: 0, degraded: 0, fail: 0, blocked: 0, unknown: 0 },
      byService: {},
    },
    results: [],
    checks: [],
    open: [],
    transitions: [],
    messages,
  });
}

describe('a message that a process had in hand when it was killed', () => {
  it('is given out at once to the patrol that takes its place, and to nobody else', async () => {
    await queue(message('a'));
    expect((await store.outbox.lease('ops', t0, 60_000))?.attempt).toBe(1);
    await store.close();
    store = await open();
    expect(await store.outbox.lease('ops', t0 + 1000, 60_000)).toBeUndefined();
    await store.close();
    store = await open({ alone: true });
    expect((await store.outbox.lease('ops', t0 + 1000, 60_000))?.attempt).toBe(2);
  });
});

describe('a message', () => {
  it('is given out once, with everything that was put in', async () => {
    await queue(message('m1'));
    expect(await store.outbox.lease('ops', t0, 60_000)).toEqual({
      id: 1,
      attempt: 1,
      entry: message('m1'),
      partsSent: 0,
      unclear: 0,
    });
    expect(await store.outbox.lease('ops', t0, 60_000)).toBeUndefined();
    expect(await store.outbox.lease('other', t0, 60_000)).toBeUndefined();
  });

  it('with the same key is the same message', async () => {
    await queue(message('m1'), message('m1'));
    await queue(message('m1'));
    const leased = await store.outbox.lease('ops', t0, 60_000);
    await store.outbox.settle(leased?.id ?? 0, { state: 'sent', at: t0, receipt: 'r1' });
    expect(await store.outbox.lease('ops', t0, 60_000)).toBeUndefined();
    expect(await store.outbox.nextDueAt()).toBeUndefined();
  });

  it('is given out again, with the bytes and parts of the first time, when its sender died', async () => {
    await queue(message('m1'));
    const first = await store.outbox.lease('ops', t0, 60_000);
    await store.outbox.freeze(first?.id ?? 0, ['part 1', 'part 2']);
    await store.outbox.partSent(first?.id ?? 0, 1);
    await store.close();
    store = await open();
    expect(await store.outbox.lease('ops', t0 + 59_999, 60_000)).toBeUndefined();
    expect(await store.outbox.lease('ops', t0 + 60_000, 60_000)).toMatchObject({
      id: first?.id,
      attempt: 2,
      rendered: ['part 1', 'part 2'],
      partsSent: 1,
    });
  });

  it('that has to wait holds back those behind it in its channel, and no other channel', async () => {
    await queue(message('alert'), message('recovery'), message('elsewhere', 'mail'));
    const alert = await store.outbox.lease('ops', t0, 60_000);
    const waiting = { state: 'pending', notBefore: t0 + 5000, code: '45009', message: 'too fast' } as const;
    await store.outbox.settle(alert?.id ?? 0, waiting);
    expect(await store.outbox.lease('ops', t0 + 4999, 60_000)).toBeUndefined();
    expect((await store.outbox.lease('mail', t0, 60_000))?.entry.dedupKey).toBe('elsewhere');
    expect((await store.outbox.lease('ops', t0 + 5000, 60_000))?.entry.dedupKey).toBe('alert');
  });

  it('that can never be sent lets the next one pass', async () => {
    await queue(message('bad'), message('good'));
    const bad = await store.outbox.lease('ops', t0, 60_000);
    await store.outbox.settle(bad?.id ?? 0, {
      state: 'undelivered',
      code: '40058',
      message: 'bad parameter',
    });
    expect((await store.outbox.lease('ops', t0, 60_000))?.entry.dedupKey).toBe('good');
  });
});

describe('the time at which something is due', () => {
  it('is that of the earliest channel whose oldest message may be sent', async () => {
    await queue(message('a'), message('b'), message('c', 'mail'));
    expect(await store.outbox.nextDueAt()).toBeLessThanOrEqual(t0);
    const a = await store.outbox.lease('ops', t0, 60_000);
    const c = await store.outbox.lease('mail', t0, 30_000);
    expect(await store.outbox.nextDueAt()).toBe(t0 + 30_000);
    expect(await store.outbox.nextDueAt(['ops'])).toBe(t0 + 60_000);
    await store.outbox.settle(a?.id ?? 0, {
      state: 'pending',
      notBefore: t0 + 7000,
      code: '-1',
      message: '',
    });
    expect(await store.outbox.nextDueAt()).toBe(t0 + 7000);
    await store.outbox.settle(c?.id ?? 0, { state: 'sent', at: t0 });
    expect(await store.outbox.nextDueAt(['mail'])).toBeUndefined();
  });
});

describe('the rate limit', () => {
  it('lets so many through in any minute and says when the next may go', async () => {
    for (let second = 0; second < 3; second++)
      expect(await store.outbox.takeToken('robot', 3, t0 + second * 1000)).toEqual({ ok: true });
    expect(await store.outbox.takeToken('robot', 3, t0 + 3000)).toEqual({ ok: false, freeAt: t0 + 60_000 });
    expect(await store.outbox.takeToken('other', 3, t0 + 3000)).toEqual({ ok: true });
    expect(await store.outbox.takeToken('robot', 3, t0 + 60_000)).toEqual({ ok: true });
    expect(await store.outbox.takeToken('robot', 3, t0 + 60_000)).toEqual({ ok: false, freeAt: t0 + 61_000 });
  });

  it('is shared by processes', async () => {
    const other = await open();
    expect(await other.outbox.takeToken('robot', 1, t0)).toEqual({ ok: true });
    expect(await store.outbox.takeToken('robot', 1, t0)).toEqual({ ok: false, freeAt: t0 + 60_000 });
    await other.close();
  });

  it('waits no longer than a minute after the clock was set back', async () => {
    await store.outbox.takeToken('robot', 1, t0 + 3_600_000);
    expect(await store.outbox.takeToken('robot', 1, t0)).toEqual({ ok: false, freeAt: t0 + 60_000 });
  });
});

describe('a wall clock that is set while messages wait', () => {
  const dayMs = 86_400_000;
  const incident = {
    id: 'A7F3',
    fingerprint: 'operation:a',
    cause: { level: 'operation', subject: 'a' },
    state: 'firing',
    openedAt: t0 - 60_000,
    lastSeenAt: t0,
    history: { lastPassAt: t0 - 70_000 },
    version: 1,
  } as Incident;

  it.each([-400, 500])('by %i days leaves what they say of how long it lasts as it is', async (days) => {
    const opened = { kind: 'opened', at: t0, incident } as const;
    const { content, ...entry } = message('m1');
    const told = { ...entry, content: { ...content, transitions: [opened] } };
    await store.record({ open: [incident], transitions: [opened], messages: [told] });
    await store.shiftIncidents(days * dayMs);
    const shifted = {
      ...incident,
      openedAt: incident.openedAt + days * dayMs,
      lastSeenAt: t0 + days * dayMs,
      history: { lastPassAt: t0 - 70_000 + days * dayMs },
    };
    expect(await store.openIncidents()).toEqual([shifted]);
    const [waiting] = await store.outbox.waiting('ops');
    expect(waiting?.content.transitions).toEqual([{ ...opened, at: t0 + days * dayMs, incident: shifted }]);
    // It is still known as the one that goes on.
    const standing = await store.outbox.standing([shifted]);
    expect([...standing.open]).toEqual(['A7F3']);
    await store.record({ open: [shifted], transitions: [], messages: [] });
    expect(await store.openIncidents()).toHaveLength(1);
  });
});
