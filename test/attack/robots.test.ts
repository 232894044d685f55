import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PatrolProcess } from '../../demo/patrol-process.ts';
import { type BadRobots, type Character, startBadRobots } from '../support/bad-robot.ts';
import { setStage, type Stage } from '../support/stage.ts';

/** It takes minutes, which the unit tests of the sender let pass at once. */
const isLong = process.env['APIPATROL_ATTACK'] === 'long';
const outageMs = 45_000;
const watchedMs = 150_000;
/** Once a minute, and what the robot's own limit and a busy machine take. */
const lateMs = 72_000;

const during =
  (conduct: ReturnType<Character>): Character =>
  (_type, _before, sinceFirstMs) =>
    sinceFirstMs < outageMs ? conduct : 'ok';

const choosy: Readonly<Record<string, Character>> = {
  'too-long-twice': (_type, before) => (before < 2 ? { errcode: 40058 } : 'ok'),
  'no-markdown': (type) => (type === 'text' ? 'ok' : { errcode: 47001 }),
  'one-line': (_type, before) => (before < 3 ? { errcode: 40058 } : 'ok'),
  'refuses-all': (_type, before) => (before < 3 ? { errcode: 40033 } : 'ok'),
};
const down: Readonly<Record<string, Character>> = {
  busy: during({ errcode: -1 }),
  gone: during({ errcode: 93000 }),
  redirects: during({ status: 302 }),
  limited: during({ errcode: 45009 }),
  unavailable: during({ status: 503 }),
  forbidden: during({ status: 403 }),
};
const mute: Readonly<Record<string, Character>> = {
  lost: () => 'lost',
  silent: () => 'silent',
  cut: () => 'cut',
  portal: () => ({ says: '<html>sign in</html>' }),
  'own-words': () => ({ says: '{"ok":true}' }),
};
const others: Readonly<Record<string, Character>> = {
  hopeless: () => ({ errcode: 40033 }),
  helper: () => 'ok',
};

let stage: Stage;
let robots: BadRobots;
let resetting: BadRobots;
let patrol: PatrolProcess;

beforeAll(async () => {
  if (!isLong) return;
  stage = await setStage();
  robots = await startBadRobots({ ...choosy, ...down, ...mute, ...others });
  resetting = await startBadRobots({ resets: () => 'ok' }, { resetForMs: outageMs });
  const names = Object.keys({ ...choosy, ...down, ...mute });
  const robot = (webhook: string, fallback: readonly string[] = []) => ({
    kind: 'wecom-robot',
    webhook,
    fallback,
    picture: 'never',
  });
  await stage.configure({
    channels: {
      ...Object.fromEntries(names.map((name) => [name, robot(robots.webhook(name))])),
      resets: robot(resetting.webhook('resets')),
      hopeless: robot(robots.webhook('hopeless'), ['helper']),
      helper: robot(robots.webhook('helper')),
    },
    routes: [{ to: [...names, 'resets', 'hopeless'] }],
  });
  patrol = stage.patrol();
  await patrol.logged('cycle closed', 1);
  // What has never worked is no fault; the first report tells of it.
  await Promise.all([robots.turnBad([...names, 'hopeless']), resetting.turnBad(['resets'])]);
  await stage.system.faults.set('orders-500', true);
  patrol.runNow();
  await patrol.logged('cycle closed', 2);
  await delay(watchedMs);
}, 2 * watchedMs);

afterAll(async () => {
  if (!isLong) return;
  await stage.close();
  await Promise.all([robots.close(), resetting.close()]);
});

const ids = (text: string) => text.match(/#[0-9A-Z]{4}/g) ?? [];

describe.runIf(isLong)('a robot that does not take the message as it is', () => {
  it.each(Object.keys(choosy))('%s: the beginning arrives all the same, once', (name) => {
    const shown = robots.calls(name).filter((call) => call.shown);
    expect(shown).toHaveLength(1);
    expect(ids(shown[0]?.content ?? '')).not.toEqual([]);
  });

  it('is tried again while it goes on, and another channel tells it meanwhile', async () => {
    const calls = robots.calls('hopeless');
    expect(calls.length).toBeGreaterThanOrEqual(6);
    expect(calls.length).toBeLessThanOrEqual(9);
    expect(robots.calls('helper').map(({ content }) => content)).toEqual([
      expect.stringMatching(/渠道 hopeless 未能送达/) as string,
    ]);
    const { out } = await stage.cli('notify', 'queue');
    expect(out).toMatch(/hopeless +next try in/);
  });
});

describe.runIf(isLong)('a robot that is well again', () => {
  it.each(Object.keys(down))('%s: the message arrives about a minute later at most', (name) => {
    const calls = robots.calls(name);
    const shown = calls.filter((call) => call.shown);
    expect(shown).toHaveLength(1);
    expect((shown[0]?.at ?? 0) - (calls[0]?.at ?? 0)).toBeLessThan(outageMs + lateMs);
    expect(calls.length).toBeLessThan(15);
  });

  it('after having hung up on everybody gets it as well, once', () => {
    expect(resetting.calls('resets').filter((call) => call.shown)).toHaveLength(1);
  });
});

describe.runIf(isLong)('a robot whose answers are lost', () => {
  it.each(Object.keys(mute))('%s: the message comes twice in two minutes, the same one', async (name) => {
    const calls = robots.calls(name);
    expect(calls).toHaveLength(2);
    expect(new Set(calls.map(({ content }) => content)).size).toBe(1);
    const gap = (calls[1]?.at ?? 0) - (calls[0]?.at ?? 0);
    expect(gap).toBeGreaterThan(55_000);
    expect(gap).toBeLessThan(85_000);
    const { out } = await stage.cli('notify', 'queue');
    expect(out).toMatch(new RegExp(`${name} +may have arrived, next try in`));
  });
});
