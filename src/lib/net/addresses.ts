import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Cloud metadata services: they hand out credentials to whoever asks from inside. That of Azure has a public address. */
const metadata = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '169.254.0.23',
  '169.254.42.42',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  'fe80::a9fe:a9fe',
  'fd00:ec2::23',
  'fd00:ec2::254',
  'fd20:ce::254',
  'fd00:42::42',
] as const;

/** RFC 6890 and its successors: what is not on the public internet. */
const internalRanges = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // `::1` and every IPv4 address in its oldest IPv6 form.
  ['::', 96],
  ['64:ff9b:1::', 48],
  // Teredo and 6to4 lead to whatever IPv4 address is in them.
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  // Deprecated (RFC 3879), and still routed where it was set up.
  ['fec0::', 10],
  ['ff00::', 8],
] as const;

export type AddressKind = 'metadata' | 'internal';

/** The address that a name stands for is one that nobody but the configuration may lead to. */
export class RefusedAddress extends Error {
  readonly origin: string;
  readonly address: string;
  readonly kind: AddressKind;

  constructor(origin: string, address: string, kind: AddressKind) {
    super(`${origin} has the ${kind} address ${address}`);
    this.origin = origin;
    this.address = address;
    this.kind = kind;
  }
}

/** Decides to which resolved addresses a request that comes from a document may go. */
export class AddressPolicy {
  readonly #internal = new BlockList();
  readonly #metadata = new BlockList();
  /** Origins that the config names itself; `undefined`: every origin may be internal. */
  readonly #trusted: ReadonlySet<string> | undefined;
  readonly #own: () => readonly string[];

  /** @param own Addresses of this machine: what listens there counts as internal, however public the address looks. */
  constructor(trusted: ReadonlySet<string> | undefined, own: () => readonly string[] = ownAddresses) {
    this.#trusted = trusted;
    this.#own = own;
    for (const [prefix, bits] of internalRanges) this.#internal.addSubnet(prefix, bits, family(prefix));
    for (const address of metadata) this.#metadata.addAddress(address, family(address));
  }

  /**
   * Why `address` must not be called for `origin`; `undefined` when it may.
   * @param internal Names of hosts (`*.corp.example`) that may have internal addresses, whoever names them.
   */
  refusal(origin: string, address: string, internal: readonly string[] = []): RefusedAddress | undefined {
    if (this.#trusted?.has(origin) === true) return undefined;
    const plain = unmap(address);
    const mayBeInternal = this.#trusted === undefined || isAmong(new URL(origin).hostname, internal);
    const kind = this.#metadata.check(plain, family(plain))
      ? 'metadata'
      : !mayBeInternal && this.#isInternal(plain)
        ? 'internal'
        : undefined;
    return kind === undefined ? undefined : new RefusedAddress(origin, address, kind);
  }

  #isInternal(address: string): boolean {
    if (this.#internal.check(address, family(address))) return true;
    const own = new BlockList();
    for (const one of this.#own()) own.addAddress(one, family(one));
    return own.check(address, family(address));
  }
}

/**
 * What a host that is written out leads to from inside; of names only those that stand for nothing else are known.
 *
 * @param hostname As of a `URL`.
 */
export function kindOfHost(hostname: string): AddressKind | undefined {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (/^(?:metadata|instance-data)(?:\.[a-z-]+)*\.(?:internal|com|local)$|^metadata$/.test(host))
    return 'metadata';
  if (/^localhost$|\.localhost$/.test(host)) return 'internal';
  return isIP(host) === 0 ? undefined : written.refusal('http://x', host)?.kind;
}

/** They come and go with networks, so they are read when they are needed. */
function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.map(({ address }) => address),
  );
}

const written = new AddressPolicy(new Set(), () => []);

/** `*` stands for everything, `*.corp.example` for all hosts of that domain. */
function isAmong(hostname: string, patterns: readonly string[]): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return patterns.some((pattern) =>
    pattern.startsWith('*') ? host.endsWith(pattern.slice(1).toLowerCase()) : host === pattern.toLowerCase(),
  );
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** The IPv4 address inside an IPv4-mapped (RFC 4291 §2.5.5.2) or NAT64 (RFC 6052) one, else the address. */
function unmap(address: string): string {
  const prefix = /^(?:::ffff:(?:0:)?|64:ff9b::)/i.exec(address)?.[0];
  if (prefix === undefined) return address;
  const rest = address.slice(prefix.length);
  if (isIP(rest) === 4) return rest;
  const groups = rest.split(':').map((group) => Number.parseInt(group, 16));
  const [high, low] = groups.length === 2 ? groups : [0, groups[0]];
  if (high === undefined || low === undefined || Number.isNaN(high) || Number.isNaN(low)) return address;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
