import { expect } from 'vitest';
import { intervalMs } from './support/scene.ts';
import { trial } from './support/trial.ts';
import { sleep } from './support/until.ts';
import type { Told } from './support/robot.ts';
import { failing, hang } from './support/upstream.ts';

const names = ['one', 'two', 'three', 'four'];
const paths = ['/a', '/b'];

trial(
  'four services die together, three come back before the fourth: whoever was told hears of the end',
  async (trial) => {
    const servers = await Promise.all(names.map(() => trial.upstream()));
    await trial.configure({
      services: await Promise.all(names.map((name, index) => trial.service(name, servers[index]!, paths))),
      channels: Object.fromEntries(names.map((name) => [name, trial.robots.channel(name)])),
      routes: names.map((name) => ({ to: [name], services: [name] })),
    });
    trial.run();
    await Promise.all(servers.map((server) => server.called(paths, 2)));
    await Promise.all(servers.map((server) => server.down()));
    await sleep(75_000);
    const begun = names.filter((name) => trial.robots.begun(name).length > 0);
    expect(begun).toEqual(names);
    await Promise.all(servers.slice(0, 3).map((server) => server.up()));
    await sleep(25_000);
    await servers[3]!.up();
    await Promise.all(names.map((name) => trial.robots.untilEnded(name, 1, 120_000)));
    await trial.untilAllIsWell(60_000);
    // One that has got worse meanwhile may be told as such; what is told twice is never the same.
    const told = names.map((name) => [
      name,
      trial.robots.begun(name).filter(isNew).length,
      trial.robots.ended(name).length,
    ]);
    const all = trial.robots.told.map(({ key, text }) => `${key}: ${text}`).join('\n');
    expect(told, `all that was told: ${all}`).toEqual(names.map((name) => [name, 1, 1]));
  },
);

trial('a second fault of another kind soon after the first is told with its end, too', async (trial) => {
  const server = await trial.upstream();
  await trial.configure({
    services: [await trial.service('orders', server, ['/a', '/b', '/c', '/d'])],
    channels: { team: trial.robots.channel() },
  });
  trial.run();
  await server.called(['/a'], 2);
  await server.quiet();
  server.answersAt(['/b'], failing(500));
  await trial.robots.untilBegun();
  server.answersAt([], failing(500));
  await trial.robots.untilEnded();
  await sleep(intervalMs);
  server.answersAt(['/c'], failing(503));
  expect((await trial.robots.untilBegun('team', 2)).text).toContain('GET /c');
  server.answersAt([], failing(500));
  expect((await trial.robots.untilEnded('team', 2)).text).toContain('GET /c');
  await trial.untilAllIsWell(60_000);
  expect(trial.robots.told).toHaveLength(4);
});

trial('ten of fourteen operations that hang are one message, and their end is one', async (trial) => {
  const server = await trial.upstream();
  const fourteen = Array.from({ length: 14 }, (_, no) => `/p${no}`);
  await trial.configure({
    services: [await trial.service('orders', server, fourteen)],
    channels: { team: trial.robots.channel() },
    // Some of them are called only when others have run out of time.
    limits: { perOrigin: 2 },
  });
  trial.run();
  await server.called(fourteen, 2);
  await server.quiet();
  server.answersAt(fourteen.slice(0, 10), hang);
  const begun = await trial.robots.untilBegun();
  expect(begun.text).toContain('10/14');
  await sleep(3 * intervalMs);
  server.answersAt([], hang);
  await trial.robots.untilEnded();
  await trial.untilAllIsWell(60_000);
  expect(trial.robots.told.map(({ text }) => text.split('\n')[0])).toHaveLength(2);
});

function isNew({ text }: Told): boolean {
  return !/【.*·(变化|持续)】/.test(text.split('\n')[0] ?? '');
}
