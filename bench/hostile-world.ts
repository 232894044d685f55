import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** Something that strangers can write or answer, and that has once held up everything else. */
export interface Hostile {
  readonly name: string;
  /** Ends with the extension of the document's format. */
  readonly file: string;
  document(origin: string): string;
  /** Other files beside the document. */
  readonly parts?: Readonly<Record<string, string>>;
  /** What the one operation answers. */
  answer(response: ServerResponse): void;
}

export const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n));

export function json(
  response: ServerResponse,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
}

export interface Described {
  readonly schema?: object;
  readonly schemas?: object;
  readonly operation?: object;
}

/** A document of one operation, `GET /NAME`. */
export function openApi(
  name: string,
  origin: string,
  { schema = {}, schemas = {}, operation = {} }: Described,
): string {
  const responses = { 200: { description: 'ok', content: { 'application/json': { schema } } } };
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: name, version: '1' },
    servers: [{ url: origin }],
    paths: { [`/${name}`]: { get: { responses, ...operation } } },
    components: { schemas },
  });
}

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

/** Each definition is several times the next one. */
function links(schemaOf: (next: object) => object, last: object): object {
  const all = many(60, (n) => [`S${n}`, schemaOf(ref(`S${n + 1}`))]);
  return Object.fromEntries([...all, ['S60', last]]) as object;
}

export function ofAnswer(
  name: string,
  described: Described,
  body: string,
  headers?: Readonly<Record<string, string>>,
): Hostile {
  return {
    name,
    file: `${name}.json`,
    document: (origin) => openApi(name, origin, described),
    answer: (response) => json(response, body, headers),
  };
}

export function ofText(name: string, extension: string, text: string): Hostile {
  return {
    name,
    file: `${name}.${extension}`,
    document: () => text,
    answer: (response) => json(response, '{}'),
  };
}

export const mebibyte = 1 << 20;
export const within = (text: string): string =>
  text.repeat(Math.floor((mebibyte - 100) / text.length)).slice(0, -1);

