import { jsonOf } from '../../lib/json/json-of.ts';
import { mayLoseDigits, parseExactJson } from '../../lib/json/exact-json.ts';
import type { Json } from '../../model/json.ts';
import type { Sentence } from '../../model/sentence.ts';
import { decodeBody, decodeText, type Plain } from './body.ts';
import type { Answer } from '../expectation.ts';
import { headerOf, latin1, mediaType } from '../http/raw-headers.ts';
import type { Reply } from '../http/port.ts';
import type { Certificate } from '../http/certificate.ts';

/** An answer that is decoded as far as somebody asks for it: most need neither their headers nor their text. */
export class LazyAnswer implements Answer {
  readonly status: number;
  readonly bytes: number;
  readonly totalMs: number;
  readonly imprecise: boolean;
  readonly endless: boolean;
  readonly contentType: string | undefined;
  readonly #reply: Reply;
  readonly #contentTypeValue: string | undefined;
  #headers: Readonly<Record<string, string>> | undefined;
  readonly #maxBytes: number;
  #plain: Plain | undefined;
  #text: string | undefined;
  #json: { readonly value: Json | undefined } | undefined;
  #exact: Json | undefined;
  #tooDeep: boolean | undefined;

  /** @param maxBytes Of the body without its content encoding. */
  constructor(reply: Reply, maxBytes: number) {
    this.#reply = reply;
    this.#maxBytes = maxBytes;
    this.status = reply.status;
    this.bytes = reply.bytes;
    this.totalMs = reply.phases.totalMs;
    this.imprecise = reply.imprecise === true;
    this.endless = reply.endless === true;
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

  /** Each `set-cookie` by itself: cookies cannot be joined by commas. */
  get setCookies(): readonly string[] {
    const raw = this.#reply.rawHeaders;
    return raw.flatMap((name, index) =>
      index % 2 === 0 && latin1(name).toLowerCase() === 'set-cookie' ? [latin1(raw[index + 1])] : [],
    );
  }

  get certificate(): Certificate | undefined {
    return this.#reply.certificate;
  }

  get truncated(): boolean {
    return this.#reply.truncated || this.#decoded().tooLong;
  }

  /** Of the body without its content encoding. */
  get plainBytes(): number {
    return this.#decoded().bytes.length;
  }

  get tooDeep(): boolean {
    this.#tooDeep ??= isDeeper(this.text(), maxNesting);
    return this.#tooDeep;
  }

  get problem(): Sentence | undefined {
    return this.#reply.truncated ? undefined : this.#decoded().problem;
  }

  text(): string {
    this.#text ??= decodeText(this.#decoded().bytes, this.#contentTypeValue);
    return this.#text;
  }

  json(): Json | undefined {
    this.#json ??= { value: this.tooDeep ? undefined : jsonOf(this.text()) };
    return this.#json.value;
  }

  exact(): Json | undefined {
    if (this.json() === undefined || !mayLoseDigits(this.text())) return this.json();
    this.#exact ??= parseExactJson(this.text());
    return this.#exact;
  }

  #decoded(): Plain {
    this.#plain ??= decodeBody(this.#reply.body, this.header('content-encoding'), this.#maxBytes);
    return this.#plain;
  }
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

/** Deeper than any answer that somebody reads; whatever walks a body has room for that much on the stack. */
export const maxNesting = 1000;

/** Whether a JSON text is nested deeper than `limit`. */
export function isDeeper(text: string, limit: number): boolean {
  // As many brackets have to be opened and closed.
  if (text.length <= 2 * limit) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = endOfString(text, at);
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > limit) return true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
      default:
    }
  }
  return false;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
