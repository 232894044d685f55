import { expect, it } from 'vitest';
import type { QueuedMessage } from '../../store/outbox/gallery.ts';
import { channelView } from './queue.ts';

const well = { state: 'ok', since: 1 } as const;
const message = (more: Partial<QueuedMessage>): QueuedMessage => ({
  id: 1,
  channel: 'ops',
  createdAt: 10,
  state: 'pending',
  attempts: 1,
  refused: false,
  held: false,
  notBefore: 0,
  ...more,
});
const refused = { refused: true, problem: '40033 bad', hint: 'report it' };

it('a channel with nothing to send is as it is', () => {
  expect(channelView('ops', well, [message({ channel: 'dev' })])).toEqual({
    ...well,
    waiting: 0,
    givenUp: 0,
  });
});

it('a channel that refuses what it is sent says so, since when, why, and when it is tried again', () => {
  const queued = [message({ ...refused, notBefore: 70 }), message({ id: 2, createdAt: 20, notBefore: 90 })];
  expect(channelView('ops', well, queued)).toEqual({
    state: 'refusing',
    since: 1,
    waiting: 2,
    givenUp: 0,
    waitsSince: 10,
    nextTryAt: 70,
    refusal: { problem: '40033 bad', hint: 'report it' },
  });
});

it('a channel that has taken something since it gave something up is well', () => {
  const dead = message({ ...refused, state: 'undelivered' });
  expect(channelView('ops', { ...well, lastSentAt: 5 }, [dead]).state).toBe('refusing');
  expect(channelView('ops', { ...well, lastSentAt: 20 }, [dead])).toEqual({
    ...well,
    lastSentAt: 20,
    waiting: 0,
    givenUp: 1,
  });
});

it('what waits for the morning has not been waiting', () => {
  const held = message({ held: true, notBefore: 900, attempts: 0 });
  expect(channelView('ops', well, [held])).toEqual({ ...well, waiting: 1, givenUp: 0 });
});

it('while the sender leaves a channel alone, the next try is after that', () => {
  const queued = [message({ notBefore: 30 })];
  expect(channelView('ops', { ...well, state: 'broken', nextTryAt: 60 }, queued).nextTryAt).toBe(60);
});
