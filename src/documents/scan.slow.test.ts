import { formatProblem, inEnglish } from '../messages/in-language.ts';
import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryCache, serviceSettings } from '../../test/support/scan.ts';
import { ManualClock } from '../lib/time/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import type { ServiceSettings } from '../model/settings.ts';
import type { DocumentAuthorizer, DocumentCache } from './ports.ts';
import { createScanner, type Scanner } from './scan.ts';

let folder: string;
let agent: Agent;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'scan-'));
  agent = new Agent();
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await agent.destroy();
});

const signal = new AbortController().signal;

function scannerWith(cache: DocumentCache = memoryCache()): Scanner {
  return createScanner({
    cache,
    clock: new ManualClock(),
    log: silentLogger,
    http: () => agent,
    root: folder,
  });
}

function serviceOf(...docs: readonly string[]): ServiceSettings {
  const absolute = docs.map((entry) => (/^https?:/.test(entry) ? entry : path.join(folder, entry)));
  return serviceSettings({ docs: absolute, root: folder });
}

/** An OpenAPI document with a GET for every path. */
function api(...paths: readonly string[]): string {
  const operations = Object.fromEntries(paths.map((one) => [one, { get: { responses: {} } }]));
  return JSON.stringify({ openapi: '3.1.0', info: { title: 'Orders' }, paths: operations });
}

async function write(name: string, content: string | Uint8Array, mtime = 1): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  await utimes(file, mtime, mtime);
}

