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

/** Epoch ms: as long as none of the certificates that were sent begins or ends, who looks again finds the same. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** `undefined` also where the session of an earlier connection goes on: no certificate is sent then. */
export function readCertificate(socket: TLSSocket): Certificate | undefined {
  let first: Certificate | undefined;
  for (const [no, peer] of chainOf(socket).entries()) {
    const expiresAt = Date.parse(peer.valid_to);
    // Roots are on this host's own list; what a server sends of them does not count.
    const isRoot = no > 0 && nameOf(peer.subject) === nameOf(peer.issuer);
    if (isRoot || (first !== undefined && expiresAt >= first.expiresAt)) continue;
    const names = { subject: nameOf(peer.subject), issuer: nameOf(peer.issuer) };
    first = { ...names, startsAt: Date.parse(peer.valid_from), expiresAt, isOwn: no === 0 };
  }
  return first;
}

/** The time around `now` in which no certificate of the chain begins or ends. */
export function readSpan(socket: TLSSocket, now: number): Span {
  const turns = chainOf(socket).flatMap((peer) => [Date.parse(peer.valid_from), Date.parse(peer.valid_to)]);
  return {
    from: Math.max(...turns.filter((at) => at <= now)),
    until: Math.min(...turns.filter((at) => at > now)),
  };
}

/** The server's own first. */
function chainOf(socket: TLSSocket): readonly PeerCertificate[] {
  const chain = new Map<string, PeerCertificate>();
  let peer: PeerCertificate | undefined = socket.getPeerCertificate(true);
  while (peer?.valid_to !== undefined && !chain.has(peer.fingerprint256)) {
    chain.set(peer.fingerprint256, peer);
    peer = 'issuerCertificate' in peer ? (peer.issuerCertificate as PeerCertificate) : undefined;
  }
  return [...chain.values()];
}

function nameOf(name: PeerCertificate['subject'] | undefined): string {
  return [name?.CN ?? name?.O ?? 'without a name'].flat().join(', ');
}
