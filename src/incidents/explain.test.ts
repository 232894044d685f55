import type { Sentence } from '../model/sentence.ts';
import { expect, it } from 'vitest';
import { inLanguage } from '../messages/in-language.ts';
import type { Transition } from '../model/incident.ts';
import { explain } from './explain.ts';
import { all, check, type CycleScript, World } from './world.fixture.ts';

const four = ['a', 'b', 'c', 'd'].map((id) => check(id));
const silence = () => ({ by: 'silence' as const, note: '#3 by cli:me: release' });

/** What is said of each transition of cycles that follow one another. */
function story(checks: typeof four, scripts: readonly CycleScript[]): readonly Sentence[] {
  const world = new World(checks);
  const told = scripts.flatMap((script) => world.play(script).transitions);
  const before = new Map<string, Transition>();
  return told.map((one) => {
    const text = explain(one, before.get(one.incident.fingerprint));
    before.set(one.incident.fingerprint, one);
    return text;
  });
}

it.each<[string, typeof four, readonly CycleScript[], readonly string[]]>([
  [
    'an operation that fails, for another reason too, and works again',
    [check('a')],
    [{ results: { a: 'fail 500' } }, { results: { a: 'fail schema' } }, { results: { a: 'ok' } }],
    ['major: found 500 (confirmed at once)', 'another reason: found schema', 'works again; it lasted 30m'],
  ],
  [
    'an operation that fails, no longer knows what is asked for, and fails in both ways again',
    [check('a')],
    [
      { results: { a: 'fail 500' } },
      { results: { a: 'fail 503' } },
      { results: { a: 'fail 404' } },
      { results: { a: 'fail 502' } },
      { results: { a: 'fail 404' } },
    ],
    ['major: found 500 (confirmed at once)', 'another reason: found 404'],
  ],
  [
    'a minor one that has to be seen twice',
    [check('a', { severity: 'minor', repeatable: false })],
    [{ results: { a: 'fail 500' } }, { results: { a: 'fail 500' } }],
    ['minor: found 500 (bad 2 times in a row)'],
  ],
  [
    'a host that dies for more and more',
    four,
    [
      { results: { ...all(four, 'ok'), a: 'timeout', b: 'timeout', c: 'timeout' } },
      { results: all(four, 'ok') },
    ],
    [
      'major: found timeout (confirmed at once, concluded from 3 of 4 operations that fail alike)',
      'works again; it lasted 15m',
    ],
  ],
  [
    'one that was silenced, told later, and taken out of its document',
    [check('a')],
    [
      { results: { a: 'fail 500' }, hush: silence },
      { results: { a: 'fail 500' } },
      { results: {}, removedChecks: ['a'] },
    ],
    [
      'major: found 500 (confirmed at once) — not told: silence #3 by cli:me: release',
      'still there: found 500',
      'no longer documented, or left out by the configuration',
    ],
  ],
  [
    'one that nobody heard of',
    [check('a')],
    [
      {
        results: { a: 'fail 500' },
        hush: () => ({ by: 'maintenance', note: 'nightly' }),
      },
      { results: { a: 'ok' } },
    ],
    [
      'major: found 500 (confirmed at once) — not told: maintenance window nightly',
      'works again; it lasted 15m — not told: nobody had heard of it',
    ],
  ],
  [
    'one that nobody could look at',
    [check('a')],
    [{ results: { a: 'fail 500' } }, { results: {}, afterMs: 3 * 3_600_000 }],
    [
      'major: found 500 (confirmed at once)',
      'nobody could look at it for long: no result since then; the last one was: found 500',
    ],
  ],
])('%s', (_, checks, scripts, expected) => {
  expect(story(checks, scripts)).toEqual(expected);
});

it('says why in Chinese, too', () => {
  const scripts = [
    { results: { ...all(four, 'ok'), a: 'timeout', b: 'timeout', c: 'timeout' } },
    { results: all(four, 'ok'), hush: silence },
  ] as const;
  expect(story(four, scripts).map((told) => inLanguage(told, 'zh'))).toEqual([
    '重要：found timeout（立即确认，4 个接口中有 3 个以同样方式失败，由此推断）',
    '已恢复，持续 15m',
  ]);
});
