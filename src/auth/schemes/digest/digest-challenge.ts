/** One `Digest` challenge (RFC 7616 §3.3). */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque?: string;
  /** As the server writes it; `MD5` when it does not say. */
  readonly algorithm: string;
  /** Absent: as in RFC 2069. */
  readonly qop?: 'auth' | 'auth-int';
  readonly stale: boolean;
  readonly userhash: boolean;
  readonly charset?: string;
}

/** Best first. */
const algorithms = ['SHA-512-256', 'SHA-512-256-sess', 'SHA-256', 'SHA-256-sess', 'MD5', 'MD5-sess'];

/** The strongest challenge in a `WWW-Authenticate` header that can be met. Several may stand in one header. */
export function readDigestChallenge(header: string): DigestChallenge | undefined {
  const met = header
    .split(/(?:^|,)\s*(?=(?:Digest|Basic|Bearer|Negotiate|NTLM)\b(?!\s*=))/i)
    .filter((part) => /^Digest\s/i.test(part))
    .map((part) => toChallenge(parametersOf(part.slice('Digest '.length))))
    .filter((challenge) => challenge !== undefined);
  return met.toSorted((a, b) => rank(a) - rank(b))[0];
}

function rank({ algorithm }: DigestChallenge): number {
  return algorithms.findIndex((known) => known.toLowerCase() === algorithm.toLowerCase());
}

function toChallenge(found: ReadonlyMap<string, string>): DigestChallenge | undefined {
  const { realm, nonce, opaque, charset } = Object.fromEntries(found);
  const algorithm = algorithms.find(
    (one) => one.toLowerCase() === (found.get('algorithm') ?? 'MD5').toLowerCase(),
  );
  if (realm === undefined || nonce === undefined || algorithm === undefined) return undefined;
  const offered = found.get('qop')?.split(/\s*,\s*/);
  const qop = offered?.find((one) => one === 'auth') ?? offered?.find((one) => one === 'auth-int');
  if (offered !== undefined && qop === undefined) return undefined;
  return {
    realm,
    nonce,
    algorithm,
    ...(opaque === undefined ? {} : { opaque }),
    ...(qop === undefined ? {} : { qop }),
    stale: found.get('stale')?.toLowerCase() === 'true',
    userhash: found.get('userhash')?.toLowerCase() === 'true',
    ...(charset === undefined ? {} : { charset: charset.toUpperCase() }),
  };
}

function parametersOf(text: string): ReadonlyMap<string, string> {
  const parameter = /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g;
  return new Map(
    [...text.matchAll(parameter)].map(([, name = '', quoted, bare = '']): [string, string] => [
      name.toLowerCase(),
      quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'),
    ]),
  );
}
