import { randomBytes } from 'node:crypto';
import type { Clock } from '../src/lib/time/clock.ts';

export const tokenLifeMs = 30 * 60_000;

/** Issues bearer tokens that expire, and knows its own again. */
export class TokenIssuer {
  readonly #clock: Clock;
  readonly #expiresAt = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(): string {
    const token = randomBytes(24).toString('base64url');
    this.#expiresAt.set(token, this.#clock.now() + tokenLifeMs);
    return token;
  }

  accepts(token: string | undefined): boolean {
    return (this.#expiresAt.get(token ?? '') ?? 0) > this.#clock.now();
  }

  revoke(token: string): void {
    this.#expiresAt.delete(token);
  }

  revokeAll(): void {
    this.#expiresAt.clear();
  }
}
