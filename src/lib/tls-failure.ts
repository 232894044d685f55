import { buildConnector } from 'undici';

/** What it means for whoever runs the server or the patrol. */
export type TlsMeaning =
  | 'plainHttpThere'
  | 'tlsTooOld'
  | 'clientCertificateRequired'
  | 'clientCertificateRefused'
  | 'handshakeRefused'
  | 'siteUnknown'
  | 'tlsTooWeak'
  | 'noCommonCipher'
  | 'tlsFailed';

export interface TlsFailure {
  readonly meaning: TlsMeaning;
  /** The library's own words, without its files and lines: `tlsv1 alert protocol version`. */
  readonly reason: string;
}

/** What TLS libraries say, by parts of it. */
const meanings: readonly (readonly [RegExp, TlsMeaning])[] = [
  [
    /wrong version number|packet length too long|http request|bad record type|unknown protocol/,
    'plainHttpThere',
  ],
  [
    /alert protocol version|unsupported protocol|wrong ssl version|version too low|unsupported version/,
    'tlsTooOld',
  ],
  [/certificate required/, 'clientCertificateRequired'],
  [
    /alert (?:bad certificate|unsupported certificate|certificate (?:revoked|expired|unknown)|unknown ca|access denied)/,
    'clientCertificateRefused',
  ],
  [/alert handshake failure/, 'handshakeRefused'],
  [/unrecognized name/, 'siteUnknown'],
  [/dh key too small|ee key too small|ca md too weak/, 'tlsTooWeak'],
  [/no shared cipher|no ciphers available/, 'noCommonCipher'],
];

const libraryError = /:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):/i;

/** It is what TLS itself has to say, and not that the connection is gone. */
export function isTlsError(error: Error): boolean {
  return tlsFailureOf(error) !== undefined;
}

export function tlsFailureOf(error: unknown): TlsFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  return tlsFailure('code' in error ? String(error.code) : '', error.message);
}

/** What went wrong with TLS; `undefined` when it is no error of TLS itself. */
export function tlsFailure(code: string, message: string): TlsFailure | undefined {
  const reason = reasonOf(code, message);
  if (reason === undefined) return undefined;
  return { meaning: meanings.find(([pattern]) => pattern.test(reason))?.[1] ?? 'tlsFailed', reason };
}

function reasonOf(code: string, message: string): string | undefined {
  const said = libraryError.exec(message)?.[1];
  if (said !== undefined) return said.toLowerCase();
  return code.startsWith('ERR_SSL_')
    ? code.slice('ERR_SSL_'.length).toLowerCase().replaceAll('_', ' ')
    : undefined;
}

/**
 * Opens connections of which the end is told by what TLS said when it broke them: since 1.3 a server judges a client's
 * certificate when the handshake is over for the client, and the end of the connection came to be told in its place.
 */
export function tellingConnector(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector(options);
  return (target, done) =>
    connect(target, (...opened) => {
      const [, socket] = opened;
      socket?.on('error', (error) => {
        if (isTlsError(error)) socket.destroy(error);
      });
      done(...opened);
    });
}
