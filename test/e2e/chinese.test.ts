import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoEnvironment } from '../../demo/config.ts';
import { startPatrol } from '../../demo/patrol-process.ts';
import { englishIn } from '../support/english.ts';
import { setStage, type Stage } from '../support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  const patrol = stage.patrol();
  await patrol.logged('cycle closed');
  await stage.system.faults.set('orders-500', true);
  patrol.runNow();
  await patrol.logged('cycle closed', 2);
  patrol.signal('SIGTERM');
  await patrol.exited;
});
afterAll(() => stage.close());

const said = async (...args: readonly string[]) => {
  const { out, err, code } = await stage.cli(...args, '--language', 'zh');
  return { text: `${out}\n${err}`, out, code };
};

/** What a program goes by: every text is one. */
function shapeOf(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(shapeOf);
  if (typeof data !== 'object' || data === null) return typeof data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, shapeOf(value)]));
}

describe('the command line in Chinese', () => {
  it('explains itself', async () => {
    const { text, code } = await said('--help');
    expect([code, englishIn(text)]).toEqual([0, []]);
    expect(text).toContain('用法：');
  });

  it('is chosen by the environment, and by the option before that', async () => {
    const inChina = { LC_ALL: '', LANG: 'zh_CN.UTF-8' };
    expect((await stage.cliWith(inChina, 'silence', 'list')).out).toBe('没有静默\n');
    expect((await stage.cliWith(inChina, 'silence', 'list', '--language', 'en')).out).toBe(
      'nothing is silenced\n',
    );
  });

  it('is refused in a language that it does not speak', async () => {
    const refused = await stage.cli('status', '--language', 'fr');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('Allowed choices are en, zh.');
  });

  it('explains an incident', async () => {
    const { incidents } = JSON.parse((await stage.cli('status', '--json')).out) as {
      readonly incidents: readonly { readonly id: string }[];
    };
    expect(incidents.length).toBeGreaterThan(0);
    for (const { id } of incidents) {
      const { text } = await said('why', id);
      expect(text).toContain(`#${id}`);
      expect(englishIn(text)).toEqual([]);
    }
  });

  it('has the same shape in JSON, with its sentences in Chinese', async () => {
    const [english, chinese] = [await stage.cli('scan', '--json'), await said('scan', '--json')];
    expect(shapeOf(JSON.parse(chinese.out))).toEqual(shapeOf(JSON.parse(english.out)));
    expect(chinese.out).toMatch(/"reason": "[^"]*\p{Script=Han}/u);
  });

  it('goes on saying in English what the log says', async () => {
    const patrol = startPatrol(stage.config, {
      env: { ...demoEnvironment, LC_ALL: 'zh_CN.UTF-8' },
    });
    expect(await patrol.logged('cycle closed')).toMatchObject({ outcome: 'complete' });
    patrol.signal('SIGTERM');
    await patrol.exited;
  });

  it.each([
    [['scan']],
    [['scan', '--coverage']],
    [['scan', '--service', 'none']],
    [['check']],
    [['status']],
    [['set-up']],
    [['why', 'GET /nowhere']],
    [['audit']],
    [['maintenance']],
    [['silence', 'list']],
    [['notify', 'queue']],
    [['notify', 'test', 'none']],
    [['auth', 'test']],
    [['config', 'check']],
    [['report', '--since', '1h']],
    [['replay']],
    [['store', 'migrate']],
    [['init']],
    [['scan', '--jsn']],
    [['scna']],
    [['why']],
    [['silence', 'add']],
    [['audit', '--since', 'soon']],
  ])('says nothing in English of %j', async (args) => {
    const { text } = await said(...args);
    expect(text).toMatch(/\p{Script=Han}/u);
    expect(englishIn(text)).toEqual([]);
  });
});
