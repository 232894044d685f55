import { expect } from 'vitest';
import { intervalMs } from './support/scene.ts';
import { trial } from './support/trial.ts';
import { sleep, until } from './support/until.ts';
import { hang, well } from './support/upstream.ts';

/** A wall clock that is being set right runs a little faster or slower than the one that waits. */
const driftMs = 20;

trial('cycles start on the grid and are stored, and nobody hears of a healthy service', async (trial) => {
  const server = await trial.upstream();
  await trial.configure({
    sources: [await trial.service('orders', server, ['/a', '/b'])],
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
    sources: [await trial.service('orders', server, ['/a', '/b', '/c'])],
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

trial('a service that hangs costs another one neither a tick nor time', async (trial) => {
  const [hung, broken] = [await trial.upstream(), await trial.upstream()];
  await trial.configure({
    sources: [
      await trial.service('hung', hung, ['/a', '/b']),
      await trial.service('broken', broken, ['/a', '/b']),
    ],
    channels: { hung: trial.robots.channel('hung'), broken: trial.robots.channel('broken') },
    routes: [
      { to: ['hung'], sources: ['hung'] },
      { to: ['broken'], sources: ['broken'] },
    ],
  });
  trial.run();
  await Promise.all([hung.called(['/a', '/b'], 2), broken.called(['/a', '/b'], 2)]);
  await broken.quiet();
  const since = Date.now();
  hung.answers(hang);
  await hung.called(['/a', '/b'], 1, since);
  await sleep(2 * intervalMs);
  const ticks = broken.asked.filter(({ path, at }) => path === '/a' && at >= since).map(({ at }) => at);
  expect(longestGap([since, ...ticks]), 'a tick was left out').toBeLessThan(1.5 * intervalMs);

  await broken.quiet();
  const brokenAt = Date.now();
  broken.answersAt(['/b'], (_, response) => response.writeHead(500).end());
  const told = await trial.robots.untilBegun('broken');
  // The third call in a row makes it a fact.
  const confirming =
    broken.asked.filter(({ path, at }) => path === '/b' && at >= brokenAt)[2]?.at ?? Infinity;
  expect(told.at - confirming, 'from the confirming call to the message').toBeLessThan(30_000);
  expect(told.text).toContain('GET /b');
  await trial.robots.untilBegun('hung');
});

const ten = Array.from({ length: 10 }, (_, index) => `service-${index}`);

trial('with three of ten services hung, every fault of a healthy one is told within 30 s', async (trial) => {
  const servers = await Promise.all(ten.map(() => trial.upstream()));
  const at = (index: number) => servers[index]!;
  await trial.configure({
    sources: await Promise.all(
      ten.map((name, index) => trial.service(name, at(index), ['/a', '/b', '/c', '/d'])),
    ),
    channels: Object.fromEntries(ten.map((name) => [name, trial.robots.channel(name)])),
    routes: ten.map((name) => ({ to: [name], sources: [name] })),
  });
  trial.run();
  await Promise.all(servers.map((server) => server.called(['/a', '/b', '/c', '/d'], 2)));
  const [hung, healthy] = [servers.slice(0, 3), servers.slice(3)];
  for (const server of hung) server.answers(hang);
  await sleep(2 * intervalMs);

  const since = Date.now();
  for (const server of healthy) server.answersAt(['/d'], (_, response) => response.writeHead(500).end());
  const delays = await Promise.all(
    healthy.map(async (server, index) => {
      const told = await trial.robots.untilBegun(ten[index + 3]);
      const confirming = server.asked.filter(({ path, at: asked }) => path === '/d' && asked >= since)[2]?.at;
      return told.at - (confirming ?? Infinity);
    }),
  );
  expect(Math.max(...delays), 'from the confirming call to the message').toBeLessThan(30_000);
});

/** How far a moment is from the next one of the grid, before or after it. */
function offGrid(at: number, anchor: number): number {
  const off = (at - anchor) % intervalMs;
  return Math.min(off, intervalMs - off);
}

function longestGap(moments: readonly number[]): number {
  return Math.max(...moments.slice(1).map((at, index) => at - (moments[index] ?? at)));
}
