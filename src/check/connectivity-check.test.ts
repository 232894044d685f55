import { describe, expect, it } from 'vitest';
import { serve } from '../../test/support/check-harness.ts';
import { ManualClock } from '../lib/time/clock.ts';
import { createConnectivityCheck, type HostNetwork, hostNetwork } from './connectivity-check.ts';

const header = 'Iface\tDestination\tGateway \tFlags';
const routed = `${header}\neth0\t0000A8C0\t00000000\t0001\neth0\t00000000\t0101A8C0\t0003\n`;
const arp = (flags: string): string =>
  `IP address  HW type  Flags  HW address\n192.168.1.1  0x1  ${flags}  aa:bb:cc\n`;
const nothing = (): Promise<never> => Promise.reject(new Error('timed out'));

function network(
  more: Partial<HostNetwork> & {
    readonly route?: string;
    readonly route6?: string;
    readonly arp?: string;
  } = {},
): HostNetwork {
  return {
    reach: nothing,
    askNameServers: () => Promise.resolve(),
    read: (path) =>
      Promise.resolve(
        { '/proc/net/route': more.route, '/proc/net/ipv6_route': more.route6, '/proc/net/arp': more.arp }[
          path
        ],
      ),
    ...more,
  };
}

describe('a connectivity check', () => {
  it.each<[string, HostNetwork, string | undefined]>([
    ['a whole network', network({ route: routed, arp: arp('0x2') }), undefined],
    ['a gateway never asked for', network({ route: routed }), undefined],
    ['a system without such tables', network(), undefined],
    ['no route at all', network({ route: `${header}\n` }), 'this host has no route to any other'],
    ['an intranet without a default route', network({ route: routed.split('\n', 2).join('\n') }), undefined],
    ['routes over IPv6 only', network({ route: `${header}\n`, route6: 'fe80 40 eth0\n' }), undefined],
    [
      'a gateway that is gone',
      network({ route: routed, arp: arp('0x0') }),
      'the default gateway 192.168.1.1 does not answer',
    ],
    [
      'name servers that are gone',
      network({ askNameServers: nothing }),
      'the name servers of this host do not answer (timed out)',
    ],
  ])('with %s', async (_, given, expected) => {
    const check = createConnectivityCheck({ clock: new ManualClock(), network: given });
    expect(await check.problem('no-resolver')).toEqual(expected);
  });

  it('does not ask name servers when names were not the trouble', async () => {
    const check = createConnectivityCheck({
      clock: new ManualClock(),
      network: network({ askNameServers: nothing }),
    });
    expect(await check.problem('connect-timeout')).toBeUndefined();
  });

  it.each<[HostNetwork['reach'], string | undefined]>([
    [() => Promise.resolve(), undefined],
    [nothing, 'https://up.example cannot be reached either (timed out)'],
  ])('leaves it to the configured URL when there is one', async (reach, expected) => {
    const given = network({ reach, route: `${header}\n` });
    const check = createConnectivityCheck({
      clock: new ManualClock(),
      network: given,
      url: 'https://up.example',
    });
    expect(await check.problem('no-resolver')).toEqual(expected);
  });

  it('asks once for all who fail at the same time', async () => {
    const clock = new ManualClock();
    let asked = 0;
    const reach = (): Promise<void> => {
      asked++;
      return Promise.resolve();
    };
    const check = createConnectivityCheck({ clock, network: network({ reach }), url: 'https://up.example' });
    await Promise.all([check.problem('no-resolver'), check.problem('timeout')]);
    expect(asked).toBe(1);
    await clock.advance(15_000);
    await check.problem('no-resolver');
    expect(asked).toBe(2);
  });

  it('looks at the real host', async () => {
    expect(typeof (await hostNetwork.read('/proc/net/route'))).toMatch(/string|undefined/);
    expect(await hostNetwork.read('/nowhere')).toBeUndefined();
    const server = await serve((_, response) => response.writeHead(500).end());
    const { origin } = server;
    const clock = new ManualClock();
    expect(await createConnectivityCheck({ clock, url: origin }).problem('no-resolver')).toBeUndefined();
    await server.close();
    expect(await createConnectivityCheck({ clock, url: origin }).problem('no-resolver')).toEqual(
      expect.saying('cannot be reached either'),
    );
  });
});