describe('scanning files', () => {
  test('reads files, folders and globs with braces, each document once and in order', async () => {
    await write('b.json', api('/b'));
    await write('docs/a.yaml', 'openapi: 3.0.0\npaths:\n  /a:\n    get: {}');
    await write('docs/deep/c.yml', 'swagger: "2.0"\npaths:\n  /c:\n    get: {}');
    const report = await scannerWith().scan([serviceOf('b.json', 'docs', '**/*.{yaml,yml,json}')], signal);
    expect(report.documents.map(({ id, uri, format }) => [id, uri, format])).toEqual([
      ['orders:b.json', 'b.json', 'openapi-3.1'],
      ['orders:docs/a.yaml', 'docs/a.yaml', 'openapi-3.0'],
      ['orders:docs/deep/c.yml', 'docs/deep/c.yml', 'swagger-2.0'],
    ]);
    expect(report).toMatchObject({ read: 3, unchanged: 0, problems: [] });
  });

  test('keeps services apart and in their order', async () => {
    await write('a.json', api('/a'));
    const services = ['one', 'two'].map((name) => ({ ...serviceOf('a.json'), name }));
    const report = await scannerWith().scan(services, signal);
    expect(report.documents.map(({ id }) => id)).toEqual(['one:a.json', 'two:a.json']);
  });

  test('neither reads nor parses again what has not changed', async () => {
    await write('a.json', api('/a'));
    const scanner = scannerWith();
    const first = await scanner.scan([serviceOf('a.json')], signal);
    const second = await scanner.scan([serviceOf('a.json')], signal);
    expect(second).toEqual({
      documents: first.documents,
      problems: [],
      unreadable: [],
      changes: [],
      read: 0,
      unchanged: 1,
    });
  });

  test('remembers what it has read over a restart', async () => {
    await write('a.json', api('/a'));
    await write('notes.txt', 'nothing to see');
    const cache = memoryCache();
    await scannerWith(cache).scan([serviceOf('*')], signal);
    const report = await scannerWith(cache).scan([serviceOf('*')], signal);
    expect(report).toMatchObject({ read: 0, unchanged: 2, changes: [], documents: [{ uri: 'a.json' }] });
    expect(report.problems).toMatchObject([{ code: 'unknown-format', file: 'notes.txt' }]);
  });

  test('names documents that it cannot read, and says what to hand in instead', async () => {
    await write('a.wsdl', '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"></definitions>');
    await write('b.yaml', 'asyncapi: 3.0.0\n');
    await write('c.docx', 'PK\x03\x04\0\0word/document.xml');
    const report = await scannerWith().scan([serviceOf('*')], signal);
    expect(
      report.problems.map(
        ({ file, level: severity, message }) => `${severity} ${file} ${inEnglish(message)}`,
      ),
    ).toEqual([
      'info a.wsdl is a WSDL document: this kind of document is not readable yet',
      'info b.yaml is an AsyncAPI document: nothing in it is called over HTTP by itself',
      'info c.docx is a Word document: this kind of document is not readable yet',
    ]);
    expect(report.problems.every(({ hint }) => hint !== undefined)).toBe(true);
  });

  test('names documents of other kinds and says what to hand in instead', async () => {
    await write('a.raml', '#%RAML 1.0\n/orders:\n  get:\n');
    await write('b.yaml', 'asyncapi: 3.0.0\n');
    await write('c.pdf', '%PDF-1.7\n');
    await write('d.json', ' \n');
    const names = ['a.raml', 'b.yaml', 'c.pdf', 'd.json'];
    const { problems } = await scannerWith().scan([{ ...serviceOf('a.raml'), docs: names }], signal);
    expect(problems.map(({ file, level: severity, message }) => [file, severity, message])).toEqual([
      ['a.raml', 'info', 'is a RAML document: this kind of document is not readable yet'],
      ['b.yaml', 'info', 'is an AsyncAPI document: nothing in it is called over HTTP by itself'],
      ['c.pdf', 'info', 'is a PDF: this kind of document is not readable yet'],
      ['d.json', 'info', 'is empty'],
    ]);
    expect(problems.every(({ hint }) => hint !== undefined)).toBe(true);
  });

  test('notes a new time of the same bytes without parsing them', async () => {
    await write('a.json', api('/a'));
    const cache = memoryCache();
    const scanner = scannerWith(cache);
    await scanner.scan([serviceOf('a.json')], signal);
    await write('a.json', api('/a'), 5);
    expect(await scanner.scan([serviceOf('a.json')], signal)).toMatchObject({ read: 0, unchanged: 1 });
    expect(cache.entries.get('orders:a.json')?.files[0]?.validator.mtimeMs).toBe(5000);
  });

  test('reads again what another version of a format has read', async () => {
    await write('a.json', api('/a'));
    const cache = memoryCache();
    await scannerWith(cache).scan([serviceOf('a.json')], signal);
    const entry = cache.entries.get('orders:a.json');
    if (entry !== undefined) await cache.put({ ...entry, parser: 'openapi@0' });
    expect(await scannerWith(cache).scan([serviceOf('a.json')], signal)).toMatchObject({
      read: 1,
      changes: [],
    });
  });

  test('tells which operations came, went and changed', async () => {
    await write('a.json', api('/a', '/b', '/c'));
    const scanner = scannerWith();
    expect((await scanner.scan([serviceOf('*.json')], signal)).changes).toEqual([
      {
        kind: 'found',
        documentId: 'orders:a.json',
        service: 'orders',
        uri: 'a.json',
        added: ['GET /a', 'GET /b', 'GET /c'],
        removed: [],
        changed: [],
      },
    ]);
    await write(
      'a.json',
      api('/b', '/c', '/d').replace('"/c":{"get":{', '"/c":{"get":{"deprecated":true,'),
      2,
    );
    const { changes } = await scanner.scan([serviceOf('*.json')], signal);
    expect(changes).toMatchObject([
      { kind: 'changed', added: ['GET /d'], removed: ['GET /a'], changed: [{ key: 'GET /c' }] },
    ]);
    await rm(path.join(folder, 'a.json'));
    const gone = await scanner.scan([serviceOf('*.json')], signal);
    expect(gone.changes).toMatchObject([
      { kind: 'gone', added: [], removed: ['GET /b', 'GET /c', 'GET /d'] },
    ]);
    expect(gone.documents).toEqual([]);
  });

  test.each([
    ['cut off', '{"openapi": "3.1.0", "paths": {', 'a.json:1:32: is not valid JSON: '],
    [
      'a sign-in page',
      '<!DOCTYPE html><html><head><title> Sign in </title>',
      'a.json: is a web page ("Sign in"), expected an interface document',
    ],
    ['binary', 'abcd\0\0', 'a.json: is not text: a NUL character stands at position 4'],
    ['an archive', 'PK\x03\x04\0\0', 'a.json: is a ZIP archive: this kind of document is not readable yet'],
  ])('goes on with the last good state of a document that is now %s', async (_, content, message) => {
    await write('a.json', api('/a'));
    await write('b.json', api('/b'));
    const cache = memoryCache();
    const before = await scannerWith(cache).scan([serviceOf('*.json')], signal);
    await write('a.json', content, 2);
    const scanner = scannerWith(cache);
    for (const expected of [{ read: 1 }, { read: 0, unchanged: 2 }]) {
      const report = await scanner.scan([serviceOf('*.json')], signal);
      expect(report).toMatchObject({ ...expected, documents: before.documents, changes: [] });
      expect(report.problems.map(formatProblem)).toEqual([expect.stringContaining(message)]);
      expect(report.problems[0]?.level).toBe('error');
      expect(inEnglish(report.problems[0]?.hint ?? '')).toContain(
        'What it held when it was last readable goes on being patrolled.',
      );
    }
    await write('a.json', api('/a'), 3);
    expect(await scanner.scan([serviceOf('*.json')], signal)).toMatchObject({ problems: [], changes: [] });
  });

  test('misses a named file but not one that a pattern no longer finds', async () => {
    await write('a.json', api('/a'));
    await write('b.json', api('/b'));
    const scanner = scannerWith();
    const services = [serviceOf('a.json', 'b*.json')];
    await scanner.scan(services, signal);
    await rename(path.join(folder, 'a.json'), path.join(folder, 'x'));
    await rename(path.join(folder, 'b.json'), path.join(folder, 'y'));
    const report = await scanner.scan(services, signal);
    expect(report.documents.map(({ uri }) => uri)).toEqual(['a.json']);
    expect(report.problems.map(({ code, file }) => [code, file])).toEqual([
      ['no-documents', 'b*.json'],
      ['file-not-found', 'a.json'],
    ]);
  });

  test('says of a file that is none that it is none', async () => {
    await symlink('/dev/null', path.join(folder, 'a.json'));
    const report = await scannerWith().scan([serviceOf('a.json')], signal);
    expect(report.problems.map(formatProblem)).toEqual(['a.json: is not a regular file']);
  });

  test('goes on without its cache', async () => {
    await write('a.json', api('/a'));
    const broken: DocumentCache = {
      list: () => Promise.reject(new Error('disk full')),
      put: () => Promise.reject(new Error('disk full')),
      remove: () => Promise.reject(new Error('disk full')),
    };
    const scanner = scannerWith(broken);
    const report = await scanner.scan([serviceOf('*.json')], signal);
    expect(report.documents).toHaveLength(1);
    expect(report.problems.map(({ message }) => message)).toEqual([
      'the cache of the documents of orders cannot be read: disk full',
      'the cache of the documents of orders cannot be written: disk full',
    ]);
    expect(await scanner.scan([serviceOf('*.json')], signal)).toMatchObject({
      read: 0,
      unchanged: 1,
      problems: [],
    });
    await rm(path.join(folder, 'a.json'));
    expect((await scanner.scan([serviceOf('*.json')], signal)).problems).toMatchObject([
      { code: 'no-documents' },
      { code: 'document-cache-failed' },
    ]);
  });

  test('keeps what it knows when it is told to stop', async () => {
    await write('a.json', api('/a'));
    const scanner = scannerWith();
    const { documents } = await scanner.scan([serviceOf('*.json')], signal);
    await write('a.json', api('/b'), 2);
    expect(await scanner.scan([serviceOf('*.json')], AbortSignal.abort())).toMatchObject({
      documents,
      read: 0,
      changes: [],
    });
    expect(await scannerWith().scan([serviceOf('*.json')], AbortSignal.abort())).toMatchObject({
      documents: [],
    });
  });
});

