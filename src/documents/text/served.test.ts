import { expect, test } from 'vitest';
import { servedDocument } from './served.ts';

const data = { openapi: '3.0.1', info: { title: '订单', version: 'v0' }, paths: { '/hello': {} } };
const json = JSON.stringify(data);
const base64 = Buffer.from(json).toString('base64');
const yaml = 'openapi: 3.0.1\ninfo: {title: t}\npaths: {}\n';
const signed = [...Buffer.from(json)].map((byte) => (byte > 127 ? byte - 256 : byte));

test.each([
  ['a JSON text', JSON.stringify(json), json],
  ['base64 in a JSON text', JSON.stringify(base64), json],
  ['bare base64', base64, json],
  ['base64 in lines', base64.replace(/.{76}/g, '$&\r\n'), json],
  ['bytes', JSON.stringify([...Buffer.from(json)]), json],
  ['bytes with a sign', JSON.stringify(signed), json],
  ['an envelope', JSON.stringify({ code: 0, msg: 'ok', data }), json],
  ['an envelope with a text', JSON.stringify({ success: true, result: json }), json],
  ['an envelope with base64', JSON.stringify({ code: '200', data: base64 }), json],
  ['YAML in a JSON text', JSON.stringify(yaml), yaml],
  ['YAML in base64', Buffer.from(yaml).toString('base64'), yaml],
])('the document is found in %s', (_, served, expected) => {
  expect(servedDocument(served)).toBe(expected);
});

test('an id in an envelope keeps its digits', () => {
  const text = `{"code":0,"data":${json.replace('"v0"', '1775389422113955841')}}`;
  expect(servedDocument(text)).toContain('"1775389422113955841"');
});

test.each([
  ['the document itself', json],
  ['another answer', '{"code":0,"msg":"ok","data":{"id":7}}'],
  ['an export that has an envelope of its own', '{"errcode":0,"data":[{"path":"/x","method":"GET"}]}'],
  ['a list of numbers', '[1,2,3,4]'],
  ['a text', '"hello"'],
  ['base64 of something else', Buffer.from('{"a": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}').toString('base64')],
  ['broken JSON', '{"code":0,"data":{"openapi":"3.0.0"'],
  ['Markdown', '# API\n\nGET /x\n'],
  ['nothing', ''],
])('%s stays as it is', (_, text) => {
  expect(servedDocument(text)).toBe(text);
});
