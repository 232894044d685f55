import { RefusedAddress } from '../../lib/net/addresses.ts';
import { messageOf } from '../../lib/errors.ts';
import type { ReasonCode } from '../../model/result.ts';

import { BehindProxyError, ProxyError } from './proxy.ts';
import { tlsFailure } from '../../lib/tls-failure.ts';

export interface Diagnosis {
  readonly code: ReasonCode;
  readonly message: string;
}

const known: Readonly<Record<string, readonly [ReasonCode, string]>> = {
  ENOTFOUND: ['dns', 'the host name does not exist'],
  EAI_AGAIN: ['no-resolver', 'the name server does not answer'],
  EAI_FAIL: ['dns', 'the name server failed'],
  EAI_NODATA: ['dns', 'the host name has no address'],
  ECONNREFUSED: ['connect-refused', 'connection refused'],
  EHOSTUNREACH: ['no-route', 'no route to the host'],
  ENETUNREACH: ['no-route', 'the network is unreachable'],
  ENETDOWN: ['no-route', 'the network is down'],
  EHOSTDOWN: ['no-route', 'the host is down'],
  ETIMEDOUT: ['connect-timeout', 'the connection timed out'],
  ECONNRESET: ['reset', 'the server reset the connection'],
  EPIPE: ['reset', 'the server closed the connection while the request was being sent'],
  UND_ERR_SOCKET: ['reset', 'the server closed the connection'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['protocol', 'the body is shorter than its content-length'],
  UND_ERR_HEADERS_OVERFLOW: ['protocol', 'the headers of the answer are over 64 KiB'],
  UND_ERR_INVALID_ARG: ['internal', 'the request cannot be built'],
  UND_ERR_NOT_SUPPORTED: ['internal', 'the request cannot be built'],
  EMFILE: ['self', 'this host has no free file handles'],
  ENFILE: ['self', 'this host has no free file handles'],
  ENOBUFS: ['self', 'this host has no free network buffers'],
  EADDRNOTAVAIL: ['self', 'this host has no free local port or no such address'],
  EACCES: ['self', 'this host does not allow the connection'],
  EPERM: ['self', 'this host does not allow the connection'],
  CERT_HAS_EXPIRED: ['tls', 'the certificate has expired'],
  CERT_NOT_YET_VALID: ['tls', 'the certificate is not valid yet'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls', 'the certificate is self-signed'],
  SELF_SIGNED_CERT_IN_CHAIN: ['tls', 'the certificate chain ends in a certificate that is not trusted'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['tls', 'the server does not send its intermediate certificate'],
  UNABLE_TO_GET_ISSUER_CERT: ['tls', 'the issuer of the certificate is not known'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['tls', 'the issuer of the certificate is not trusted'],
  CERT_SIGNATURE_FAILURE: ['tls', 'the certificate is not signed by the issuer of that name that is trusted'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls', 'the certificate is for another host name'],
};

/** What a transport error means. `secure`: it came from a TLS connection that was still being set up. */
export function diagnose(error: unknown, secure: boolean): Diagnosis {
  if (error instanceof RefusedAddress) return { code: 'refused-address', message: error.message };
  if (error instanceof ProxyError) return { code: 'self', message: error.message };
  if (error instanceof BehindProxyError) return { code: 'connect-refused', message: error.message };
  if (error instanceof NotHttp) return { code: 'protocol', message: error.message };
  const code = codeOf(error);
  // Since TLS 1.3 a server may refuse a client's certificate after the handshake.
  const tls = tlsFailure(code, messageOf(error));
  if (tls !== undefined) return { code: 'tls', message: tls };
  const entry = known[code];
  // A reset during the handshake is how servers say that they do not speak TLS, or not to us.
  if (secure && (entry === undefined || entry[0] === 'reset')) {
    return { code: 'tls', message: `the TLS handshake failed (${detail(error, code)})` };
  }
  if (entry !== undefined) return { code: entry[0], message: `${entry[1]} (${detail(error, code)})` };
  if (error instanceof Error && error.name === 'HTTPParserError') {
    return { code: 'protocol', message: `the answer is not HTTP (${detail(error, code)})` };
  }
  if (code.startsWith('EAI_')) return { code: 'dns', message: `the host name cannot be resolved (${code})` };
  return { code: 'reset', message: `the connection broke (${detail(error, code)})` };
}

/** The answer leaves open what it says. */
export class NotHttp extends Error {}

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
