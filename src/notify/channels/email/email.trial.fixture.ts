import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { unclean } from '../shared/faults.fixture.ts';
import type { Fault, StandIn } from '../shared/stand-in.fixture.ts';
import type { ChannelTrial } from '../shared/trial.fixture.ts';

interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const mailTags =
  /^<(?:\/?(?:b|code)|br|div style="[^"<]*"|span style="color:#[0-9a-f]{6}"|\/(?:div|span|a)|a href="https:\/\/patrol\.example\/[^"<]*")>$/;

export const trial: ChannelTrial = {
  standIn: () => mailStandIn(),
  faults(part) {
    const { subject, text: plain, html } = JSON.parse(part) as Letter;
    return [
      ...unclean(subject.replaceAll('\n', '\0')),
      ...unclean(plain),
      ...unclean(html),
      ...(html.match(/<[^>]*>?/g) ?? []).filter((tag) => !mailTags.test(tag)),
    ];
  },
};

type Step = 'connect' | 'auth' | 'data';

const faults: Readonly<Record<Fault, readonly [Step, number]>> = {
  busy: ['data', 451],
  limited: ['connect', 421],
  gone: ['auth', 535],
  'too-long': ['data', 552],
  bad: ['data', 554],
  unavailable: ['connect', 421],
  garbage: ['data', 0],
  cut: ['data', 0],
};

export interface MailStandIn extends StandIn {
  /** Whole mails as they came over the wire. */
  readonly raw: readonly string[];
  refuse(recipient: string, code: number): void;
}

/** A mail server that wants a password. */
export async function mailStandIn(options: { readonly offerTls?: boolean } = {}): Promise<MailStandIn> {
  const secret = 'canary-password-4711';
  const seen: string[] = [];
  const raw: string[] = [];
  const pending: Fault[] = [];
  const refused = new Map<string, number>();
  const failure = (step: Step): Error | undefined => {
    const [planned, code] = pending[0] === undefined ? [] : faults[pending[0]];
    if (planned !== step) return undefined;
    pending.shift();
    return Object.assign(new Error('no'), { responseCode: code });
  };
  const server = new SMTPServer({
    logger: false,
    ...(options.offerTls === true ? {} : { disabledCommands: ['STARTTLS'] }),
    allowInsecureAuth: true,
    onConnect: (_, done) => done(failure('connect')),
    onAuth: (auth, _, done) => {
      const wrong =
        auth.password === secret ? undefined : Object.assign(new Error('no'), { responseCode: 535 });
      const error = failure('auth') ?? wrong;
      if (error === undefined) done(null, { user: auth.username ?? '' });
      else done(error);
    },
    onRcptTo: ({ address }, _, done) => {
      const code = refused.get(address);
      done(code === undefined ? undefined : Object.assign(new Error('no'), { responseCode: code }));
    },
    onData: (stream, _, done) => void receive(stream, done),
  });
  async function receive(stream: Readable, done: (error?: Error) => void): Promise<void> {
    const mail = await text(stream);
    const error = failure('data');
    if (error === undefined) {
      raw.push(mail);
      seen.push(readable(mail));
    }
    if (error !== undefined && 'responseCode' in error && error.responseCode === 0) {
      for (const connection of server.connections) connection.close();
    } else {
      done(error);
    }
  }
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const port = (server.server.address() as AddressInfo).port;
  return {
    input: {
      host: '127.0.0.1',
      port,
      tls: 'none',
      user: 'patrol',
      password: secret,
      from: 'API Patrol <patrol@example.com>',
      to: ['ops@example.com', 'team@example.com'],
    },
    secret,
    seen,
    raw,
    fail: (fault) => void pending.push(fault),
    refuse: (recipient, code) => void refused.set(recipient, code),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Subject and plain text of a mail, decoded. */
function readable(mail: string): string {
  const unfolded = mail.replaceAll(/\r\n[ \t]+/g, '');
  const subject = /^Subject: (.*)$/m.exec(unfolded)?.[1] ?? '';
  const words = subject.replaceAll(/=\?UTF-8\?(B|Q)\?(.*?)\?=/gi, (_, kind: string, word: string) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(word, 'base64').toString()
      : fromQuoted(word.replaceAll('_', ' ')),
  );
  const part =
    /Content-Type: text\/plain[\s\S]*?Content-Transfer-Encoding: (\S+)[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(
      mail,
    );
  const body = part?.[2] ?? '';
  const plain =
    part?.[1] === 'base64'
      ? Buffer.from(body, 'base64').toString()
      : fromQuoted(body.replaceAll('=\r\n', ''));
  return `${words}\n${plain}`;
}

function fromQuoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
