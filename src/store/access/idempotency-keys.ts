/** First answers to requests that may come again. What is kept is hashed or sealed before it comes here. */
export interface IdempotencyKeys {
  /** Takes the key for this request; or yields what it was taken for before, unless that has expired. */
  take(key: string, asked: string, expiresAt: number, now: number): Promise<TakenKey | undefined>;
  answer(key: string, sealed: string): Promise<void>;
  /** As if it had never been taken. */
  release(key: string): Promise<void>;
}

export interface TakenKey {
  readonly asked: string;
  /** Absent: not answered yet. */
  readonly sealed?: string;
}
