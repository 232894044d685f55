import { afterEach, describe, expect, it } from 'vitest';
import { aService, Rounds, type Service } from './rounds.fixture.ts';

const minute = 60_000;
let rounds: Rounds;

afterEach(() => rounds.end());

const service = (name: string, count: number, offsetMs: number): Service =>
  aService(name, count, { offsetMs, everyMs: minute });

/** What a group was told: `opened #1 operation:a0 1/1; now 1/8`. */
function toldTo(channel: string): readonly string[] {
  return rounds.told(channel).map(({ what, incident: { fingerprint, members }, totals }) => {
    const least = members.heard === undefined ? '' : 'at least ';
    const counts = `${least}${members.count}/${members.of}; now ${totals.failing}/${totals.checks}`;
    return `${what} ${fingerprint} ${counts}`;
  });
}

describe('an operation of which people know', () => {
  it.each(['connect-refused', 'timeout'])(
    'stays told while its host is gone (%s), when the host is back, and until it works',
    async (outcome) => {
      rounds = await Rounds.begin([service('a', 8, 0), service('c', 4, 30_000)]);
      const sick = (id: string): string => (id === 'a0' ? 'fail 500' : 'ok');
      await rounds.pass(3 * minute, () => 'ok');
      await rounds.pass(28_000, sick);
      await rounds.pass(4 * minute + 32_000, () => outcome);
      await rounds.pass(6 * minute, sick);
      await rounds.pass(4 * minute, () => 'ok');
      const told = toldTo('a').filter((one) => !one.startsWith('changed'));
      expect(told.filter((one) => one.includes('operation:a0'))).toEqual([
        'opened #1 operation:a0 1/1; now 1/8',
        'resolved #1 operation:a0 1/1; now 0/8',
      ]);
      expect(told.filter((one) => one.includes('origin:'))).toEqual([
        expect.stringMatching(/^opened #[23] origin:\S+ (?:8.8; now 8|at least 2.8; now 2).8$/),
        expect.stringMatching(/^resolved #[23] origin:\S+ 8.8; now 1.8$/),
      ]);
    },
  );

  it('is not the reason why its service is still said to fail', async () => {
    rounds = await Rounds.begin([service('a', 8, 0)]);
    const sick = (id: string): string => (id === 'a0' ? 'fail 500' : 'ok');
    await rounds.pass(3 * minute, () => 'ok');
    await rounds.pass(2 * minute, sick);
    await rounds.pass(4 * minute, () => 'fail 500');
    await rounds.pass(6 * minute, sick);
    expect(toldTo('a')).toEqual([
      'opened #1 operation:a0 1/1; now 1/8',
      'opened #2 service:a 8/8; now 8/8',
      'resolved #2 service:a 8/8; now 1/8',
    ]);
  });
});

describe('what is left of a common cause', () => {
  it('of two services is told in one message, also of a cause that comes and goes', async () => {
    rounds = await Rounds.begin([service('a', 8, 0), service('c', 8, 1500)]);
    const left = (id: string): string => (id === 'a0' || id === 'c0' ? 'fail 502' : 'ok');
    await rounds.pass(3 * minute, () => 'ok');
    await rounds.pass(2 * minute, () => 'fail 502');
    await rounds.pass(2 * minute, () => 'ok');
    await rounds.pass(2 * minute, () => 'fail 502');
    await rounds.pass(4 * minute, left);
    const last = rounds.messages.findLast(({ channel }) => channel === 'everybody');
    expect(last?.content.transitions.map(({ kind, incident }) => `${kind} ${incident.fingerprint}`)).toEqual([
      'changed operation:a0',
      'changed operation:c0',
    ]);
  });

  it.each(['connect-refused', 'timeout', 'fail 502'])(
    'goes on under its number as the operation that still fails (%s)',
    async (outcome) => {
      rounds = await Rounds.begin([service('a', 8, 0)]);
      await rounds.pass(3 * minute, () => 'ok');
      await rounds.pass(4 * minute + 10_000, () => outcome);
      await rounds.pass(6 * minute, (id) => (id === 'a0' ? outcome : 'ok'));
      await rounds.pass(6 * minute, () => 'ok');
      const level = outcome === 'fail 502' ? 'gateway' : 'origin';
      expect(toldTo('a')).toEqual([
        `opened #1 ${level}:https://a.example 8/8; now 8/8`,
        'changed #1 operation:a0 1/1; now 1/8',
        'resolved #1 operation:a0 8/8; now 0/8',
      ]);
    },
  );
});
