import { describe, expect, it } from 'vitest';
import type { MaintenanceWindow } from '../../model/silence.ts';
import { plainCalendar } from '../../model/calendar.ts';
import { nextWindow, windowAt } from './windows.ts';

const nightly: MaintenanceWindow = {
  name: 'backup',
  cron: '0 2 * * *',
  durationMs: 7_200_000,
  timeZone: 'Asia/Shanghai',
  matcher: { services: ['orders'] },
};

function at(iso: string): number {
  return Date.parse(iso);
}

describe('a maintenance window', () => {
  it.each<[string, string, boolean]>([
    ['has not begun a millisecond before', '2026-01-05T01:59:59.999+08:00', false],
    ['begins at its time', '2026-01-05T02:00:00+08:00', true],
    ['is running a millisecond later', '2026-01-05T02:00:00.001+08:00', true],
    ['is running a millisecond before its end', '2026-01-05T03:59:59.999+08:00', true],
    ['is over at its end', '2026-01-05T04:00:00+08:00', false],
  ])('%s', (_, time, running) => {
    expect(windowAt(nightly, at(time), plainCalendar) !== undefined).toBe(running);
  });

  it('may be longer than the time between its beginnings, and over midnight', () => {
    const long = { ...nightly, cron: '0 22 * * 6', durationMs: 30 * 3_600_000 };
    expect(windowAt(long, at('2026-01-12T03:59:00+08:00'), plainCalendar)).toEqual({
      from: at('2026-01-10T22:00:00+08:00'),
      until: at('2026-01-12T04:00:00+08:00'),
    });
    const overlapping = { ...nightly, cron: '0 * * * *', durationMs: 7_200_000 };
    expect(windowAt(overlapping, at('2026-01-05T05:30:00+08:00'), plainCalendar)?.from).toBe(
      at('2026-01-05T05:00:00+08:00'),
    );
  });

  it('leaves out holidays, or takes place on certain days only', () => {
    const exceptOn = { ...nightly, exceptOn: ['2026-02-17'] };
    expect(windowAt(exceptOn, at('2026-02-17T02:30:00+08:00'), plainCalendar)).toBeUndefined();
    expect(windowAt(exceptOn, at('2026-02-18T02:30:00+08:00'), plainCalendar)).toBeDefined();
    const onlyOn = { ...nightly, onlyOn: ['2026-02-17'] };
    expect(windowAt(onlyOn, at('2026-02-17T02:30:00+08:00'), plainCalendar)).toBeDefined();
    expect(windowAt(onlyOn, at('2026-02-18T02:30:00+08:00'), plainCalendar)).toBeUndefined();
  });

  it.each([
    ['in the night in which an hour is left out', '0 1 * * *', '2026-03-29T00:30:00Z', true],
    ['in the night in which an hour is left out, after its end', '0 1 * * *', '2026-03-29T03:00:00Z', false],
    ['in the night in which an hour comes twice', '0 1 * * *', '2026-10-25T00:30:00Z', true],
    [
      'two hours after it began in the night in which an hour comes twice',
      '0 1 * * *',
      '2026-10-25T01:30:00Z',
      false,
    ],
    ['when it begins in the hour that is left out', '30 2 * * *', '2026-03-29T01:45:00Z', true],
  ])('%s lasts as long as ever', (_, cron, time, running) => {
    const berlin = { ...nightly, cron, timeZone: 'Europe/Berlin' };
    expect(windowAt(berlin, at(time), plainCalendar) !== undefined).toBe(running);
  });

  it('that never begins is never running', () => {
    expect(
      windowAt({ ...nightly, cron: '0 0 31 2 *' }, at('2026-01-05T02:30:00+08:00'), plainCalendar),
    ).toBeUndefined();
    expect(
      nextWindow({ ...nightly, cron: '0 0 31 2 *' }, at('2026-01-05T02:30:00+08:00'), plainCalendar),
    ).toBeUndefined();
  });

  it('says when it comes next', () => {
    const exceptOn = { ...nightly, exceptOn: ['2026-01-06'] };
    expect(nextWindow(exceptOn, at('2026-01-05T02:30:00+08:00'), plainCalendar)).toEqual({
      from: at('2026-01-07T02:00:00+08:00'),
      until: at('2026-01-07T04:00:00+08:00'),
    });
  });
});