/** One of each kind. */
export const hostiles: readonly Hostile[] = [
  ofAnswer(
    'any-of',
    {
      schema: ref('S0'),
      schemas: links((next) => ({ anyOf: [next, { allOf: [next] }] }), { type: 'string' }),
    },
    '{"a":1}',
  ),
  ofAnswer(
    'one-of',
    {
      schema: ref('S0'),
      schemas: links((next) => ({ oneOf: [next, { allOf: [next] }] }), { type: 'string' }),
    },
    '{"a":1}',
  ),
  ofAnswer(
    'all-of',
    {
      schema: ref('S0'),
      schemas: links((next) => ({ allOf: [next, { allOf: [next] }] }), { type: 'string' }),
    },
    '{"a":1}',
  ),
  ofAnswer(
    'properties',
    {
      schema: {
        type: 'object',
        properties: Object.fromEntries(
          many(30_000, (n) => [`p${n}`, { type: 'string', format: 'date-time' }]),
        ),
      },
    },
    '{}',
  ),
  ofAnswer('unique-items', { schema: { type: 'array', uniqueItems: true } }, `[${within('[1,[2]],')}]`),
  ofAnswer(
    'enum',
    { schema: { items: { enum: many(50_000, (n) => `value ${n}`) } } },
    `[${within('"other",')}]`,
  ),
  ofAnswer(
    'required',
    { schema: { items: { required: many(20_000, (n) => `p${n}`) } } },
    `[${within('{},')}]`,
  ),
  ofAnswer(
    'map',
    { schema: { additionalProperties: { type: 'string' } } },
    `{${many(60_000, (n) => `"p${n}":1`).join()}}`,
  ),
  ofAnswer(
    'pattern',
    { schema: { items: { pattern: '^(?:[ab]{0,300}[cd]?){3}[ef]' } } },
    JSON.stringify(many(20, () => 'ab'.repeat(20_000))),
  ),
  ofAnswer(
    'format',
    { schema: { items: { anyOf: [{ format: 'uri' }, { format: 'byte' }] }, contains: { format: 'uri' } } },
    JSON.stringify(many(20, () => `${'a.'.repeat(20_000)} !`)),
  ),
  ofAnswer('nested', { schema: { type: 'array' } }, `${'['.repeat(400_000)}${']'.repeat(400_000)}`),
  ofAnswer(
    'deep-body',
    {
      schema: ref('Node'),
      schemas: { Node: { properties: { a: { anyOf: [ref('Node'), { allOf: [ref('Node')] }] } } } },
    },
    `${'{"a":'.repeat(800)}1${'}'.repeat(800)}`,
  ),
  ofAnswer(
    'query',
    {
      operation: {
        'x-patrol': {
          expect: { that: ['$..[?@..[?@..[?@..*]]] exists', "$[?match(@.a, '(a*)*b')] exists"] },
        },
      },
    },
    JSON.stringify(many(2000, (n) => ({ a: 'a'.repeat(40), n: [[[{ n }]]] }))),
  ),
  ofAnswer(
    'sentence',
    { operation: { 'x-patrol': { expect: { that: ['body matches (?:[ab]{0,300}[cd]?){3}[ef]'] } } } },
    JSON.stringify('ab'.repeat(400_000)),
  ),
  {
    ...ofAnswer('gzip', { schema: { type: 'object' } }, ''),
    answer: (response) =>
      json(response, gzipSync(Buffer.alloc(200 * mebibyte)), { 'content-encoding': 'gzip' }),
  },
  ofAnswer(
    'sample',
    {
      schemas: links(
        (next) => ({ type: 'object', properties: { a: next, b: next, c: next }, required: ['a', 'b', 'c'] }),
        { type: 'string' },
      ),
      operation: {
        parameters: [
          {
            name: 'filter',
            in: 'query',
            required: true,
            content: { 'application/json': { schema: ref('S0') } },
          },
        ],
      },
    },
    '{}',
  ),
  ofAnswer(
    'envelope',
    {
      schema: ref('P0'),
      schemas: Object.fromEntries(
        many(6, (n) => [`P${n}`, { allOf: many(100, () => ref(`P${(n + 1) % 6}`)) }]),
      ),
    },
    '{}',
  ),
  ofText('markdown', 'md', `# API\n\n## GET /markdown${' '.repeat(46_000)}x\n`),
  ofText(
    'tables',
    'md',
    `# API\n\n## GET /tables\n\n${'| a '.repeat(5000)}\n${'|---'.repeat(5000)}\n${'| b '.repeat(5000)}\n`,
  ),
  ofText(
    'aliases',
    'yaml',
    `openapi: 3.0.0\ninfo: { title: a, version: "1" }\nx: &a0 [1]\n${many(300, (n) => `y${n}: &a${n + 1} [*a${n}, *a${n}, *a${n}]\n`).join('')}paths: {}\n`,
  ),
  ofText('flow', 'yaml', `openapi: 3.0.0\nx: ${'{a: ['.repeat(10_000)}`),
  ofText('broken', 'json', `{"openapi":"3.0.0","x":${'['.repeat(120_000)}`),
  ofText(
    'graphql',
    'graphql',
    `type Query { a0: A0 }\n${many(400, (n) => `type A${n} { a: A${n + 1} b: A${n + 1} c: A${n + 1} }`).join('\n')}\ntype A400 { x: Int }`,
  ),
  ofText(
    'curl',
    'md',
    `# API\n\n## GET /curl\n\n\`\`\`bash\ncurl http://a/b ${'-H "a: b" \\\n'.repeat(4000)}\n\`\`\`\n`,
  ),
  ofText(
    'page',
    'html',
    `<html><title>${'<title>'.repeat(6000)}<script>${'SwaggerUIBundle('.repeat(100)}</script>`,
  ),
];

/** The same service before it turns hostile. */
export function harmless(name: string, origin: string): string {
  return openApi(name, origin, { schema: { type: 'object', properties: { a: { type: 'integer' } } } });
}