describe('documents of several files', () => {
  const entry = 'openapi: 3.1.0\npaths:\n  /a:\n    $ref: parts/a.yaml#/item';

  test('are one document that changes with each of its files', async () => {
    await write('api.yaml', entry);
    await write('parts/a.yaml', 'item:\n  get: {}');
    const cache = memoryCache();
    const first = await scannerWith(cache).scan([serviceOf('**/*.yaml')], signal);
    expect(first.problems).toEqual([]);
    expect(first.documents.map(({ uri, operations }) => [uri, operations.length])).toEqual([['api.yaml', 1]]);
    await write('parts/a.yaml', 'item:\n  get: {}\n  post: {}', 2);
    const second = await scannerWith(cache).scan([serviceOf('api.yaml')], signal);
    expect(second.changes).toMatchObject([{ added: ['POST /a'] }]);
    expect(second.documents[0]?.contentHash).not.toBe(first.documents[0]?.contentHash);
    expect(await scannerWith(cache).scan([serviceOf('api.yaml')], signal)).toMatchObject({
      read: 0,
      unchanged: 1,
    });
  });

  test('are read again when a missing file has come', async () => {
    await write('api.yaml', entry);
    const scanner = scannerWith();
    const first = await scanner.scan([serviceOf('api.yaml')], signal);
    expect(first.documents[0]?.problems.map(formatProblem)).toEqual([
      'api.yaml:4:5 /paths/~1a: refers to "parts/a.yaml#/item": parts/a.yaml does not exist',
    ]);
    expect(await scanner.scan([serviceOf('api.yaml')], signal)).toMatchObject({ read: 0, unchanged: 1 });
    await write('parts/a.yaml', 'item:\n  get: {}');
    const second = await scanner.scan([serviceOf('api.yaml')], signal);
    expect(second.documents[0]).toMatchObject({ problems: [], operations: [{ key: 'GET /a' }] });
  });

  test.each([
    ['a folder above', '../secret.yaml', 'it lies outside docs'],
    ['an absolute path', '/etc/passwd', 'it lies outside docs'],
    ['a link that leads out', 'link.yaml', 'it lies outside docs'],
    ['a percent-encoded way out', '..%2Fsecret.yaml', 'it lies outside docs'],
    [
      'a metadata address',
      'http://169.254.169.254/latest/',
      'only files beside the document may be referred to',
    ],
    ['a file URL', 'file:///etc/passwd', 'only files beside the document may be referred to'],
    ['a network share', '//server/share', 'only files beside the document may be referred to'],
  ])('may not refer to %s', async (_, reference, why) => {
    await write('secret.yaml', 'get: {}');
    await write('docs/api.yaml', `openapi: 3.1.0\npaths:\n  /a:\n    $ref: ${JSON.stringify(reference)}`);
    await symlink(path.join(folder, 'secret.yaml'), path.join(folder, 'docs/link.yaml'));
    const service = { ...serviceOf('docs/api.yaml'), root: path.join(folder, 'docs') };
    const { documents } = await scannerWith().scan([service], signal);
    expect(documents[0]?.operations).toEqual([]);
    expect(documents[0]?.problems.map(formatProblem)).toEqual([
      `docs/api.yaml:4:5 /paths/~1a: refers to ${JSON.stringify(reference)}, which is not read: ${why}`,
    ]);
  });

  test('may stand outside the root, each confined to its own folder', async () => {
    await write('elsewhere/api.yaml', entry);
    await write('elsewhere/parts/a.yaml', 'item:\n  get: {}');
    const service = { ...serviceOf('elsewhere/api.yaml'), root: path.join(folder, 'docs') };
    const { documents } = await scannerWith().scan([service], signal);
    expect(documents[0]?.operations.map(({ key }) => key)).toEqual(['GET /a']);
  });
});

