import { expect, it } from 'vitest';
import { aSource } from '../../../test/support/plan-inputs.ts';
import { trustedOrigins } from './trusted-origins.ts';

it('trusts what the configuration names, and nothing that only a document may name', () => {
  const sources = [
    aSource({ baseUrl: 'https://orders.corp:8443/api/' }),
    aSource({ server: 'http://10.0.0.1/v1', docs: ['http://docs.corp/openapi.json'] }),
    aSource({ server: 'staging', docs: ['/docs/*.yaml', 'git@git.corp:a/b.git'] }),
  ];
  expect([...trustedOrigins(sources)]).toEqual([
    'https://orders.corp:8443',
    'https://orders.internal',
    'http://10.0.0.1',
    'http://docs.corp',
  ]);
});
