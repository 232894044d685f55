import { describe, expect, it } from 'vitest';
import { RefusedAddress } from '../../lib/net/addresses.ts';
import { diagnose } from './failure.ts';

function error(code: string, message = 'text'): Error {
  return Object.assign(new Error(message), { code });
}

describe('diagnose', () => {
  it.each([
    [
      error('ENOTFOUND', 'getaddrinfo ENOTFOUND x'),
      false,
      'dns',
      'the host name does not exist (getaddrinfo ENOTFOUND x)',
    ],
    [error('EAI_OTHER'), false, 'dns', 'the host name cannot be resolved (EAI_OTHER)'],
    [error('EHOSTUNREACH'), false, 'no-route', 'no route to the host (EHOSTUNREACH: text)'],
    [error('EAI_AGAIN'), false, 'no-resolver', 'the name server does not answer (EAI_AGAIN: text)'],
    [
      new AggregateError([error('ENETUNREACH'), error('ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.1:1')]),
      false,
      'connect-refused',
      'connection refused (connect ECONNREFUSED 10.0.0.1:1)',
    ],
    [error('EMFILE'), false, 'self', 'this host has no free file handles (EMFILE: text)'],
    [
      error('CERT_SIGNATURE_FAILURE'),
      true,
      'tls',
      'the certificate is not signed by the issuer of that name that is trusted (CERT_SIGNATURE_FAILURE: text)',
    ],
    [error('ECONNRESET'), true, 'tls', 'the TLS handshake failed (ECONNRESET: text)'],
    [error('CERT_HAS_EXPIRED'), true, 'tls', 'the certificate has expired (CERT_HAS_EXPIRED: text)'],
    [
      error('ERR_SSL_WRONG_VERSION_NUMBER'),
      true,
      'tls',
      'the server does not speak TLS there but, most likely, plain HTTP: try http:// or another port (wrong version number)',
    ],
    [
      error(
        'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
        '80CC:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:1601:SSL alert number 70',
      ),
      true,
      'tls',
      'the server speaks no version of TLS that is safe: 1.2 or newer is needed (tlsv1 alert protocol version)',
    ],
    [
      error(
        'EPROTO',
        'write EPROTO 80CC:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:1601:SSL alert number 116',
      ),
      false,
      'tls',
      'the server requires a client certificate (tlsv13 alert certificate required)',
    ],
    [
      error('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'),
      true,
      'tls',
      'the server refuses the TLS handshake: it requires a client certificate, or there is no cipher in common (sslv3 alert handshake failure)',
    ],
    [
      error(
        'ERR_SSL_SOMETHING',
        '80CC:error:0A000001:SSL routines:f:something odd:../deps/openssl/openssl/ssl/x.c:1601:',
      ),
      true,
      'tls',
      'the TLS handshake failed (something odd)',
    ],
    [error('WEIRD'), false, 'reset', 'the connection broke (WEIRD: text)'],
    [new Error('odd'), false, 'reset', 'the connection broke (odd)'],
    ['odd', false, 'reset', 'the connection broke (odd)'],
    [
      new AggregateError([error('ECONNREFUSED', 'connect ECONNREFUSED ::1:1'), error('ETIMEDOUT')]),
      false,
      'connect-refused',
      'connection refused (connect ECONNREFUSED ::1:1)',
    ],
    [
      new RefusedAddress('http://a', '10.0.0.1', 'internal'),
      false,
      'refused-address',
      'not called: http://a is an internal address (10.0.0.1) and comes from a document; to allow it set it as `baseUrl`, or its host under `network.internal`',
    ],
  ])('%s (secure: %s) is %s', (thrown, secure, code, message) => {
    expect(diagnose(thrown, secure)).toEqual({ code, message });
  });
});
