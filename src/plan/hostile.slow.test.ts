import { atOnce } from '../lib/yielder.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aDocument,
  anOperation,
  aParameter,
  aService,
  planFor,
  planOf,
} from '../../test/support/plan-inputs.ts';
import type { Operation } from '../model/document.ts';
import type { Json, JsonSchema } from '../model/json.ts';
import { safeMethods } from '../model/settings.ts';
import { advise } from './coverage/advice.ts';
import { Captures } from './captures.ts';

const odd = fc.constantFrom(
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  '../..',
  '%',
  '%2e',
  '\r\nx: y',
  '😀',
  '{',
  '}',
  '{a}',
  '?',
  '#',
  '&',
  '=',
  'a b',
);
const name = fc.oneof(
  odd,
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('id', 'limit', 'startTime', 'Accept'),
);

/** Schemas as nobody should write them: keywords with values of any kind. */
const keyword = fc.constantFrom(
  'type',
  'format',
  'pattern',
  'enum',
  'minimum',
  'maxLength',
  'minItems',
  'items',
  'required',
  'properties',
  'allOf',
  'oneOf',
  'example',
  'default',
  '$ref',
  'multipleOf',
  'minProperties',
  'additionalProperties',
  'x-patrol',
);
const schema = fc.dictionary(
  keyword,
  fc.oneof(fc.jsonValue({ maxDepth: 3 }), odd, fc.constantFrom('string', 'integer', 'array', 'object')),
  { maxKeys: 5 },
) as fc.Arbitrary<JsonSchema>;

const parameter = fc.record({
  name,
  in: fc.constantFrom('path' as const, 'query' as const, 'header' as const, 'cookie' as const),
  required: fc.boolean(),
  schema,
  examples: fc.array(fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>, { maxLength: 2 }),
  style: fc.constantFrom('simple', 'label', 'matrix', 'form', 'deepObject', 'pipeDelimited', 'constructor'),
  explode: fc.boolean(),
  allowReserved: fc.boolean(),
});

const operation: fc.Arbitrary<Operation> = fc
  .record({
    method: fc.constantFrom('GET' as const, 'HEAD' as const, 'POST' as const, 'DELETE' as const),
    segments: fc.array(
      fc.oneof(
        name,
        name.map((text) => `{${text}}`),
      ),
      { maxLength: 4 },
    ),
    parameters: fc.array(parameter, { maxLength: 3 }),
    body: schema,
    extensions: fc.dictionary(
      fc.constantFrom('x-patrol', 'x-graphql', 'x-sunset'),
      fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
    ),
    security: fc.array(fc.dictionary(name, fc.constant([])), { maxLength: 2 }),
  })
  .map(({ method, segments, body, ...rest }) => {
    const path = `/${segments.join('/')}`;
    const media = [{ contentType: 'application/json', schema: body, examples: [] }];
    return {
      key: `${method} ${path}`,
      method,
      path,
      tags: [],
      deprecated: false,
      servers: [],
      body: { required: true, media },
      responses: [{ status: '200', media }],
      pointer: '',
      ...rest,
    };
  });

describe('whatever a document holds', () => {
  it('is settled without an exception, and what is called can be sent and is safe', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 4 }), fc.boolean(), (operations, allow) => {
        const overrides = allow ? [{ match: '* /**', allow: true }] : [];
        const documents = [aDocument(operations, { schemas: { '#/a': { $ref: '#/a' } } })];
        const plan = planFor({ documents, services: [aService({ overrides })] });
        expect(plan.checks.length + plan.skipped.length).toBe(operations.length);
        const asked = new Set(
          operations.flatMap(({ extensions }) => (extensions['x-patrol'] === undefined ? [] : ['said'])),
        );
        for (const { request, method } of plan.checks) {
          expect(request.url.startsWith('https://orders.internal/')).toBe(true);
          expect(request.url).not.toMatch(/[{}\s]/);
          expect(URL.canParse(request.url)).toBe(true);
          expect(() => new Headers({ ...request.headers })).not.toThrow();
          expect(allow || asked.size > 0 || safeMethods.has(method)).toBe(true);
        }
        const captures = new Captures();
        atOnce(captures.follow(plan.checks, ['orders']));
        for (const check of plan.checks) captures.observe(check, [{ id: '../..', constructor: 'x' }]);
        expect(captures.stages(plan.checks).flatMap(({ checks }) => checks)).toHaveLength(plan.checks.length);
        advise(plan.checks);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});

describe('texts that are longer than anybody writes', () => {
  const long = (text: string): string => text.repeat((1 << 20) / text.length);

  it('has a path refused by its length before it is read for words', () => {
    const { skipped } = planOf(anOperation(`GET /${long('delete-user_Orders.')}`));
    expect(skipped).toEqual([
      expect.objectContaining({ code: 'unsupported', reason: expect.saying('more than 8192') }),
    ]);
  });

  it.each(['A b', 'a.1:-/@{', 'ZHJvcCB0YWJsZQ'])(
    'says of an example that it is too long to be sent: %s…',
    (text) => {
      const parameter = aParameter('q', 'query', { examples: [long(text)] });
      const { skipped } = planOf(anOperation('GET /long', { parameters: [parameter] }));
      expect(skipped).toEqual([
        expect.objectContaining({ code: 'unsupported', reason: expect.saying('more than 16384') }),
      ]);
    },
  );

  it('finds the verb at the beginning of a title of a million letters', () => {
    const { skipped } = planOf(
      anOperation('GET /long', { summary: `Delete the user ${long('and so on ')}` }),
    );
    expect(skipped).toEqual([expect.objectContaining({ code: 'side-effect' })]);
  });
});
