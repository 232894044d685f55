import { BlockList, isIP } from 'node:net';

/** Whether an address is one of these or lies in one of these networks (CIDR). */
export function isWithin(networks: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const one of networks) {
    const [net = '', bits] = one.split('/');
    const family = isIP(net) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(net, family);
    else list.addSubnet(net, Number(bits), family);
  }
  const plain = plainAddress(address);
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Who asks: the nearest that is no proxy of ours, going back from the connection itself. What stands in the header left
 * of that was written by somebody unknown.
 *
 * @param forwarded `X-Forwarded-For`; each proxy adds at its end whom it was asked by.
 */
export function clientAddress(
  peer: string,
  forwarded: string | undefined,
  proxies: readonly string[] = [],
): string {
  let nearest = peer;
  for (const hop of (forwarded ?? '').split(',').toReversed()) {
    if (!isWithin(proxies, nearest)) break;
    const address = addressIn(hop.trim());
    if (address === undefined) break;
    nearest = address;
  }
  return nearest;
}

/** `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711` */
function addressIn(hop: string): string | undefined {
  const [, bracketed, withPort] = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(hop) ?? [];
  const address = bracketed ?? withPort ?? hop;
  return isIP(address) === 0 ? undefined : address;
}

function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
