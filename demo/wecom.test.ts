import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../src/lib/time/clock.ts';
import { startWecom, type Wecom } from './wecom.ts';

let clock: ManualClock;
let wecom: Wecom;

beforeEach(async () => {
  clock = new ManualClock();
  wecom = await startWecom({ clock });
});
afterEach(() => wecom.close());

async function post(body: unknown, key = 'k1'): Promise<{ status: number; errcode: number; errmsg: string }> {
  const url = key === 'k1' ? wecom.webhook('k1') : `${wecom.url}/cgi-bin/webhook/send?key=${key}`;
  const response = await fetch(url, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as { errcode: number; errmsg: string }) };
}

const markdown = (content: string) => ({ msgtype: 'markdown', markdown: { content } });
const text = (content: string) => ({ msgtype: 'text', text: { content } });

async function upload(name: string, bytes: number, key = 'k1', field = 'media') {
  wecom.webhook('k1');
  const form = new FormData();
  form.append(field, new Blob(['x'.repeat(bytes)]), name);
  const url = `${wecom.url}/cgi-bin/webhook/upload_media?key=${key}&type=file`;
  const response = await fetch(url, { method: 'POST', body: form });
  return (await response.json()) as { errcode: number; media_id?: string };
}

describe('a message that is in order', () => {
  it('is answered with errcode 0 and kept with its key, type and text', async () => {
    expect(await post(markdown('**hello** 世界'))).toEqual({ status: 200, errcode: 0, errmsg: 'ok' });
    expect(wecom.messages).toEqual([
      {
        at: clock.now(),
        key: 'k1',
        msgtype: 'markdown',
        content: '**hello** 世界',
        raw: markdown('**hello** 世界'),
      },
    ]);
  });

  it('resolves whoever waits for it, and at once when it is there already', async () => {
    const waiting = wecom.received(2);
    await post(text('one'));
    await post(text('two'));
    await waiting;
    await wecom.received(1);
    expect(wecom.messages.map((message) => message.content)).toEqual(['one', 'two']);
  });
});

describe('limits by bytes', () => {
  it.each([
    ['markdown of 4,096 bytes is taken', markdown('界'.repeat(1365) + 'a'), 0],
    ['markdown of 4,097 bytes is refused', markdown('界'.repeat(1365) + 'ab'), 40058],
    [
      'markdown_v2 of 4,097 bytes is refused',
      { msgtype: 'markdown_v2', markdown_v2: { content: 'a'.repeat(4097) } },
      40058,
    ],
    ['text of 2,048 bytes is taken', text('a'.repeat(2048)), 0],
    ['text of 2,049 bytes is refused', text('a'.repeat(2049)), 40058],
  ])('%s', async (_, body, errcode) => {
    expect((await post(body)).errcode).toBe(errcode);
  });

  it('says which limit was exceeded, as the real one does', async () => {
    expect((await post(markdown('a'.repeat(4097)))).errmsg).toContain(
      'markdown.content exceed max length 4096',
    );
  });
});

const png = Buffer.from('not really a picture');
const card = {
  card_type: 'text_notice',
  main_title: { title: 'T' },
  card_action: { type: 1, url: 'https://x' },
};
describe('messages that are wrong', () => {
  it.each([
    ['a body that is not JSON', '{', 47001],
    ['a body that is not an object', '[]', 40035],
    ['an escape of a control character', '{"msgtype":"text","text":{"content":"a\\u0001"}}', 40033],
    ['an unknown type', { msgtype: 'carrier-pigeon' }, 40008],
    ['no type', {}, 40008],
    ['a type without its part', { msgtype: 'text' }, 40063],
    ['an empty text', text(''), 44004],
    ['an empty markdown', markdown(''), 44004],
    ['a picture with a wrong checksum', { msgtype: 'image', image: { base64: 'aGk=', md5: 'x' } }, 301019],
    ['a picture without its checksum', { msgtype: 'image', image: { base64: 'aGk=' } }, 40063],
    [
      'a picture over 2 MB',
      { msgtype: 'image', image: { base64: Buffer.alloc(2_097_153).toString('base64'), md5: 'x' } },
      40009,
    ],
    ['news without articles', { msgtype: 'news', news: { articles: [] } }, 40063],
    ['an article without a link', { msgtype: 'news', news: { articles: [{ title: 'a' }] } }, 40063],
    [
      'nine articles',
      { msgtype: 'news', news: { articles: Array.from({ length: 9 }, () => ({ title: 'a', url: 'u' })) } },
      45008,
    ],
    ['an unknown media id', { msgtype: 'file', file: { media_id: 'x' } }, 40007],
    [
      'a card without an action',
      { msgtype: 'template_card', template_card: { ...card, card_action: undefined } },
      40063,
    ],
    [
      'a card without a title',
      { msgtype: 'template_card', template_card: { ...card, main_title: {} } },
      40063,
    ],
    [
      'a card of unknown type',
      { msgtype: 'template_card', template_card: { ...card, card_type: 'x' } },
      40058,
    ],
    [
      'a picture card without a picture',
      { msgtype: 'template_card', template_card: { ...card, card_type: 'news_notice' } },
      40063,
    ],
    [
      'a card that leads to a page without saying which',
      { msgtype: 'template_card', template_card: { ...card, jump_list: [{ type: 1, title: 'a' }] } },
      40063,
    ],
    [
      'a card with a nameless line',
      { msgtype: 'template_card', template_card: { ...card, horizontal_content_list: [{ value: 'a' }] } },
      40063,
    ],
    [
      'a card with seven lines',
      {
        msgtype: 'template_card',
        template_card: {
          ...card,
          horizontal_content_list: Array.from({ length: 7 }, () => ({ keyname: 'a' })),
        },
      },
      40058,
    ],
  ])('%s is refused with HTTP 200', async (_, body, errcode) => {
    expect(await post(body)).toMatchObject({ status: 200, errcode });
    expect(wecom.messages).toEqual([]);
  });

  it('to a key that nobody has are refused with 93000', async () => {
    expect(await post(text('hi'), 'stranger')).toMatchObject({ status: 200, errcode: 93000 });
  });

  it('a backslash that is itself escaped is no escape', async () => {
    expect((await post('{"msgtype":"text","text":{"content":"a\\\\u0001"}}')).errcode).toBe(0);
  });
});

