import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from './listening.ts';
import { judge, ok, readingOf, type RobotAnswer } from './robot-rules.ts';
import { until } from './until.ts';

/** What stood in the chat. */
export interface Told {
  /** Epoch ms. */
  readonly at: number;
  readonly key: string;
  /** As a person reads it: without the tags of colours. */
  readonly text: string;
}

/** An incident as a `webhook` channel is told of it. */
export interface ToldIncident {
  readonly at: number;
  readonly key: string;
  readonly event: string;
  readonly id: string;
  readonly level: string;
  readonly services: readonly string[];
  readonly subject: string;
  readonly count: number;
  /** Of those that ended with it: told before, as parts of what it turned out to be. */
  readonly closes: readonly string[];
}

const perMinute = 20;
const minuteMs = 60_000;
const noSuchRobot: RobotAnswer = { errcode: 93000, errmsg: 'invalid webhook url' };
const overLimit: RobotAnswer = { errcode: 45009, errmsg: 'api freq out of limit' };

interface Limits {
  /** Ids of what was uploaded for this robot. */
  readonly media: Set<string>;
  sentAt: number[];
  blockedUntil: number;
}

/**
 * WeCom as robots meet it: HTTP 200 whatever happens, an `errcode` in the body, twenty messages a minute, every type of
 * message with its own rules, 93000 for a key that nobody has. Beside it `/hook/KEY` takes what a `webhook` channel sends.
 */
export class Robots {
  readonly told: Told[] = [];
  /** First reports of services: they come once and tell of no fault. */
  readonly introduced: Told[] = [];
  readonly incidents: ToldIncident[] = [];
  /** Every body that arrived, refused or not. */
  readonly bodies: string[] = [];
  readonly refused: { readonly key: string; readonly errcode: number }[] = [];
  readonly url: string;
  readonly #server;
  readonly #limits = new Map<string, Limits>();

  static async start(): Promise<Robots> {
    const server = createServer();
    return new Robots(server, await listen(server));
  }

  private constructor(server: ReturnType<typeof createServer>, port: number) {
    this.url = `http://127.0.0.1:${port}`;
    this.#server = server;
    server.on('request', (request, response) => {
      this.#take(request, response).catch(() => response.destroy());
    });
  }

  /** A channel of the configuration: a robot that is in a group of its own. */
  channel(key = 'team'): Readonly<Record<string, unknown>> {
    this.#limits.set(key, { media: new Set(), sentAt: [], blockedUntil: 0 });
    return { kind: 'wecom-robot', webhook: `${this.url}/cgi-bin/webhook/send?key=${key}` };
  }

  /** A channel that is told the same for programs. */
  hook(key = 'team'): Readonly<Record<string, unknown>> {
    return { kind: 'webhook', url: `${this.url}/hook/${key}` };
  }

  to(key = 'team'): readonly Told[] {
    return this.told.filter((one) => one.key === key);
  }

  /** Messages that say that something has begun. */
  begun(key = 'team'): readonly Told[] {
    return this.to(key).filter((one) => !isRecovery(one));
  }

  /** Messages that say that something is over. */
  ended(key = 'team'): readonly Told[] {
    return this.to(key).filter(isRecovery);
  }

  async untilBegun(key = 'team', count = 1, limitMs?: number): Promise<Told> {
    const what = `message ${count} of a fault at robot ${key}`;
    return until(what, () => this.begun(key)[count - 1], limitMs);
  }

  async untilEnded(key = 'team', count = 1, limitMs?: number): Promise<Told> {
    const what = `message ${count} of a recovery at robot ${key}; it got ${JSON.stringify(this.to(key))}`;
    return until(what, () => this.ended(key)[count - 1], limitMs);
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    this.bodies.push(body);
    const url = new URL(request.url ?? '/', this.url);
    if (url.pathname.startsWith('/hook/')) return this.#hooked(url.pathname.slice(6), body, response);
    const key = url.searchParams.get('key') ?? '';
    const answer = this.#answer(url.pathname, key, body);
    if (answer.errcode !== 0) this.refused.push({ key, errcode: answer.errcode });
    response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' });
    response.end(JSON.stringify(answer));
  }

  #answer(call: string, key: string, body: string): RobotAnswer {
    if (call === '/cgi-bin/webhook/send') return this.#judge(key, body);
    if (call === '/cgi-bin/webhook/upload_media') return this.#upload(key);
    return { errcode: 404, errmsg: 'no such call' };
  }

  #judge(key: string, text: string): RobotAnswer {
    const body = parse(text);
    if (body === undefined) return { errcode: 47001, errmsg: 'data format error' };
    const limits = this.#limits.get(key);
    if (limits === undefined) return noSuchRobot;
    if (this.#isOverLimit(limits)) return overLimit;
    const answer = judge(body, limits.media);
    const read = readingOf(body);
    if (answer === ok && read !== undefined) {
      const said = read.replaceAll(/<[^@>][^>]*>/g, '');
      (said.startsWith('🆕') ? this.introduced : this.told).push({ at: Date.now(), key, text: said });
    }
    return answer;
  }

  #upload(key: string): RobotAnswer & { readonly media_id?: string } {
    const limits = this.#limits.get(key);
    if (limits === undefined) return noSuchRobot;
    if (this.#isOverLimit(limits)) return overLimit;
    const id = randomUUID();
    limits.media.add(id);
    return { ...ok, media_id: id };
  }

  /** The 21st of a minute blocks the robot for as long as the window that it exceeded. */
  #isOverLimit(limits: Limits): boolean {
    const now = Date.now();
    limits.sentAt = limits.sentAt.filter((at) => at > now - minuteMs);
    if (now < limits.blockedUntil) return true;
    if (limits.sentAt.length >= perMinute) {
      limits.blockedUntil = now + minuteMs;
      return true;
    }
    limits.sentAt.push(now);
    return false;
  }

  #hooked(key: string, body: string, response: ServerResponse): void {
    const at = Date.now();
    const { incidents } = JSON.parse(body) as { incidents: readonly HookedIncident[] };
    for (const { event, id, cause, services, subjectLabel, members, closes = [] } of incidents)
      this.incidents.push({
        at,
        key,
        event,
        id,
        services,
        level: cause.level,
        subject: subjectLabel,
        count: members.count,
        closes,
      });
    response.writeHead(204).end();
  }
}

interface HookedIncident {
  readonly event: string;
  readonly id: string;
  readonly cause: { readonly level: string };
  readonly services: readonly string[];
  readonly subjectLabel: string;
  readonly members: { readonly count: number };
  readonly closes?: readonly string[];
}

function isRecovery({ text: said }: Told): boolean {
  return (said.split('\n')[0] ?? '').includes('【恢复】');
}

/** The short id by which a recovery is found beside its beginning. */
export function idOf({ text: said }: Told): string | undefined {
  return /#(\w{4})/.exec(said)?.[1];
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
