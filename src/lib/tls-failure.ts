import { buildConnector } from 'undici';

/** What TLS libraries say, by parts of it, and what that means for whoever runs the server or the patrol. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [
    /wrong version number|packet length too long|http request|bad record type|unknown protocol/,
    'the server does not speak TLS there but, most likely, plain HTTP: try http:// or another port',
  ],
  [
    /alert protocol version|unsupported protocol|wrong ssl version|version too low|unsupported version/,
    'the server speaks no version of TLS that is safe: 1.2 or newer is needed',
  ],
  [/certificate required/, 'the server requires a client certificate'],
  [
    /alert (?:bad certificate|unsupported certificate|certificate (?:revoked|expired|unknown)|unknown ca|access denied)/,
    'the server does not accept the client certificate, or misses one',
  ],
  [
    /alert handshake failure/,
    'the server refuses the TLS handshake: it requires a client certificate, or there is no cipher in common',
  ],
  [/unrecognized name/, 'the server knows no site of this host name'],
  [
    /dh key too small|ee key too small|ca md too weak/,
    'the server uses keys or signatures that are too weak',
  ],
  [/no shared cipher|no ciphers available/, 'the server and the patrol have no cipher in common'],
];

const libraryError = /:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):/i;

/** It is what TLS itself has to say, and not that the connection is gone. */
export function isTlsError(error: Error): boolean {
  return tlsFailureOf(error) !== undefined;
}

export function tlsFailureOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return tlsFailure('code' in error ? String(error.code) : '', error.message);
}

/** What went wrong with TLS, in plain words; `undefined` when it is no error of TLS itself. */
export function tlsFailure(code: string, message: string): string | undefined {
  const reason = reasonOf(code, message);
  if (reason === undefined) return undefined;
  const meaning = meanings.find(([pattern]) => pattern.test(reason))?.[1];
  return meaning === undefined ? `the TLS handshake failed (${reason})` : `${meaning} (${reason})`;
}

/** The library's own words, without its files and lines: `tlsv1 alert protocol version`. */
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