describe('other types', () => {
  it.each([
    ['image', { base64: png.toString('base64'), md5: createHash('md5').update(png).digest('hex') }, ''],
    ['news', { articles: [{ title: 'a', description: 'b', url: 'u' }] }, 'a: b'],
    ['template_card', { ...card, sub_title_text: 'S' }, 'T\nS'],
  ])('%s is taken', async (msgtype, part, content) => {
    expect((await post({ msgtype, [msgtype]: part })).errcode).toBe(0);
    expect(wecom.messages[0]?.content).toBe(content);
  });

  it('a file is uploaded first and sent by its id, for three days', async () => {
    const { media_id } = await upload('report.csv', 100);
    const message = { msgtype: 'file', file: { media_id } };
    expect((await post(message)).errcode).toBe(0);
    await clock.advance(3 * 24 * 3_600_000);
    expect((await post(message)).errcode).toBe(40007);
  });

  it('an upload that is too small, unnamed, misnamed or for an unknown key is refused', async () => {
    expect((await upload('a.csv', 5)).errcode).toBe(44001);
    expect((await upload('a.csv', 50, 'k1', 'file')).errcode).toBe(44001);
    expect((await upload('a.csv', 50, 'stranger')).errcode).toBe(93000);
    const response = await fetch(`${wecom.url}/cgi-bin/webhook/upload_media?key=k1`, { method: 'POST' });
    expect(await response.json()).toMatchObject({ errcode: 44001 });
  });
});

describe('the limit of 20 messages a minute', () => {
  it('refuses the 21st with 45009 and blocks the robot until the window has passed', async () => {
    for (let i = 0; i < 20; i++) expect((await post(text(`${i}`))).errcode).toBe(0);
    expect((await post(text('21st'))).errcode).toBe(45009);
    expect((await upload('a.csv', 50)).errcode).toBe(45009);
    await clock.advance(59_999);
    expect((await post(text('still'))).errcode).toBe(45009);
    await clock.advance(1);
    expect((await post(text('again'))).errcode).toBe(0);
  });

  it('counts each robot for itself', async () => {
    for (let i = 0; i < 21; i++) await post(text(`${i}`));
    wecom.webhook('k2');
    expect((await post(text('other'), 'k2')).errcode).toBe(0);
  });
});

describe('faults on demand', () => {
  it('answer as told, as often as told', async () => {
    wecom.fail('k1', { errcode: -1 }, 2);
    wecom.fail('k1', { errcode: 45033, errmsg: 'busy' });
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push((await post(text('x'))).errcode);
    expect(answers).toEqual([-1, -1, 45033, 0]);
  });

  it('can be an HTTP status with headers, as from a proxy in between', async () => {
    wecom.fail('k1', { status: 503, headers: { 'retry-after': '7' } });
    const response = await fetch(wecom.webhook('k1'), { method: 'POST', body: '{}' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
  });

  it('can cut the connection before or after the message was taken, or never answer', async () => {
    wecom.fail('k1', 'drop');
    await expect(post(text('dropped'))).rejects.toThrow('fetch failed');
    wecom.fail('k1', 'lost');
    await expect(post(text('taken'))).rejects.toThrow('fetch failed');
    wecom.fail('k2', 'timeout');
    const controller = new AbortController();
    const waiting = fetch(wecom.webhook('k2'), { method: 'POST', body: '{}', signal: controller.signal });
    const next = await post(text('next'));
    controller.abort();
    await expect(waiting).rejects.toThrow('aborted');
    expect(next.errcode).toBe(0);
    expect(wecom.messages.map((message) => message.content)).toEqual(['taken', 'next']);
  });
});

describe('looking at what was received', () => {
  it('shows a page on which content from strangers is only text', async () => {
    await post(markdown('<script>alert(1)</script> <font color="warning">5 failing</font> **now**'));
    const response = await fetch(wecom.url);
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script>');
    expect(page).toContain('<span class="warning">5 failing</span> <strong>now</strong>');
    expect(page).toContain('http-equiv="refresh"');
  });

  it('gives the same as JSON', async () => {
    expect(await (await fetch(wecom.url)).text()).toContain('Nothing received yet.');
    await post(text('hi'));
    expect(await (await fetch(`${wecom.url}/messages`)).json()).toEqual(wecom.messages);
  });

  it('knows no other address', async () => {
    expect((await fetch(`${wecom.url}/nothing`)).status).toBe(404);
  });
});

it('refuses to start on a port that is taken', async () => {
  await expect(startWecom({ port: Number(new URL(wecom.url).port) })).rejects.toThrow('EADDRINUSE');
});
