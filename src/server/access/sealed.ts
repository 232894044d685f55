import { createHmac, randomBytes } from 'node:crypto';
import { seal, unseal } from '../../auth/persistence/sealed-token-store.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Secret } from '../../lib/secrets/secret.ts';

/** What a browser keeps for us: it can neither read nor change it, and it is good for a time. */
export class Sealed {
  readonly #key: Buffer;
  readonly #clock: Clock;

  /** @param key Without one, what was sealed is of use to this process alone. */
  constructor(key: Secret | undefined, clock: Clock) {
    this.#clock = clock;
    this.#key =
      key === undefined ? randomBytes(32) : createHmac('sha256', key.reveal()).update('sealed').digest();
  }

  /** @param purpose What was sealed for one cannot be opened for another. */
  seal(purpose: string, value: unknown, forMs: number): string {
    return seal(JSON.stringify([this.#clock.now() + forMs, value]), purpose, this.#key);
  }

  /** `undefined`: not sealed by us, for another purpose, or too old. */
  open(purpose: string, text: string | undefined): unknown {
    const plain = text === undefined ? undefined : unseal(text, purpose, this.#key);
    if (plain === undefined) return undefined;
    const [expiresAt, value] = JSON.parse(plain) as readonly [number, unknown];
    return this.#clock.now() < expiresAt ? value : undefined;
  }
}
