import type { NetworkSettings } from '../../model/settings.ts';

const known = new WeakMap<NetworkSettings, NetworkSettings>();

/** The way to other hosts than those that the settings were made for: the same object for the same settings. */
export function elsewhere(network: NetworkSettings | undefined): NetworkSettings | undefined {
  if (network?.serverName === undefined) return network;
  let other = known.get(network);
  if (other === undefined) {
    const { serverName: _, ...rest } = network;
    other = rest;
    known.set(network, other);
  }
  return other;
}
