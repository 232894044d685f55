import { describe, expect, it } from 'vitest';
import type { Failure } from './channel.ts';
import { decide } from './retry.ts';

const now = Date.UTC(2026, 0, 1);
const retry = (rest: object = {}): Failure => ({ kind: 'retry', code: 'network', message: 'm', ...rest });
const bad = (kind: 'broken' | 'rejected' | 'shrink'): Failure => ({
  kind,
  code: '1',
  message: 'm',
  hint: 'h',
});
const hour = 3_600_000;

function decided(failure: Failure, rest: { attempt?: number; ageMs?: number; random?: number } = {}) {
  const { attempt = 1, ageMs = 0, random = 1 } = rest;
  return decide(failure, { attempt, createdAt: now - ageMs, now, random: () => random });
}
const later = (ms: number) => ({ kind: 'later', notBefore: now + ms });

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
    ['never waits more than 5 minutes', retry(), { attempt: 50 }, later(300_000)],
    ['waits at least a moment', retry(), { random: 0 }, later(1)],
    [
      'waits as long as the server asks and a little more',
      retry({ afterMs: 60_000 }),
      { attempt: 9 },
      later(66_000),
    ],
    [
      'pauses after the third "system busy"',
      retry({ code: '-1' }),
      { attempt: 3, random: 0 },
      later(300_000),
    ],
    ['tries "system busy" again after the pause', retry({ code: '-1' }), { attempt: 4, random: 0 }, later(1)],
    ['is given up when it is a day old', retry(), { ageMs: 24 * hour }, { kind: 'dead' }],
    ['is not given up before', retry(), { ageMs: 24 * hour - 1 }, later(2000)],
    ['is given up when nobody will ever take it', bad('rejected'), {}, { kind: 'dead' }],
    ['is given up when it is too long even short', bad('shrink'), {}, { kind: 'dead' }],
    [
      'stays first in line while its channel is broken',
      bad('broken'),
      {},
      { kind: 'hold', until: now + 900_000 },
    ],
    ['is given up after a day in a broken channel', bad('broken'), { ageMs: 24 * hour }, { kind: 'dead' }],
  ])('%s', (_, failure, about, decision) => {
    expect(decided(failure, about)).toEqual(decision);
  });
});
