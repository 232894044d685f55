import { expect } from 'vitest';
import { intervalMs } from './support/scene.ts';
import { trial } from './support/trial.ts';
import { sleep, until } from './support/until.ts';
import { failing, hang, type Upstream, well } from './support/upstream.ts';

/** A wall clock that is being set right runs a little faster or slower than the one that waits. */
const driftMs = 20;

trial('cycles start on the grid and are stored, and nobody hears of a healthy service', async (trial) => {
  const server = await trial.upstream();
  await trial.configure({
    services: [await trial.service('orders', server, ['/a', '/b'])],
    channels: { team: trial.robots.channel() },
  });
  const patrol = trial.run();
  await server.called(['/a', '/b'], 8);
  await server.quiet();
  expect(await trial.status()).toMatchObject({ code: 0, json: { incidents: [] } });
  expect(await patrol.stop()).toMatchObject({ code: 0 });
  expect(trial.robots.told).toEqual([]);

  const cycles = trial.look((database) => database.cycles());
  expect(cycles.every(({ outcome }) => outcome === 'complete')).toBe(true);
  const anchor = cycles[0]?.dueAt ?? 0;
  for (const { dueAt } of cycles) expect(offGrid(dueAt, anchor)).toBeLessThanOrEqual(driftMs);
  // While many start at once a cycle may take longer than its interval, and leave out the next tick.
  const settled = cycles.slice(-6);
  expect(settled).toHaveLength(6);
  for (const [index, { dueAt, startedAt }] of settled.entries()) {
    expect(startedAt - dueAt, 'started before it was due').toBeGreaterThanOrEqual(-driftMs);
    expect(startedAt - dueAt, 'started within a second').toBeLessThanOrEqual(1000);
    const before = settled[index - 1];
    if (before !== undefined)
      expect(Math.abs(dueAt - before.dueAt - intervalMs), 'a tick left out').toBeLessThanOrEqual(driftMs);
  }
});

trial('a patrol that is suspended for two minutes tells nothing and goes on with the grid', async (trial) => {
  const server = await trial.upstream();
  await trial.configure({
    services: [await trial.service('orders', server, ['/a', '/b', '/c'])],
    channels: { team: trial.robots.channel() },
  });
  const patrol = trial.run();
  await server.called(['/a', '/b', '/c'], 2);
  // Suspended with calls under way, whose time runs out meanwhile.
  server.answers((asked, response) => void setTimeout(() => well(asked, response), 1000));
  const asked = server.asked.length;
  await until('a call to be suspended with', () => server.asked.length > asked);
  patrol.signal('SIGSTOP');
  server.answers(well);
  await sleep(120_000);
  const resumed = Date.now();
  patrol.signal('SIGCONT');
  await server.called(['/a', '/b', '/c'], 4, resumed);
  await server.quiet();
  expect(trial.robots.told).toEqual([]);
  expect((await trial.status()).code).toBe(0);
  expect(await patrol.stop()).toMatchObject({ code: 0 });

  const cycles = trial.look((database) => database.cycles());
  const anchor = cycles[0]?.dueAt ?? 0;
  const after = cycles.filter(({ dueAt }) => dueAt > resumed);
  expect(after.length).toBeGreaterThanOrEqual(2);
  for (const { dueAt, startedAt } of after) {
    expect(offGrid(dueAt, anchor)).toBeLessThanOrEqual(10 * driftMs);
    expect(startedAt - dueAt).toBeLessThanOrEqual(1000);
  }
});

trial('a service that hangs costs others neither a tick nor time', async (trial) => {
  const names = ['hung', 'broken', 'well'] as const;
  const [hung, broken, healthy] = [await trial.upstream(), await trial.upstream(), await trial.upstream()];
  await trial.configure({
    services: [
      await trial.service('hung', hung, ['/a', '/b']),
      await trial.service('broken', broken, ['/a', '/b']),
      await trial.service('well', healthy, ['/a', '/b']),
    ],
    channels: Object.fromEntries(names.map((name) => [name, trial.robots.channel(name)])),
    routes: names.map((name) => ({ to: [name], services: [name] })),
  });
  trial.run();
  await Promise.all([hung, broken, healthy].map((server) => server.called(['/a', '/b'], 3)));
  await broken.quiet();
  const since = Date.now();
  hung.answers(hang);
  broken.answersAt(['/b'], failing(500));
  const told = await trial.robots.untilBegun('broken');
  expect(told.text).toContain('GET /b');
  expect(told.at - confirmingCall(broken, '/b', since), 'from the confirming call').toBeLessThan(30_000);
  await trial.robots.untilBegun('hung');
  const calls = healthy.asked.filter(({ path, at }) => path === '/a' && at >= since).map(({ at }) => at);
  expect(longestGap([since, ...calls, Date.now()]), 'a tick left out').toBeLessThan(1.5 * intervalMs);
  expect(trial.robots.to('well')).toEqual([]);
});

const ten = Array.from({ length: 10 }, (_, index) => `service-${index}`);

trial('with three of ten services hung, every fault of a healthy one is told within 30 s', async (trial) => {
  const servers = await Promise.all(ten.map(() => trial.upstream()));
  const at = (index: number) => servers[index]!;
  await trial.configure({
    services: await Promise.all(
      ten.map((name, index) => trial.service(name, at(index), ['/a', '/b', '/c', '/d'])),
    ),
    channels: Object.fromEntries(ten.map((name) => [name, trial.robots.channel(name)])),
    routes: ten.map((name) => ({ to: [name], services: [name] })),
  });
  trial.run();
  await Promise.all(servers.map((server) => server.called(['/a', '/b', '/c', '/d'], 3)));
  await servers[0]!.quiet();
  const since = Date.now();
  for (const [index, server] of servers.entries())
    if (index < 3) server.answers(hang);
    else server.answersAt(['/d'], failing(500));
  const delays = await Promise.all(
    servers.slice(3).map(async (server, index) => {
      const told = await trial.robots.untilBegun(ten[index + 3]);
      return told.at - confirmingCall(server, '/d', since);
    }),
  );
  expect(Math.max(...delays), 'from the confirming call').toBeLessThan(30_000);
});

/** The third call in a row that fails makes it a fact. */
function confirmingCall(server: Upstream, path: string, since: number): number {
  return server.asked.filter((asked) => asked.path === path && asked.at >= since)[2]?.at ?? Infinity;
}

/** How far a moment is from the next one of the grid, before or after it. */
function offGrid(at: number, anchor: number): number {
  const off = (at - anchor) % intervalMs;
  return Math.min(off, intervalMs - off);
}

function longestGap(moments: readonly number[]): number {
  return Math.max(...moments.slice(1).map((at, index) => at - (moments[index] ?? at)));
}
