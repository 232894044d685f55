import { SaidError, saidBy } from '../../messages/said-error.ts';
import { sentence } from '../../messages/sentence.ts';
import { mapTexts, type Sentence } from '../../model/sentence.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { Sealed, type SealedTokenStore } from './sealed-token-store.ts';
import type { Token } from '../scheme.ts';
import { createHash } from 'node:crypto';
import { Secret } from '../../lib/secrets/secret.ts';
import type { CredentialSettings } from '../../model/settings.ts';
import { Guarded } from '../guarded.ts';

/** A token as it outlives the process. */
export interface KeptToken {
  readonly token: Token;
  /** Epoch ms. */
  readonly obtainedAt: number;
}

/** There is a newer token than what is configured, and it cannot be read: the configured one must not be sent. */
export class NotOurs extends SaidError {
  override readonly name = 'NotOurs';
  readonly hint = sentence('runAsPatrol');

  constructor(why: Sentence) {
    super(sentence('tokenNotReadable', { why }));
  }
}

export interface KeeperOptions {
  readonly vault: SealedTokenStore | undefined;
  readonly log: Logger;
  readonly credential: string;
  readonly fingerprint: string;
  readonly scrub: (text: string) => string;
  /** Whether a token has taken the place of what is configured, which is worth nothing from then on. */
  readonly replaces: ((token: Token) => boolean) | undefined;
  /** This process is not the patrol: where a token replaces the configured one, that of the patrol is used or none. */
  readonly guest: boolean;
}

/**
 * Keeps one credential's token for the next start and for the other processes of the patrol. A token of another
 * configuration (`fingerprint`) is not given back. A vault that does not work costs the patrol one sign-in, so it is
 * logged and nothing else.
 */
export function keeperOf(options: KeeperOptions) {
  const { vault, log, credential, fingerprint, scrub, replaces, guest } = options;
  // Another configuration on the same database may have a credential of that name, for another account.
  const place = `${credential}\n${fingerprint.slice(0, 16)}`;
  /** What the vault holds, as far as this process knows. */
  let known: string | undefined;
  const warn = (message: string, error: unknown) =>
    log.warn(message, { credential, reason: scrub(messageOf(error)) });
  const tellIfLost = (token: Token) => {
    if (guest && replaces?.(token) === true) log.error(lostMessage, { credential });
  };
  return {
    async keep(kept: KeptToken): Promise<void> {
      const text = JSON.stringify({ for: fingerprint, ...kept });
      try {
        await vault?.save(place, text);
        known = text;
        if (vault === undefined) tellIfLost(kept.token);
      } catch (error) {
        warn('a token could not be kept for the next start', error);
        tellIfLost(kept.token);
      }
    },
    /** What was kept since this process last looked or kept one itself. Rejects with `NotOurs`. */
    async news(): Promise<KeptToken | undefined> {
      try {
        // Earlier versions kept one by its name alone.
        const text = (await vault?.load(place)) ?? (await vault?.load(credential));
        if (text === undefined || text === known) return undefined;
        known = text;
        const kept = JSON.parse(text) as KeptToken & { readonly for: string };
        return kept.for === fingerprint ? kept : undefined;
      } catch (error) {
        if (guest && replaces !== undefined) throw new NotOurs(mapTexts(saidBy(error), scrub));
        if (!(error instanceof Sealed)) warn('the token of the last run could not be read', error);
        return undefined;
      }
    },
  };
}

const lostMessage =
  'the token endpoint has replaced the configured refresh token, and the new one could not be kept: there is no database of a patrol that can be written. If the configured one is refused from now on, get another';

/** Equal for equal options, secrets included; leaves the process only encrypted. */
export function fingerprintOf({ scheme, options }: CredentialSettings): string {
  const text = JSON.stringify(
    [scheme, options],
    function reveal(this: Record<string, unknown>, key, value: unknown) {
      const original = this[key];
      return original instanceof Secret || original instanceof Guarded
        ? ['sealed', original.reveal()]
        : value;
    },
  );
  return createHash('sha256').update(text).digest('hex');
}
