import { expect, it } from 'vitest';
import { ManualClock } from '../kit/clock.ts';
import type { LiveEvent } from './api/overview.ts';
import { Board } from './board.ts';
import type { Caller } from './caller.ts';
import { LiveEvents } from './events.ts';

/** What a caller is told of one cycle of two services and of a call by hand. */
async function toldTo(caller: Caller): Promise<readonly LiveEvent[]> {
  const clock = new ManualClock(0);
  const board = new Board(clock);
  const events = new LiveEvents(board, clock);
  const answer = events.open(caller, new AbortController().signal);
  const text = new Response(answer.body).text();
  board.cycleStarted(['orders', 'users']);
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
    { kind: 'cycle-started', at: 0, sources: ['orders', 'users'] },
    { kind: 'operations', at: 0, ids: ['secret-operation'] },
  ]);
});

it('tells whoever may see some services nothing of the others but that something has changed', async () => {
  expect(await toldTo({ name: 'zhang', role: 'viewer', via: 'open', sources: ['orders'] })).toEqual([
    { kind: 'hello', at: 0 },
    { kind: 'cycle-started', at: 0, sources: ['orders'] },
    { kind: 'operations', at: 0, ids: [] },
  ]);
});
