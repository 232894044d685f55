import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, MockAgent } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryCache, serviceSettings } from '../../../test/support/scan.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { formatProblem } from '../../messages/in-language.ts';
import type { DocumentAuthorizer } from '../ports.ts';
import { createScanner } from '../scan.ts';

const signal = new AbortController().signal;
const common = { clock: new ManualClock(), log: silentLogger, root: '/' };

describe('a YApi project', () => {
  let server: Server;
  let page: string;
  let agent: Agent;
  const asked: string[] = [];
  let answer = '';

  beforeEach(async () => {
    asked.length = 0;
    agent = new Agent();
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    page = `http://127.0.0.1:${(server.address() as AddressInfo).port}/yapi/project/11/interface/api/cat_3`;
  });

  afterEach(async () => {
    await agent.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const authorizer: DocumentAuthorizer = {
    authorize: (_, request) =>
      Promise.resolve({ ok: true, request: { ...request, url: `${request.url}&token=hidden` } }),
  };

  const newScan = () => {
    const scanner = createScanner({ ...common, cache: memoryCache(), http: () => agent, authorizer });
    return () => scanner.scan([serviceSettings({ docs: [page], root: '/', docsCredential: 'yapi' })], signal);
  };

  test('is read by the address of its page', async () => {
    answer = JSON.stringify([
      {
        name: '订单',
        add_time: 1,
        list: [{ title: '列表', path: '/orders', method: 'GET', req_query: [], res_body_type: 'json' }],
      },
    ]);
    const scan = newScan();
    const report = await scan();
    expect(report.documents).toMatchObject([
      { uri: page, format: 'yapi', operations: [{ key: 'GET /orders' }] },
    ]);
    expect(asked).toEqual(['/yapi/api/plugin/export?type=json&pid=11&status=all&isWiki=false&token=hidden']);
    expect(await scan()).toMatchObject({ read: 0, unchanged: 1 });
  });

  test('that refuses says why', async () => {
    answer = '{"errcode": 40011, "errmsg": "请登录...", "data": null}';
    expect((await newScan()()).problems.map(formatProblem)).toEqual([
      `${page}: is refused by YApi: 40011 请登录...\n  → Set \`docsCredential\` to one that puts the project’s token into the query as \`token\`.`,
    ]);
  });

  test('has no other files', async () => {
    answer = '{"openapi": "3.1.0", "paths": {"/a": {"$ref": "other.json"}}}';
    const [document] = (await newScan()()).documents;
    expect(document?.problems.map(formatProblem)).toEqual([
      `${page}:1:39 /paths/~1a: refers to "other.json", but an export has no other files`,
    ]);
  });
});

test('an Apifox project is exported by its open API', async () => {
  const http = new MockAgent();
  http.disableNetConnect();
  const bodies: unknown[] = [];
  http
    .get('https://api.apifox.com')
    .intercept({ path: '/v1/projects/42/export-openapi?locale=zh-CN', method: 'POST' })
    .reply(({ body, headers }) => {
      bodies.push(JSON.parse(body as string), (headers as Record<string, string>)['x-apifox-api-version']);
      return { statusCode: 200, data: '{"openapi": "3.1.0", "paths": {"/a": {"get": {}}}}' };
    })
    .times(2);
  const scanner = createScanner({ ...common, cache: memoryCache(), http: () => http });
  const service = serviceSettings({ docs: ['https://app.apifox.com/project/42'], root: '/' });
  const { documents } = await scanner.scan([service], signal);
  expect(documents).toMatchObject([
    { uri: 'https://app.apifox.com/project/42', operations: [{ key: 'GET /a' }] },
  ]);
  expect(bodies).toMatchObject([
    { scope: { type: 'ALL' }, oasVersion: '3.1', exportFormat: 'JSON' },
    '2024-03-28',
  ]);
  await http.close();
});
