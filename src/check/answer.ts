import type { Json } from '../model/json.ts';
import type { Answer } from './expectation.ts';
import type { Reply } from './transport.ts';

/** An answer that is decoded as far as somebody asks for it: most need neither their headers nor their text. */
export class LazyAnswer implements Answer {
  readonly status: number;
  readonly bytes: number;
  readonly truncated: boolean;
  readonly totalMs: number;
  readonly contentType: string | undefined;
  readonly #reply: Reply;
  readonly #contentTypeValue: string | undefined;
  #headers: Readonly<Record<string, string>> | undefined;
  #text: string | undefined;
  #json: { readonly value: Json | undefined } | undefined;

  constructor(reply: Reply) {
    this.#reply = reply;
    this.status = reply.status;
    this.bytes = reply.bytes;
    this.truncated = reply.truncated;
    this.totalMs = reply.phases.totalMs;
    this.#contentTypeValue = headerOf(reply.rawHeaders, 'content-type');
    this.contentType = mediaType(this.#contentTypeValue);
  }

  get headers(): Readonly<Record<string, string>> {
    this.#headers ??= readHeaders(this.#reply.rawHeaders);
    return this.#headers;
  }

  /** One header without decoding the others. */
  header(name: string): string | undefined {
    return headerOf(this.#reply.rawHeaders, name);
  }

  text(): string {
    this.#text ??= decode(this.#reply.body, charsetOf(this.#contentTypeValue));
    return this.#text;
  }

  json(): Json | undefined {
    this.#json ??= { value: parse(this.text()) };
    return this.#json.value;
  }
}

/** Almost all answers are UTF-8, which a buffer decodes at half the cost. */
function decode(body: Buffer, charset: string): string {
  if (charset !== 'utf-8') return new TextDecoder(charset).decode(body);
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return body.toString('utf8', hasMark ? 3 : 0);
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The value of the first header called `name` (lower case). */
function headerOf(raw: readonly Uint8Array[], name: string): string | undefined {
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const key = raw[index];
    if (key?.length !== name.length || latin1(key).toLowerCase() !== name) continue;
    return latin1(raw[index + 1]);
  }
  return undefined;
}

function readHeaders(raw: readonly Uint8Array[]): Readonly<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = latin1(raw[index]).toLowerCase();
    const value = latin1(raw[index + 1]);
    const earlier = headers[name];
    headers[name] = earlier === undefined ? value : `${earlier}, ${value}`;
  }
  return headers;
}

function latin1(bytes: Uint8Array | undefined): string {
  return bytes === undefined
    ? ''
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function mediaType(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const end = value.indexOf(';');
  const type = (end === -1 ? value : value.slice(0, end)).trim().toLowerCase();
  return type === '' ? undefined : type;
}

function charsetOf(contentType: string | undefined): string {
  const label = contentType === undefined ? undefined : /charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1];
  if (label === undefined) return 'utf-8';
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return 'utf-8';
  }
}
