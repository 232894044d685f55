import { startWecom, type WecomFault } from '../../../../demo/wecom.ts';
import { type Call, type Fault, parseJson, type Reply, type StandIn, startHook } from './stand-in.fixture.ts';

const robotFaults: Readonly<Record<Fault, WecomFault>> = {
  busy: { errcode: -1 },
  limited: { errcode: 45009 },
  gone: { errcode: 93000 },
  'too-long': { errcode: 40058 },
  bad: { errcode: 40008 },
  garbage: { status: 200, body: '<html>Please sign in</html>' },
  cut: 'drop',
  unavailable: { status: 503, headers: { 'retry-after': '7' } },
};

export async function wecomRobotStandIn(): Promise<StandIn> {
  const secret = 'canary-key-4711';
  const wecom = await startWecom();
  return {
    input: { webhook: wecom.webhook(secret) },
    secret,
    get seen() {
      return wecom.messages.map((message) => message.content);
    },
    fail: (fault) => wecom.fail(secret, robotFaults[fault]),
    close: () => wecom.close(),
  };
}

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
