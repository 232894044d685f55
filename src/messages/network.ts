import { messageOf } from '../lib/errors.ts';
import type { AddressKind } from '../lib/net/addresses.ts';
import { ProxyFailure } from '../lib/net/tunnel.ts';
import type { TlsFailure } from '../lib/tls-failure.ts';
import type { Sentence } from '../model/sentence.ts';
import { sentence, type SentenceCode } from './sentence.ts';
import type { Script } from '../lib/text/names.ts';

/** `the server requires a client certificate (tlsv13 alert certificate required)` */
export function tlsSentence({ meaning, reason }: TlsFailure): Sentence {
  return sentence('because', { what: sentence(meaning), why: reason });
}

/** `an internal address` */
export function addressKindSentence(kind: AddressKind): Sentence {
  return sentence(kind === 'metadata' ? 'metadataAddress' : 'internalAddress');
}

/** What OpenSSL says of a certificate whose authority is not trusted here, or that has none. */
const unknownCaFailures = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificateSelfSigned',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificateSelfSigned',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificateOfUnknown',
  UNABLE_TO_GET_ISSUER_CERT: 'certificateOfUnknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificateOfUnknown',
} as const satisfies Readonly<Record<string, SentenceCode>>;

/** The lines that help then. */
export const caLines = 'network: { ca: ${file:/path/ca.pem} }';

/** @param code What the system says: `SELF_SIGNED_CERT_IN_CHAIN`. */
export function isOfUnknownCa(code: unknown): boolean {
  return Object.hasOwn(unknownCaFailures, String(code));
}

const certificateFailures = {
  ...unknownCaFailures,
  CERT_HAS_EXPIRED: 'certificateExpired',
  CERT_NOT_YET_VALID: 'certificateNotYetValid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificateOfOther',
} as const satisfies Readonly<Record<string, SentenceCode>>;

/** It is its certificate that keeps a server from being believed. */
export function isOfCertificate(error: unknown): boolean {
  return errorCodes(error).some((code) => Object.hasOwn(certificateFailures, String(code)));
}

const connectionFailures = {
  ...certificateFailures,
  ECONNREFUSED: 'connectionRefused',
  ECONNRESET: 'connectionReset',
  ETIMEDOUT: 'connectionTimedOut',
  UND_ERR_CONNECT_TIMEOUT: 'connectionTimedOut',
  UND_ERR_SOCKET: 'connectionClosed',
  EHOSTUNREACH: 'noRouteToHost',
  ENETUNREACH: 'networkUnreachable',
  ENOTFOUND: 'hostNameUnknown',
  EAI_AGAIN: 'nameServerSilent',
} as const satisfies Readonly<Record<string, SentenceCode>>;

/** Why there was no connection, and what the system said of it: `connection refused (connect ECONNREFUSED 127.0.0.1:9)` */
export function connectionSentence(error: unknown): Sentence {
  const proxy = proxyFailureIn(error);
  if (proxy !== undefined) return proxySentence(proxy);
  const said = messageOf(error);
  if (error instanceof Error && error.name === 'HTTPParserError')
    return sentence('because', { what: sentence('notHttp'), why: said });
  const codes = errorCodes(error);
  const known = Object.entries(connectionFailures).find(([code]) => codes.includes(code));
  return known === undefined ? said : sentence('because', { what: sentence(known[1]), why: said });
}

/** Whose fault it is, when a proxy stands between. */
export function proxyFailureIn(error: unknown): ProxyFailure | undefined {
  if (error instanceof ProxyFailure) return error;
  return error instanceof Error ? proxyFailureIn(error.cause) : undefined;
}

export function proxySentence(failure: ProxyFailure): Sentence {
  const { trouble, proxy, target: host, status, cause } = failure;
  switch (trouble) {
    case 'unreachable':
      return sentence('proxyUnreachable', { proxy, why: connectionSentence(cause) });
    case 'silent':
      return sentence('proxySilent', { proxy });
    case 'closed':
      return sentence('proxyClosed', { proxy });
    case 'not-http':
      return sentence('proxyNotHttp', { proxy });
    case 'credentials':
      return sentence('proxyWantsCredentials', { proxy, status });
    case 'refused':
      return sentence('proxyRefusesTunnel', { proxy, host, status });
    case 'no-way':
      return sentence('proxyCannotReach', { proxy, host, status });
  }
}

/** The same of the code alone: `connection refused (ECONNREFUSED)` */
export function codeSentence(code: string): Sentence {
  const [, known] = Object.entries(connectionFailures).find(([one]) => one === code) ?? [];
  return known === undefined ? code : sentence('because', { what: sentence(known), why: code });
}

/** The system's own codes in an error and in what has led to it: `ECONNREFUSED`. */
export function errorCodes(error: unknown): readonly unknown[] {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return ['code' in error ? error.code : undefined, ...inner.flatMap(errorCodes)];
}

/** `Latin and Cyrillic` */
export function scriptsSentence(scripts: readonly Script[]): Sentence {
  const [first = '', ...others] = scripts.map((script): Sentence => sentence(script));
  return others.reduce((one, other) => sentence('bothScripts', { one, other }), first);
}
