/** Where sealed tokens outlive the process; implemented by `store/`. What it keeps is encrypted already. */
export interface TokenStore {
  load(credential: string): Promise<string | undefined>;
  /** Replaces what was there. */
  save(credential: string, sealed: string): Promise<void>;
  /** All of them, or those of one credential; returns how many there were. */
  clear(credential?: string): Promise<number>;
}
