import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryCache, serviceSettings } from '../../../test/support/scan.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { formatProblem } from '../../messages/in-language.ts';
import type { ScanReport } from '../report.ts';
import { createScanner } from '../scan.ts';
import { isBaseAddress } from './discovery.ts';

let server: Server;
let origin: string;
let agent: Agent;
/** What the server offers, by path and query; everything else is 404. */
let offers: Record<string, string | readonly [headers: Record<string, string>, body: string]> = {};
let asked: string[] = [];

beforeEach(async () => {
  offers = {};
  asked = [];
  agent = new Agent();
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const offer = offers[request.url ?? ''];
    const [headers, body] = typeof offer === 'string' ? [{}, offer] : (offer ?? [{}, '']);
    response.writeHead(offer === undefined ? 404 : 200, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await agent.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const api = '{"openapi": "3.1.0", "paths": {"/a": {"get": {}}}}';
const page = (inside: string) => `<!doctype html><html><head><title>API</title>${inside}</html>`;

function newScan(address: string): () => Promise<ScanReport> {
  const scanner = createScanner({
    cache: memoryCache(),
    clock: new ManualClock(),
    log: silentLogger,
    http: () => agent,
    root: '/',
  });
  const service = serviceSettings({ docs: [`${origin}${address}`], root: '/' });
  return () => scanner.scan([service], new AbortController().signal);
}

async function found(address: string): Promise<readonly string[]> {
  const { documents } = await newScan(address)();
  return documents.map(({ uri }) => uri.replace(origin, ''));
}

test.each([
  ['https://a', true],
  ['https://a/', true],
  ['https://a/orders/', true],
  ['https://a/swagger-ui.html', true],
  ['https://a/swagger-ui/index.html', true],
  ['https://a/doc.html', true],
  ['https://a/docs', true],
  ['https://a/v3/api-docs', false],
  ['https://a/openapi.json', false],
  ['https://a/docs/orders.md', false],
  ['https://a/orders', true],
  ['https://a/api', true],
  ['https://a/v3/api-docs/admin', false],
  ['https://a/v3/api-docs/swagger-config', true],
  ['https://a/api-json', false],
  ['https://a/raw?path=orders', false],
])('%s may name a service instead of a document: %s', (url, expected) => {
  expect(isBaseAddress(url)).toBe(expected);
});

describe('from the base address of a service, documents are found', () => {
  test.each([
    ['/', '/v3/api-docs'],
    ['/', '/v2/api-docs'],
    ['/', '/swagger/v1/swagger.json'],
    ['/', '/swagger/doc.json'],
    ['/', '/q/openapi'],
    ['/orders/', '/orders/openapi.json'],
    ['/orders/', '/openapi.json'],
    ['/orders/swagger-ui.html', '/orders/v3/api-docs'],
    ['/orders/swagger-ui/index.html', '/orders/v3/api-docs'],
  ])('of %s at the usual place %s', async (address, place) => {
    offers[place] = api;
    expect(await found(address)).toEqual([place]);
  });

  test('where the address is a document after all', async () => {
    offers['/schema/'] = 'swagger: "2.0"\npaths: {}';
    expect(await found('/schema/')).toEqual(['/schema/']);
    expect(asked).toEqual(['/schema/', '/schema/']);
  });

  test('even when its version is the last thing that it says', async () => {
    offers['/swagger.json'] =
      `{"basePath": "/", "definitions": {"a": {"description": "${'x'.repeat(9000)}"}}, "paths": {}, "swagger": "2.0"}`;
    expect(await found('/')).toEqual(['/swagger.json']);
  });

  test.each([
    ['Swagger UI', '<script>SwaggerUIBundle({ url: "/custom/api.json", dom_id: "#ui" })</script>'],
    ['ReDoc', '<redoc spec-url="custom/api.json"></redoc>'],
    ['RapiDoc', "<rapi-doc spec-url='/custom/api.json'></rapi-doc>"],
    ['Scalar', '<script id="api-reference" data-url="/custom/api.json"></script>'],
    ['Stoplight', '<elements-api apiDescriptionUrl="/custom/api.json" router="hash"/>'],
    [
      'any page with a service-desc link',
      '<link rel="service-desc" type="application/json" href="/custom/api.json">',
    ],
  ])('that a page of %s names', async (_, inside) => {
    offers['/'] = page(inside);
    offers['/custom/api.json'] = api;
    expect(await found('/')).toEqual(['/custom/api.json']);
  });

  test.each([
    ['springdoc below a context path', '/orders', { '/orders/v3/api-docs': api }, ['/orders/v3/api-docs']],
    [
      'gin-swagger',
      '/swagger/index.html',
      {
        '/swagger/index.html': page('<script>SwaggerUIBundle({ url: "doc.json" })</script>'),
        '/swagger/doc.json': api,
      },
      ['/swagger/doc.json'],
    ],
    [
      'Swashbuckle',
      '/swagger/index.html',
      {
        '/swagger/index.html': page('<script src="index.js"></script>'),
        '/swagger/index.js': `var configObject = JSON.parse('{"urls":[{"url":"v1/swagger.json","name":"V1"}]}');`,
        '/swagger/v1/swagger.json': api,
      },
      ['/swagger/v1/swagger.json'],
    ],
    [
      'NestJS',
      '/api',
      { '/api': page('<script src="./api/swagger-ui-init.js"></script>'), '/api-json': api },
      ['/api-json'],
    ],
    [
      'swagger-ui-express, which has the document in a script',
      '/api-docs/',
      {
        '/api-docs/': page('<script src="./swagger-ui-init.js"></script>'),
        '/api-docs/swagger-ui-init.js': `\nwindow.onload = function() {\n  var options = {\n  "swaggerDoc": ${api},\n  "customOptions": {}\n};\n}`,
      },
      ['/api-docs/swagger-ui-init.js'],
    ],
    [
      'a page that believes to be on localhost',
      '/ui/',
      {
        '/ui/': page('<script>SwaggerUIBundle({ url: "http://localhost:1/docs/api-docs.json" })</script>'),
        '/docs/api-docs.json': api,
      },
      ['/docs/api-docs.json'],
    ],
    ['.NET 9', '/', { '/openapi/v1.json': api }, ['/openapi/v1.json']],
    ['GoFrame', '/', { '/api.json': api }, ['/api.json']],
    ['Fastify', '/', { '/documentation/json': api }, ['/documentation/json']],
  ] as const)('of %s', async (_, address, offered, expected) => {
    offers = { ...offered };
    const { documents } = await newScan(address)();
    expect(documents.map(({ uri }) => uri.replace(origin, ''))).toEqual(expected);
    expect(documents[0]?.operations).toHaveLength(1);
  });

  test('that a Link header names', async () => {
    offers['/'] = [{ link: '</x>; rel="next", </custom/api.json>; rel="service-desc"' }, page('')];
    offers['/custom/api.json'] = api;
    expect(await found('/')).toEqual(['/custom/api.json']);
  });

  test('that the script beside a page names, in groups', async () => {
    offers['/swagger-ui/index.html'] = page(
      '<script src="./swagger-initializer.js" charset="UTF-8"></script>',
    );
    offers['/swagger-ui/swagger-initializer.js'] =
      'window.ui = SwaggerUIBundle({ "configUrl" : "/v3/api-docs/swagger-config" })';
    offers['/v3/api-docs/swagger-config'] =
      '{"urls": [{"url": "/v3/api-docs/a", "name": "a"}, {"url": "/v3/api-docs/b", "name": "b"}]}';
    offers['/v3/api-docs/a'] = api;
    offers['/v3/api-docs/b'] = api;
    expect(await found('/swagger-ui/index.html')).toEqual(['/v3/api-docs/a', '/v3/api-docs/b']);
  });

  test.each(['https://petstore.swagger.io/v2/swagger.json', 'https://specs.example/v2/swagger.json'])(
    'that `configUrl` leads to, whatever else is the default: %s',
    async (url) => {
      offers['/swagger-ui/index.html'] = page('<script src="./swagger-initializer.js"></script>');
      offers['/swagger-ui/swagger-initializer.js'] =
        `window.ui = SwaggerUIBundle({ url: "${url}", dom_id: '#swagger-ui', "configUrl" : "/v3/api-docs/swagger-config" })`;
      offers['/v3/api-docs/swagger-config'] =
        '{"configUrl": "/v3/api-docs/swagger-config", "url": "/v3/api-docs"}';
      offers['/v3/api-docs'] = api;
      const scanned = await newScan('/swagger-ui/index.html')();
      expect(scanned.documents.map(({ uri }) => uri)).toEqual([`${origin}/v3/api-docs`]);
      expect(scanned.problems).toEqual([]);
    },
  );

  test('at the usual places, beside a page that shows the example of Swagger UI', async () => {
    offers['/swagger-ui/index.html'] = page(
      '<script>SwaggerUIBundle({ url: "https://petstore.swagger.io/v2/swagger.json" })</script>',
    );
    offers['/v3/api-docs'] = api;
    const scanned = await newScan('/swagger-ui/index.html')();
    expect(scanned).toMatchObject({ documents: [{ uri: `${origin}/v3/api-docs` }], problems: [] });
  });

  test('that springfox and knife4j list, also behind a gateway that adds a folder', async () => {
    offers['/orders/swagger-resources'] =
      '[{"name": "default", "location": "/v2/api-docs?group=a"}, {"url": "/other/v2/api-docs"}, {"name": "none"}]';
    offers['/orders/v2/api-docs?group=a'] = api;
    offers['/other/v2/api-docs'] = api;
    expect(await found('/orders/doc.html')).toEqual(['/orders/v2/api-docs?group=a', '/other/v2/api-docs']);
  });

  test.each([
    ['springdoc', '/v3/api-docs/swagger-config', { configUrl: '/x', urls: [{ url: '/a' }, { url: '/b' }] }],
    ['springfox', '/gate/swagger-resources', [{ location: '/a', swaggerVersion: '2.0' }, { location: '/b' }]],
  ])('that a list of %s names whose address was given', async (_, address, list) => {
    offers = { [address]: JSON.stringify(list), '/a': api, '/gate/b': api };
    offers[address.startsWith('/gate') ? '/gate/b' : '/b'] = api;
    expect(await found(address)).toEqual(['/a', address.startsWith('/gate') ? '/gate/b' : '/b']);
  });

  test('that springfox lists with the name of a group as it is', async () => {
    const group = '业务 & CRM#1';
    const list = [{ name: group, location: `/v2/api-docs?group=${group}`, swaggerVersion: '2.0' }];
    const place = `/v2/api-docs?group=${encodeURIComponent(group)}`;
    offers = { '/swagger-resources': JSON.stringify(list), [place]: api };
    expect(await found('/doc.html')).toEqual([place]);
  });

  test.each([
    ['a list', '/doc.html', '/v3/api-docs/swagger-config', (urls: string) => `{"urls": ${urls}}`],
    [
      'a list that is named itself',
      '/v3/api-docs/swagger-config',
      '/v3/api-docs/swagger-config',
      (urls: string) => `{"configUrl": "/c", "urls": ${urls}}`,
    ],
    [
      'a page',
      '/doc.html',
      '/doc.html',
      (urls: string) => page(`<script>SwaggerUIBundle({ urls: ${urls} })</script>`),
    ],
  ])(
    'and those of %s that cannot be had now are missed, and read once they can',
    async (_, address, place, around) => {
      offers = {
        [place]: around('[{"url": "/v3/api-docs/a", "name": "a"}, {"name": "b", "url": "/v3/api-docs/b"}]'),
        '/v3/api-docs/a': api,
      };
      const scan = newScan(address);
      const { documents, problems, unreadable } = await scan();
      expect(documents).toHaveLength(1);
      expect(problems.map(({ code, file }) => [code, file])).toEqual([
        ['url-status', `${origin}/v3/api-docs/b`],
      ]);
      expect(unreadable.map(({ uri }) => uri)).toEqual([`${origin}/v3/api-docs/b`]);
      offers['/v3/api-docs/b'] = api;
      expect(await scan()).toMatchObject({ documents: [{}, {}], problems: [], unreadable: [] });
    },
  );

  test('of a list that was down when it was asked first', async () => {
    const scan = newScan('/swagger-resources');
    expect((await scan()).problems).toMatchObject([{ code: 'url-status' }]);
    offers = { '/swagger-resources': '[{"location": "/a", "swaggerVersion": "2.0"}]', '/a': api };
    expect((await scan()).documents.map(({ uri }) => uri)).toEqual([`${origin}/a`]);
  });

  test('but never on another origin', async () => {
    offers['/'] = page('<redoc spec-url="http://169.254.169.254/api.json"></redoc>');
    expect(await found('/')).toEqual([]);
  });

  test('but asks for none that by its address does more than read', async () => {
    const listed = { urls: [{ url: '/admin/users/1/delete' }, { url: '/v3/api-docs?action=reset' }] };
    offers = { '/v3/api-docs/swagger-config': JSON.stringify(listed), '/openapi.json': api };
    const { documents, problems } = await newScan('/')();
    expect(documents.map(({ uri }) => uri)).toEqual([`${origin}/openapi.json`]);
    expect(asked).not.toContain('/admin/users/1/delete');
    expect(problems.map(formatProblem)).toEqual([
      `${origin}/: leads to ${origin}/admin/users/1/delete and 1 more, which is not asked: by its address it does more than read\n  → If it is a document, name it in \`docs\` of the service: ${origin}/admin/users/1/delete`,
    ]);
  });

  test('and looked for again only while there are none', async () => {
    const scan = newScan('/');
    expect((await scan()).problems.map(formatProblem)).toEqual([
      expect.stringMatching(
        /^http:\S+\/: offers no interface document at any of 38 addresses where services keep theirs: \/, \/v3\S+ [^\n]+ …\n {2}→ Give the address/,
      ),
    ]);
    offers['/openapi.json'] = api;
    expect((await scan()).documents).toHaveLength(1);
    asked = [];
    expect(await scan()).toMatchObject({ read: 0, unchanged: 1 });
    expect(asked).toEqual(['/openapi.json']);
  });

  test.each([
    ['/', 'a sign-in page', '/login'],
    ['/orders/', 'a sign-in page', '/orders/sso/start'],
  ])('or says that a sign-in stands in front of %s: %s', async (address, says, place) => {
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (request.url === place) response.end(page('<form><input name="p" type="password"></form>'));
      else response.writeHead(302, { location: place }).end();
    });
    const { problems } = await newScan(address)();
    expect(problems.map((problem) => formatProblem(problem).replaceAll(origin, ''))).toEqual([
      `${address}: shows no interface document without a sign-in: ${place} is ${says}\n  → Set \`docsCredential: NAME\` of the service, a credential that may read it, or give the address of a document that is open.`,
    ]);
  });

  test('or says so in words, with HTTP 200', async () => {
    server.removeAllListeners('request');
    server.on('request', (_, response) => response.end('{"code":401,"msg":"未登录"}'));
    const { problems } = await newScan('/')();
    expect(problems.map((problem) => formatProblem(problem).replaceAll(origin, ''))).toEqual([
      '/: shows no interface document without a sign-in: / answered "未登录"\n  → Set `docsCredential: NAME` of the service, a credential that may read it, or give the address of a document that is open.',
    ]);
  });

  test('or that it may not be read', async () => {
    server.removeAllListeners('request');
    server.on('request', (_, response) => response.writeHead(401).end());
    const { problems } = await newScan('/')();
    expect(problems).toMatchObject([{ code: 'document-unauthorized' }]);
  });

  test('while an address that could be a document is taken for one when it is no page', async () => {
    offers['/export/42'] = '# Orders\n\n`GET /orders`\n\nAll of them.\n';
    const { documents } = await newScan('/export/42')();
    expect(documents).toMatchObject([{ format: 'markdown', operations: [{ key: 'GET /orders' }] }]);
    expect((await newScan('/export/43')()).problems).toMatchObject([{ code: 'url-status' }]);
  });

  test.each([
    ['/', 502],
    ['/doc.html', 503],
    ['/api/schema/', 503],
    ['/', 500],
    ['/', 429],
  ])('or that %s answers %s, and asks no more of a server that fails everywhere', async (address, status) => {
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(status).end('{"message":"starting"}');
    });
    const { problems } = await newScan(address)();
    expect(problems).toMatchObject([{ code: 'url-status', file: `${origin}${address}` }]);
    expect(problems.map((problem) => formatProblem(problem).replaceAll(origin, ''))).toEqual([
      expect.stringContaining(`${address}: answered ${status}, expected 200`),
    ]);
    expect(asked.length).toBeLessThan(10);
  });

  test.each([
    ['/', '/graphql/graphql', '/graphql/graphql speaks GraphQL'],
    ['/graphql', '/graphql/graphql', '/graphql/graphql speaks GraphQL'],
    ['/graphql/graphql', '/graphql/graphql', '/graphql/graphql speaks GraphQL'],
    ['/', '/', '/ speaks GraphQL'],
  ])('or, of %s, that %s speaks GraphQL', async (address, endpoint, said) => {
    server.removeAllListeners('request');
    server.on('request', (request, response) =>
      request.url === endpoint
        ? response.writeHead(400).end('{"errors":[{"message":"Must provide query string."}]}')
        : response.writeHead(404).end(),
    );
    const { problems } = await newScan(address)();
    expect(problems.map((problem) => formatProblem(problem).replaceAll(origin, ''))).toEqual([
      expect.stringMatching(new RegExp(`${said}\n {2}→ This is a GraphQL endpoint`)),
    ]);
  });

  test('or at which of the usual places it fails', async () => {
    server.removeAllListeners('request');
    server.on('request', (request, response) =>
      response.writeHead(request.url === '/v3/api-docs' ? 500 : 404).end(),
    );
    const { problems } = await newScan('/')();
    expect(problems.map((problem) => formatProblem(problem).replaceAll(origin, ''))).toEqual([
      expect.stringMatching(
        /^\/: offers no interface document at any of \d+ addresses where services keep theirs, and fails at \/v3\/api-docs \(HTTP 500\)\n {2}→ The service fails there itself/,
      ),
    ]);
  });

  test('while a document is found although the address itself fails', async () => {
    const good = server.listeners('request')[0] as (...parts: unknown[]) => void;
    server.removeAllListeners('request');
    server.on('request', (request, response) =>
      request.url === '/' ? response.writeHead(500).end() : good(request, response),
    );
    offers['/openapi.json'] = api;
    expect(await found('/')).toEqual(['/openapi.json']);
  });

  test('but not of a service that is down', async () => {
    await new Promise((resolve) => server.close(resolve));
    const { problems } = await newScan('/')();
    expect(problems.map(({ code }) => code)).toEqual(['url-unreachable']);
  });
});

test('a page at the root that names nothing is no obstacle to the usual places', async () => {
  offers['/'] = page('<script src="http://elsewhere.example/index.js"></script>');
  offers['/openapi.json'] = api;
  expect(await found('/')).toEqual(['/openapi.json']);
});
