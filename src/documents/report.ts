import type { ChangeSet, Document, UnreadableDocument } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';

/** What one scan over all services, or over one of them, has found. */
export interface ScanReport {
  /** In the order of the services, then by place. A document that cannot be read is here in its last good state. */
  readonly documents: readonly Document[];
  /** What keeps services and files from being read; what is wrong inside a readable document stands in it. */
  readonly problems: readonly Problem[];
  /** Those of `problems` that keep a document as a whole from being read. */
  readonly unreadable: readonly UnreadableDocument[];
  readonly changes: readonly ChangeSet[];
  /** Files that were parsed. */
  readonly read: number;
  /** Files that were neither read nor parsed, or turned out to hold the same bytes. */
  readonly unchanged: number;
}
