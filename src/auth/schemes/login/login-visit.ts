import { randomUUID } from 'node:crypto';
import type { Secret } from '../../../lib/secrets/secret.ts';
import type { OutgoingRequest } from '../../../model/check.ts';
import type { Json } from '../../../model/json.ts';
import { createJar, type Jar } from '../../token/cookies.ts';
import { headerOf } from '../../token/answer.ts';
import type { SchemeContext, SchemeResponse } from '../../scheme.ts';
import { mayLead, sendWithin } from '../../token/redirect.ts';
import { describe } from '../../token/send.ts';
import { compileTemplate, type Values } from '../../template/template.ts';
import type { LoginRequest } from './login-options.ts';
import { isSealedText, type Sealed, type SealedText, unsealText } from '../options.ts';

/** As many as browsers allow. */
const maxRedirects = 20;

/** Once to be sent to where a cookie is set, and once more with it: what comes again is a circle. */
const mostVisits = 2;

export interface Visited {
  readonly what: string;
  readonly url: string;
  readonly response: SchemeResponse;
}

/** The requests of one login: cookies and values are carried from one to the next. */
export class Visit {
  readonly jar: Jar = createJar();
  readonly #context: SchemeContext;
  readonly #values: Map<string, string>;

  constructor(context: SchemeContext, secrets: Readonly<Record<string, Secret>>) {
    this.#context = context;
    const now = context.clock.now();
    this.#values = new Map([
      ['now', String(now)],
      ['nowSeconds', String(Math.floor(now / 1000))],
      ['uuid', randomUUID()],
      ...Object.entries(secrets).map(([name, secret]): [string, string] => [name, secret.reveal()]),
    ]);
  }

  set(name: string, value: string): void {
    this.#values.set(name, value);
  }

  async send(written: LoginRequest): Promise<Visited> {
    return await this.#sendOne(this.#built(written), this.#context.send);
  }

  /** The request that is to yield the token. */
  async ask(written: LoginRequest): Promise<Visited> {
    return await this.#sendOne(this.#built(written), this.#context.ask);
  }

  /**
   * Goes where the answer points, as a browser would: with GET, and with cookies but no other header of ours. Not to what by
   * its address changes something: then the answer that leads there is the last.
   */
  async follow(first: Visited): Promise<Visited> {
    let visited = first;
    const visits = new Map<string, number>();
    for (let hop = 0; hop < maxRedirects; hop++) {
      const location = headerOf(visited.response, 'location');
      if (visited.response.status < 300 || visited.response.status > 399 || location === undefined) break;
      const target = URL.canParse(location, visited.url) ? new URL(location, visited.url) : undefined;
      if (target === undefined || !mayLead(first.url, target)) break;
      const request: OutgoingRequest = { method: 'GET', url: target.href, headers: accept };
      const before = visits.get(describe(request)) ?? 0;
      if (before === mostVisits) break;
      visits.set(describe(request), before + 1);
      visited = await this.#sendOne(request, this.#context.send);
    }
    return visited;
  }

  #built(written: LoginRequest): OutgoingRequest {
    return buildRequest(written, (name) => this.#values.get(name));
  }

  async #sendOne(request: OutgoingRequest, send: SchemeContext['send']): Promise<Visited> {
    const { request: last, response } = await sendWithin(send, this.jar.apply(request));
    this.jar.keep(last.url, response);
    return { what: describe(last), response, url: last.url };
  }
}

const accept = { accept: 'application/json, */*;q=0.5' };

function buildRequest(written: LoginRequest, values: Values): OutgoingRequest {
  const headers = Object.fromEntries(
    Object.entries(written.headers).map(([name, value]) => [name.toLowerCase(), fill(value, values)]),
  );
  const { method } = written;
  const url = fill(written.url, values, 'url');
  const { type, body } = bodyOf(written, values);
  const contentType = type === undefined ? {} : { 'content-type': type };
  return {
    method,
    url,
    headers: { ...accept, ...contentType, ...headers },
    ...(body === undefined ? {} : { body }),
  };
}

function bodyOf(
  { json, form, multipart, body }: LoginRequest,
  values: Values,
): { readonly type?: string; readonly body?: string } {
  if (json !== undefined) return { type: 'application/json', body: JSON.stringify(fillJson(json, values)) };
  const pairs = (record: Readonly<Record<string, SealedText>>) =>
    Object.entries(record).map(([name, value]): [string, string] => [name, fill(value, values)]);
  if (form !== undefined) {
    return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(pairs(form)).toString() };
  }
  if (multipart !== undefined) return multipartBody(pairs(multipart));
  return body === undefined ? {} : { body: fill(body, values) };
}

/** RFC 7578, text fields only. */
function multipartBody(pairs: readonly (readonly [string, string])[]) {
  const boundary = `apipatrol-${randomUUID()}`;
  const parts = pairs.map(([name, value]) => {
    const quoted = name.replaceAll('"', '%22');
    return `--${boundary}\r\ncontent-disposition: form-data; name="${quoted}"\r\n\r\n${value}\r\n`;
  });
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}

function fillJson(value: Sealed, values: Values): Json {
  if (isSealedText(value)) return fill(value, values);
  if (Array.isArray(value)) return (value as readonly Sealed[]).map((item) => fillJson(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillJson(item, values)]));
}

function fill(written: SealedText, values: Values, place?: 'url'): string {
  const compiled = compileTemplate(unsealText(written), place);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.template.render(values);
}
