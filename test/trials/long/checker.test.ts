import { describe, expect, it } from 'vitest';
import { check, type Record } from './checker.ts';
import { holdTicks } from './ticks.ts';
import { type Fault, planFaults, planKills, randomOf } from './plan.ts';

const minuteMs = 60_000;
const fault: Fault = { service: 'orders', kind: 'service', from: 5 * minuteMs, to: 8 * minuteMs };
const event = (name: string, minute: number, id = 'AAAA') => ({
  at: minute * minuteMs,
  key: 'orders',
  event: name,
  id,
  level: 'service',
  services: ['orders'],
  subject: 'orders',
  count: 6,
  closes: [] as readonly string[],
});
const said = (minute: number, text: string) => ({ at: minute * minuteMs, key: 'orders', text });
const good: Record = {
  startedAt: 0,
  endedAt: 20 * minuteMs,
  intervalMs: minuteMs,
  faults: [fault],
  kills: 1,
  told: [said(6, 'broken #AAAA'), said(9, 'well again #AAAA')],
  incidents: [event('opened', 6), event('resolved', 9)],
};

describe('the checker', () => {
  it('finds nothing wrong where beginning and end were told', () => {
    expect(check(good)).toEqual({
      wrong: [],
      checked: 1,
      doubled: 0,
      falseAlarms: 0,
      tellMs: [minuteMs],
      recoverMs: [minuteMs],
    });
  });

  it.each([
    ['a beginning', { incidents: [] }, 'its beginning was not told'],
    ['an end', { incidents: [event('opened', 6)] }, 'the end of service #AAAA was not told'],
    ['a message', { told: [] }, '#AAAA never stood in the chat'],
    [
      'the peace',
      { incidents: [...good.incidents, event('opened', 15, 'BBBB')] },
      'while nothing was broken',
    ],
    [
      'patience',
      { told: [...good.told, said(10, 'broken #AAAA'), said(11, 'broken #AAAA')] },
      '2 messages came twice after 1 kills',
    ],
  ])('misses %s', (_, changed, complaint) => {
    const { wrong } = check({ ...good, ...changed });
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toContain(complaint);
  });

  it('takes what ended with its wider cause as ended', () => {
    const wider = { ...event('opened', 7), id: 'BBBB' };
    const end = { ...event('resolved', 9), id: 'BBBB', closes: ['AAAA'] };
    const grown = {
      ...good,
      told: [...good.told, said(7, 'all of it #BBBB')],
      incidents: [event('opened', 6), wider, end],
    };
    expect(check(grown)).toMatchObject({ wrong: [] });
    expect(check({ ...grown, incidents: [event('opened', 6), wider, { ...end, closes: [] }] })).toMatchObject(
      {
        wrong: [expect.stringContaining('#AAAA was not told')],
      },
    );
  });

  it('asks nothing of a fault that was over within two intervals', () => {
    const short = { ...fault, to: fault.from + minuteMs };
    expect(check({ ...good, faults: [short], incidents: [], told: [] })).toMatchObject({
      wrong: [],
      checked: 0,
    });
  });
});

describe('the plan', () => {
  const services = ['a', 'b', 'c'];

  it('is the same for the same seed, breaks each service in several ways, and leaves time to recover', () => {
    const faults = planFaults(services, 60 * minuteMs, randomOf(7));
    expect(planFaults(services, 60 * minuteMs, randomOf(7))).toEqual(faults);
    expect(planFaults(services, 60 * minuteMs, randomOf(8))).not.toEqual(faults);
    for (const service of services) {
      const own = faults.filter((one) => one.service === service);
      expect(new Set(own.map(({ kind }) => kind)).size).toBeGreaterThan(2);
      for (const [index, { from }] of own.entries())
        expect(from - (own[index - 1]?.to ?? -Infinity)).toBeGreaterThanOrEqual(7 * minuteMs);
    }
  });

  it('kills in the first two thirds', () => {
    const kills = planKills(60, 60 * minuteMs, randomOf(7));
    expect(kills).toHaveLength(60);
    expect(Math.max(...kills)).toBeLessThanOrEqual(40 * minuteMs);
  });
});

describe('the ticks', () => {
  const ticks = [0, 10_000, 20_000];

  it('are held when every operation that is well is called within a second of each', () => {
    const at = new Map([
      ['/a', [100, 10_900, 20_010]],
      ['/b', [100, 11_200]],
      ['/c', [100]],
    ]);
    const troubles = [{ from: 5000, to: 15_000, path: '/c' }];
    const { due, missed } = holdTicks(ticks, [{ service: 'orders', at, troubles }]);
    expect(due).toBe(7);
    expect(missed.map((one) => one.slice(0, 9))).toEqual(['orders /b', 'orders /b']);
  });

  it('of a service that is broken as a whole are not asked for', () => {
    const at = new Map([['/a', [100]]]);
    const troubles = [{ from: 5000, to: 15_000 }];
    expect(holdTicks(ticks, [{ service: 'orders', at, troubles }])).toEqual({ due: 1, missed: [] });
  });
});
