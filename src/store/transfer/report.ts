export interface TransferProgress {
  readonly doing: 'copying' | 'verifying';
  readonly table: string;
  readonly rows: number;
  readonly of: number;
}

export interface TransferredTable {
  readonly table: string;
  readonly rows: number;
  readonly targetRows: number;
  /** Over what is stored, in any order; absent: it was sealed with another key. */
  readonly checksum?: string;
  readonly targetChecksum?: string;
  readonly isSame: boolean;
}

export interface TransferReport {
  readonly source: string;
  /** Without the password. */
  readonly target: string;
  readonly isResumed: boolean;
  readonly tables: readonly TransferredTable[];
  /** Whether the new place has another key: links in messages that were sent before open nothing any more. */
  readonly isOtherKey: boolean;
  readonly resealed: number;
  /** Credentials whose token nobody can read: they are signed in anew. */
  readonly signedInAnew: readonly string[];
}
