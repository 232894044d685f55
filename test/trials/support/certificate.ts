import { generate } from 'selfsigned';

const dayMs = 24 * 3_600_000;

export interface Chain {
  /** To be trusted. */
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

export const loopback = { type: 7, ip: '127.0.0.1' } as const;
export const localhost = { type: 2, value: 'localhost' } as const;

/** Those of one name and several keys are taken for one another. */
let authorities = 0;

/** A certificate for these names that was made for a year and ends in so many days. */
export async function certificateEndingIn(
  days: number,
  names: readonly (typeof loopback | typeof localhost)[] = [loopback, localhost],
): Promise<Chain> {
  const now = Date.now();
  const authority = await generate([{ name: 'commonName', value: `Trial authority ${++authorities}` }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 400 * dayMs),
    notAfterDate: new Date(now + 3650 * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: 'Trial' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(now - (365 - days) * dayMs),
    notAfterDate: new Date(now + days * dayMs + 3_600_000),
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...names] },
    ],
  });
  return { ca: authority.cert, key: leaf.private, cert: leaf.cert };
}
