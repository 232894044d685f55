import * as tls from 'node:tls';

/** Of Node 22.15 and later: with what NODE_EXTRA_CA_CERTS and the system's own store add. */
type Listed = typeof tls & { readonly getCACertificates?: (type: 'default') => string[] };

/** The authorities that are trusted anyway, and `own` (PEM). */
export function authoritiesWith(...own: readonly string[]): string[] {
  const usual = (tls as Listed).getCACertificates?.('default') ?? tls.rootCertificates;
  return [...usual, ...own];
}
