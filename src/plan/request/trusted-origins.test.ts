import { expect, it } from 'vitest';
import { aService } from '../../../test/support/plan-inputs.ts';
import { trustedOrigins } from './credential-hosts.ts';

it('trusts what the configuration names, and nothing that only a document may name', () => {
  const services = [
    aService({ baseUrl: 'https://orders.corp:8443/api/' }),
    aService({ server: 'http://10.0.0.1/v1', docs: ['http://docs.corp/openapi.json'] }),
    aService({ server: 'staging', docs: ['/docs/*.yaml', 'git@git.corp:a/b.git'] }),
  ];
  expect([...trustedOrigins(services)]).toEqual([
    'https://orders.corp:8443',
    'https://orders.internal',
    'http://10.0.0.1',
    'http://docs.corp',
  ]);
});
