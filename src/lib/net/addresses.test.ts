import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { AddressPolicy } from './addresses.ts';

const origin = 'https://api.example';

describe('an address policy', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.1.1',
    '172.31.255.255',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fec0::1',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::a00:1',
    'fc00::1',
    'fe80::1',
    '::127.0.0.1',
    '2002:a00:1::1',
    '2001:0:a00:1::1',
  ])('refuses %s to an origin that only a document names', (address) => {
    expect(new AddressPolicy(new Set()).refusal(origin, address)?.message).toContain(
      'has the internal address',
    );
    expect(new AddressPolicy(new Set([origin])).refusal(origin, address)).toBeUndefined();
    expect(new AddressPolicy(undefined).refusal(origin, address)).toBeUndefined();
  });

  it.each([
    '169.254.169.254',
    '100.100.100.200',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '168.63.129.16',
    '192.0.0.192',
    '169.254.170.23',
    'fd20:ce::254',
  ])('refuses the metadata service at %s to all that the config does not name', (address) => {
    expect(new AddressPolicy(undefined).refusal(origin, address)?.message).toContain(
      'has the metadata address',
    );
    expect(new AddressPolicy(new Set([origin])).refusal(origin, address)).toBeUndefined();
  });

  it('refuses the addresses that this machine has at that moment, unless the config names them', () => {
    const own = ['203.0.113.7', '2001:db8:0:0::7', 'fe80::1'];
    const policy = new AddressPolicy(new Set(['https://named.example']), () => own);
    for (const address of ['203.0.113.7', '::ffff:203.0.113.7', '2001:db8::7'])
      expect(policy.refusal(origin, address)?.message).toContain('the internal address');
    expect(policy.refusal(origin, '203.0.113.8')).toBeUndefined();
    expect(policy.refusal('https://named.example', '203.0.113.7')).toBeUndefined();
    expect(policy.refusal(origin, '203.0.113.7', ['api.example'])).toBeUndefined();
    own.splice(0, 1, '203.0.113.8');
    expect(policy.refusal(origin, '203.0.113.7')).toBeUndefined();
    expect(policy.refusal(origin, '203.0.113.8')).toBeDefined();
  });

  it('knows the addresses of this machine', () => {
    const addresses = Object.values(networkInterfaces()).flatMap((all = []) =>
      all.map(({ address }) => address),
    );
    const policy = new AddressPolicy(new Set());
    for (const address of addresses) expect(policy.refusal(origin, address)).toBeDefined();
  });

  it('lets hosts be internal that the config lists, but never the metadata service', () => {
    const policy = new AddressPolicy(new Set());
    for (const listed of ['API.example', '*.example', '*'])
      expect(policy.refusal(origin, '10.0.0.1', ['other', listed])).toBeUndefined();
    expect(policy.refusal(origin, '10.0.0.1', ['*.other', 'example'])?.message).toContain(
      'has the internal address',
    );
    expect(policy.refusal('http://[fc00::1]:80', 'fc00::1', ['fc00::1'])).toBeUndefined();
    expect(policy.refusal(origin, '169.254.169.254', ['*'])?.message).toContain('has the metadata address');
  });

  it.each(['93.184.216.34', '172.32.0.1', '2606:2800:220:1::1', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    'allows the public address %s',
    (address) => {
      expect(new AddressPolicy(new Set()).refusal(origin, address)).toBeUndefined();
    },
  );
});
