import { isExact, parseExactJson } from '../../../lib/json/exact-json.ts';
import type { Json } from '../../../model/json.ts';

/**
 * JSON as people write it into documents: comments (`//`, `#`, block), single or typographic quotes, full-width
 * punctuation, bare keys, missing or superfluous commas, `...` for "and so on". A bare word or an unfinished
 * placeholder (`{{id}}`, `<id>`) has no value that one could send.
 *
 * `undefined` when the text is not JSON even so, or is followed by something else.
 */
export function parseLenient(text: string): LenientJson | undefined {
  const strict = parseStrict(text);
  if (strict !== undefined) return { value: strict, exact: true };
  if (text.length > maxChars) return undefined;
  const reader = new LenientJsonReader(text);
  try {
    reader.skip();
    const value = reader.value(0);
    reader.skip();
    if (typeof value !== 'object' || value === null || !reader.atEnd) return undefined;
    return { value, exact: reader.exact };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

export interface LenientJson {
  readonly value: Json;
  /** Every value is one that could be sent: no placeholder, no bare word, nothing left out. */
  readonly exact: boolean;
}

/** Strict JSON, without an exception. */
export function parseStrict(text: string): Json | undefined {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

const maxChars = 2_000_000;
const maxDepth = 200;
const nothing = Symbol('nothing');
const closers: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”',
  '”': '”',
  '‘': '’',
  '`': '`',
};
const wordEnd = /[\s,，:：{}｛｝[\]【】"'“”\n/#]/;
const numeric = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

class Unreadable extends Error {}

class LenientJsonReader {
  readonly #text: string;
  #at = 0;
  exact = true;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  get #char(): string {
    return this.#text[this.#at] ?? '';
  }

  /** Over white space, comments, ellipses. */
  skip(): void {
    while (!this.atEnd) {
      if (/\s|\u00a0|\ufeff/.test(this.#char)) this.#at++;
      else if (this.#starts('//') || this.#char === '#') this.#jump('\n');
      else if (this.#starts('/*')) this.#jump('*/');
      else if (this.#starts('<!--')) this.#jump('-->');
      else if (this.#starts('...') || this.#char === '…') this.#ellipsis();
      else return;
    }
  }

  value(depth: number): Json | typeof nothing {
    if (depth > maxDepth) throw new Unreadable();
    const char = this.#char;
    if (this.#starts('{{')) return this.#placeholder('}}');
    if (char === '{' || char === '｛') return this.#object(depth);
    if (char === '[' || char === '【') return this.#array(depth);
    if (char in closers) return this.#string();
    if (char === '<') return this.#placeholder('>');
    if (char === '' || '}]｝】,，:：'.includes(char)) return nothing;
    return this.#scalar();
  }

  #object(depth: number): Json {
    this.#at++;
    const entries: Record<string, Json> = Object.create(null) as Record<string, Json>;
    for (;;) {
      this.#separators();
      if (this.#take('}｝')) return { ...entries };
      if (this.atEnd) throw new Unreadable();
      const key = this.#key();
      this.skip();
      if (!this.#take(':：')) throw new Unreadable();
      this.skip();
      const value = this.value(depth + 1);
      if (value === nothing) this.exact = false;
      entries[key] = value === nothing ? null : value;
    }
  }

  #array(depth: number): Json {
    this.#at++;
    const items: Json[] = [];
    for (;;) {
      this.#separators();
      if (this.#take(']】')) return items;
      const value = this.value(depth + 1);
      if (value === nothing) throw new Unreadable();
      items.push(value);
    }
  }

  #key(): string {
    if (this.#char in closers) return this.#string();
    const word = this.#word();
    if (!/^[\p{L}_$][\p{L}\p{N}_$.|+-]*$/u.test(word)) throw new Unreadable();
    return word;
  }

  #string(): string {
    const close = closers[this.#char] ?? '"';
    const start = this.#at;
    for (this.#at++; !this.atEnd; this.#at++) {
      const char = this.#char;
      if (char === '\\') this.#at++;
      else if (char === close || (close === '”' && char === '"')) {
        this.#at++;
        return unescape(this.#text.slice(start + 1, this.#at - 1));
      }
    }
    throw new Unreadable();
  }

  #scalar(): Json {
    const word = this.#word();
    if (word === 'true' || word === 'True') return true;
    if (word === 'false' || word === 'False') return false;
    if (word === 'null' || word === 'None' || word === 'undefined') return null;
    if (numeric.test(word)) return isExact(word) ? Number(word) : word;
    if (word === '') throw new Unreadable();
    this.exact = false;
    return null;
  }

  #word(): string {
    const start = this.#at;
    while (!this.atEnd && !wordEnd.test(this.#char)) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  #placeholder(close: string): Json {
    this.exact = false;
    this.#jump(close);
    return null;
  }

  #ellipsis(): void {
    this.exact = false;
    while (/[.…]/.test(this.#char)) this.#at++;
  }

  /** Commas are optional where a line ends and may be doubled. */
  #separators(): void {
    this.skip();
    while (this.#take(',，;')) this.skip();
  }

  #take(chars: string): boolean {
    if (this.atEnd || !chars.includes(this.#char)) return false;
    this.#at++;
    return true;
  }

  #starts(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  #jump(target: string): void {
    const found = this.#text.indexOf(target, this.#at);
    this.#at = found < 0 ? this.#text.length : found + target.length;
  }
}

function unescape(body: string): string {
  if (!body.includes('\\')) return body;
  const known: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
  return body.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, char: string) =>
    code === undefined ? (known[char] ?? char) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
