import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Clock, systemClock } from '../src/lib/time/clock.ts';
import { renderPage } from './wecom-page.ts';
import { judge, ok, parseBody, refuse, type RobotAnswer, RobotLimit, visibleText } from './wecom-rules.ts';

export interface WecomMessage {
  /** Epoch ms by the stand-in's clock. */
  readonly at: number;
  readonly key: string;
  readonly msgtype: string;
  /** What a person reads: the text or markdown itself, the title of a card. */
  readonly content: string;
  /** The whole body as it was posted. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/**
 * `timeout`: never answers. `drop`: cuts the connection before it has taken the message. `lost`: takes the
 * message and cuts the connection before it has answered.
 */
export type WecomFault =
  | { readonly errcode: number; readonly errmsg?: string }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'timeout'
  | 'drop'
  | 'lost';

/** A server that behaves like WeCom's group robots: HTTP 200 and an `errcode`, limits by minute and by byte. */
export interface Wecom {
  /** Origin: `http://127.0.0.1:54321` */
  readonly url: string;
  readonly messages: readonly WecomMessage[];
  /** Messages that were to be kept apart. */
  readonly apart: readonly WecomMessage[];
  /** Puts a robot with this key into its group (any other key is answered with 93000) and returns its URL. */
  webhook(key: string): string;
  /** Resolves when `count` messages have been accepted since the start. */
  received(count: number): Promise<void>;
  /** Answers the next `times` calls of the robot with the fault. */
  fail(key: string, fault: WecomFault, times?: number): void;
  /** Takes back the faults of the robot that have not struck. */
  heal(key: string): void;
  close(): Promise<void>;
}

const mediaLifeMs = 3 * 24 * 3_600_000;
const mediaBytesMin = 6;
const mediaBytesMax = 20 * 1024 * 1024;

interface Robot {
  readonly limit: RobotLimit;
  readonly faults: WecomFault[];
  /** media_id → when it was uploaded */
  readonly media: Map<string, number>;
}

/** It comes once, at a time of its own, and tells of no fault. */
export function isFirstReport(content: string): boolean {
  return content.startsWith('🆕');
}

export async function startWecom(
  options: {
    readonly port?: number;
    readonly clock?: Clock;
    /** By what they say; default: none. */
    readonly keepApart?: (content: string) => boolean;
  } = {},
): Promise<Wecom> {
  const group = new Group(options.clock ?? systemClock, options.keepApart ?? (() => false));
  const server = createServer((request, response) => {
    void group.handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    messages: group.messages,
    apart: group.apart,
    webhook: (key) => {
      group.robot(key);
      return `${url}/cgi-bin/webhook/send?key=${encodeURIComponent(key)}`;
    },
    received: (count) => group.received(count),
    fail: (key, fault, times = 1) => {
      for (let i = 0; i < times; i++) group.robot(key).faults.push(fault);
    },
    heal: (key) => void group.robot(key).faults.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class Group {
  readonly messages: WecomMessage[] = [];
  readonly apart: WecomMessage[] = [];
  readonly #keepApart: (content: string) => boolean;
  readonly #clock: Clock;
  readonly #robots = new Map<string, Robot>();
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  constructor(clock: Clock, keepApart: (content: string) => boolean) {
    this.#clock = clock;
    this.#keepApart = keepApart;
  }

  robot(key: string): Robot {
    const known = this.#robots.get(key);
    if (known !== undefined) return known;
    const robot: Robot = { limit: new RobotLimit(), faults: [], media: new Map() };
    this.#robots.set(key, robot);
    return robot;
  }

  received(count: number): Promise<void> {
    if (this.messages.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const route = `${request.method} ${url.pathname}`;
    if (route === 'GET /') return reply(response, 'text/html; charset=utf-8', renderPage(this.messages));
    if (route === 'GET /messages') return replyJson(response, this.messages);
    const body = await buffer(request);
    if (route === 'POST /cgi-bin/webhook/send') return this.#send(url, body, response);
    if (route === 'POST /cgi-bin/webhook/upload_media') return this.#upload(url, request, body, response);
    response.writeHead(404).end();
  }

  async #send(url: URL, body: Buffer, response: ServerResponse): Promise<void> {
    const key = url.searchParams.get('key') ?? '';
    const robot = this.#robots.get(key);
    const fault = robot?.faults.shift();
    if (fault === 'timeout') return;
    if (fault === 'drop') return void response.destroy();
    if (fault !== undefined && fault !== 'lost') return replyFault(response, fault);
    const answer = this.#accept(key, robot, body.toString());
    if (fault === 'lost') return void response.destroy();
    replyJson(response, answer);
  }

  #accept(key: string, robot: Robot | undefined, text: string): RobotAnswer {
    const parsed = parseBody(text);
    if (!parsed.ok) return parsed.answer;
    const { body } = parsed;
    if (robot === undefined) return refuse(93000, 'invalid webhook url');
    const limited = robot.limit.take(this.#clock.now());
    if (limited !== undefined) return limited;
    const verdict = judge(body, (id) => this.#mediaIsFresh(robot, id));
    if (verdict.errcode !== 0) return verdict;
    const at = this.#clock.now();
    const content = visibleText(body);
    const message = { at, key, msgtype: String(body['msgtype']), content, raw: body };
    (this.#keepApart(content) ? this.apart : this.messages).push(message);
    this.#announce();
    return ok;
  }

  #mediaIsFresh(robot: Robot, id: string): boolean {
    const uploadedAt = robot.media.get(id);
    return uploadedAt !== undefined && uploadedAt > this.#clock.now() - mediaLifeMs;
  }

  #announce(): void {
    const due = this.#waiting.filter((waiter) => waiter.count <= this.messages.length);
    this.#waiting = this.#waiting.filter((waiter) => waiter.count > this.messages.length);
    for (const waiter of due) waiter.resolve();
  }

  async #upload(url: URL, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const bytes = await mediaBytes(request.headers['content-type'] ?? '', body);
    // The real one looks at the media before it looks at the key.
    if (bytes === undefined || bytes < mediaBytesMin)
      return replyJson(response, refuse(44001, 'empty media data'));
    const robot = this.#robots.get(url.searchParams.get('key') ?? '');
    if (robot === undefined) return replyJson(response, refuse(93000, 'invalid webhook url'));
    if (bytes > mediaBytesMax) return replyJson(response, refuse(45001, 'media file size out of limit'));
    const limited = robot.limit.take(this.#clock.now());
    if (limited !== undefined) return replyJson(response, limited);
    const id = randomUUID();
    robot.media.set(id, this.#clock.now());
    const created = String(Math.floor(this.#clock.now() / 1000));
    const type = url.searchParams.get('type') ?? 'file';
    replyJson(response, { ...ok, type, media_id: id, created_at: created });
  }
}

/** Size of the multipart field `media`, which must be a named file. */
async function mediaBytes(contentType: string, body: Buffer): Promise<number | undefined> {
  try {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    const media = form.get('media');
    return media instanceof File && media.name !== '' ? media.size : undefined;
  } catch {
    return undefined;
  }
}

function replyFault(response: ServerResponse, fault: Exclude<WecomFault, string>): void {
  if ('errcode' in fault) {
    const { errcode, errmsg } = fault;
    return replyJson(response, errmsg === undefined ? refuse(errcode, 'injected') : { errcode, errmsg });
  }
  response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
}

function replyJson(response: ServerResponse, value: unknown): void {
  reply(response, 'application/json; charset=UTF-8', JSON.stringify(value));
}

function reply(response: ServerResponse, contentType: string, body: string): void {
  response.writeHead(200, { 'content-type': contentType }).end(body);
}
