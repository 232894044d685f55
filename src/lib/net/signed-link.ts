import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../secrets/secret.ts';

/** What whoever follows a link may do, once and until it expires. */
export interface LinkClaim {
  /** `ack`, `silence` … */
  readonly action: string;
  /** What it is about: the short id of an incident. */
  readonly subject: string;
  /** Where the link was put, for the audit log: a channel's name. */
  readonly via: string;
  /** Different for every link: what makes it good for a single use. */
  readonly nonce: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

export type LinkVerdict =
  | { readonly ok: true; readonly claim: LinkClaim }
  | { readonly ok: false; readonly reason: 'forged' | 'expired' };

/** The claim as text for a URL, with a signature that only `key` makes. */
export function signLink(key: Secret, claim: LinkClaim): string {
  const { action, subject, via, nonce, expiresAt } = claim;
  const body = Buffer.from(JSON.stringify([action, subject, via, nonce, expiresAt])).toString('base64url');
  return `${body}.${signatureOf(key, body)}`;
}

/** Whether `text` is a claim that `key` has signed and that is still good at `now`. */
export function verifyLink(key: Secret, text: string, now: number): LinkVerdict {
  const [body = '', signature = '', ...rest] = text.split('.');
  const expected = Buffer.from(signatureOf(key, body));
  const given = Buffer.from(signature);
  const genuine = rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
  if (!genuine) return { ok: false, reason: 'forged' };
  const [action, subject, via, nonce, expiresAt] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [
    string,
    string,
    string,
    string,
    number,
  ];
  const claim = { action, subject, via, nonce, expiresAt };
  return now < expiresAt ? { ok: true, claim } : { ok: false, reason: 'expired' };
}

function signatureOf(key: Secret, body: string): string {
  return createHmac('sha256', key.reveal()).update(`link ${body}`).digest('base64url');
}
