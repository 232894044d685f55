import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import {
  type Described,
  type Hostile,
  json,
  many,
  mebibyte,
  ofAnswer,
  ofText,
  openApi,
  within,
} from './hostile-world.ts';

const yaml = (name: string, rest: string): string =>
  `openapi: 3.0.0\ninfo: { title: ${name}, version: "1" }\n${rest}\npaths: {}\n`;

/** A document that is another one each time that it is written. */
function changing(name: string, describe: (version: number) => Described): Hostile {
  let version = 0;
  return { ...ofAnswer(name, {}, '{}'), document: (origin) => openApi(name, origin, describe(version++)) };
}

function answering(name: string, schema: object, answer: (response: ServerResponse) => void): Hostile {
  return { ...ofAnswer(name, { schema }, ''), answer };
}

const packed = (encoding: string, body: Buffer) => (response: ServerResponse) =>
  json(response, body, { 'content-encoding': encoding });

/** A frame of Zstandard (RFC 8878) that stands for so many zero bytes: blocks of 128 KiB that repeat one. */
function zstdOf(bytes: number): Buffer {
  const [block, size] = [131_072, Buffer.alloc(8)];
  size.writeBigUInt64LE(BigInt(bytes));
  const blocks = many(bytes / block, (n, isLast = n === bytes / block - 1) => {
    const header = Buffer.alloc(4);
    header.writeUIntLE(block * 8 + 2 + (isLast ? 1 : 0), 0, 3);
    return header;
  });
  return Buffer.concat([Buffer.from('28b52ffde0', 'hex'), size, ...blocks]);
}

const formats = [
  'date-time',
  'date',
  'time',
  'duration',
  'email',
  'idn-email',
  'hostname',
  'idn-hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'iri',
  'uri-template',
  'json-pointer',
  'regex',
  'uuid',
];

const text = (length: number): string => 'a.1:-/@{'.repeat(length / 8);

