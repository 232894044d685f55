import { expect } from 'vitest';
import { idOf } from './support/robot.ts';
import { intervalMs, type Trial } from './support/scene.ts';
import { trial } from './support/trial.ts';
import { sleep, until } from './support/until.ts';
import { failing, hang, type Upstream, well } from './support/upstream.ts';
import type { Command } from './support/command.ts';

const paths = ['/a', '/b', '/c', '/d', '/e', '/f'];

trial(
  'a patrol that is restarted in mid-incident tells nothing twice and the recovery afterwards',
  async (trial) => {
    const server = await inMidIncident(trial);
    expect(await server.patrol.stop()).toMatchObject({ code: 0 });
    await goesOnAsBefore(trial, server.upstream);
  },
);

trial(
  'a patrol that is killed in mid-cycle tells nothing twice and the recovery afterwards',
  async (trial) => {
    const { upstream, patrol } = await inMidIncident(trial);
    // Answers that take their time make sure that the cycle is under way.
    upstream.answers((asked, response) => {
      setTimeout(() => (asked.path === '/b' ? failing(500) : well)(asked, response), 1500);
    });
    const asked = upstream.asked.length;
    await until('a cycle to be killed in', () => upstream.asked.length > asked + 1);
    await patrol.kill();
    upstream.answersAt(['/b'], failing(500));
    await goesOnAsBefore(trial, upstream);
  },
);

trial(
  'a patrol that is killed before it has told of a fault tells it after its restart, once',
  async (trial) => {
    const upstream = await trial.upstream();
    await configure(trial, upstream);
    const patrol = trial.run();
    await upstream.called(paths, 2);
    await upstream.quiet();
    const since = Date.now();
    upstream.answersAt(['/b'], failing(500));
    await upstream.called(['/b'], 2, since);
    await patrol.kill();
    expect(trial.robots.told).toEqual([]);
    trial.run();
    await trial.robots.untilBegun();
    await sleep(2 * intervalMs);
    expect(trial.robots.told).toHaveLength(1);
  },
);

trial(
  'a patrol that is killed while half of a service hangs goes on with what it has told',
  async (trial) => {
    const upstream = await trial.upstream();
    const twenty = Array.from({ length: 20 }, (_, no) => `/p${no}`);
    const hung = twenty.slice(0, 10);
    await trial.configure({
      services: [await trial.service('orders', upstream, twenty)],
      channels: { team: trial.robots.channel() },
    });
    const patrol = trial.run();
    await upstream.called(twenty, 2);
    await upstream.quiet();
    upstream.answersAt(hung, hang);
    expect((await trial.robots.untilBegun()).text).toContain('10/20');
    await patrol.kill();
    const since = Date.now();
    trial.run();
    await upstream.called(hung, 3, since);
    expect(trial.robots.told).toHaveLength(1);
    upstream.answersAt([], hang);
    await trial.robots.untilEnded();
    await trial.untilAllIsWell(60_000);
    expect(trial.robots.told).toHaveLength(2);
  },
);

async function configure(trial: Trial, upstream: Upstream): Promise<void> {
  await trial.configure({
    services: [await trial.service('orders', upstream, paths)],
    channels: { team: trial.robots.channel(), hook: trial.robots.hook() },
  });
}

async function inMidIncident(
  trial: Trial,
): Promise<{ readonly upstream: Upstream; readonly patrol: Command }> {
  const upstream = await trial.upstream();
  await configure(trial, upstream);
  const patrol = trial.run();
  await upstream.called(paths, 2);
  await upstream.quiet();
  upstream.answersAt(['/b'], failing(500));
  await trial.robots.untilBegun();
  return { upstream, patrol };
}

async function goesOnAsBefore(trial: Trial, upstream: Upstream): Promise<void> {
  const [begun] = trial.robots.told;
  const since = Date.now();
  trial.run();
  await upstream.called(paths, 2, since);
  await sleep(intervalMs);
  expect(trial.robots.told).toHaveLength(1);
  upstream.answersAt([], failing(500));
  const over = await trial.robots.untilEnded('team', 1, 120_000);
  expect(begun !== undefined && idOf(begun)).toBe(idOf(over));
  await sleep(intervalMs + 3000);
  expect(trial.robots.incidents.map(({ event }) => event)).toEqual(['opened', 'resolved']);
  expect(await trial.status()).toMatchObject({ code: 0, json: { incidents: [] } });
}
