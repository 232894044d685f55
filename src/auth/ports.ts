/** Where sealed tokens outlive the process; implemented by `store/`. What it keeps is encrypted already. */
export interface TokenStore {
  /** @param credential Its name, or that and, in a line below, whose it is. */
  load(credential: string): Promise<string | undefined>;
  /** Replaces what was there. */
  save(credential: string, sealed: string): Promise<void>;
  /** All of them, or those of the credential of that name, whosever; returns how many there were. */
  clear(credential?: string): Promise<number>;
}

/** What all processes that work on one database know of a credential's sign-ins; free of secrets. */
export interface SignInSheets {
  /** Reads a credential's sheet and puts `sheet` in its place; nobody else gets in between. */
  change<T>(credential: string, work: (sheet: string | undefined) => Changed<T>): Promise<T>;
}

export interface Changed<T> {
  readonly sheet: string;
  readonly answer: T;
}
