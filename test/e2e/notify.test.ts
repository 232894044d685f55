import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setStage, type Stage } from '../support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

it.each(['test', 'preview', 'queue', 'requeue'])('notify %s --help has an example', async (command) => {
  const { code, out } = await stage.cli('notify', command, '--help');
  expect(code).toBe(0);
  expect(out).toContain(`$ apipatrol notify ${command}`);
});

describe('notify test', () => {
  it('really sends, and shows every step', async () => {
    const before = stage.wecom.messages.length;
    const { code, out } = await stage.cli('notify', 'test', 'wecom');
    expect(out).toMatch(
      /^wecom \(wecom-robot\)\n {2}✓ rendered .*\n {2}✓ called .*HTTP 200.*\n {2}✓ taken .*\n$/,
    );
    expect(code).toBe(0);
    expect(stage.wecom.messages[before]?.content).toContain('【测试】');
  });

  it('fails when the channel refuses, and says what to do', async () => {
    stage.wecom.fail('group', { errcode: 93000 });
    const { code, out } = await stage.cli('notify', 'test', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).channels).toMatchObject([{ channel: 'wecom', ok: false }]);
    expect(out).toContain('add the robot to the group again');
  });

  it('of a channel that is not there suggests the right one', async () => {
    const { code, err } = await stage.cli('notify', 'test', 'wecon');
    expect(code).toBe(2);
    expect(err).toContain('Did you mean "wecom"?');
  });
});

describe('notify preview', () => {
  it('prints what would be sent with its bytes, and sends nothing', async () => {
    const before = stage.wecom.messages.length;
    const { code, out } = await stage.cli('notify', 'preview', '--channel', 'wecom', '--scenario', 'outage');
    expect(code).toBe(0);
    expect(out).toMatch(/^── wecom 1\/1: \d+ bytes of text, \d+ bytes sent\n🔴【测试】【严重】payments/);
    expect(stage.wecom.messages).toHaveLength(before);
  });

  it('is whole as JSON', async () => {
    const { out } = await stage.cli('notify', 'preview', '--scenario', 'storm', '--json');
    const [{ messages }] = JSON.parse(out).channels;
    expect(messages[0].textBytes).toBe(Buffer.byteLength(messages[0].text));
    expect(JSON.parse(messages[0].sent).msgtype).toBe('markdown');
  });
});

describe('notify queue and requeue', () => {
  it('show what was given up, and send it again', async () => {
    expect(await stage.cli('notify', 'queue')).toMatchObject({ code: 2 });
    const patrol = stage.patrol();
    await patrol.logged('cycle closed');
    // What has never worked tells nobody, and what is new is introduced.
    await expect.poll(() => stage.wecom.apart.length).toBeGreaterThan(0);
    const drills = stage.wecom.messages.length;
    await stage.system.faults.set('orders-500', true);
    patrol.runNow();
    await stage.wecom.received(drills + 1);
    // A beginning would not be given up while it goes on: an end is.
    stage.wecom.fail('group', { errcode: 40008 }, 3);
    await stage.system.faults.set('orders-500', false);
    const givenUp = patrol.logged('message given up; it is kept as a dead letter');
    for (let cycle = 3; cycle < 5; cycle++) {
      patrol.runNow();
      await patrol.logged('cycle closed', cycle);
    }
    await givenUp;
    const queue = await stage.cli('notify', 'queue');
    expect(queue.code).toBe(1);
    expect(queue.out).toMatch(/undelivered .*GET \/orders\/\{orderId\}\/items 恢复/);
    expect(queue.out).toContain('40008');
    const [{ id }] = JSON.parse((await stage.cli('notify', 'queue', '--json')).out).messages;
    expect((await stage.cli('notify', 'requeue', String(id + 1))).err).toContain(`given up: ${id}`);
    expect((await stage.cli('notify', 'requeue')).code).toBe(2);
    const before = stage.wecom.messages.length;
    expect(await stage.cli('notify', 'requeue', '--all')).toMatchObject({
      code: 0,
      out: '1 message will be sent again\n',
    });
    await stage.wecom.received(before + 1);
    expect(stage.wecom.messages[before]?.content).toContain('GET /orders/{orderId}/items');
    await expect
      .poll(() => stage.cli('notify', 'queue'))
      .toMatchObject({ code: 0, out: 'nothing pending, nothing undelivered\n' });
  });
});
