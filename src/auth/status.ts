import { sentence } from '../messages/sentence.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { CredentialFailure } from '../model/credential-failure.ts';
import type { Credential } from './credential.ts';
import type { TokenCacheFailure } from './token/token-cache-failure.ts';

/** For people: what a credential is doing. Times are epoch ms. */
export interface CredentialStatus {
  readonly credential: string;
  readonly scheme: string;
  /** `static` schemes need no token; `idle` ones have no token and nothing went wrong. */
  readonly state: 'static' | 'idle' | 'ready' | 'failing' | 'stopped';
  readonly obtainedAt?: number;
  readonly expiresAt?: number;
  readonly failure?: CredentialFailure;
  readonly nextTryAt?: number;
}

export function statusOf({ name, scheme, slot }: Credential, clock: Clock): CredentialStatus {
  const { held, failed } = slot;
  const toWall = (monotonic: number) => clock.now() + (monotonic - clock.monotonic());
  return {
    credential: name,
    scheme: scheme.kind,
    state: stateOf({ scheme, slot }),
    ...(held === undefined ? {} : { obtainedAt: toWall(held.obtainedAt) }),
    ...(held === undefined || !Number.isFinite(held.expiresAt) ? {} : { expiresAt: toWall(held.expiresAt) }),
    ...(failed === undefined || failed.postponed === true ? {} : { failure: failureOf(name, failed) }),
    ...(failed === undefined || !Number.isFinite(failed.retryAt)
      ? {}
      : { nextTryAt: toWall(failed.retryAt) }),
  };
}

function stateOf({ scheme, slot }: Pick<Credential, 'scheme' | 'slot'>): CredentialStatus['state'] {
  if (scheme.obtain === undefined) return 'static';
  if (slot.held !== undefined) return 'ready';
  if (slot.failed === undefined || slot.failed.postponed === true) return 'idle';
  return slot.failed.failure.retry.kind === 'never' ? 'stopped' : 'failing';
}

export function failureOf(credential: string, { failure }: TokenCacheFailure): CredentialFailure {
  return {
    credential,
    message: failure.message,
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    ...(failure.endpoint === undefined ? {} : { endpoint: failure.endpoint }),
    permanent: failure.retry.kind === 'never',
  };
}

export function notConfigured(name: string, known: readonly string[]): CredentialFailure {
  const hint = known.length === 0 ? sentence('noCredentials') : sentence('credentialsAre', { names: known });
  return { credential: name, message: sentence('notConfigured'), hint, permanent: true };
}
