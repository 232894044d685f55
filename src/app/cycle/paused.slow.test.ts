import { afterEach, expect, it } from 'vitest';
import { viewOf } from '../../notify/render/view.ts';
import { aService, asTheEngine, Rounds } from './rounds.fixture.ts';

const [second, minute] = [1000, 60_000];
let rounds: Rounds;

afterEach(() => rounds.end());

it('what went on while the patrol itself stood still is told with how long that was, and nothing else is', async () => {
  rounds = await Rounds.begin([aService('a', 6)], { group: {} }, asTheEngine);
  await rounds.pass(minute, () => 'ok');
  await rounds.pass(40 * second, () => 'fail 503');
  rounds.clock.standStill(2 * minute);
  await rounds.pass(40 * second, () => 'fail 503');
  await rounds.pass(2 * minute, () => 'ok');
  await rounds.pass(40 * second, () => 'timeout');
  await rounds.pass(6 * minute, () => 'ok');
  const context = { language: 'zh', timeZone: 'Asia/Shanghai' } as const;
  const said = rounds.messages.map(({ content }) => JSON.stringify(viewOf(content, context)));
  expect(said).toHaveLength(4);
  expect(said.map((one) => /期间巡检暂停 [^，"]*/.exec(one)?.[0])).toEqual([
    undefined,
    expect.stringMatching(/^期间巡检暂停 (?:1 分钟 5\d 秒|2 分钟)/),
    undefined,
    undefined,
  ]);
});
