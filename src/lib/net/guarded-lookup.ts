import { type LookupAddress, lookup as lookupHost } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressPolicy, RefusedAddress } from './addresses.ts';

/**
 * A `lookup` for sockets of one origin that refuses addresses the policy does not allow. The check stands here,
 * after resolution and on the very addresses that are connected to, so that a second answer of the name server
 * (DNS rebinding) cannot slip past it.
 * @param policy Absent: the host is a proxy, which the config names.
 * @param internal Hosts that may have internal addresses.
 */
export function guardedLookup(
  origin: string,
  policy: AddressPolicy | undefined,
  internal: readonly string[] | undefined,
  done: () => void,
): LookupFunction {
  return (hostname, options, callback) => {
    lookupHost(hostname, { ...options, all: true }, (error, addresses) => {
      done();
      const refusal =
        error === null && policy !== undefined
          ? firstRefusal(origin, policy, internal, addresses)
          : undefined;
      if (error !== null) callback(error, '', 0);
      else if (refusal !== undefined) callback(refusal, '', 0);
      else if (options.all === true) callback(null, addresses);
      else callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 0);
    });
  };
}

/** Sockets do not look up literal addresses: these are checked by themselves. */
export function literalRefusal(
  origin: string,
  policy: AddressPolicy,
  internal: readonly string[] | undefined,
  host: string,
): RefusedAddress | undefined {
  return isIP(host) === 0 ? undefined : policy.refusal(origin, host, internal);
}

function firstRefusal(
  origin: string,
  policy: AddressPolicy,
  internal: readonly string[] | undefined,
  addresses: readonly LookupAddress[],
): RefusedAddress | undefined {
  for (const { address } of addresses) {
    const refusal = policy.refusal(origin, address, internal);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