test('an operation that is larger than any is left out and told, and long texts are cut', async () => {
  const parameters = Array.from({ length: 1001 }, (_, n) => ({ name: `p${n}`, in: 'query' }));
  const security = Array.from({ length: 101 }, (_, n) => ({ [`s${n}`]: [] }));
  const tags = Array.from({ length: 60 }, (_, n) => `t${n}`);
  const paths = {
    '/a': { get: { summary: 's'.repeat(9000), operationId: 'o'.repeat(9000), tags } },
    '/b': { get: { parameters } },
    '/c': { get: { security } },
    [`/d${'/x'.repeat(4000)}`]: { get: {} },
  };
  await write('a.json', JSON.stringify({ openapi: '3.1.0', paths }));
  const { documents } = await scannerWith().scan([serviceOf('a.json')], signal);
  expect(documents[0]?.operations).toMatchObject([
    { path: '/a', summary: `${'s'.repeat(1997)}…`, operationId: `${'o'.repeat(1997)}…` },
  ]);
  expect(documents[0]?.operations[0]?.tags).toHaveLength(50);
  expect(documents[0]?.problems.map(({ code }) => code)).toEqual([
    'operation-too-large',
    'operation-too-large',
    'operation-too-large',
  ]);
});

describe('scanning URLs', () => {
  let server: Server;
  let origin: string;
  let respond: (request: IncomingMessage, response: ServerResponse) => void;
  const seen: IncomingMessage[] = [];

  beforeEach(async () => {
    seen.length = 0;
    server = createServer((request, response) => {
      seen.push(request);
      respond(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('asks again with ETag and Last-Modified and does not parse what has not changed', async () => {
    respond = (request, response) => {
      const fresh = request.headers['if-none-match'] === '"1"';
      response.writeHead(fresh ? 304 : 200, {
        etag: '"1"',
        'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
      });
      response.end(fresh ? '' : api('/a'));
    };
    const cache = memoryCache();
    await scannerWith(cache).scan([serviceOf(`${origin}/api.json`)], signal);
    const report = await scannerWith(cache).scan([serviceOf(`${origin}/api.json`)], signal);
    expect(report).toMatchObject({ read: 0, unchanged: 1, documents: [{ uri: `${origin}/api.json` }] });
    expect(seen[1]?.headers).toMatchObject({
      'if-none-match': '"1"',
      'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT',
    });
  });

  test('does not parse the same bytes of a server that knows no conditions', async () => {
    respond = (_, response) => response.end(api('/a'));
    const scanner = scannerWith();
    await scanner.scan([serviceOf(`${origin}/api.json`)], signal);
    expect(await scanner.scan([serviceOf(`${origin}/api.json`)], signal)).toMatchObject({
      read: 0,
      unchanged: 1,
    });
  });

  test('signs with the user and password of the URL and never shows them', async () => {
    respond = (request, response) => {
      response.statusCode = request.headers.authorization === `Basic ${btoa('me:secret')}` ? 200 : 401;
      response.end(response.statusCode === 200 ? api('/a') : '');
    };
    const url = `${origin.replace('//', '//me:secret@')}/api.json`;
    const report = await scannerWith().scan([serviceOf(url)], signal);
    expect(report.documents.map(({ uri }) => uri)).toEqual([`${origin}/api.json`]);
    expect(JSON.stringify(report)).not.toContain('secret');
    respond = (_, response) => response.writeHead(403).end();
    const refused = await scannerWith().scan([serviceOf(url)], signal);
    expect(refused.problems.map(formatProblem)).toEqual([
      `${origin}/api.json: answered 403, so it may not be read\n  → Set \`docsCredential: NAME\` of the service, a credential that may read the document.`,
    ]);
  });

  test('masks what is secret in the query of its URL', async () => {
    respond = (request, response) =>
      response.end(request.url === '/api.json?token=secret&v=1' ? api('/a') : '');
    const report = await scannerWith().scan([serviceOf(`${origin}/api.json?token=secret&v=1`)], signal);
    expect(report.documents.map(({ uri }) => uri)).toEqual([`${origin}/api.json?token=***&v=1`]);
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  describe('with a credential', () => {
    const signing: DocumentAuthorizer = {
      authorize(credential, request) {
        if (credential === 'broken') return Promise.resolve({ ok: false, message: 'no token' });
        const url = `${request.url}?access=${credential}`;
        return Promise.resolve({
          ok: true,
          request: { ...request, url, headers: { ...request.headers, authorization: credential } },
        });
      },
    };
    const scanWith = (service: Partial<ServiceSettings>) =>
      createScanner({
        cache: memoryCache(),
        clock: new ManualClock(),
        log: silentLogger,
        http: () => agent,
        root: folder,
        authorizer: signing,
      }).scan([{ ...serviceOf(`${origin}/api.json`), ...service }], signal);

    test.each<[string, Partial<ServiceSettings>, string | undefined]>([
      ['for documents', { docsCredential: 'docs', credential: 'api' }, 'docs'],
      ['of the service on its own origin', { credential: 'api', baseUrl: 'ORIGIN/v1' }, 'api'],
      ['of the service on another origin', { credential: 'api', baseUrl: 'https://api.example' }, undefined],
      ['of a service whose origin is not known', { credential: 'api' }, undefined],
    ])('%s, signs what it should', async (_, service, expected) => {
      respond = (_request, response) => response.end(api('/a'));
      const { baseUrl } = service;
      const own = baseUrl === undefined ? {} : { baseUrl: baseUrl.replace('ORIGIN', origin) };
      const { documents } = await scanWith({ ...service, ...own });
      expect(documents.map(({ uri }) => uri)).toEqual([`${origin}/api.json`]);
      expect(seen.map(({ headers, url }) => [headers.authorization, url])).toEqual([
        [expected, expected === undefined ? '/api.json' : `/api.json?access=${expected}`],
      ]);
    });

    test('says when, and with which, it asked for what it could not read', async () => {
      respond = (_request, response) => response.writeHead(502).end();
      const at = new ManualClock().now();
      const askedWith = async (service: Partial<ServiceSettings>): Promise<unknown> => {
        const { unreadable } = await scanWith(service);
        return unreadable.map(({ askedAt, credential, neverRead }) => [askedAt, credential, neverRead]);
      };
      expect(await askedWith({ docsCredential: 'docs' })).toEqual([[at, 'docs', true]]);
      expect(await askedWith({ credential: 'none', baseUrl: origin })).toEqual([[at, undefined, true]]);
    });

    test.each<[string, Partial<ServiceSettings>, string]>([
      [
        'of the service, whose origin is not known',
        { credential: 'api' },
        '`credential: api` goes only to the host of `baseUrl`, which is not set: if it may read the documents, set `docsCredential: api`, or `baseUrl` if they are on the host of the service',
      ],
      [
        'of the service, which is elsewhere',
        { credential: 'api', baseUrl: 'https://api.example' },
        '`credential: api` goes only to the host of `baseUrl`: if it may read the documents, set `docsCredential: api`',
      ],
      [
        'that was sent',
        { docsCredential: 'docs' },
        'Set `docsCredential: NAME` of the service, a credential that may read the document.',
      ],
      [
        'that is not wanted',
        { credential: 'api', docsCredential: 'none' },
        'Set `docsCredential: NAME` of the service, a credential that may read the document.',
      ],
      [
        'that there is not',
        {},
        'Give the service a credential that may read the document: `docsCredential: docs`, with `credentials: { docs: { scheme: basic, username: …, password: … } }`. Or write user and password into the address, before its host: `USER:PASSWORD@`.',
      ],
    ])('%s, says why it was of no use', async (_, service, hint) => {
      const challenge = { 'www-authenticate': 'Basic realm="Swagger"' };
      respond = (_request, response) => response.writeHead(401, challenge).end();
      const { problems } = await scanWith(service);
      expect(problems.map((problem) => inEnglish(problem.hint ?? ''))).toEqual([hint]);
    });

    test('signs nothing for another origin', async () => {
      const elsewhere = `http://localhost:${new URL(origin).port}/other`;
      respond = (request, response) => {
        if (request.url === '/other') response.end(api('/a'));
        else response.writeHead(302, { location: elsewhere }).end();
      };
      expect((await scanWith({ docsCredential: 'docs' })).documents).toHaveLength(1);
      expect(seen.map(({ headers }) => headers.authorization)).toEqual(['docs', undefined]);
    });

    test.each<[string, string | undefined]>([
      ['/admin/users', undefined],
      ['/admin/users?x=/api.json', undefined],
      ['/shop/api.json', 'docs'],
      ['/v3/api-docs', 'docs'],
      ['/files/orders.yaml', 'docs'],
    ])('keeps it on a redirect to %s: %s', async (location, expected) => {
      respond = (request, response) => {
        if (request.url?.startsWith('/api.json') === true) response.writeHead(302, { location }).end();
        else response.end(api('/a'));
      };
      expect((await scanWith({ docsCredential: 'docs' })).documents).toHaveLength(1);
      expect(seen.map(({ headers }) => headers.authorization)).toEqual(['docs', expected]);
    });

    test.each<[string, number, string, readonly string[], string | undefined]>([
      ['is public', 200, 'application/json', ['/api.json'], undefined],
      ['answers with a page', 200, 'text/html', [], 'cannot be signed in to: no token'],
      ['asks for it', 401, 'application/json', [], 'cannot be signed in to: no token'],
    ])('of the service that yields nothing where the document %s', async (_, status, type, read, problem) => {
      respond = (_request, response) => response.writeHead(status, { 'content-type': type }).end(api('/a'));
      const { documents, problems } = await scanWith({ credential: 'broken', baseUrl: origin });
      expect(documents.map(({ uri }) => uri)).toEqual(read.map((path) => `${origin}${path}`));
      expect(problems.map(({ message }) => inEnglish(message))).toEqual(
        problem === undefined ? [] : [problem],
      );
      expect(seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    });

    test('that yields nothing, says so', async () => {
      const { problems } = await scanWith({ docsCredential: 'broken' });
      expect(problems.map(formatProblem)).toEqual([`${origin}/api.json: cannot be signed in to: no token`]);
    });
  });

  test('reads gzip and refuses a gzip bomb', async () => {
    let body = gzipSync(api('/a'));
    respond = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
    const report = await scannerWith().scan([serviceOf(`${origin}/api.json`)], signal);
    expect(report.documents).toHaveLength(1);
    body = gzipSync(Buffer.alloc(70 * 1024 * 1024));
    const { problems } = await scannerWith().scan([serviceOf(`${origin}/api.json`)], signal);
    expect(problems.map(formatProblem)).toEqual([
      `${origin}/api.json: is more than the limit of 67108864 bytes`,
    ]);
  });

  test.each(['toString', 'constructor', 'none'])(
    'reads a document whose encoding is said to be %s as it is',
    async (encoding) => {
      respond = (_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(api('/a'));
      const { documents } = await scannerWith().scan([serviceOf(`${origin}/api.json`)], signal);
      expect(documents.map(({ operations }) => operations.length)).toEqual([1]);
    },
  );

  test.each([
    ['a loop', { location: '/api.json' }, 'redirects more than 5 times'],
    [
      'another scheme',
      { location: 'file:///etc/passwd' },
      'redirects to something that is no http(s) address',
    ],
  ])('does not follow redirects into %s', async (_, headers, message) => {
    respond = (_request, response) => response.writeHead(302, headers).end();
    const { problems } = await scannerWith().scan([serviceOf(`${origin}/api.json`)], signal);
    expect(problems.map(formatProblem)).toEqual([`${origin}/api.json: ${message}`]);
  });

  test('goes on with the last good state while the server fails', async () => {
    respond = (_, response) => response.end(api('/a'));
    const scanner = scannerWith();
    const service = [serviceOf(`${origin}/api.json`)];
    const { documents } = await scanner.scan(service, signal);
    respond = (_, response) => response.writeHead(502).end();
    const bad = await scanner.scan(service, signal);
    expect(bad).toMatchObject({
      documents,
      read: 0,
      problems: [{ code: 'url-status', message: 'answered 502, expected 200' }],
    });
    respond = (_, response) => response.destroy();
    expect(await scanner.scan(service, signal)).toMatchObject({
      documents,
      problems: [{ code: 'url-unreachable' }],
    });
  });

  test('follows references on the same origin and nowhere else', async () => {
    const paths = {
      '/a': { $ref: 'parts.json#/a' },
      '/b': { $ref: 'http://10.0.0.1/parts.json#/a' },
    };
    respond = (request, response) => {
      const isEntry = request.url === '/docs/api.json';
      response.end(JSON.stringify(isEntry ? { openapi: '3.1.0', paths } : { a: { get: {} } }));
    };
    const { documents } = await scannerWith().scan([serviceOf(`${origin}/docs/api.json`)], signal);
    expect(documents[0]?.operations.map(({ key }) => key)).toEqual(['GET /a']);
    expect(documents[0]?.problems.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['ref-outside-source', '/paths/~1b'],
    ]);
    expect(seen.map(({ url }) => url)).toEqual(['/docs/api.json', '/docs/parts.json']);
  });

  describe('asks for nothing that could do more than read', () => {
    const pathsTo = (references: readonly string[]) =>
      JSON.stringify({
        openapi: '3.1.0',
        paths: Object.fromEntries(references.map((one, n) => [`/p${n}`, { $ref: one }])),
      });
    const withReferences = async (references: readonly string[], ...docs: readonly string[]) => {
      respond = (request, response) => {
        response.end(request.url === '/docs/api.json' ? pathsTo(references) : '{"get":{}}');
      };
      const docsOf = [`${origin}/docs/api.json`, ...docs.map((one) => `${origin}${one}`)];
      const { documents } = await scannerWith().scan([serviceOf(...docsOf)], signal);
      return documents.find(({ uri }) => uri.endsWith('/docs/api.json'));
    };

    test.each([
      '/admin/users/1/delete',
      '/admin/users/1',
      '/admin/users/1/delete.json',
      '/admin/users/1/d%65lete.json',
      '/admin/users/1/d%2565lete.json',
      '/admin/users/deleteAll.yaml',
      '/orders/1/cancel.yaml',
      '/orders/1/refund.json',
      '/users/1/disable.yml',
      '/orders/注销.yaml',
      '/admin/delete/1.json',
      '/admin/users/1/promote;x.json',
      '/admin/users/1/promote%3Fx.json',
      '/admin/..;/x.json',
      '/parts.json?action=delete',
      '/parts.json?v=1',
      '//HOST/admin/users/1/delete',
    ])('by a reference to %s', async (written) => {
      const reference = written.replace('HOST', origin.replace('http://', ''));
      const document = await withReferences([reference]);
      expect(seen.map(({ url }) => url)).toEqual(['/docs/api.json']);
      const found = document?.problems[0];
      expect(found).toMatchObject({
        code: 'ref-outside-source',
        message: `refers to ${JSON.stringify(reference)}, which is not read: by its address it could do more than read`,
      });
      const named = new URL(reference, `${origin}/docs/api.json`).href;
      expect(inEnglish(found?.hint ?? '')).toBe(
        `If it is a document, name it in \`docs\` of the service: ${named}`,
      );
    });

    test.each(['parts.json', '../common/Pet.yaml', '/v3/api-docs/pets', '/docs/库存.json', 'post.json'])(
      'and reads %s',
      async (reference) => {
        const document = await withReferences([reference]);
        expect(document?.problems).toEqual([]);
        expect(seen).toHaveLength(2);
      },
    );

    test('unless `docs` names it', async () => {
      const document = await withReferences(['/parts/1?v=2'], '/parts/1?v=2');
      expect(document?.operations.map(({ key }) => key)).toEqual(['GET /p0']);
    });

    test('by a redirect', async () => {
      respond = (request, response) => {
        if (request.url === '/api.json') response.writeHead(302, { location: '/admin/users/1/delete' }).end();
        else response.end(api('/a'));
      };
      const { problems } = await scannerWith().scan([serviceOf(`${origin}/api.json`)], signal);
      expect(problems.map(({ message }) => message)).toEqual([
        `redirects to ${origin}/admin/users/1/delete, which by its address does more than read`,
      ]);
      expect(seen.map(({ url }) => url)).toEqual(['/api.json']);
    });

    test('and of too many files only the first', async () => {
      const references = Array.from({ length: 2048 }, (_, n) => `parts${n}.json`);
      const document = await withReferences(references);
      expect(seen).toHaveLength(1 + 200);
      expect(document?.operations).toHaveLength(200);
      expect(document?.problems.filter(({ code }) => code === 'too-many-files')).toMatchObject([
        { message: 'refers to more than the limit of 200 files; the others are not read' },
      ]);
    }, 30_000);

    test('and of too many bytes only the first', async () => {
      const part = JSON.stringify({ get: { description: 'x'.repeat(9_000_000) } });
      const references = Array.from({ length: 30 }, (_, n) => `parts${n}.json`);
      respond = (request, response) =>
        response.end(request.url === '/docs/api.json' ? pathsTo(references) : part);
      const { documents } = await scannerWith().scan([serviceOf(`${origin}/docs/api.json`)], signal);
      expect(seen.length).toBeLessThan(12);
      expect(documents[0]?.problems.filter(({ code }) => code === 'document-too-large')).toHaveLength(1);
    }, 30_000);
  });

  test('reports an address that is none', async () => {
    const { problems } = await scannerWith().scan([serviceOf('http://')], signal);
    expect(problems.map(formatProblem)).toEqual(['http://: is no URL']);
  });
});
