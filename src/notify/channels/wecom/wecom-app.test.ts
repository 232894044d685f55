import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../lib/time/clock.ts';
import { scenarios } from '../../test-message/scenarios.ts';
import { at, channel, recorder } from '../shared/channel.fixture.ts';
import { WecomApp } from './wecom-app.trial.fixture.ts';
import { wecomApp } from './wecom-app.ts';

let app: WecomApp;
beforeEach(async () => {
  app = await WecomApp.start();
});
afterEach(() => app.close());

describe('the token of an app', () => {
  it('is fetched once, also for messages at the same time', async () => {
    const to = channel(wecomApp, app.input);
    await Promise.all([to.tell(scenarios.failure(at)), to.tell(scenarios.recovery(at))]);
    await to.tell(scenarios.outage(at));
    expect([app.tokensGiven, app.seen.length]).toEqual([1, 3]);
  });

  it('is fetched anew before it expires', async () => {
    const clock = new ManualClock(at);
    const to = channel(wecomApp, app.input, clock);
    await to.tell(scenarios.failure(at));
    await clock.advance(7200_000 - 5 * 60_000);
    await to.tell(scenarios.recovery(at));
    expect(app.tokensGiven).toBe(2);
  });

  it('is replaced at once when the server no longer knows it, and the message goes out', async () => {
    const to = channel(wecomApp, app.input);
    await to.tell(scenarios.failure(at));
    app.revoke();
    expect(await to.tell(scenarios.recovery(at))).toMatchObject([{ kind: 'sent' }]);
    expect(app.tokensGiven).toBe(2);
  });

  it('is asked for twice at the most for one message', async () => {
    const to = channel(wecomApp, app.input);
    const { sent, post } = recorder(
      '{"errcode":42001,"errmsg":"expired","access_token":"t","expires_in":7200}',
    );
    let calls = 0;
    const answer: typeof post = (url, body, headers) => {
      calls++;
      return url.includes('gettoken')
        ? Promise.resolve({
            status: 200,
            headers: {},
            body: '{"errcode":0,"access_token":"t","expires_in":7200}',
          })
        : post(url, body, headers);
    };
    expect(await to.send('{}', { post: answer })).toMatchObject({ kind: 'retry', code: '42001' });
    expect([calls, sent.length]).toEqual([4, 2]);
  });

  it('cannot be had with a wrong secret: a person is needed, since repeating it bans the address', async () => {
    const to = channel(wecomApp, { ...app.input, secret: 'wrong-secret' });
    const [outcome] = await to.tell(scenarios.failure(at));
    expect(outcome).toMatchObject({ kind: 'broken', code: '40001' });
    expect(JSON.stringify(outcome)).not.toContain('wrong-secret');
  });

  it.each([
    ['a sign-in page', '<html>', { kind: 'retry', code: 'not-json' }],
    ['an answer without a token', '{"errcode":0}', { kind: 'retry', code: 'not-json' }],
  ])('is not taken from %s', async (_, body, outcome) => {
    const { post } = recorder(body);
    expect(await channel(wecomApp, app.input).send('{}', { post })).toMatchObject(outcome);
  });
});

describe('a message of an app', () => {
  it('that is repeated is taken once', async () => {
    const to = channel(wecomApp, app.input);
    const [part = ''] = to.render(scenarios.failure(at));
    await to.send(part);
    await to.send(part);
    expect([app.bodies.length, app.seen.length]).toEqual([2, 1]);
    expect(app.bodies[0]).toMatchObject({
      enable_duplicate_check: 1,
      duplicate_check_interval: 1800,
      agentid: 1000002,
    });
  });

  it('has at most 2,048 bytes', () => {
    const sizes = channel(wecomApp, app.input)
      .render(scenarios.storm(at))
      .map((part) =>
        Buffer.byteLength((JSON.parse(part) as { markdown: { content: string } }).markdown.content),
      );
    expect(sizes).toHaveLength(3);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2048);
  });

  it('gives its id back, and a warning when somebody was not reached', async () => {
    app.invalidUser = 'lisi';
    expect(await channel(wecomApp, app.input).tell(scenarios.failure(at))).toEqual([
      { kind: 'sent', receipt: 'm1', warning: 'not everybody was reached: invaliduser' },
    ]);
  });

  it('goes to parties, tags or a group chat', async () => {
    const { toUsers: _, ...input } = app.input;
    const first = (rest: object) =>
      JSON.parse(channel(wecomApp, { ...input, ...rest }).render(scenarios.failure(at))[0] ?? '') as object;
    expect(first({ toParties: ['1', '2'], toTags: ['x'] })).toMatchObject({ toparty: '1|2', totag: 'x' });
    const { sent, post } = recorder('{"errcode":0,"access_token":"t","expires_in":7200}');
    const chat = channel(wecomApp, { ...input, chatId: 'C1', origin: undefined });
    await chat.send(chat.render(scenarios.failure(at))[0] ?? '', { post });
    expect(sent[1]?.url).toBe('https://qyapi.weixin.qq.com/cgi-bin/appchat/send?access_token=t');
    expect(JSON.parse(sent[1]?.body ?? '')).toMatchObject({ chatid: 'C1', msgtype: 'markdown' });
  });

  it('needs somebody to go to', () => {
    const result = wecomApp.options.safeParse({ corpId: 'c', secret: 's', agentId: 1 });
    expect(result.error?.issues[0]?.message).toBe('needs one of toUsers, toParties, toTags or chatId');
  });
});
