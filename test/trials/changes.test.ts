import { expect } from 'vitest';
import { openapi } from './support/scene.ts';
import { trial } from './support/trial.ts';
import { until } from './support/until.ts';
import { idOf } from './support/robot.ts';
import { failing } from './support/upstream.ts';

trial('a service that is added to the configuration is patrolled without a restart', async (trial) => {
  const [first, second] = [await trial.upstream(), await trial.upstream()];
  const channels = { team: trial.robots.channel() };
  const orders = await trial.service('orders', first, ['/a']);
  await trial.configure({ services: [orders], channels });
  const patrol = trial.run();
  await first.called(['/a'], 2);
  await trial.configure({ services: [orders, await trial.service('users', second, ['/u'])], channels });
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
      services: [await trial.service('orders', server, ['/a'])],
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
      services: [await trial.service('orders', server, ['/kept', '/old'])],
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

trial(
  'routes that change in mid-fault: whoever heard the beginning hears the end, newcomers hear both',
  async (trial) => {
    const [kept, gone] = [await trial.upstream(), await trial.upstream()];
    const orders = await trial.service('orders', kept, ['/a', '/b']);
    const users = await trial.service('users', gone, ['/u', '/v']);
    const channels = Object.fromEntries(
      ['first', 'second', 'users', 'members'].map((key) => [key, trial.robots.channel(key)]),
    );
    const before = { services: [orders, users], channels };
    await trial.configure({
      ...before,
      routes: [
        { to: ['first'], services: ['orders'] },
        { to: ['users'], services: ['users'] },
      ],
    });
    trial.run();
    await Promise.all([kept.called(['/a', '/b'], 2), gone.called(['/u', '/v'], 2)]);
    kept.answersAt(['/a'], failing(500));
    gone.answersAt(['/u'], failing(500));
    await trial.robots.untilBegun('first');
    await trial.robots.untilBegun('users');
    await trial.configure({
      services: [orders, await trial.service('members', gone, ['/u', '/v'])],
      channels,
      routes: [
        { to: ['second'], services: ['orders'] },
        { to: ['members'], services: ['members'] },
      ],
    });
    const begun = await trial.robots.untilBegun('second', 1, 90_000);
    expect(begun.text).toContain('GET /a');
    await until('word that what failed is no longer patrolled', () => trial.robots.to('users')[1], 90_000);
    expect(trial.robots.to('users')[1]?.text).toContain('GET /u');
    kept.answersAt([], failing(500));
    gone.answersAt([], failing(500));
    const ends = await Promise.all(['first', 'second'].map((key) => trial.robots.untilEnded(key, 1, 90_000)));
    expect(ends.map(idOf)).toEqual([idOf(begun), idOf(begun)]);
    expect(trial.robots.begun('first')).toHaveLength(1);
  },
);
