import type { Problem } from '../../model/problem.ts';
import type { Validator } from '../ports.ts';

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
