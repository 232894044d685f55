import { describe, expect, it } from 'vitest';
import type { Failure } from '../channels/channel.ts';
import { longestAsideMs, longestWaitMs } from '../../model/message.ts';
import { decide } from './channel-worker.ts';

const now = Date.UTC(2026, 0, 1);
const retry = (rest: object = {}): Failure => ({ kind: 'retry', code: 'network', message: 'm', ...rest });
const bad = (kind: 'broken' | 'rejected' | 'shrink'): Failure => ({
  kind,
  code: '1',
  message: 'm',
  hint: 'h',
});
const hour = 3_600_000;

const lost: Failure = { kind: 'unclear', code: 'network', message: 'm' };
const minute = 60_000;

interface About {
  readonly attempt?: number;
  readonly ageMs?: number;
  readonly random?: number;
  readonly unclear?: number;
  readonly matters?: boolean;
}

function decided(failure: Failure, rest: About = {}) {
  const { attempt = 1, ageMs = 0, random = 1, unclear = 0, matters = false } = rest;
  return decide(failure, { attempt, createdAt: now - ageMs, now, random: () => random, unclear, matters });
}
const later = (ms: number) => ({ kind: 'later', notBefore: now + ms });
const aside = (why: string, minutes: number) => ({ kind: 'aside', why, notBefore: now + minutes * minute });
const dead = { kind: 'undelivered' };

describe('a message that was not taken', () => {
  it.each([
    ['waits up to 2 s the first time', retry(), { attempt: 1 }, later(2000)],
    ['waits up to twice as long each time', retry(), { attempt: 3 }, later(8000)],
    [
      'waits a random part of that, so that not all come back together',
      retry(),
      { attempt: 3, random: 0.25 },
      later(2000),
    ],
    ['never waits more than a minute', retry(), { attempt: 50 }, later(60_000)],
    ['waits at least a moment', retry(), { random: 0 }, later(1)],
    [
      'waits as long as the server asks and a little more',
      retry({ afterMs: 60_000 }),
      { attempt: 9 },
      later(66_000),
    ],
    ['pauses after the third "system busy"', retry({ code: '-1' }), { attempt: 3, random: 0 }, later(60_000)],
    ['tries "system busy" again after the pause', retry({ code: '-1' }), { attempt: 4, random: 0 }, later(1)],
    ['is given up when it is a day old', retry(), { attempt: 90, ageMs: 24 * hour }, dead],
    ['is not given up before', retry(), { attempt: 90, ageMs: 24 * hour - 1 }, later(60_000)],
    ['is not given up because the clock was set on', retry(), { ageMs: 500 * 24 * hour }, later(2000)],
    [
      'is not given up when it tells of what goes on',
      retry(),
      { attempt: 9999, ageMs: 99 * hour, matters: true },
      later(60_000),
    ],
    ['is given up when nobody will ever take it', bad('rejected'), {}, dead],
    ['is given up when it is too long even short', bad('shrink'), {}, dead],
    ['that matters is tried again all the same', bad('rejected'), { matters: true }, aside('refused', 1)],
    [
      'that matters is tried again more and more slowly',
      bad('shrink'),
      { matters: true, attempt: 3 },
      aside('refused', 4),
    ],
    [
      'that matters is tried again every 15 minutes at least',
      bad('shrink'),
      { matters: true, attempt: 999 },
      aside('refused', 15),
    ],
    [
      'stays first in line while its channel is broken, which is tried every minute',
      bad('broken'),
      {},
      { kind: 'hold', forMs: 60_000 },
    ],
    [
      'leaves a channel alone that bans those who try again',
      { ...bad('broken'), afterMs: 900_000 },
      {},
      { kind: 'hold', forMs: 900_000 },
    ],
    ['is given up after a day in a broken channel', bad('broken'), { attempt: 90, ageMs: 24 * hour }, dead],
    ['that may have arrived is repeated after a minute', lost, {}, aside('unclear', 1)],
    [
      'that may have arrived is repeated five minutes after the first',
      lost,
      { unclear: 1 },
      aside('unclear', 4),
    ],
    ['that may have arrived is repeated half an hour after it', lost, { unclear: 2 }, aside('unclear', 25)],
    ['that may have arrived is then given up', lost, { unclear: 3 }, dead],
    [
      'that may have arrived and tells of what goes on is repeated as a reminder would be',
      lost,
      { unclear: 3, matters: true },
      aside('unclear', 60),
    ],
  ])('%s', (_, failure, about, decision) => {
    expect(decided(failure, about)).toEqual(decision);
  });
});

it('never makes a message wait longer than an outbox believes', () => {
  for (let attempt = 1; attempt < 200; attempt++) {
    for (const failure of [retry(), retry({ afterMs: 900_000 }), retry({ code: '-1' })]) {
      const decision = decided(failure, { attempt });
      expect(decision.kind === 'later' && decision.notBefore - now).toBeLessThanOrEqual(longestWaitMs);
    }
    for (const failure of [bad('shrink'), lost]) {
      const decision = decided(failure, { attempt, unclear: attempt - 1, matters: true });
      expect(decision.kind === 'aside' && decision.notBefore - now).toBeLessThanOrEqual(longestAsideMs);
    }
  }
});
