import { addressKindSentence, tlsSentence } from '../../messages/network.ts';
import { SaidError } from '../../messages/said-error.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { RefusedAddress } from '../../lib/net/addresses.ts';
import { messageOf } from '../../lib/errors.ts';
import type { ReasonCode } from '../../model/result.ts';

import { BehindProxyError, ProxyError } from './proxy.ts';
import { tlsFailure } from '../../lib/tls-failure.ts';

export interface Diagnosis {
  readonly code: ReasonCode;
  readonly message: Sentence;
}

const known: Readonly<Record<string, readonly [ReasonCode, Sentence]>> = {
  ENOTFOUND: ['dns', sentence('hostNameUnknown')],
  EAI_AGAIN: ['no-resolver', sentence('nameServerSilent')],
  EAI_FAIL: ['dns', sentence('nameServerFailed')],
  EAI_NODATA: ['dns', sentence('hostNameWithoutAddress')],
  ECONNREFUSED: ['connect-refused', sentence('connectionRefused')],
  EHOSTUNREACH: ['no-route', sentence('noRouteToHost')],
  ENETUNREACH: ['no-route', sentence('networkUnreachable')],
  ENETDOWN: ['no-route', sentence('networkDown')],
  EHOSTDOWN: ['no-route', sentence('hostDown')],
  ETIMEDOUT: ['connect-timeout', sentence('connectionTimedOut')],
  ECONNRESET: ['reset', sentence('connectionReset')],
  EPIPE: ['reset', sentence('closedWhileSending')],
  UND_ERR_SOCKET: ['reset', sentence('connectionClosed')],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['protocol', sentence('bodyTooShort')],
  UND_ERR_HEADERS_OVERFLOW: ['protocol', sentence('headersTooLarge')],
  UND_ERR_INVALID_ARG: ['internal', sentence('requestNotBuilt')],
  UND_ERR_NOT_SUPPORTED: ['internal', sentence('requestNotBuilt')],
  EMFILE: ['self', sentence('noFreeHandles')],
  ENFILE: ['self', sentence('noFreeHandles')],
  ENOBUFS: ['self', sentence('noFreeBuffers')],
  EADDRNOTAVAIL: ['self', sentence('noFreePort')],
  EACCES: ['self', sentence('connectionNotAllowed')],
  EPERM: ['self', sentence('connectionNotAllowed')],
  CERT_HAS_EXPIRED: ['tls', sentence('certificateExpired')],
  CERT_NOT_YET_VALID: ['tls', sentence('certificateNotYetValid')],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls', sentence('certificateSelfSigned')],
  SELF_SIGNED_CERT_IN_CHAIN: ['tls', sentence('chainNotTrusted')],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['tls', sentence('issuerUnknown')],
  UNABLE_TO_GET_ISSUER_CERT: ['tls', sentence('issuerUnknown')],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['tls', sentence('issuerUnknown')],
  CERT_SIGNATURE_FAILURE: ['tls', sentence('signatureOfOther')],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls', sentence('certificateOfOtherHost')],
};

/** What a transport error means. `secure`: it came from a TLS connection that was still being set up. */
export function diagnose(error: unknown, secure: boolean): Diagnosis {
  if (error instanceof RefusedAddress) return { code: 'refused-address', message: notAllowed(error) };
  if (error instanceof ProxyError) return { code: 'self', message: error.said };
  if (error instanceof BehindProxyError) return { code: 'connect-refused', message: error.said };
  if (error instanceof NotHttp) return { code: 'protocol', message: error.said };
  const code = codeOf(error);
  // Since TLS 1.3 a server may refuse a client's certificate after the handshake.
  const tls = tlsFailure(code, messageOf(error));
  if (tls !== undefined) return { code: 'tls', message: tlsSentence(tls) };
  const because = (what: Sentence): Sentence => sentence('because', { what, why: detail(error, code) });
  const entry = known[code];
  // A reset during the handshake is how servers say that they do not speak TLS, or not to us.
  if (secure && (entry === undefined || entry[0] === 'reset')) {
    return { code: 'tls', message: because(sentence('tlsFailed')) };
  }
  if (entry !== undefined) return { code: entry[0], message: because(entry[1]) };
  if (error instanceof Error && error.name === 'HTTPParserError') {
    return { code: 'protocol', message: because(sentence('notHttp')) };
  }
  if (code.startsWith('EAI_'))
    return { code: 'dns', message: sentence('because', { what: sentence('hostNameUnresolved'), why: code }) };
  return { code: 'reset', message: because(sentence('connectionBroke')) };
}

/** The answer leaves open what it says. */
export class NotHttp extends SaidError {}

function notAllowed({ origin, address, kind }: RefusedAddress): Sentence {
  return sentence('addressNotAllowed', {
    origin,
    address,
    kind: addressKindSentence(kind),
  });
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if (error instanceof AggregateError) return codeOf(mostTelling(error));
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Several addresses were tried: one that answered says more than one to which there is no way, as IPv6 often is. */
function mostTelling({ errors }: AggregateError): unknown {
  return errors.find((one) => ['ECONNREFUSED', 'ECONNRESET'].includes(codeOf(one))) ?? errors[0];
}

function detail(error: unknown, code: string): string {
  const message = messageOf(error instanceof AggregateError ? (mostTelling(error) ?? error) : error);
  return message.includes(code) || code === '' ? message : `${code}: ${message}`;
}
