import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Incident } from '../../model/incident.ts';
import { scenarios } from '../../notify/test-message/scenarios.ts';
import type { LiveEvent } from '../api/overview.ts';
import { LiveState } from './live-state.ts';
import type { Caller } from '../caller.ts';
import { LiveEvents } from './events.ts';

interface World {
  readonly clock: ManualClock;
  readonly board: LiveState;
  readonly events: LiveEvents;
  /** Somebody has lost a right. */
  readonly changed: () => Promise<void>;
  readonly open: (caller: Caller, again?: () => Promise<Caller | undefined>) => Promise<string>;
}

function world(): World {
  const clock = new ManualClock(0);
  const board = new LiveState(clock);
  let look = async (): Promise<void> => undefined;
  const identity = {
    watch(given: () => Promise<void>) {
      look = given;
    },
  };
  const events = new LiveEvents({ board, clock, identity, log: silentLogger });
  return {
    clock,
    board,
    events,
    changed: () => look(),
    open: (caller, again = async () => caller) =>
      new Response(events.open(caller, { gone: new AbortController().signal, again }).body).text(),
  };
}

/** What a caller is told of one cycle of two services and of a call by hand. */
async function toldTo(caller: Caller): Promise<readonly LiveEvent[]> {
  const { board, events, open } = world();
  const text = open(caller);
  const incident = (id: string, ...services: string[]): Incident => ({
    ...(scenarios.failure(0).transitions[0]?.incident as Incident),
    id,
    services,
  });
  board.cycleStarted(['orders', 'users']);
  board.cycleStarted(['users']);
  board.tell({ kind: 'cycle-closed' }, [{ services: ['users'] }]);
  board.tell({ kind: 'cycle-closed' }, [{ services: ['users', 'orders'] }]);
  board.tellIncidents([incident('0001', 'users')]);
  board.tellIncidents([incident('0001', 'users'), incident('0002', 'users', 'orders')]);
  board.tellSilence({ services: ['users'] }, []);
  board.tellSilence({ tags: ['shop'] }, [incident('0001', 'users')]);
  board.tellSilence({ tags: ['shop'] }, [incident('0003', 'orders')]);
  board.tell({ kind: 'documents' }, [{ services: ['users'] }]);
  board.tellChannels();
  board.tellChannels(['users']);
  board.tellChannels(['orders']);
  board.called({
    checkId: 'secret-operation',
    at: 0,
    verdict: 'pass',
    reason: { code: 'none', message: '' },
    phases: { totalMs: 1 },
    bytes: 0,
    attempts: 1,
    findings: [],
  });
  events.close();
  return [...(await text).matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? '') as LiveEvent);
}

it('tells whoever may see everything everything', async () => {
  expect(await toldTo({ name: 'li', role: 'viewer', via: 'open' })).toEqual([
    { kind: 'hello', at: 0 },
    { kind: 'cycle-started', at: 0, services: ['orders', 'users'] },
    { kind: 'cycle-started', at: 0, services: ['users'] },
    { kind: 'cycle-closed', at: 0 },
    { kind: 'cycle-closed', at: 0 },
    { kind: 'incidents', at: 0, ids: ['0001'] },
    { kind: 'incidents', at: 0, ids: ['0001', '0002'] },
    { kind: 'silences', at: 0 },
    { kind: 'silences', at: 0 },
    { kind: 'silences', at: 0 },
    { kind: 'documents', at: 0 },
    { kind: 'channels', at: 0 },
    { kind: 'channels', at: 0 },
    { kind: 'channels', at: 0 },
    { kind: 'operations', at: 0, ids: ['secret-operation'] },
  ]);
});

it('tells whoever may see some services not even that something has happened to the others', async () => {
  expect(await toldTo({ name: 'zhang', role: 'viewer', via: 'open', services: ['orders'] })).toEqual([
    { kind: 'hello', at: 0 },
    { kind: 'cycle-started', at: 0, services: ['orders'] },
    { kind: 'cycle-closed', at: 0 },
    { kind: 'incidents', at: 0, ids: ['0002'] },
    { kind: 'silences', at: 0 },
    { kind: 'channels', at: 0 },
  ]);
});

describe('whoever may not listen any more', () => {
  const zhang: Caller = { name: 'page:zhang', role: 'viewer', via: 'local' };

  it.each([
    ['has been removed', undefined],
    ['has another role', { ...zhang, role: 'admin' }],
    ['has other services', { ...zhang, services: ['orders'] }],
  ] as const)('and %s hears no more, at once', async (_, now) => {
    const { board, open, changed } = world();
    let by: Caller | undefined = zhang;
    const heard = open(zhang, async () => by);
    const stays = open({ ...zhang, name: 'page:li' });
    by = now;
    await changed();
    board.tell({ kind: 'incidents', ids: ['A7F3'] }, 'everybody');
    expect(await heard).not.toContain('A7F3');
    expect(await Promise.race([stays, Promise.resolve('still open')])).toBe('still open');
  });

  it('hears no more when that is noticed by the way: a session that has ended, a user taken out of the file', async () => {
    const { board, clock, open } = world();
    let by: Caller | undefined = zhang;
    const first = open(zhang, async () => by);
    by = undefined;
    await clock.advance(20_000);
    expect(await first).toContain('hello');
    const second = open(zhang, async () => by);
    board.tell({ kind: 'configuration', ok: true }, 'everybody');
    expect(await second).toContain('hello');
  });
});

describe('places', () => {
  const caller = (name: string): Caller => ({ name, role: 'viewer', via: 'token' });

  it('are bounded for each, and whoever has the most gives way to others', async () => {
    const { open, events } = world();
    const refused = (): unknown => {
      try {
        events.open(caller('token:greedy'), {
          gone: new AbortController().signal,
          again: async () => undefined,
        });
        return undefined;
      } catch (error) {
        return error;
      }
    };
    const greedy = Array.from({ length: 20 }, () => open(caller('token:greedy')));
    expect(refused()).toMatchObject({ status: 429, message: 'token:greedy listens 20 times already' });
    for (let user = 0; user < 480; user++) void open(caller(`token:${user}`));
    void open(caller('token:late'));
    expect(await greedy[0]).toContain('hello');
    expect(await Promise.race([greedy[1], Promise.resolve('still open')])).toBe('still open');
    events.close();
  });

  it('are taken from whoever does not read', async () => {
    const { board, events } = world();
    const answer = events.open(caller('token:mute'), {
      gone: new AbortController().signal,
      again: async () => caller('token:mute'),
    });
    const ids = Array.from({ length: 1000 }, (_, index) => `operation-${index}`);
    for (let told = 0; told < 50; told++) board.tell({ kind: 'operations', ids }, 'everybody');
    await expect(new Response(answer.body).text()).rejects.toThrow(/abort|closed|undefined/i);
  });
});
