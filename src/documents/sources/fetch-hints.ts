import { errorCodes } from '../../messages/network.ts';
import { sentence, type SentenceCode } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';

/** What to do about an answer that is no success. */
export function statusHint(status: number): Sentence | undefined {
  if (status === 404 || status === 410) return sentence('giveAddressThatIs');
  return status >= 500 ? sentence('serverFailsThere') : undefined;
}

const connectionHints = [
  [['ECONNREFUSED'], 'nobodyListensThere'],
  [['ENOTFOUND', 'EAI_AGAIN'], 'checkHostName'],
  [['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH', 'ENETUNREACH'], 'checkWayThere'],
  [['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'], 'seeWhyItHangs'],
] as const satisfies readonly (readonly [readonly string[], SentenceCode])[];

const unknownCa: ReadonlySet<unknown> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);
const caLines = 'network: { ca: ${file:/path/ca.pem} }';

/** What to do about an address that has not answered, by the system's own code (`errno`, OpenSSL's names of problems). */
export function connectionHint(error: unknown, url: string): Sentence | undefined {
  const codes = errorCodes(error);
  const [, hint] = connectionHints.find(([known]) => known.some((code) => codes.includes(code))) ?? [];
  if (codes.some((code) => unknownCa.has(code))) return sentence('giveOwnCa', { lines: caLines });
  // What speaks TLS closes on whoever does not.
  const isPlain =
    url.startsWith('http://') && (codes.includes('UND_ERR_SOCKET') || codes.includes('ECONNRESET'));
  if (hint === undefined && isPlain) return sentence('perhapsTls', { url: url.replace('http:', 'https:') });
  return hint === undefined ? undefined : sentence(hint);
}
