import type { Sentence } from '../model/sentence.ts';
import type { OutgoingRequest } from '../model/check.ts';
import type { Document } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';

/** Tells whether a place has changed without reading it. */
export interface Validator {
  readonly etag?: string;
  readonly lastModified?: string;
  readonly mtimeMs?: number;
  readonly bytes?: number;
  /** SHA-256 (hex) of the content when it was read; set for every file that could be read. */
  readonly hash?: string;
}

export interface CachedDocument {
  readonly id: string;
  readonly service: string;
  readonly uri: string;
  /** `kind@version` of the format that read it: another parser version reads it again. */
  readonly parser: string;
  readonly contentHash: string;
  /** Every file that went into it, with its validator: the entry first, then what it refers to. */
  readonly files: readonly { readonly uri: string; readonly validator: Validator }[];
  /** The last good state; absent when it has never been readable. */
  readonly document?: Document;
  /** Set when the present bytes could not be read and `document` is from earlier ones. */
  readonly problem?: Problem;
  readonly readAt: number;
}

/** Where scan keeps what it has read, over restarts. */
export interface DocumentCache {
  /** All entries of a service; the documents in them are loaded when they are looked at. */
  list(service: string): Promise<readonly CachedDocument[]>;
  put(entry: CachedDocument): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Signs requests for documents with a credential of the configuration. */
export interface DocumentAuthorizer {
  authorize(
    credential: string,
    request: OutgoingRequest,
    signal: AbortSignal,
  ): Promise<
    | { readonly ok: true; readonly request: OutgoingRequest }
    | { readonly ok: false; readonly message: Sentence }
  >;
}
