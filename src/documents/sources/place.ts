import type { Problem } from '../../model/problem.ts';
import type { Validator } from '../ports.ts';
import { webcrypto } from 'node:crypto';
import { sha256 } from '../../lib/text/text.ts';

/** What asking for a file came to. */
export type Fetched =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'content';
      readonly bytes: Uint8Array;
      readonly validator: Validator;
      readonly contentType?: string;
    }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** One way of reaching files: the local disk, HTTP. */
export interface Files {
  /** With the validator of an earlier read, an unchanged file is not read again. */
  fetch(uri: string, validator: Validator | undefined, signal: AbortSignal): Promise<Fetched>;
  /** The file that a reference in `from` means, or why it may not be read. */
  resolve(reference: string, from: string): Promise<string | Problem>;
  /** References relative to `from`, sorted. */
  list(glob: string, from: string): Promise<readonly string[]>;
  /** Where the file stands on this machine; absent for files that stand elsewhere. */
  pathOf?(uri: string): string;
  /** Its server has taken all the time that there is for this reading: what has been fetched is not the whole. */
  tooSlow?(): Problem | undefined;
}

/** Where one document may stand. */
export interface Location {
  readonly uri: string;
  readonly files: Files;
  /** Named by the user: its absence is a problem. Found by a pattern: it is gone. */
  readonly named: boolean;
}

/** The places of one entry of `docs`; `complete` is false when some could not be listed. */
export interface Listing {
  readonly places: readonly Location[];
  readonly problems: readonly Problem[];
  readonly complete: boolean;
}

/** Above this the hash is made on another thread: 20 MB take tens of milliseconds. */
const largeBytes = 1024 * 1024;

/** SHA-256 (hex) that does not hold up the caller's thread, however long the content. */
export async function hashOf(bytes: Uint8Array): Promise<string> {
  if (bytes.length <= largeBytes) return sha256(bytes);
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}
