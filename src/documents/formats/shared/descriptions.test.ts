import { expect, test } from 'vitest';
import type { ReadContext } from '../format.ts';
import { ParsedRawDocument } from '../../text/raw-document.ts';
import { formats } from '../registry.ts';

const context: ReadContext = {
  signal: new AbortController().signal,
  load: async (file) => ({ level: 'error', code: 'file-not-found', message: 'does not exist', file }),
  list: async () => [],
};

async function descriptions(text: string): Promise<readonly (string | undefined)[]> {
  const raw = new ParsedRawDocument('docs/api', text);
  const [format] = formats.toSorted((a, b) => b.detect(raw) - a.detect(raw));
  const document = await format?.read(raw, context);
  return document?.operations.map(({ description }) => description) ?? [];
}

const openapi = (head: object, operation: object): string =>
  JSON.stringify({ ...head, info: { title: 'a', version: '1' }, paths: { '/a': { get: operation } } });
const postman = (request: object): string =>
  JSON.stringify({
    info: { name: 'a', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [{ name: '订单', request: { method: 'GET', url: 'http://h/a', ...request } }],
  });
const yapi = (texts: object): string =>
  JSON.stringify([
    {
      name: '订单',
      list: [{ title: '订单', method: 'GET', path: '/a', catid: 1, res_body_type: 'json', ...texts }],
    },
  ]);

test.each<[string, string]>([
  ['OpenAPI', openapi({ openapi: '3.0.1' }, { summary: '订单', description: '删除订单' })],
  ['Swagger', openapi({ swagger: '2.0' }, { summary: '订单', description: '<p>删除<b>订单</b></p>' })],
  ['Postman', postman({ description: '**删除订单**' })],
  ['Postman, typed', postman({ description: { content: '删除订单', type: 'text/markdown' } })],
  ['YApi', yapi({ desc: '<p>删除订单</p>' })],
  ['YApi, Markdown', yapi({ desc: '', markdown: '删除订单' })],
  [
    'ShowDoc',
    '# 订单\n\n**简要描述：** \n\n- 删除订单\n\n**请求URL：** \n- ` http://h/a `\n\n**请求方式：**\n- GET \n',
  ],
  [
    'a table',
    '# 订单\n\n| 项 | 内容 |\n|---|---|\n| 接口名称 | 删除订单 |\n| URL | /a |\n| Method | GET |\n',
  ],
  ['a line in front', '# 订单\n\n接口名称：删除订单\n接口地址：/a\n请求方式：GET\n'],
  ['what it is for', '# 订单\n\n**功能：** 删除订单\n**URL：** `/a`\n**方法：** GET\n'],
  ['knife4j', '## 订单\n\n**接口地址**:`/a`\n\n**请求方式**:`GET`\n\n**接口描述**:删除订单\n'],
  ['smart-doc', '## 订单\n\n**URL:** `/a`\n\n**Type:** `GET`\n\n**Description:** 删除订单\n'],
  ['HTML', '## 订单\n\n**Path：** /a\n\n**Method：** GET\n\n**接口描述：**\n<p>删除订单</p>\n'],
  ['a sentence', '## 订单\n\n删除订单\n\nGET /a\n'],
])('what it does is read from its description: %s', async (_, text) => {
  expect(await descriptions(text)).toEqual(['删除订单']);
});

test('each of several operations below one heading has its own', async () => {
  const one = (about: string, path: string) =>
    `**简要描述：**\n\n- ${about}\n\n**请求URL：**\n- \`http://h/${path}\`\n\n**请求方式：**\n- GET\n\n---\n\n`;
  expect(await descriptions(`# 考勤\n\n${one('打卡', 'x')}${one('同步', 'y')}${one('列表', 'z')}`)).toEqual([
    '打卡',
    '同步',
    '列表',
  ]);
});

test('only its beginning is kept, on one line, without code', async () => {
  const description = `Reads\nthe order.\n\n\`\`\`\nDELETE /b\n\`\`\`\n\n- by number\n${'x'.repeat(1000)}`;
  const [read = ''] = await descriptions(openapi({ openapi: '3.0.1' }, { description }));
  expect(read).toMatch(/^Reads the order\.; by number x+$/);
  expect(read).toHaveLength(300);
});
