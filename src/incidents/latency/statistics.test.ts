import { describe, expect, it } from 'vitest';
import { check, start, World } from '../world.fixture.ts';

const a = check('a');
const b = check('b');

describe('the statistics of a cycle', () => {
  it('count exactly, overall and by service', () => {
    const checks = [a, b, check('c', { service: 'pay' }), check('d', { service: 'pay' })];
    const world = new World(checks);
    const { statistics } = world.play({
      results: { a: 'ok 100', b: 'fail status', c: 'ok 301', d: 'blocked credential', gone: 'ok 1' },
    });
    expect(statistics).toEqual({
      cycleId: 1,
      outcome: 'complete',
      dueAt: start,
      startedAt: start,
      durationMs: 5000,
      latenessMs: 0,
      missed: 0,
      judgedAt: start + 5000,
      checked: 5,
      counts: { pass: 3, degraded: 0, fail: 1, blocked: 1, unknown: 0 },
      successRate: 0.75,
      latency: { count: 4, avgMs: 125.5, p50Ms: 100, p95Ms: 301, p99Ms: 301, maxMs: 301 },
      byService: {
        orders: {
          checked: 2,
          counts: { pass: 1, degraded: 0, fail: 1, blocked: 0, unknown: 0 },
          latency: { count: 2, avgMs: 100, p50Ms: 100, p95Ms: 100, p99Ms: 100, maxMs: 100 },
        },
        pay: {
          checked: 2,
          counts: { pass: 1, degraded: 0, fail: 0, blocked: 1, unknown: 0 },
          latency: { count: 1, avgMs: 301, p50Ms: 301, p95Ms: 301, p99Ms: 301, maxMs: 301 },
        },
      },
    });
  });

  it('of a cycle in which nothing counted have no rate and no times', () => {
    const { statistics } = new World([a]).play({ results: { a: 'unknown interrupted' } });
    expect(statistics.successRate).toBeUndefined();
    expect(statistics.latency).toBeUndefined();
  });
});
