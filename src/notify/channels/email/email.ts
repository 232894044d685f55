import { says } from '../../../messages/sentence.ts';
import { isIP } from 'node:net';
import { PassThrough } from 'node:stream';
import { z } from 'zod';
import { type NetworkWords, wayOf } from '../../../lib/net/way.ts';
import { messageOf } from '../../../lib/errors.ts';
import { ellipsize, escapeMarkup, sha256 } from '../../../lib/text/text.ts';
import { secretText } from '../../../lib/zod.ts';
import type { MessageContent } from '../../../model/message.ts';
import {
  defineChannel,
  type Failure,
  type RenderContext,
  type SendContext,
  type SendOutcome,
} from '../channel.ts';
import { oneLine } from '../../../lib/text/clean.ts';
import { eventsOf } from '../../render/events.ts';
import type { Mark } from '../../render/item.ts';
import { type Markup, plainText, renderText } from '../../render/markup.ts';

const address = z.string().regex(/^(?:[^<>\r\n]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, {
  error: 'is not a mail address; write name@example.com or "Name <name@example.com>"',
});

const options = z.strictObject({
  host: z.string().min(1).meta({ description: 'Mail server (SMTP).' }),
  port: z.int().min(1).max(65_535).optional().meta({
    description: 'Default: 465 with tls: implicit, 587 with starttls, 25 with none.',
  }),
  tls: z.enum(['starttls', 'implicit', 'none']).default('starttls').meta({
    description: 'How the connection is encrypted; none only for a relay on a trusted network.',
  }),
  user: z.string().min(1).optional().meta({ description: 'Default: no sign-in.' }),
  password: secretText.optional().meta({ description: 'Goes with user.' }),
  from: address.meta({ description: 'Address, or "Name <address>".' }),
  to: z.array(address).min(1).meta({ description: 'Who gets every mail of the channel.' }),
});
type Options = z.infer<typeof options>;

/** What is frozen; addresses and passwords are added when it is sent. */
interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What mails of one incident have in common, so that they stand in one thread. */
  readonly thread?: string;
}

/** Mail servers dislike bursts. */
const perMinute = 30;
const bodyBytes = 60_000;
const subjectBytes = 400;

export const email = defineChannel({
  kind: 'email',
  title: { en: 'mail', zh: '邮件' },
  summary: 'Mail by SMTP; one thread for each incident.',
  options,
  examples: [
    {
      host: 'smtp.example.com',
      user: 'patrol',
      password: 'a password of the mail server',
      from: 'API Patrol <patrol@example.com>',
      to: ['ops@example.com'],
    },
  ],
  limits: { perMinute },
  render,
  show,
  send,
});

const colors: Readonly<Record<Mark, string>> = {
  critical: '#b42318',
  major: '#b54708',
  minor: '#7a5b00',
  recovered: '#1a7f37',
  removed: '#595959',
};

const html: Markup = {
  escape: (text) => escapeHtml(oneLine(text)),
  code: (text) => `<code>${escapeHtml(oneLine(text))}</code>`,
  bold: (text) => `<b>${text}</b>`,
  tone: (text, mark) => `<span style="color:${colors[mark]}">${text}</span>`,
  muted: (text) => `<span style="color:#595959">${text}</span>`,
  mention: () => undefined,
  link: (text, url) => `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`,
  makesLinks: true,
  newline: '<br>\n',
  indent: '&nbsp;&nbsp;',
};

function escapeHtml(text: string): string {
  return escapeMarkup(text).replaceAll("'", '&#39;');
}

function render(content: MessageContent, _settings: Options, context: RenderContext) {
  const maxBytes = context.shrunk === true ? bodyBytes / 4 : bodyBytes;
  const limits = { maxBytes, maxParts: 1, headlineApart: true };
  const { view, parts } = renderText(content, context, html, limits);
  const [text = ''] = renderText(content, context, plainText, limits).parts;
  const incidents = new Set(eventsOf(content).map(({ incident }) => `${incident.id}.${incident.openedAt}`));
  const [thread] = incidents;
  const letter: Letter = {
    subject: view.headline.slice(0, subjectBytes),
    text,
    html: `<div style="font:14px/1.6 sans-serif">${parts[0] ?? ''}</div>`,
    ...(incidents.size === 1 && thread !== undefined ? { thread } : {}),
  };
  return { parts: [JSON.stringify(letter)] };
}

