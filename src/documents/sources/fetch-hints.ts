import { caLines, errorCodes, isOfUnknownCa, proxyFailureIn } from '../../messages/network.ts';
import { sentence, type SentenceCode } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';

/** What to do about an answer that is no success. */
export function statusHint(status: number): Sentence | undefined {
  if (status === 407) return giveProxyCredentials;
  if (status === 404 || status === 410) return sentence('giveAddressThatIs');
  return status >= 500 ? sentence('serverFailsThere') : undefined;
}

const connectionHints = [
  [['ECONNREFUSED'], 'nobodyListensThere'],
  [['ENOTFOUND', 'EAI_AGAIN'], 'checkHostName'],
  [['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH', 'ENETUNREACH'], 'checkWayThere'],
  [['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'], 'seeWhyItHangs'],
  [['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'], 'renewOrCheckClock'],
] as const satisfies readonly (readonly [readonly string[], SentenceCode])[];

const giveProxyCredentials = sentence('giveProxyCredentials', {
  lines: 'network: { proxy: "http://user:${env:PROXY_PASSWORD}@host:port" }',
});
const checkProxy = sentence('checkProxy', { lines: 'network: { proxy: none }' });

/** What to do about an address that has not answered, by the system's own code (`errno`, OpenSSL's names of problems). */
export function connectionHint(error: unknown, url: string): Sentence | undefined {
  const proxy = proxyFailureIn(error);
  if (proxy !== undefined) return proxy.trouble === 'credentials' ? giveProxyCredentials : checkProxy;
  if (error instanceof Error && error.name === 'HTTPParserError') return sentence('checkPort');
  const codes = errorCodes(error);
  const [, hint] = connectionHints.find(([known]) => known.some((code) => codes.includes(code))) ?? [];
  if (codes.some((code) => isOfUnknownCa(code))) return sentence('giveOwnCa', { lines: caLines });
  if (codes.includes('ERR_TLS_CERT_ALTNAME_INVALID'))
    return sentence('useNameOfCertificate', { lines: 'network: { serverName: orders.example }' });
  // What speaks TLS closes on whoever does not.
  const isPlain =
    url.startsWith('http://') && (codes.includes('UND_ERR_SOCKET') || codes.includes('ECONNRESET'));
  if (hint === undefined && isPlain) return sentence('perhapsTls', { url: url.replace('http:', 'https:') });
  return hint === undefined ? undefined : sentence(hint);
}
