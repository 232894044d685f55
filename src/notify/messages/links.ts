import type { Secret } from '../../lib/secrets/secret.ts';
import { signLink } from '../../lib/net/signed-link.ts';
import { sha256 } from '../../lib/text/text.ts';

/** What can be done about an incident by a link. */
export type LinkAction = 'ack' | 'silence' | 'check';

/** Where a message leads; the page of the server. */
export interface Links {
  /** A part of the page. */
  page(name: 'incidents' | 'documents' | 'reports' | 'channels' | 'set-up'): string;
  /** What is known about the incident. */
  incident(id: string): string;
  /** Does it once, until it expires, without a sign-in; `undefined`: there is no key to sign it with. */
  act(id: string, action: LinkAction): string | undefined;
}

const goodForMs = 24 * 3_600_000;

export interface LinkOptions {
  /** Where people reach the server, without a slash at its end. */
  readonly url: string;
  readonly key: Secret | undefined;
  readonly channel: string;
  /** Of the message: makes its links different from those of all others, and the same when it is rendered again. */
  readonly dedupKey: string;
  /** Epoch ms. */
  readonly now: number;
  /** What it tells is made up: nothing is known about its incidents, and nothing can be done about them. */
  readonly isTest?: boolean;
}

export function linksOf({ url, key, channel, dedupKey, now, isTest = false }: LinkOptions): Links {
  return {
    page: (name) => `${url}/${name}`,
    incident: (id) => (isTest ? `${url}/incidents` : `${url}/incidents/${encodeURIComponent(id)}`),
    act(id, action) {
      if (key === undefined || isTest) return undefined;
      const nonce = sha256([dedupKey, channel, id, action].join('\n')).slice(0, 16);
      const claim = { action, subject: id, via: channel, nonce, expiresAt: now + goodForMs };
      return `${url}/do/${signLink(key, claim)}`;
    },
  };
}