/** More of the same: as much of everything as a document or an answer may hold. */
export const floods: readonly Hostile[] = [
  ofText(
    'merge-keys',
    'yaml',
    yaml(
      'm',
      `x: &a0 { a: 1 }\n${many(3000, (n) => `y${n}: &a${n + 1} { <<: [*a${n}, *a${n}], k${n}: 1 }\n`).join('')}`,
    ),
  ),
  ofText(
    'long-keys',
    'yaml',
    yaml('k', `x:\n  ${'k'.repeat(mebibyte)}: 1\n  ? [${'a, '.repeat(50_000)}]\n  : 1\n`),
  ),
  ofText('many-documents', 'yaml', '---\nopenapi: 3.0.0\npaths: {}\n'.repeat(50_000)),
  ofText(
    'many-keys',
    'json',
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'a', version: '1' },
      paths: {},
      components: { schemas: Object.fromEntries(many(200_000, (n) => [`S${n}`, { type: 'string' }])) },
    }),
  ),
  ofText(
    'long-numbers',
    'json',
    `{"openapi":"3.1.0","paths":{"/long-numbers":{"get":{"parameters":[{"name":"a","in":"query","required":true,"schema":{"type":"integer","minimum":${'9'.repeat(300)},"multipleOf":1e-300},"example":${'1'.repeat(mebibyte)}}]}}}}`,
  ),
  ofText(
    'quotes',
    'md',
    `# API\n\n## GET /quotes\n\n${'>'.repeat(100_000)} x\n\n${'*'.repeat(100_000)}x\n\n${'['.repeat(100_000)}\n\n${'`'.repeat(100_000)}\n`,
  ),
  ofText(
    'links',
    'md',
    `# API\n\n## GET /links\n\n${'[a]('.repeat(50_000)}\n\n${'![x][y'.repeat(50_000)}\n\n${'<a href="'.repeat(50_000)}\n`,
  ),
  ofText(
    'entities',
    'md',
    `# API\n\n## GET /entities\n\n${'&amp;'.repeat(100_000)}\n\n| ${'&lt; | '.repeat(100_000)}\n|${'---|'.repeat(100_000)}\n`,
  ),
  ofText(
    'headings',
    'md',
    many(50_000, (n) => `## GET /headings/${n % 7} ${'#'.repeat(n % 50)}\n\n**a**: b\n`).join('\n'),
  ),
  ofText(
    'recorded',
    'har',
    JSON.stringify({
      log: {
        version: '1.2',
        entries: many(100_000, (n) => ({
          request: { method: 'GET', url: `http://a.example/x/${n}?q=${n}`, headers: [], queryString: [] },
          response: { status: 200, content: { mimeType: 'application/json', text: '{"a":1}' } },
        })),
      },
    }),
  ),
  ofText(
    'folders',
    'json',
    `{"info":{"_postman_id":"1","name":"x","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[${'{"name":"f","item":['.repeat(10_000)}${']}'.repeat(10_000)}]}`,
  ),
  ofText(
    'variables',
    'json',
    JSON.stringify({
      info: {
        _postman_id: '1',
        name: 'x',
        schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
      },
      variable: many(2000, (n) => ({ key: `v${n}`, value: `{{v${n + 1}}}{{v${n + 1}}}` })),
      item: many(200, (n) => ({
        name: `${n}`,
        request: { method: 'GET', url: `http://a.example/{{v0}}/${n}` },
      })),
    }),
  ),
  ofText(
    'lists',
    'graphql',
    `type Query { a: ${'['.repeat(20_000)}Int${']'.repeat(20_000)} b(${many(20_000, (n) => `a${n}: Int`).join(' ')}): Int }`,
  ),
  ofText('braces', 'graphql', `type Query { a: Int } ${'extend type Query { b: Int } '.repeat(20_000)}`),
  ofText(
    'soap',
    'xml',
    `<?xml version="1.0"?><!DOCTYPE x [${many(200, (n) => `<!ENTITY e${n + 1} "&e${n};&e${n};">`).join('')}]>${'<a>'.repeat(100_000)}`,
  ),
  ofText('title', 'html', `<html><head><title>${'名'.repeat(5 * mebibyte)}</title></head></html>`),
  ofText('titles', 'html', `<html>${'<title '.repeat(20_000)}${'<script src='.repeat(20_000)}`),
  ofAnswer(
    'templates',
    {
      operation: {
        'x-sunset': '('.repeat(mebibyte),
        summary: 's'.repeat(mebibyte),
        tags: many(50_000, (n) => `t${n}`),
        operationId: 'aB'.repeat(100_000),
      },
    },
    '{}',
  ),
  ofText(
    'wordy',
    'json',
    JSON.stringify({
      openapi: '3.1.0',
      paths: {
        [`/wordy/${within('delete-user_Orders.')}`]: { get: {} },
        '/wordy/values': {
          get: {
            summary: within('how to delete a user, '),
            description: within('删除了用户的 '),
            parameters: many(4, (n) => ({
              name: `p${n}`,
              in: 'query',
              required: true,
              schema: { type: 'string' },
              example: within(['A b', 'a.1:-/@{', '<a b="c">', 'ZHJvcCB0YWJsZQ'][n] ?? ''),
            })),
          },
        },
      },
    }),
  ),
  ofText(
    'many-operations',
    'json',
    JSON.stringify({
      openapi: '3.1.0',
      paths: Object.fromEntries(
        many(10_000, (n) => [`/api/module${n % 50}/resources${n}/getById/{id}/details`, { get: {} }]),
      ),
    }),
  ),
  {
    ...ofText(
      'braced',
      'json',
      JSON.stringify({
        openapi: '3.1.0',
        servers: [
          {
            url: `http://{${'a}{'.repeat(50_000)}b}`,
            variables: Object.fromEntries(many(20_000, (n) => [`v${n}`, { default: `{v${n + 1}}` }])),
          },
        ],
        paths: {
          [`/braced${'/{a}'.repeat(20_000)}`]: { get: {} },
          [`/x${'{'.repeat(50_000)}`]: { get: {} },
          [`/y${'%25'.repeat(100_000)}`]: { get: {} },
        },
      }),
    ),
  },
  ofAnswer(
    'patterned',
    {
      operation: {
        parameters: many(20, (n) => ({
          name: `p${n}`,
          in: 'query',
          required: true,
          schema: {
            type: 'string',
            minLength: 50,
            pattern: [
              '^(?<=a)(?:a{1,1000}){1,1000}$',
              '^(?:(?:[a-z]{0,99}){0,99}){99}\\d$',
              '^((a+)+)+$',
              `^${'(a|b|'.repeat(200)}c${')'.repeat(200)}*$`,
            ][n % 4],
          },
        })),
      },
    },
    '{}',
  ),
  ofAnswer('secured', { operation: { security: many(20_000, (n) => ({ [`s${n}`]: [] })) } }, '{}'),
  ofAnswer(
    'many-parameters',
    {
      operation: {
        parameters: many(20_000, (n) => ({
          name: `p${n}`,
          in: 'query',
          required: true,
          schema: { type: 'string' },
          example: `${n}`,
        })),
      },
    },
    '{}',
  ),
  changing('versions', (version) => ({
    schemas: Object.fromEntries(
      many(3000, (n) => [
        `S${n}`,
        {
          properties: Object.fromEntries(
            many(30, (p) => [`p${p}v${version}`, { $ref: `#/components/schemas/S${(n + p) % 3000}` }]),
          ),
        },
      ]),
    ),
    schema: { $ref: '#/components/schemas/S0' },
  })),
  changing('one-version', (version) => ({
    schema: {
      enum: many(50_000, (n) => `v${n * version}`),
      required: many(50_000, (n) => `r${n}v${version}`),
      properties: Object.fromEntries(many(50_000, (n) => [`p${n}v${version}`, {}])),
    },
  })),
  {
    ...ofAnswer('parts', {}, '{}'),
    document: () =>
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'p', version: '1' },
        paths: { '/parts': { $ref: 'part.yaml#/a' } },
      }),
    parts: {
      'part.yaml': `a: { get: {} }\n${many(100_000, (n) => `k${n}: { a: [1, 2, 3], b: x }\n`).join('')}`,
    },
  },
  answering('brotli', { type: 'object' }, packed('br', brotliCompressSync(Buffer.alloc(100 * mebibyte)))),
  answering('zstd', { type: 'object' }, packed('zstd', zstdOf(200 * mebibyte))),
  answering('long-title', { type: 'object' }, (response) =>
    response.writeHead(502, { 'content-type': 'text/html' }).end(`<title>${'a'.repeat(5 * mebibyte)}`),
  ),
  answering('deflate', { type: 'object' }, packed('deflate', deflateSync(Buffer.alloc(200 * mebibyte)))),
  answering(
    'twice',
    { type: 'object' },
    packed('gzip, gzip', gzipSync(gzipSync(Buffer.alloc(200 * mebibyte)))),
  ),
  answering('formats', { items: { anyOf: formats.map((format) => ({ format })) } }, (response) =>
    json(response, JSON.stringify(many(30, (n) => text(8000 + 8 * n)))),
  ),
  answering(
    'looking-behind',
    {
      items: {
        anyOf: [{ pattern: '(?<=a+)b(?!c*)$' }, { pattern: '^(a?){50}a{50}$' }, { pattern: '(.*)\\1$' }],
      },
    },
    (response) => json(response, JSON.stringify(many(20, () => 'a'.repeat(20_000)))),
  ),
  answering(
    'pattern-properties',
    { patternProperties: Object.fromEntries(many(500, (n) => [`^p.*${n}$`, { type: 'string' }])) },
    (response) => json(response, `{${many(60_000, (n) => `"p${n}":1`).join()}}`),
  ),
  answering('multiples', { items: { multipleOf: 1e-9, maximum: 1 } }, (response) =>
    json(response, `[${`${'9'.repeat(500)},`.repeat(1900)}1]`),
  ),
  answering('charset', { type: 'object' }, (response) =>
    json(response, Buffer.alloc(mebibyte - 10, 0xa1), {
      'content-type': `application/json; charset=${'gb18030'.padEnd(3000, ';')}`,
    }),
  ),
  answering('headers', { type: 'object' }, (response) =>
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'set-cookie': [...many(200, (n) => `c${n}=${'x'.repeat(50)}; Expires=((((`)],
        date: '(((',
        'retry-after': '9'.repeat(1000),
      })
      .end('{}'),
  ),
  answering('error-page', { type: 'object' }, (response) =>
    response.writeHead(500, { 'content-type': 'text/html' }).end(within('<title>&amp;&lt;')),
  ),
  answering('error-xml', { type: 'object' }, (response) =>
    response
      .writeHead(500, { 'content-type': 'application/xml' })
      .end(`<?xml version="1.0"?>${within('<a b="c">')}`),
  ),
  answering('error-text', { type: 'object' }, (response) =>
    response
      .writeHead(500, { 'content-type': 'text/plain' })
      .end(within('at a.b.c(D.java:1) https://x.example/?token=abc 13800138000 a@b.cn ')),
  ),
  answering('error-json', { type: 'object' }, (response) => {
    response.statusCode = 500;
    json(response, `{${many(60_000, (n) => `"token${n}":"x"`).join()}}`);
  }),
  answering('elsewhere', { type: 'object' }, (response) =>
    response.writeHead(302, { location: `/elsewhere/${'%25'.repeat(4000)}` }).end(),
  ),
];
