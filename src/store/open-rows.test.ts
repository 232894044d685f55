import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/time/clock.ts';
import { type Logger, silentLogger } from '../lib/logger.ts';
import type { Incident, Transition, TransitionKind } from '../model/incident.ts';
import type { OutboxEntry } from '../model/message.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';

const t0 = Date.UTC(2026, 0, 5, 8);
const always = { from: 0, to: Number.MAX_SAFE_INTEGER };

let folder: string;
let path: string;
let errors: string[];
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apipatrol-rows-'));
  path = join(folder, 'patrol.db');
  errors = [];
  store = await open();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function open(): Promise<Store> {
  const log: Logger = {
    ...silentLogger,
    error: (message, fields) => void errors.push(`${message} ${JSON.stringify(fields)}`),
  };
  return openStore(path, { clock: new ManualClock(t0), log });
}

function incident(id: string, fingerprint: string, more: Partial<Incident> = {}): Incident {
  const level = fingerprint.startsWith('operation:') ? 'operation' : 'service';
  return {
    id,
    fingerprint,
    cause: { level, subject: 'a' },
    state: 'firing',
    severity: 'major',
    verdict: 'fail',
    subjectLabel: 'GET /a',
    services: ['orders'],
    tags: [],
    owners: [],
    reason: { code: 'status', message: 'HTTP 500' },
    members: { count: 1, of: 1, worst: [] },
    openedAt: t0,
    lastSeenAt: t0,
    failingCycles: 1,
    version: 1,
    ...more,
  };
}

function happened(kind: TransitionKind, one: Incident, at = t0): Transition {
  return { kind, at, incident: one };
}

function record(
  incidents: readonly Incident[],
  transitions: readonly Transition[] = [],
  messages: readonly OutboxEntry[] = [],
): Promise<void> {
  return store.record({ open: incidents, transitions, messages });
}

async function openOnes(): Promise<readonly string[]> {
  return (await store.openIncidents()).map(({ id, fingerprint }) => `${id} ${fingerprint}`);
}

describe('an open incident', () => {
  it('keeps its row, whatever it goes on as', async () => {
    const wide = incident('A7F3', 'service:orders');
    await record([wide], [happened('opened', wide)]);
    const one = incident('A7F3', 'operation:a', { version: 2 });
    await record([one], [happened('changed', one, t0 + 1)]);
    expect(await openOnes()).toEqual(['A7F3 operation:a']);
    expect((await store.story('A7F3'))?.transitions.map(({ kind }) => kind)).toEqual(['opened', 'changed']);
    const over = { ...one, state: 'resolved', resolvedAt: t0 + 2, version: 3 } as const;
    await record([], [happened('resolved', over, t0 + 2)]);
    expect(await store.openIncidents()).toEqual([]);
    expect((await store.incidents(always)).map(({ id }) => id)).toEqual(['A7F3']);
    expect(errors).toEqual([]);
  });

  it('may end as what it has just become', async () => {
    const wide = incident('A7F3', 'service:orders');
    await record([wide], [happened('opened', wide)]);
    const over = incident('A7F3', 'operation:a', { version: 2, state: 'resolved', resolvedAt: t0 + 1 });
    await record([], [happened('resolved', over, t0 + 1)]);
    expect(await store.openIncidents()).toEqual([]);
    expect(await store.incidents(always)).toHaveLength(1);
  });

  it('may go on as another one did that goes on as something else at once', async () => {
    await record([incident('A7F3', 'gateway:g'), incident('B7F3', 'service:orders')]);
    await record([incident('A7F3', 'service:orders'), incident('B7F3', 'gateway:g')]);
    expect(await openOnes()).toEqual(['B7F3 gateway:g', 'A7F3 service:orders']);
  });

  it('may go on as one that began at the same time and is over', async () => {
    const part = incident('B7F3', 'operation:b');
    await record([incident('A7F3', 'service:orders'), part]);
    const over = { ...part, state: 'resolved', resolvedAt: t0 + 1, version: 2 } as const;
    await record([incident('A7F3', 'service:orders')], [happened('resolved', over, t0 + 1)]);
    await record([incident('A7F3', 'operation:b', { version: 2 })]);
    await record([incident('A7F3', 'operation:b', { version: 3 })]);
    expect(await openOnes()).toEqual(['A7F3 operation:b']);
    expect(await store.incidents(always)).toHaveLength(2);
  });
});

describe('two open incidents that cannot both be', () => {
  it.each([
    ['of one fingerprint', incident('B7F3', 'operation:a', { openedAt: t0 + 5 })],
    ['of one number', incident('A7F3', 'operation:b', { openedAt: t0 + 5 })],
  ])('%s: the later one goes on, the rest is stored, and it is said', async (_, later) => {
    const [first, other] = [incident('A7F3', 'operation:a'), incident('C7F3', 'operation:c')];
    await record([first]);
    const content = { cycleId: 1, transitions: [happened('opened', later)] };
    const message = {
      dedupKey: 'm1',
      channel: 'ops',
      createdAt: t0,
      content: { ...content, totals: { failing: 1, checks: 2 }, mentions: [] },
    };
    const told = [first, later, other].map((one) => happened('opened', one));
    await record([first, later, other], told, [message]);
    expect(await openOnes()).toEqual([`${later.id} ${later.fingerprint}`, 'C7F3 operation:c']);
    expect((await store.outbox.waiting('ops')).map(({ dedupKey }) => dedupKey)).toEqual(['m1']);
    expect(errors).toEqual([expect.stringContaining(`"by":"${later.fingerprint} #${later.id}"`)]);
  });

  it('are no longer both open when one takes the place of one of which nothing is said', async () => {
    await record([incident('A7F3', 'operation:a')]);
    await record([incident('B7F3', 'operation:a', { openedAt: t0 + 5 })]);
    expect(await openOnes()).toEqual(['B7F3 operation:a']);
    expect(errors).toHaveLength(1);
  });

  it('are one again after a start from a database that has them', async () => {
    const wide = incident('A7F3', 'service:orders');
    await record([wide], [happened('opened', wide)]);
    await store.close();
    const one = incident('A7F3', 'operation:a', { version: 2 });
    const raw = new DatabaseSync(path);
    raw
      .prepare('insert into incident (id, fingerprint, opened_at, data) values (?, ?, ?, ?)')
      .run('A7F3', 'operation:a', t0, JSON.stringify(one));
    raw
      .prepare(
        'insert into transition (incident_no, version, kind, at, cycle_id, data) values (2, 2, ?, ?, 1, ?)',
      )
      .run('changed', t0 + 1, JSON.stringify(one));
    raw.close();
    store = await open();
    expect(await openOnes()).toEqual(['A7F3 operation:a']);
    const wider = incident('A7F3', 'service:orders', { version: 3 });
    await record([wider, incident('B7F3', 'operation:b')], [happened('changed', wider, t0 + 2)]);
    expect(await openOnes()).toEqual(['B7F3 operation:b', 'A7F3 service:orders']);
    expect((await store.story('A7F3'))?.transitions.map(({ kind }) => kind)).toEqual([
      'opened',
      'changed',
      'changed',
    ]);
  });
});
