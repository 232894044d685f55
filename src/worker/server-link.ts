import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Agent, request } from 'undici';
import { messageOf } from '../lib/errors.ts';
import { AddressPolicy } from '../lib/net/addresses.ts';
import { guardedAgent } from '../lib/net/guarded-agent.ts';
import type { ProxyEnvironment } from '../lib/net/proxy.ts';
import { whicheverEnds } from '../lib/time/deadline.ts';
import { workPath } from '../work/wire.ts';

const zip = promisify(gzip);
const patienceMs = 15_000;
/** Shorter ones are sent as they are. */
const leastPacked = 1024;

/** The servers answer, and do not let this worker do what it asks; trying again does not help. */
export class Refused extends Error {
  readonly status: number;
  readonly hint: string | undefined;

  constructor(status: number, message: string, hint: string | undefined) {
    super(message);
    this.name = 'Refused';
    this.status = status;
    this.hint = hint;
  }
}

/** No server could be reached, or all have trouble of their own. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** By which a worker is known where a server, or what stands before it, asks for that: PEM. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface Asked {
  readonly body?: unknown;
  readonly bearer?: string | undefined;
  readonly signal?: AbortSignal;
  readonly patienceMs?: number;
}

/** The way to the servers of a patrol: the one that answered last, else the others in turn. */
export class ServerLink {
  readonly #servers: readonly string[];
  readonly #agent: Agent;
  readonly #language: string;
  #current = 0;
  #moved = new AbortController();

  /** @param servers Addresses, without a slash at the end; at least one. */
  constructor(
    servers: readonly string[],
    env: ProxyEnvironment,
    language: string,
    certificate?: ClientCertificate,
  ) {
    this.#servers = servers;
    this.#language = language;
    this.#agent = guardedAgent(
      env,
      { internal: ['*'], policy: new AddressPolicy(undefined) },
      { keepAliveTimeout: 30_000 },
      certificate === undefined ? {} : { tls: () => certificate },
    );
  }

  /** The server that answered last. */
  get server(): string {
    return this.#servers[this.#current % this.#servers.length] ?? '';
  }

  /** Aborts when the server does not answer any more: what waits for it waits in vain. */
  get moved(): AbortSignal {
    return this.#moved.signal;
  }

  /** `undefined`: there is nothing (HTTP 204). Rejects with `Refused` or `Unreachable`. */
  async ask(path: string, asked: Asked = {}): Promise<Buffer | undefined> {
    let last = '';
    for (let tried = 0; tried < this.#servers.length; tried++) {
      const current = this.#current;
      try {
        return await this.#askOne(`${this.server}${workPath}${path}`, asked);
      } catch (error) {
        if (error instanceof Refused || asked.signal?.aborted === true) throw error;
        last = `${this.server}: ${messageOf(error)}`;
        // Whoever asked beside it may have gone on to the next one already.
        if (this.#current === current) this.#move();
      }
    }
    throw new Unreachable(last);
  }

  async json(path: string, asked: Asked): Promise<unknown> {
    const answer = await this.ask(path, asked);
    return answer === undefined ? undefined : (JSON.parse(answer.toString('utf8')) as unknown);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  #move(): void {
    this.#current++;
    this.#moved.abort();
    this.#moved = new AbortController();
  }

  async #askOne(url: string, asked: Asked): Promise<Buffer | undefined> {
    const { body, bearer, signal } = asked;
    const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const packs = text !== undefined && text.length >= leastPacked;
    const limit = AbortSignal.timeout(asked.patienceMs ?? patienceMs);
    const either = whicheverEnds(limit, ...(signal === undefined ? [] : [signal]));
    try {
      const answer = await request(url, {
        dispatcher: this.#agent,
        method: 'POST',
        signal: either.signal,
        headers: {
          'accept-language': this.#language,
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
          ...(packs ? { 'content-encoding': 'gzip' } : {}),
        },
        body: text === undefined ? null : packs ? await zip(text) : text,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      if (answer.statusCode === 204) return undefined;
      if (answer.statusCode < 300) return bytes;
      throw problemOf(answer.statusCode, bytes);
    } finally {
      either.done();
    }
  }
}

/** What a server or whatever stands before it says; its own trouble passes. */
function problemOf(status: number, bytes: Buffer): Error {
  const text = bytes.toString('utf8');
  try {
    const { title = '', detail = title, hint } = JSON.parse(text) as Readonly<Record<string, string>>;
    if (status < 500 && status !== 429 && status !== 408) return new Refused(status, detail, hint);
    return new Error(`HTTP ${status} ${detail}`);
  } catch {
    return new Error(`HTTP ${status} ${text.slice(0, 200)}`);
  }
}
