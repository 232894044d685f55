import { inEnglish } from '../messages/in-language.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { aDocument, anOperation, aParameter, aService, planFor } from '../../test/support/plan-inputs.ts';
import { builtIn } from '../config/registries.ts';
import { configSchema } from '../config/schema/schema.ts';
import type { SecurityScheme } from '../model/document.ts';
import { allowLines, operationLines, yaml } from './config-snippets.ts';

describe('config lines', () => {
  it('are written as people write them', () => {
    expect(
      operationLines('orders', anOperation('GET /orders/{id}'), {
        params: { id: '…' },
        owners: ['li', 'yes'],
        allow: true,
      }),
    ).toBe(
      [
        'services:',
        '  - name: orders',
        '    operations:',
        '      - match: GET /orders/{id}',
        '        params:',
        '          id: …',
        '        owners:',
        '          - li',
        '          - yes',
        '        allow: true',
      ].join('\n'),
    );
  });

  it('say what they would do where that may change something, of one of several on a path alone', () => {
    const operation = anOperation('GET /query', { ordinal: 3, summary: 'DROP\n  MEASUREMENT' });
    const lines = allowLines('influx', operation, 'may change something: "drop" in its title');
    expect(inEnglish(lines)).toBe(
      [
        'services:',
        '  - name: influx',
        '    operations:',
        '      # CAREFUL, it is then called every cycle: may change something: "drop" in its title (DROP   MEASUREMENT)',
        '      - match: "GET /query #3"',
        '        allow: true',
      ].join('\n'),
    );
  });

  it('mean what was put in, whatever that is', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
      fc.constantFrom('true', 'No', 'a: b', 'GET /a #x', '- a', '{a}', '007', '1e3', '~'),
    );
    const lines = fc.dictionary(word, fc.oneof(word, fc.boolean(), fc.integer()), { minKeys: 1, maxKeys: 4 });
    fc.assert(
      fc.property(lines, word, (keys, name) => {
        const input = { services: [{ name, params: keys }] };
        expect(parse(yaml(input))).toEqual(input);
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});

describe('every hint', () => {
  const schemes: Record<string, SecurityScheme> = {
    token: { kind: 'bearer' },
    key: { kind: 'apiKey', in: 'query', parameterName: 'k' },
    basic: { kind: 'basic' },
    digest: { kind: 'digest' },
    sso: { kind: 'oauth2', tokenUrls: { clientCredentials: 'https://sso.internal/token' } },
    oidc: { kind: 'openIdConnect', discoveryUrl: 'https://sso.internal/.well-known/openid-configuration' },
    aws: { kind: 'awsSigV4' },
    odd: { kind: 'other' },
  };
  const operations = [
    anOperation('POST /orders/search'),
    anOperation('GET /login', { parameters: [aParameter('password')] }),
    anOperation('GET /export', {
      responses: [{ status: '200', media: [{ contentType: 'application/zip', examples: [] }] }],
    }),
    ...Object.keys(schemes).map((name) => anOperation(`GET /${name}`, { security: [{ [name]: [] }] })),
  ];

  it('is accepted by the configuration once its blanks are filled', () => {
    const { baseUrl: _, ...homeless } = aService({ name: 'homeless' });
    const documents = [
      aDocument(operations, { securitySchemes: schemes }),
      aDocument([anOperation('GET /a')], { id: 'homeless:a', service: 'homeless' }),
    ];
    const { skipped } = planFor({
      documents,
      services: [aService(), homeless],
      options: { satisfies: () => [] },
    });
    expect(skipped).toHaveLength(operations.length + 1);
    for (const { hint = '', operation } of skipped) {
      const written = parse(
        inEnglish(hint)
          .replaceAll('…', 'x.internal')
          .replaceAll(/\$\{env:\w+\}/g, 'value'),
      ) as {
        services?: object[];
      };
      const services = (written.services ?? [{}]).map((service) => ({ ...service, docs: 'docs' }));
      const { error } = configSchema(builtIn).safeParse({ ...written, services });
      expect({ operation, hint, error: error?.message }).toEqual({ operation, hint, error: undefined });
    }
  });
});
