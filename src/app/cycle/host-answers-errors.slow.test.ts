import { afterEach, expect, it } from 'vitest';
import { aService, Rounds } from './rounds.fixture.ts';

const second = 1000;
let rounds: Rounds;

afterEach(() => rounds.end());

it.each([
  [0, 0],
  [0, 3],
  [4, 3],
  [8, 0],
])(
  'a host that is back and answers nothing but errors goes on under its number (%d s after a cycle, services %d s apart)',
  async (afterS, apartS) => {
    const of = (no: number) => ({ everyMs: 10 * second, offsetMs: no * apartS * second });
    rounds = await Rounds.begin(['a', 'b', 'c'].map((name, no) => aService(name, 5, of(no))));
    await rounds.pass((60 + afterS) * second, () => 'ok');
    await rounds.pass(90 * second, () => 'connect-refused');
    await rounds.pass(120 * second, () => 'fail 503');
    const told = rounds.told('everybody');
    expect(told.map(({ what }) => what)).toEqual(['opened #1', 'changed #1']);
    expect(told.at(-1)?.incident).toMatchObject({
      cause: { level: 'gateway' },
      members: { count: 15, of: 15 },
      services: ['a', 'b', 'c'],
    });
    await rounds.pass(60 * second, () => 'ok');
    expect(rounds.told('everybody').at(-1)?.what).toBe('resolved #1');
    expect(await rounds.store.openIncidents()).toEqual([]);
  },
);
