import { expect, it } from 'vitest';
import { aDocument, anOperation, aParameter, aService, planFor } from '../../../test/support/plan-inputs.ts';
import type { Operation, SecurityScheme } from '../../model/document.ts';

const key = (name: string, place: SecurityScheme['in'] = 'header'): SecurityScheme => ({
  kind: 'apiKey',
  in: place,
  parameterName: name,
});
const usual = { in: 'header', name: 'Authorization', prefix: 'Bearer ', isUsual: true };

/** Where a token goes by the plan, and where its document has it when the settings say otherwise. */
function places(
  given: Partial<Operation>,
  send: object = usual,
  kinds: readonly SecurityScheme['kind'][] = ['bearer', 'apiKey'],
): readonly unknown[] {
  const { checks } = planFor({
    documents: [
      aDocument([anOperation('GET /orders', given)], {
        securitySchemes: {
          access: key('X-Access-Token'),
          query: key('token', 'query'),
          agent: key('User-Agent'),
          cookie: key('Cookie'),
          bare: key('Authorization'),
          bearer: { kind: 'bearer' },
        },
      }),
    ],
    services: [aService({ credential: 'jeecg' })],
    credentials: { jeecg: { name: 'jeecg', scheme: 'login', options: { send } } },
    options: { satisfies: () => kinds },
  });
  return [checks[0]?.request.tokenHeader, checks[0]?.otherHeader];
}

const access = { security: [{ access: [] }] };

it.each<[says: string, given: Partial<Operation>]>([
  ['its security', access],
  ['an ordinary parameter', { parameters: [aParameter('X-Access-Token', 'header')] }],
])('a token goes in the header that %s names, where the settings say nothing', (_, given) => {
  expect(places(given)).toEqual(['X-Access-Token', undefined]);
});

it('goes where the settings say, and the header of the document is remembered', () => {
  const stated = { ...usual, isUsual: false };
  expect(places(access, stated)).toEqual([undefined, 'X-Access-Token']);
  expect(places(access, { ...stated, name: 'x-access-token' })).toEqual([undefined, undefined]);
  // One that is no key by its kind.
  expect(places(access, usual, ['bearer'])).toEqual([undefined, 'X-Access-Token']);
});

it.each<[says: string, given: Partial<Operation>]>([
  ['in the query', { security: [{ query: [] }] }],
  ['in a header that others log', { security: [{ agent: [] }] }],
  ['in a cookie', { security: [{ cookie: [] }] }],
  ['where it goes anyway', { security: [{ bare: [] }] }],
  ['in one of several ways', { security: [{ access: [] }, { bearer: [] }] }],
  ['beside another one', { security: [{ access: [], bearer: [] }] }],
  ['nowhere', {}],
])('a document that has it %s changes nothing', (_, given) => {
  expect(places(given)).toEqual([undefined, undefined]);
});
