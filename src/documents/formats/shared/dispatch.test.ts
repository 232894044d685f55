import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../model/document.ts';
import type { ReadContext } from '../format.ts';
import { ParsedRawDocument } from '../../text/raw-document.ts';
import { formats } from '../registry.ts';
import { chosenByQuery } from './dispatch.ts';
import { splitUrl } from './url-template.ts';

const context: ReadContext = {
  signal: new AbortController().signal,
  load: async (file) => ({ level: 'error', code: 'file-not-found', message: 'does not exist', file }),
  list: async () => [],
};

async function read(text: string): Promise<readonly Operation[]> {
  const raw = new ParsedRawDocument('docs/api', text);
  const [format] = formats.toSorted((a, b) => b.detect(raw) - a.detect(raw));
  return (await format?.read(raw, context))?.operations ?? [];
}

const view = 'http://h.example.com/api.php?act=view&id=7';
const del = 'http://h.example.com/api.php?act=del&id=7';

const openapi = (head: object): string =>
  JSON.stringify({
    ...head,
    info: { title: 'a', version: '1' },
    paths: {
      '/api.php?act=view&id=7': { get: {} },
      '/api.php?act=del&id=7': { get: { parameters: [{ name: 'act', in: 'query', schema: {} }] } },
    },
  });
const recorded = (url: string) => ({
  request: { method: 'GET', url, headers: [], queryString: [] },
  response: { status: 200, content: { mimeType: 'application/json', text: '{}' } },
});
const saved = (url: string) => {
  const [, query = ''] = url.split('?');
  const pairs = query.split('&').map((pair) => pair.split('='));
  return {
    name: 'a',
    request: { method: 'GET', url: { raw: url, query: pairs.map(([key, value]) => ({ key, value })) } },
  };
};

describe('what a query chooses is an operation of its own', () => {
  test.each([
    ['OpenAPI', openapi({ openapi: '3.0.1' })],
    ['Swagger', openapi({ swagger: '2.0' })],
    ['Markdown', `# A\n\n## 查看\n\nGET ${view}\n\n## 删除\n\nGET ${del}\n`],
    ['Markdown, below one heading', `# A\n\n## 文章\n\nGET ${view}\n\nGET ${del}\n`],
    [
      'an overview',
      '# A\n\n|方法|地址|\n|---|---|\n|GET|/api.php?act=view&id=7|\n|GET|/api.php?act=del&id=7|\n',
    ],
    ['commands in Markdown', `# A\n\n\`\`\`\ncurl '${view}'\n\`\`\`\n\n\`\`\`\ncurl '${del}'\n\`\`\`\n`],
    [
      'addresses whose commands say it',
      `# A\n\n## 查看\n\nGET /api.php\n\n\`\`\`\ncurl '${view}'\n\`\`\`\n\n## 删除\n\nGET /api.php\n\n\`\`\`\ncurl '${del}'\n\`\`\`\n`,
    ],
    ['curl', `curl '${view}'\ncurl '${del}'\n`],
    ['http files', `### a\nGET ${view}\n\n### b\nGET ${del}\n`],
    ['HAR', JSON.stringify({ log: { version: '1.2', entries: [view, del, view].map(recorded) } })],
    [
      'Postman',
      JSON.stringify({
        info: { name: 'a', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        item: [view, del].map(saved),
      }),
    ],
    [
      'YApi',
      JSON.stringify([
        {
          name: 'a',
          list: [view, del].map((url) => ({
            title: 'a',
            method: 'GET',
            path: url.slice('http://h.example.com'.length),
            catid: 1,
            req_query: [{ name: 'act', required: '1' }],
          })),
        },
      ]),
    ],
  ])('%s', async (_, text) => {
    const operations = await read(text);
    expect(operations.map(({ key }) => key)).toEqual(['GET /api.php?act=view', 'GET /api.php?act=del']);
    const acts = operations.map(({ parameters }) => parameters.filter(({ name }) => name === 'act'));
    expect(acts).toMatchObject([
      [{ in: 'query', required: true, examples: ['view'], isFixed: true }],
      [{ in: 'query', required: true, examples: ['del'], isFixed: true }],
    ]);
  });
});

test('a value that has capitals within is no placeholder', async () => {
  const text =
    '# A\n\n## 用户\n\nGET /user?m=getInfo\n\n| 参数 | 类型 | 必填 |\n|---|---|---|\n| id | int | 是 |\n';
  const [operation] = await read(text);
  expect(operation).toMatchObject({ key: 'GET /user?m=getInfo', path: '/user', query: 'm=getInfo' });
  expect(operation?.parameters.find(({ name }) => name === 'm')?.examples).toEqual(['getInfo']);
});

function keysOf(...addresses: readonly string[]): readonly string[] {
  return chosenByQuery(
    addresses.map((address) => {
      const { path, query } = splitUrl(address);
      return { operation: { key: `GET ${path}`, method: 'GET', path, parameters: [] }, written: query };
    }),
  ).map(({ key }) => key.slice('GET '.length));
}

test.each([
  ['/index.php?c=user&a=del&id=7', '/index.php?c=user&a=del'],
  ['/index.php?s=/index/user/del', '/index.php?s=/index/user/del'],
  ['/gateway?service=App.User.Remove', '/gateway?service=App.User.Remove'],
  ['/gateway?method=taobao.user.get', '/gateway?method=taobao.user.get'],
  ['/api?type=list', '/api?type=list'],
  ['/api.php?type=list', '/api.php?type=list'],
  ['/dev?cmd=101', '/dev?cmd=101'],
  // Values for whoever reads it, filters and records.
  ['/user?m={method}', '/user'],
  ['/user?action=ACTION', '/user'],
  ['/user?action=xxx', '/user'],
  ['/user?do=', '/user'],
  ['/search?s=apple', '/search'],
  ['/list?a=1', '/list'],
  ['/orders?type=paid', '/orders'],
  ['/orders?status=paid', '/orders'],
  ['/audit-logs?action=update', '/audit-logs'],
  ['/api?id=abc', '/api'],
  ['/api?callback=show', '/api'],
  ['/login?service=https://h.example.com/a', '/login'],
])('by its name: %s is %s', (address, expected) => {
  expect(keysOf(address)).toEqual([expected]);
});

test('of what kind a thing is tells operations apart where each has its own', () => {
  expect(keysOf('/dict?type=sex', '/dict?type=city')).toEqual(['/dict?type=sex', '/dict?type=city']);
  expect(keysOf('/dict?type=sex', '/dict?type=sex')).toEqual(['/dict', '/dict']);
  expect(keysOf('/dict?type=1', '/dict?type=2')).toEqual(['/dict?type=1', '/dict?type=2']);
  expect(keysOf('/orders?page=1', '/orders?page=2')).toEqual(['/orders', '/orders']);
});

test('a call that is only spoken of is told as the one that it is', async () => {
  const raw = new ParsedRawDocument(
    'docs/api.md',
    '# A\n\n## 查看\n\nGET /api.php?act=view\n\n## 说明\n\n另外可以调用 GET /api.php?act=del 来删除。\n',
  );
  const format = formats.find(({ kind }) => kind === 'markdown');
  const document = await format?.read(raw, context);
  expect(document?.operations.map(({ key }) => key)).toEqual(['GET /api.php?act=view']);
  expect(JSON.stringify(document?.problems)).toContain('GET /api.php?act=del');
});
