import { expect, it } from 'vitest';
import { OriginHealth } from './origin-health.ts';

it('is down after five time-outs in a row, without waiting for their confirmations', () => {
  const health = new OriginHealth();
  for (let no = 0; no < 4; no++) health.failed('timeout', false, false);
  expect(health.state).toBe('suspect');
  health.failed('timeout', false, false);
  expect(health.state).toBe('down');
});

it('is not down while one of them answers in between, nor for refused connections that nobody looked at again', () => {
  const slow = new OriginHealth();
  for (let no = 0; no < 4; no++) slow.failed('timeout', false, false);
  slow.answered(0);
  for (let no = 0; no < 4; no++) slow.failed('timeout', false, false);
  expect(slow.state).toBe('suspect');
  const restarting = new OriginHealth();
  for (let no = 0; no < 20; no++) restarting.failed('connect-refused', false, false);
  expect(restarting.state).toBe('suspect');
});

it('is not down after a few time-outs while there are operations that may be answered', () => {
  const health = new OriginHealth();
  for (let no = 0; no < 7; no++) health.failed('timeout', false, false, 8);
  expect([health.state, health.mayHang]).toEqual(['suspect', true]);
  health.failed('timeout', false, false, 8);
  expect([health.state, health.mayHang]).toEqual(['down', false]);
});

it('is not down because an operation has hung again while others have not been tried', () => {
  const health = new OriginHealth();
  for (let no = 0; no < 3; no++) health.failed('timeout', true, true, 8);
  expect(health.state).toBe('suspect');
  health.failed('timeout', true, true, 0);
  expect(health.state).toBe('down');
});

it('is not hung when others have been answered while calls waited', () => {
  const health = new OriginHealth();
  health.answered(100);
  for (let no = 0; no < 20; no++) health.failed('timeout', true, true, 8, 99);
  expect(health.state).toBe('up');
  for (let no = 0; no < 8; no++) health.failed('timeout', true, true, 8, 101);
  expect(health.state).toBe('down');
});