function show(part: string): string {
  const { subject, text } = JSON.parse(part) as Letter;
  return `${subject}\n\n${text}`;
}

async function send(part: string, settings: Options, { post }: SendContext): Promise<SendOutcome> {
  const letter = JSON.parse(part) as Letter;
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(connection(settings, post.network?.()));
  let isOnItsWay = false;
  // Made when the server has been greeted, trusted and signed in to: before, nothing of the mail has left.
  transport.use('stream', (mail, done) => {
    mail.message.transform(() => {
      isOnItsWay = true;
      return new PassThrough();
    });
    done();
  });
  const domain = /@([^<>@\s]+?)>?$/.exec(settings.from)?.[1] ?? 'localhost';
  const thread = letter.thread === undefined ? {} : { references: `<incident.${letter.thread}@${domain}>` };
  try {
    const info = await transport.sendMail({
      from: settings.from,
      to: [...settings.to],
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      // The bytes are frozen: a repeated mail has the same id, and clients show it once.
      messageId: `<${sha256(part).slice(0, 32)}@${domain}>`,
      ...thread,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
    const refused = info.rejected.length;
    const warning =
      refused === 0 ? {} : { warning: `${refused} of ${settings.to.length} addresses were refused` };
    return { kind: 'sent', ...warning };
  } catch (error) {
    return judge(error, isOnItsWay);
  } finally {
    transport.close();
  }
}

const defaultPorts = { implicit: 465, starttls: 587, none: 25 } as const;

function connection({ host, port, tls, user, password }: Options, network: NetworkWords = {}) {
  const { tls: trust, resolve = {} } = wayOf(network);
  return {
    host: resolve[host] ?? host,
    tls: { ...trust?.(''), ...(isIP(host) === 0 ? { servername: host } : {}) },
    port: port ?? defaultPorts[tls],
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(user === undefined ? {} : { auth: { user, pass: password?.reveal() ?? '' } }),
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 10_000,
    // Nothing in a message may make us read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Errors of nodemailer: `code` says at which step, `responseCode` what the server said. */
function judge(error: unknown, isOnItsWay: boolean): Failure {
  const { code = 'unknown', responseCode = 0 } = (error ?? {}) as { code?: string; responseCode?: number };
  const said = ellipsize(messageOf(error), 200);
  const smtp = responseCode === 0 ? code : `smtp-${responseCode}`;
  const message = `${smtp}: ${said}`;
  if (code === 'ETLS') {
    return {
      kind: 'broken',
      code: smtp,
      message,
      hint: says(
        'the server does not offer TLS as asked for: check tls:',
        '邮件服务器不支持所配置的 TLS 方式：请检查 tls:',
      ),
    };
  }
  if (responseCode === 552) {
    return {
      kind: 'shrink',
      code: smtp,
      message,
      hint: says('the server takes only shorter mails', '邮件服务器只接收更短的邮件'),
    };
  }
  if (responseCode < 500) {
    if (responseCode > 0) return { kind: 'retry', code: smtp, message };
    // Cut off while the mail was under way: it may have arrived.
    return { kind: isOnItsWay ? 'unclear' : 'retry', code: 'network', message };
  }
  if (code === 'EAUTH') {
    // Servers shut out those who try a wrong password again and again.
    const afterMs = 15 * 60_000;
    return {
      kind: 'broken',
      afterMs,
      code: smtp,
      message,
      hint: says('check user: and password:', '请检查 user: 和 password:'),
    };
  }
  if (code === 'EENVELOPE') {
    return {
      kind: 'broken',
      code: smtp,
      message,
      hint: says(
        'the server refuses from: or every address in to:',
        '邮件服务器拒绝了 from: 或 to: 中的全部地址',
      ),
    };
  }
  return {
    kind: 'rejected',
    code: smtp,
    message,
    hint: says(
      "the server refuses this mail: look at the server's log",
      '邮件服务器拒绝了这封邮件：请查看服务器日志',
    ),
  };
}
