import { byteLength } from '../../../lib/text/text.ts';
import { over } from '../shared/faults.fixture.ts';
import {
  type Call,
  type Fault,
  parseJson,
  type Reply,
  type StandIn,
  startHook,
} from '../shared/stand-in.fixture.ts';
import { answering, type ChannelTrial } from '../shared/trial.fixture.ts';
import { appErrors } from './wecom-errors.ts';
import { wecomFaults } from './wecom-faults.fixture.ts';

export const trial: ChannelTrial = {
  standIn: () => WecomApp.start(),
  acts: /<@|<font color="info"|\]\(/,
  faults(part, told) {
    const { markdown } = JSON.parse(part) as { readonly markdown?: { readonly content: string } };
    return [...over('markdown', byteLength(markdown?.content ?? ''), 2048), ...wecomFaults(part, told)];
  },
  refusals: Object.entries(appErrors)
    .filter(([, { action }]) => action !== 'retry')
    .map(([code]) => answering(200, { errcode: Number(code), errmsg: 'no' })),
};

const ok = { errcode: 0, errmsg: 'ok' };
const appFaults: Readonly<Partial<Record<Fault, Reply>>> = {
  busy: { body: { errcode: -1, errmsg: 'system busy' } },
  limited: { body: { errcode: 45009, errmsg: 'api freq out of limit' } },
  gone: { body: { errcode: 60020, errmsg: 'not allow to access from your ip' } },
  'too-long': { body: { errcode: 45002, errmsg: 'content size out of limit' } },
  bad: { body: { errcode: 40008, errmsg: 'invalid message type' } },
};

/** A self-built app: tokens that can be revoked, 2,048 bytes of markdown, identical requests taken once. */
export class WecomApp implements StandIn {
  readonly secret = 'canary-secret-4711';
  readonly seen: string[] = [];
  readonly bodies: Readonly<Record<string, unknown>>[] = [];
  tokensGiven = 0;
  invalidUser = '';
  #close: () => Promise<void> = () => Promise.resolve();
  #url = '';
  #pending: Fault[] = [];
  #valid = '';

  static async start(): Promise<WecomApp> {
    const app = new WecomApp();
    const hook = await startHook((call) => app.#answer(call), appFaults);
    app.#close = () => hook.close();
    app.#url = hook.url;
    return app;
  }

  get input() {
    return { corpId: 'ww1', secret: this.secret, agentId: 1000002, toUsers: ['@all'], origin: this.#url };
  }

  /** The faults are those of sending: fetching a token goes well. */
  fail(fault: Fault): void {
    this.#pending.push(fault);
  }

  revoke(): void {
    this.#valid = 'revoked';
  }

  close(): Promise<void> {
    return this.#close();
  }

  #answer({ method, url, body }: Call): Reply {
    if (url.pathname === '/cgi-bin/gettoken') return this.#giveToken(method, url);
    const fault = this.#pending.shift();
    if (fault !== undefined) return appFaults[fault] ?? vendorless[fault] ?? { status: 500, body: '' };
    if (url.searchParams.get('access_token') !== this.#valid) {
      return { body: { errcode: 40014, errmsg: 'invalid access_token' } };
    }
    const message = parseJson(body) ?? {};
    const content = (message['markdown'] as { content?: string } | undefined)?.content ?? '';
    if (Buffer.byteLength(content) > 2048)
      return { body: { errcode: 40058, errmsg: 'markdown.content exceed' } };
    if (!this.bodies.some((known) => JSON.stringify(known) === body)) this.seen.push(content);
    this.bodies.push(message);
    return { body: { ...ok, msgid: `m${this.bodies.length}`, invaliduser: this.invalidUser } };
  }

  #giveToken(method: string, url: URL): Reply {
    if (method !== 'GET') return { status: 405, body: '' };
    if (url.searchParams.get('corpsecret') !== this.secret) {
      return { body: { errcode: 40001, errmsg: 'invalid credential' } };
    }
    this.#valid = `token-${++this.tokensGiven}`;
    return { body: { ...ok, access_token: this.#valid, expires_in: 7200 } };
  }
}

const vendorless: Readonly<Partial<Record<Fault, Reply>>> = {
  garbage: { body: '<html>Please sign in</html>' },
  unavailable: { status: 503, headers: { 'retry-after': '7' }, body: '' },
};
