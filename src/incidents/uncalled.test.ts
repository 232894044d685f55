import { describe, expect, it } from 'vitest';
import { ErrorBudgets } from './slo/budgets.ts';
import { all, check, World } from './world.fixture.ts';

const seven = Array.from({ length: 7 }, (_, no) => check(`c${no}`));
const budgets = () => new ErrorBudgets([{ name: 'all', availability: 0.99, windowMs: 30 * 86_400_000 }]);
const down = (how: string) => ({ ...all(seven, 'unknown origin-down'), c0: how });
const good = ({ successRate = Number.NaN }: { readonly successRate?: number }): number => successRate;

describe('what is not called because its host is down', () => {
  it.each(['connect-refused', 'dns', 'tls', 'timeout'])('counts as failed, as one call: %s', (how) => {
    const world = new World(seven);
    world.play({ results: all(seven, 'ok') });
    const {
      statistics,
      cycleResults,
      budgets: views,
    } = world.play({ results: down(how), budgets: budgets() });
    expect(statistics).toMatchObject({ checked: 7, unreached: 6, counts: { fail: 7, unknown: 0 } });
    expect(statistics.byService['orders']).toMatchObject({ checked: 7, unreached: 6, counts: { fail: 7 } });
    expect(good(statistics)).toBe(0);
    expect(cycleResults.map(({ verdict }) => verdict)).toEqual(seven.map(() => 'fail'));
    expect(views).toMatchObject([{ good: 0, bad: 7 }]);
  });

  it('costs what an answer of HTTP 503 to all of them costs', () => {
    const figures = [down('connect-refused'), all(seven, 'fail 503')].map((results) => {
      const { statistics, budgets: views } = new World(seven).play({ results, budgets: budgets() });
      return { good: good(statistics), counts: statistics.counts, views: views.map(({ bad }) => bad) };
    });
    expect(figures[0]).toEqual(figures[1]);
  });

  it('counts for nobody while it is our own network that is down', () => {
    const others = ['a.example', 'b.test', 'c.invalid'].map((host) =>
      check(host, { origin: `https://${host}` }),
    );
    const { statistics } = new World([...seven, ...others]).play({
      results: { ...down('no-route'), ...all(others, 'no-route') },
    });
    expect(statistics).toMatchObject({ checked: 10, counts: { fail: 0, unknown: 10 } });
    expect(statistics).not.toHaveProperty('unreached');
  });

  it('is judged the next time as if it had not been made to count', () => {
    const [one, other] = [new World(seven), new World(seven)];
    const first = down('connect-refused');
    const known = one.play({ results: first }).results;
    other.play({ results: first });
    const next = { ...down('connect-refused'), c1: 'ok', c0: 'ok' };
    const asKnown = known.map(
      (result) => ({ ...result, verdict: result.checkId === 'c0' ? 'fail' : 'unknown' }) as const,
    );
    const told = one.play({ results: next, known });
    expect(told).toEqual(other.play({ results: next, known: asKnown }));
  });

  it('counts as well where its token comes from there', () => {
    const checks = seven.map((each, no) => (no < 4 ? each : { ...each, credential: 'main' }));
    const world = new World(checks);
    const results = {
      ...all(checks.slice(0, 4), 'connect-refused'),
      ...all(checks.slice(4), 'blocked credential'),
    };
    const endpoint = { origin: 'https://orders.example' };
    const failure = { credential: 'main', message: 'refused', endpoint, permanent: false };
    const { statistics } = world.play({ results, credentialFailures: [failure] });
    expect(statistics.counts).toMatchObject({ fail: 7, blocked: 0 });
  });
});
