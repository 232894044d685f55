import { sentence } from '../../messages/sentence.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import { decodeText } from './decode.ts';
import type { RawDocument } from '../formats/format.ts';
import { limits } from '../limits.ts';
import { type Parsed, parseData } from './parse.ts';
import { servedDocument } from './served.ts';
import type { Flaw } from './yaml.ts';

/** The bytes of a file or an answer, and what was said about them. */
export interface RawBytes {
  readonly uri: string;
  readonly bytes: Uint8Array;
  /** `Content-Type` of the answer. */
  readonly contentType?: string;
}

/** Decodes at once and parses at the first look at `data`. */
export class ParsedRawDocument implements RawDocument {
  readonly uri: string;
  readonly text: string;
  #parsed: Parsed | undefined;

  constructor(uri: string, text: string) {
    this.uri = uri;
    this.text = text;
  }

  get data(): JsonObject | undefined {
    const parsed = this.parsed;
    return parsed.kind === 'data' && isObject(parsed.value) ? parsed.value : undefined;
  }

  get items(): readonly Json[] | undefined {
    const parsed = this.parsed;
    return parsed.kind === 'data' && Array.isArray(parsed.value)
      ? (parsed.value as readonly Json[])
      : undefined;
  }

  get parsed(): Parsed {
    this.#parsed ??= parseData(this.text);
    return this.#parsed;
  }

  /** Why the text is no data although it looks like it. */
  get broken(): Problem | undefined {
    return this.parsed.kind === 'broken' ? problemOf(this.parsed.flaw, 'error', this.uri) : undefined;
  }

  /** Mistakes that were overlooked. */
  get flaws(): readonly Problem[] {
    if (this.#parsed?.kind !== 'data') return [];
    return this.#parsed.flaws.slice(0, limits.problems).map((flaw) => problemOf(flaw, 'warning', this.uri));
  }
}

function problemOf(flaw: Flaw, severity: Problem['level'], file: string): Problem {
  return { level: severity, file, ...flaw };
}

export function openRawDocument(raw: RawBytes): ParsedRawDocument | Problem {
  if (raw.bytes.length > limits.fileBytes) {
    return {
      level: 'error',
      code: 'file-too-large',
      message: sentence('fileTooLarge', { size: raw.bytes.length, limit: limits.fileBytes }),
      file: raw.uri,
    };
  }
  const charset = /;\s*charset="?([\w-]+)/i.exec(raw.contentType ?? '')?.[1];
  const decoded = decodeText(raw.bytes, charset);
  if (!decoded.ok) {
    return {
      level: 'error',
      code: decoded.code,
      message: decoded.message,
      file: raw.uri,
      hint: sentence('saveAsUtf8'),
    };
  }
  return new ParsedRawDocument(raw.uri, servedDocument(decoded.text));
}
