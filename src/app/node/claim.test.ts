import { describe, expect, it } from 'vitest';
import type { Settings } from '../../model/settings.ts';
import { claimOf, refuseOtherKey, refuseOthers } from './claim.ts';

const settings = (root: string, ...names: readonly string[]): Settings =>
  ({ services: names.map((name) => ({ name, root })), routes: [], store: {} }) as unknown as Settings;
const leader = { id: 'x', told: 'host-1, process 12', epoch: 3, configuration: '' };

describe('what a node leads with', () => {
  it('is the same wherever its configuration lies, and another one for another configuration', () => {
    const one = claimOf(settings('/srv/one', 'shop'), '/srv/one/apipatrol.yaml');
    expect(one.services).toEqual(['shop']);
    expect(claimOf(settings('/opt', 'shop'), '/opt/apipatrol.yaml')).toEqual(one);
    expect(claimOf(settings('/opt', 'stock'), '/opt/apipatrol.yaml').configuration).not.toBe(
      one.configuration,
    );
  });

  it('is told with no key that is another one than the leader’s', () => {
    const own = claimOf(settings('/', 'shop'), '/a.yaml', 'the key of this node');
    const other = claimOf(settings('/', 'shop'), '/a.yaml', 'the key of another');
    expect(() => refuseOtherKey({ ...leader, ...own }, own)).not.toThrow();
    expect(() => refuseOtherKey({ ...leader, services: ['shop'] }, own)).not.toThrow();
    expect(() => refuseOtherKey({ ...leader, ...other }, own)).toThrow('has another APIPATROL_KEY');
    expect(JSON.stringify(own)).not.toContain('the key');
  });

  it('may be another configuration than the leader’s, but not another patrol', () => {
    expect(() =>
      refuseOthers({ ...leader, services: ['shop', 'pay'] }, settings('/', 'pay', 'mail')),
    ).not.toThrow();
    expect(() => refuseOthers({ ...leader, services: [] }, settings('/', 'pay'))).not.toThrow();
    const services = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(() => refuseOthers({ ...leader, services }, settings('/', 'pay'))).toThrow(
      'host-1, process 12 patrols other services (a, b, c, d, e …)',
    );
  });
});
