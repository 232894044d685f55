import type { Document } from '../../model/document.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';

/** The bytes of one file or answer, decoded once, before anybody knows what it is. */
export interface RawDocument {
  /** Path relative to the working folder, or URL: what a person would recognise. */
  readonly uri: string;
  /** Decoded text without a byte order mark. */
  readonly text: string;
  /** JSON or YAML content, parsed at the first look and shared by all formats; `undefined` when it is neither. */
  readonly data: JsonObject | undefined;
  /** The same when the top level is an array (a YApi export is one). */
  readonly items?: readonly Json[];
  /** The text was inside of something else: its lines are those of no file. */
  readonly isRewritten?: boolean;
}

/** What a format may ask for while it reads: other files of the same service. */
export interface ReadContext {
  /**
   * Another file of the service, by a reference relative to `from`. Refused with a problem when it lies outside
   * the service's root, has another scheme or host, or is too large; the same file is parsed once.
   */
  load(reference: string, from: string): Promise<RawDocument | Problem>;
  /**
   * Files beside `from` that match a glob relative to its folder (`**\/*.bru`), as references for `load`, sorted;
   * none for a URL. For documents that are a folder: the files are part of the document and not read on their own.
   */
  list(glob: string, from: string): Promise<readonly string[]>;
  readonly signal: AbortSignal;
}

/** A document as a format reads it: who it belongs to and its hash are added by the scanner. */
export type ReadDocument = Omit<Document, 'id' | 'service' | 'uri' | 'contentHash'>;

/** One kind of interface document. A value, listed in `formats/registry.ts`. */
export interface Format {
  /** `openapi`, `postman` …; unique. */
  readonly kind: string;
  /** Raised when `read` yields something else for the same bytes: empties the cache of this format. */
  readonly version: number;
  /** How sure it is that this is one of its documents, 0 (not mine) to 1, by content and never by file name. */
  detect(raw: RawDocument): number;
  /** Never throws for what the document holds: what cannot be read becomes a problem and is left out. */
  read(raw: RawDocument, context: ReadContext): Promise<ReadDocument>;
}

export function defineFormat(format: Format): Format {
  return format;
}
