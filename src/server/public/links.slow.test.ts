import { afterAll, beforeAll, expect, it } from 'vitest';
import { signLink } from '../../lib/net/signed-link.ts';
import { serve, type Served } from '../../../test/support/served.ts';

let served: Served;
let message: string;

beforeAll(async () => {
  served = await serve({ server: { url: 'https://patrol.example' } });
  await served.system.faults.set('orders-500', true);
  await served.cycle();
  await served.wecom.received(1);
  message = served.wecom.messages[0]?.content ?? '';
}, 90_000);
afterAll(() => served.close());

function linkOf(text: string): string {
  const [, url = ''] = new RegExp(`\\[${text}\\]\\((.*?)\\)`).exec(message) ?? [];
  return url.replace('https://patrol.example', '/');
}
const idOf = () => /#(\w{4})/.exec(message)?.[1] ?? '';
const incident = async () => (await served.daemon.store.story(idOf()))?.incident;

it('a message leads to the page of its incident', () => {
  expect(linkOf('查看详情')).toBe(`//incidents/${idOf()}`);
});

it('looking at a link does nothing, confirming it acknowledges once and nobody has to sign in', async () => {
  const link = linkOf('我来处理');
  const asked = await served.get(link);
  expect(asked.status).toBe(200);
  expect(asked.body).toContain('由我处理，24 小时内不再提醒：');
  expect((await incident())?.acknowledged).toBeUndefined();
  expect(await served.call('POST', link)).toMatchObject({
    status: 200,
    body: expect.stringMatching(/已记录：.*\d\d:\d\d.* 之前不再提醒/),
  });
  expect((await incident())?.acknowledged).toMatchObject({ by: 'link:wecom' });
  await served.wecom.received(2);
  expect(served.wecom.messages[1]?.content).toMatch(new RegExp(`【已认领】.*有人已认领 #${idOf()}`));
  expect(await served.call('POST', link)).toMatchObject({
    status: 410,
    body: expect.stringContaining('已使用过'),
  });
  const again = await served.get(link);
  expect([again.status, again.body]).toEqual([410, expect.stringContaining('已使用过')]);
  expect(again.body).not.toContain('<button');
});

it('whoever is signed in is told of by name, and once however long it is for', async () => {
  const ack = () => served.call('POST', `/incidents/${idOf()}/ack`, { body: { note: '正在回滚' } });
  expect((await ack()).status).toBe(200);
  expect((await ack()).status).toBe(200);
  const messages = await served.daemon.store.gallery.messages('wecom', { limit: 10 });
  const taken = messages.flatMap(({ content }) => content.followUps ?? []);
  expect(taken.map(({ by, note }) => [by, note])).toEqual([
    ['page', '正在回滚'],
    ['link:wecom', undefined],
  ]);
});

it('a link calls its operations, as often as somebody likes', async () => {
  const link = linkOf('立即检查');
  expect((await served.get(link)).body).toContain('立即检查：');
  for (const _ of [1, 2]) {
    const { status, body } = await served.call('POST', link);
    expect([status, body]).toEqual([200, expect.stringContaining('HTTP 500')]);
    expect(body).toContain('再检查一次');
  }
});

it('the page of a link says what it is about, in the language of whoever reads it, and leads on', async () => {
  const { body, headers } = await served.get(linkOf('静默 4 小时'), { 'accept-language': 'en' });
  expect(body).toContain('Silence for 4 hours');
  expect(body).toContain('orders · ');
  expect(body).toContain(`href="../incidents/${idOf()}"`);
  expect(headers.get('content-security-policy')).toContain("form-action 'self'");
});

it('a link silences the incident for a while', async () => {
  expect((await served.get(linkOf('静默 4 小时'))).body).toContain('静默 4 小时：');
  expect(await served.call('POST', linkOf('静默 4 小时'))).toMatchObject({
    status: 200,
    body: expect.stringMatching(/已静默至 .*\d\d:\d\d/),
  });
  const silences = await served.daemon.store.desk.silences(Date.now());
  expect(silences).toMatchObject([{ matcher: { incident: idOf() }, by: 'link:wecom' }]);
});

it('a link that was changed or has expired does nothing, and one whose incident is over says so', async () => {
  const link = linkOf('我来处理');
  expect((await served.call('POST', `${link}x`)).status).toBe(410);
  const key = served.daemon.linkKey!;
  const claim = { action: 'ack', subject: idOf(), via: 'wecom', nonce: 'n', expiresAt: 1 };
  expect((await served.get(`//do/${signLink(key, claim)}`)).body).toContain('已过期');
  const over = { ...claim, action: 'silence', subject: 'NONE', expiresAt: Date.now() + 60_000 };
  expect(await served.call('POST', `//do/${signLink(key, over)}`)).toMatchObject({
    status: 409,
    body: expect.stringContaining('已经结束'),
  });
});
