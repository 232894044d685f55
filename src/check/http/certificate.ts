import type { PeerCertificate, TLSSocket } from 'node:tls';

/** The certificate of a chain that expires first: an intermediate one breaks connections as well as the server's. */
export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  /** Epoch ms. */
  readonly startsAt: number;
  readonly expiresAt: number;
  /** It is the server's own, and none of those that it sends along. */
  readonly isOwn: boolean;
}

/** `undefined` also where the session of an earlier connection goes on: no certificate is sent then. */
export function readCertificate(socket: TLSSocket): Certificate | undefined {
  let first: Certificate | undefined;
  const seen = new Set<string>();
  let peer: PeerCertificate | undefined = socket.getPeerCertificate(true);
  while (peer?.valid_to !== undefined && !seen.has(peer.fingerprint256)) {
    seen.add(peer.fingerprint256);
    const expiresAt = Date.parse(peer.valid_to);
    // Roots are on this host's own list; what a server sends of them does not count.
    const isRoot = seen.size > 1 && nameOf(peer.subject) === nameOf(peer.issuer);
    if (!isRoot && (first === undefined || expiresAt < first.expiresAt)) {
      const names = { subject: nameOf(peer.subject), issuer: nameOf(peer.issuer) };
      first = { ...names, startsAt: Date.parse(peer.valid_from), expiresAt, isOwn: seen.size === 1 };
    }
    peer = 'issuerCertificate' in peer ? (peer.issuerCertificate as PeerCertificate) : undefined;
  }
  return first;
}

function nameOf(name: PeerCertificate['subject'] | undefined): string {
  return [name?.CN ?? name?.O ?? 'without a name'].flat().join(', ');
}
