import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostilePatrol, startHostilePatrol } from '../../bench/hostile-patrol.ts';
import { hostiles } from '../../bench/hostile-world.ts';

interface Row {
  readonly source: string;
  readonly operation: string;
  readonly last?: { readonly verdict: string; readonly reason?: { readonly message: string } };
}

// Wide of the aim of the benchmark: other tests run at the same time, and what counts is that nothing goes on for ever.
const longestMs = 400;

describe('services that all turn hostile at once', { timeout: 600_000 }, () => {
  let patrol: HostilePatrol;

  beforeAll(async () => {
    patrol = await startHostilePatrol(hostiles);
    await patrol.goodCycles(2);
    await patrol.stall();
    await patrol.turn(hostiles);
    await patrol.goodCycles(4);
  }, 300_000);

  afterAll(() => patrol.close());

  it('hold up neither the good one nor anything else', async () => {
    expect((await patrol.stall()).cpuMs).toBeLessThan(longestMs);
    expect(await verdictsOf('good')).toEqual(['pass']);
  });

  it('do not fail for being too large to be judged', async () => {
    for (const name of ['any-of', 'one-of', 'all-of', 'properties', 'query', 'nested']) {
      expect([name, ...(await verdictsOf(name))]).not.toContain('fail');
    }
  });

  it('are silenced by thirty asterisks at once, and after a restart', async () => {
    const matcher = { subject: `${'*a'.repeat(30)}*z` };
    const silence = { matcher, forMs: 3_600_000, reason: 'asterisks' };
    expect((await patrol.api('POST', '/silences', silence)).status).toBe(201);
    await patrol.goodCycles(2);
    expect((await patrol.stall()).cpuMs).toBeLessThan(longestMs);
    expect(await patrol.stop()).toBe(0);
    await patrol.start();
    await patrol.goodCycles(2);
    expect(await verdictsOf('good')).toEqual(['pass']);
  });

  async function verdictsOf(name: string): Promise<readonly string[]> {
    const { body } = await patrol.api('GET', '/operations');
    const { items } = body as { readonly items: readonly Row[] };
    return items.filter(({ source }) => source === name).map(({ last }) => last?.verdict ?? 'none');
  }
});
