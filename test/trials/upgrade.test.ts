import { afterEach, describe, expect, it } from 'vitest';
import { type Blow, checkCluster } from './support/cluster-checker.ts';
import { Command } from './support/command.ts';
import { buildNext, type NextVersion } from './support/next-version.ts';
import { hasPostgres, type PostgresServer, startPostgres } from './support/postgres.ts';
import { Trial } from './support/scene.ts';
import { until } from './support/until.ts';
import type { Upstream } from './support/upstream.ts';

interface Node {
  readonly port: number;
  readonly command: Command;
}

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A folder with a configuration on a database of its own, and the next version. */
class World {
  readonly upstream: Upstream;
  readonly #trial: Trial;
  readonly #next: NextVersion;
  #port = 0;

  static async set(breaks: boolean): Promise<World> {
    const server: PostgresServer = await startPostgres();
    closing.push(() => server.remove());
    const next = await buildNext(breaks);
    closing.push(() => next.remove());
    const trial = await Trial.set();
    closing.push(() => trial.close());
    const upstream = await trial.upstream();
    const services = [await trial.service('shop', upstream, ['/steady'])];
    const schema = `?search_path=upgrade_${breaks ? 'breaks' : 'adds'}`;
    await trial.configure({ store: `${server.url}${schema}`, services });
    return new World(trial, next, upstream);
  }

  private constructor(trial: Trial, next: NextVersion, upstream: Upstream) {
    [this.#trial, this.#next, this.upstream] = [trial, next, upstream];
  }

  async start(version: 'this' | 'next'): Promise<Node> {
    const port = 20_000 + ((process.pid * 7 + ++this.#port) % 20_000);
    const args = ['serve', '--log', 'json', '--port', String(port)];
    const env = { APIPATROL_KEY: 'a key for the trial of two versions' };
    const program = version === 'next' ? this.#next.program : undefined;
    const command = new Command(this.#trial.folder, args, env, program);
    closing.push(() => command.stop());
    const node = { port, command };
    await until(
      `the node of ${version} version to answer`,
      async () => command.isOver || (await roleOf(node)) !== undefined,
    );
    return node;
  }

  /** So many calls from now on: a cycle each. */
  async cycles(count: number): Promise<void> {
    const { length } = this.upstream.asked;
    await until(`${count} cycles`, () => this.upstream.asked.length >= length + count);
  }

  offGrid(blows: readonly Blow[] = []): readonly string[] {
    const calls = { shop: this.upstream.asked.map(({ at }) => at) };
    return checkCluster({ intervalMs: 10_000, blows, faults: [], told: [], calls }).offGrid;
  }
}

describe.runIf(hasPostgres)('the next version is brought to one node after the other', () => {
  it('without a cycle that is missed: older ones lead and follow on tables that have been added to', async () => {
    const world = await World.set(false);
    const one = await world.start('this');
    await until('a leader', async () => (await roleOf(one)) === 'leader');
    const other = await world.start('this');
    await world.cycles(1);
    await other.command.stop();
    const otherNext = await world.start('next');
    await world.cycles(2);
    await until('the next version to follow', async () => (await roleOf(otherNext)) === 'follower', 30_000);
    await until('this version to lead', async () => (await roleOf(one)) === 'leader', 30_000);
    expect(otherNext.command.isOver ? otherNext.command.written : '').toBe('');
    expect(await versionsOn(one)).toEqual(['0', '99.0.0']);
    await one.command.stop();
    await until('the next version to lead', async () => (await roleOf(otherNext)) === 'leader');
    await world.cycles(1);
    // Back to where it was: the older one is started again.
    const back = await world.start('this');
    await otherNext.command.stop();
    await until('the older version to lead', async () => (await roleOf(back)) === 'leader');
    await world.cycles(2);
    expect(world.offGrid()).toEqual([]);
  }, 240_000);

  it('with a change that older ones cannot work with: they end and say so, and the next version leads', async () => {
    const world = await World.set(true);
    const one = await world.start('this');
    await until('a leader', async () => (await roleOf(one)) === 'leader');
    await world.cycles(2);
    const at = Date.now();
    const next = await world.start('next');
    const { code, err } = await one.command.ended;
    expect(code).toBe(2);
    expect(err).toMatch(/its tables have version \d+, this apipatrol knows versions up to \d+/);
    await until('the next version to lead', async () => (await roleOf(next)) === 'leader');
    const ledAt = Date.now();
    await world.cycles(1);
    // It may come as late as it takes to lead.
    const blow = { kind: 'stopped', at, ledAt, calledAt: Date.now() } as const;
    await world.cycles(2);
    const late = await world.start('this');
    expect((await late.command.ended).err).toMatch(/knows versions up to/);
    expect(world.offGrid([blow])).toEqual([]);
  }, 240_000);
});

async function roleOf({ port }: Node): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(1500) });
    return ((await answer.json()) as { readonly role?: string }).role;
  } catch {
    return undefined;
  }
}

/** Of all nodes, `0` for every one of this version. */
async function versionsOn({ port }: Node): Promise<readonly string[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/nodes`);
  const { items } = (await answer.json()) as { readonly items: readonly { readonly version: string }[] };
  return items.map(({ version }) => (version === '99.0.0' ? version : '0')).toSorted();
}
