import { expect, it } from 'vitest';
import { withoutAlike } from './alike.ts';
import type { PublicIncident } from './public-incident.ts';

const incident = (id: string, from: number, more: Partial<PublicIncident> = {}): PublicIncident => ({
  id,
  services: ['orders'],
  state: 'degraded',
  isPartial: true,
  isRecovering: false,
  from,
  posts: [],
  ...more,
});
const post = { kind: 'investigating', text: 'we look', at: 3 } as const;

it.each<[what: string, PublicIncident[], [id: string, from: number, until?: number][]]>([
  ['two open ones that say the same are one', [incident('b', 2), incident('a', 1)], [['a', 1, undefined]]],
  ['it ends with the last', [incident('a', 1, { until: 5 }), incident('b', 2)], [['a', 1, undefined]]],
  [
    'whichever that is',
    [incident('a', 1, { until: 5 }), incident('b', 2, { until: 3 }), incident('c', 4, { until: 9 })],
    [['a', 1, 9]],
  ],
  [
    'one after the other are two',
    [incident('a', 1, { until: 2 }), incident('b', 3)],
    [
      ['a', 1, 2],
      ['b', 3, undefined],
    ],
  ],
  [
    'what differs stays apart',
    [
      incident('a', 1),
      incident('b', 2, { services: ['users'] }),
      incident('c', 3, { state: 'failing' }),
      incident('d', 4, { isPartial: false }),
      incident('e', 5, { posts: [post] }),
      incident('f', 6, { title: 'Slow search' }),
    ],
    ['a', 'b', 'c', 'd', 'e', 'f'].map((id, index) => [id, index + 1, undefined]),
  ],
])('%s', (_, incidents, expected) => {
  expect(withoutAlike(incidents).map(({ id, from, until }) => [id, from, until])).toEqual(expected);
});

it('several recover when none of them still fails', () => {
  const [a, b] = [incident('a', 1, { isRecovering: true }), incident('b', 2, { isRecovering: true })];
  expect(withoutAlike([a, b])).toMatchObject([{ id: 'a', isRecovering: true }]);
  expect(withoutAlike([a, incident('b', 2)])).toMatchObject([{ id: 'a', isRecovering: false }]);
  expect(withoutAlike([a, incident('b', 2, { until: 3 })])).toMatchObject([{ isRecovering: true }]);
});
