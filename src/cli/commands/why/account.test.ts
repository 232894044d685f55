import { expect, it } from 'vitest';
import { inEnglish } from '../../../messages/in-language.ts';
import { result } from '../../../incidents/world.fixture.ts';
import { inRuns } from './account.ts';

it('tells what passes and is slow apart from what is quick', () => {
  const results = ['ok 90', 'ok 95', 'ok 1210', 'ok 1230', 'ok 1190', 'fail 500', 'ok 900'];
  const told = inRuns(
    results.map((outcome, at) => result('a', outcome, at)),
    800,
  );
  expect(told.map(({ at, verdict, text }) => [at, verdict, inEnglish(text)])).toEqual([
    [0, 'pass', '2 × pass'],
    [2, 'degraded', '3 × slow 1.21 s, objective 800 ms'],
    [5, 'fail', expect.stringContaining('fail')],
    [6, 'degraded', 'slow 900 ms, objective 800 ms'],
  ]);
});

it('calls nothing slow of which no objective is known', () => {
  expect(inRuns([result('a', 'ok 1900', 0)]).map(({ text }) => inEnglish(text))).toEqual(['pass']);
});
