import { expect } from 'vitest';
import { openapi } from './support/scene.ts';
import { trial } from './support/trial.ts';
import { until } from './support/until.ts';

trial('a service that is added to the configuration is patrolled without a restart', async (trial) => {
  const [first, second] = [await trial.upstream(), await trial.upstream()];
  const channels = { team: trial.robots.channel() };
  const orders = await trial.service('orders', first, ['/a']);
  await trial.configure({ sources: [orders], channels });
  const patrol = trial.run();
  await first.called(['/a'], 2);
  await trial.configure({ sources: [orders, await trial.service('users', second, ['/u'])], channels });
  await second.called(['/u'], 3);
  const since = Date.now();
  await first.called(['/a'], 2, since);
  expect(trial.robots.told).toEqual([]);
  expect(await patrol.stop()).toMatchObject({ code: 0 });
});

trial(
  'a configuration that cannot be used is refused, shown, and the last good one stays in use',
  async (trial) => {
    const server = await trial.upstream();
    const good = {
      sources: [await trial.service('orders', server, ['/a'])],
      channels: { team: trial.robots.channel() },
    };
    await trial.configure(good);
    const patrol = trial.run();
    await server.called(['/a'], 2);
    await trial.configure({ ...good, intervall: '5m' });
    const since = Date.now();
    await server.called(['/a'], 3, since);
    await until(
      'a status that shows what is wrong with the configuration and how the patrol does',
      async () => {
        const { out, err } = await trial.command('status');
        return /intervall/.test(out + err) && /last cycle/.test(out);
      },
      30_000,
    );
    expect(patrol.isOver).toBe(false);
    await trial.configure(good);
    await trial.untilAllIsWell();
  },
);

trial(
  'a document that changes between two cycles: what is new is called, what is gone is not',
  async (trial) => {
    const server = await trial.upstream();
    await trial.configure({
      sources: [await trial.service('orders', server, ['/kept', '/old'])],
      channels: { team: trial.robots.channel() },
    });
    trial.run();
    await server.called(['/kept', '/old'], 2);
    await server.quiet();
    await trial.write('orders.json', openapi(['/kept', '/new']));
    await server.called(['/new'], 1);
    const since = Date.now();
    await server.called(['/kept', '/new'], 3, since);
    // One that was under way when the document changed may still have called it.
    expect(server.count('/old', since)).toBe(0);
    expect(trial.robots.told).toEqual([]);
    expect((await trial.status()).code).toBe(0);
  },
);
