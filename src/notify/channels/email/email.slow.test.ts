import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPost } from '../../delivery/post.ts';
import { scenarios } from '../../test-message/scenarios.ts';
import { at, channel } from '../shared/channel.fixture.ts';
import { email } from './email.ts';
import { type MailStandIn, mailStandIn } from './email.trial.fixture.ts';

let server: MailStandIn;
beforeEach(async () => {
  server = await mailStandIn();
});
afterEach(() => server.close());

const header = (mail: string | undefined, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec((mail ?? '').replaceAll(/\r\n[ \t]+/g, ' '))?.[1]?.trim();

describe('a mail', () => {
  it('goes to everybody, marked as automatic, as text and as HTML', async () => {
    await channel(email, server.input).tell(scenarios.failure(at));
    const [mail] = server.raw;
    expect(header(mail, 'To')).toBe('ops@example.com, team@example.com');
    expect(header(mail, 'From')).toBe('API Patrol <patrol@example.com>');
    expect(header(mail, 'Auto-Submitted')).toBe('auto-generated');
    expect(mail).toContain('Content-Type: text/html');
    expect(server.seen[0]).toMatch(/^🟠【重要】orders：GET \/orders\/{orderId} 失败/);
    expect(server.seen[0]).toContain('  原因：状态码不符：HTTP 500');
  });

  it('of one incident stands in one thread; a summary stands alone', async () => {
    const mails = channel(email, server.input);
    await mails.tell(scenarios.failure(at));
    await mails.tell(scenarios.mixed(at));
    const opened = scenarios.failure(at - 32 * 60_000).transitions[0]!;
    const resolved = {
      kind: 'resolved' as const,
      at,
      incident: { ...opened.incident, resolvedAt: at, version: 2 },
    };
    await mails.tell({ ...scenarios.recovery(at), transitions: [resolved] });
    await mails.tell(scenarios.failure(at - 32 * 60_000));
    const references = server.raw.map((mail) => header(mail, 'References'));
    expect(references[0]).toBe(`<incident.AAA1.${at}@example.com>`);
    expect(references[1]).toBeUndefined();
    expect(references[2]).toBe(references[3]);
  });

  it('that is repeated has the same Message-ID, another has another', async () => {
    const mails = channel(email, server.input);
    for (const content of [scenarios.failure(at), scenarios.failure(at), scenarios.outage(at)])
      await mails.tell(content);
    const [first, again, other] = server.raw.map((mail) => header(mail, 'Message-ID'));
    expect(first).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('shows content from monitored systems as text', async () => {
    const sample = scenarios.failure(at).transitions[0]!;
    const incident = { ...sample.incident, found: '<script>alert("x")</script> & \'y\'' };
    await channel(email, server.input).tell({
      ...scenarios.failure(at),
      transitions: [{ ...sample, incident }],
    });
    const html = bodyOf(server.raw[0] ?? '', 'text/html');
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script>');
  });
});

describe('a mail server', () => {
  it.each<[string, object, object]>([
    [
      'with another password needs a person',
      { password: 'wrong' },
      { kind: 'broken', code: 'smtp-535', hint: 'check user: and password:' },
    ],
    [
      'without TLS needs a person when TLS is wanted',
      { tls: 'starttls' },
      { kind: 'broken', hint: 'the server does not offer TLS as asked for: check tls:' },
    ],
    ['that speaks no TLS at all is tried again', { tls: 'implicit' }, { kind: 'retry', code: 'network' }],
    ['that does not exist is tried again', { host: 'nowhere.invalid' }, { kind: 'retry', code: 'network' }],
  ])('%s', async (_, change, outcome) => {
    const mails = channel(email, { ...server.input, ...change });
    expect((await mails.tell(scenarios.failure(at)))[0]).toMatchObject(outcome);
  });

  it('with a certificate that nobody vouches for is tried again, and the log says why', async () => {
    const tls = await mailStandIn({ offerTls: true });
    const mails = channel(email, { ...tls.input, tls: 'starttls' });
    expect((await mails.tell(scenarios.failure(at)))[0]).toMatchObject({
      kind: 'retry',
      message: expect.stringMatching(/certificate/) as string,
    });
    await tls.close();
  });

  it('is held against the authorities that the configuration gives', async () => {
    const tls = await mailStandIn({ offerTls: true });
    const mails = channel(email, { ...tls.input, tls: 'starttls' });
    const [part = ''] = mails.render(scenarios.failure(at));
    const post = createPost({ network: () => ({ verify: false }) });
    expect(await mails.send(part, { post })).toEqual({ kind: 'sent' });
    await tls.close();
  });

  it('that refuses one recipient has still taken the mail, with a warning', async () => {
    server.refuse('team@example.com', 550);
    expect(await channel(email, server.input).tell(scenarios.failure(at))).toEqual([
      { kind: 'sent', warning: '1 of 2 addresses were refused' },
    ]);
  });

  it('that refuses all recipients needs a person', async () => {
    server.refuse('ops@example.com', 550);
    server.refuse('team@example.com', 550);
    expect((await channel(email, server.input).tell(scenarios.failure(at)))[0]).toMatchObject({
      kind: 'broken',
      code: 'smtp-550',
    });
  });

  it('that wants no password gets none', async () => {
    const { user: _u, password: _p, ...input } = server.input as Record<string, unknown>;
    expect((await channel(email, input).tell(scenarios.failure(at)))[0]).toMatchObject({
      kind: 'broken',
      code: 'smtp-530',
    });
  });
});

it.each([['ops'], ['a@b\r\nBcc: c@d'], ['<a@b'], ['x <a@b> y']])('refuses %j as an address', (from) => {
  expect(email.options.safeParse({ host: 'h', from, to: ['a@b'] }).success).toBe(false);
});

/** The text of one part of a mail, decoded (RFC 2045). */
function bodyOf(mail: string, type: string): string {
  const [head = '', body = ''] = mail.split(`Content-Type: ${type}`)[1]?.split('\r\n\r\n') ?? [];
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString();
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
