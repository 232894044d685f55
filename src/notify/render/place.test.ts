import { describe, expect, it } from 'vitest';
import type { Incident } from '../../model/incident.ts';
import { scenarios } from '../test-message/scenarios.ts';
import { viewOf } from './view.ts';

const at = Date.UTC(2026, 2, 9, 4, 3);
const content = scenarios.failure(at);
const context = { language: 'zh', timeZone: 'Asia/Shanghai' } as const;

function seen(change: (incident: Incident) => Partial<Incident>, kind: 'opened' | 'changed' = 'opened') {
  const transitions = (content.transitions ?? [])
    .slice(0, 1)
    .map((one) => ({ ...one, kind, at, incident: { ...one.incident, ...change(one.incident) } }));
  return viewOf({ ...content, transitions }, context);
}

const detailsOf = ({ items }: ReturnType<typeof viewOf>) =>
  (items[0]?.details ?? []).map(({ value }) => value);
const note = (service: string) => ({ checkId: `${service}1`, service, label: 'GET /items', message: 'x' });

describe('where it is', () => {
  it('is said once of a service', () => {
    const view = seen(({ cause, members }) => ({
      cause: { ...cause, level: 'service' },
      subjectLabel: 'users',
      services: ['users'],
      members: { ...members, count: 8, of: 8 },
    }));
    expect(view.headline).toContain('】users 8/8 接口失败');
    expect(view.items[0]?.title).toBe('users');
  });

  it('is said of each operation when there are several services, and how many there are of each', () => {
    const share = (service: string, count: number) => ({ service, count, of: count, worst: [note(service)] });
    const view = seen(({ cause }) => ({
      cause: { ...cause, level: 'origin' },
      subjectLabel: 'http://h:1',
      services: ['orders', 'users'],
      members: {
        count: 13,
        of: 13,
        worst: [note('orders'), note('users')],
        shares: [share('orders', 5), share('users', 8)],
      },
    }));
    expect(detailsOf(view)).toContain('orders GET /items、users GET /items 等 13 个（orders 5、users 8）');
  });
});

it('what has just come back is not said to go on', () => {
  const back = { times: 3, since: at - 13_000, calmMs: 300_000 };
  const flapping = (since: number) =>
    seen(() => ({ openedAt: at - 600_000, flapping: { ...back, since } }), 'changed');
  expect(flapping(at - 13_000).headline).not.toContain('仍');
  expect(flapping(at - 120_000).headline).toContain('仍');
});
