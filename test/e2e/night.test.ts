import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import type { PatrolProcess } from '../../demo/patrol-process.ts';
import { setStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let patrol: PatrolProcess;

beforeAll(async () => {
  stage = await setStage();
  patrol = stage.patrol();
  await patrol.logged('cycle closed');
});
afterAll(() => stage.close());

/** In a shell in which nobody has set what the configuration takes from the environment. */
const bare = (...args: readonly string[]) => cli(args, { cwd: stage.folder });

/** What whoever is called at night runs; 2 is the answer to an incident that there is not. */
const commands: readonly (readonly [args: readonly string[], code: number, says: RegExp])[] = [
  [['status'], 0, /last cycle/],
  [['why', 'GET /orders'], 0, /results/i],
  [['set-up'], 0, /orders/],
  [['ack', 'ZZZZ'], 2, /there is no incident #ZZZZ/],
  [['comment', 'ZZZZ', 'looking'], 2, /there is no incident #ZZZZ/],
  [['silence', 'add', '--for', '1h', '--service', 'orders', '--reason', 'release'], 0, /^silence \d/],
  [['silence', 'list'], 0, /release/],
  [['report'], 0, /./],
  [['audit'], 0, /silence/],
  [['user', 'list'], 0, /./],
  [['maintenance'], 0, /./],
  [['notify', 'queue'], 0, /./],
];

const unset = /is not set|not readable/;

describe('commands of the night need no secret of the configuration', () => {
  it.each(commands)('apipatrol %j while a patrol runs', async (args, code, says) => {
    const ended = await bare(...args);
    expect([ended.code, ended.out + ended.err]).toEqual([code, expect.stringMatching(says)]);
    expect(ended.err).not.toMatch(unset);
  });

  it('what signs in needs them', async () => {
    const { code, err } = await bare('check');
    expect([code, err]).toEqual([2, expect.stringContaining('DEMO_PASSWORD is not set')]);
  });

  describe('nor while no patrol runs', () => {
    beforeAll(async () => {
      patrol.signal('SIGTERM');
      await patrol.exited;
    });

    it.each(commands)('apipatrol %j', async (args, code, says) => {
      const ended = await bare(...args);
      expect(ended.out + ended.err).toMatch(says);
      // That nothing is being patrolled is something that `status` has to tell.
      expect(args[0] === 'status' ? code : ended.code).toBe(code);
      expect(ended.err).not.toMatch(unset);
    });
  });
});
