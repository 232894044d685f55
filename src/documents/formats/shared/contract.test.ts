import { describe, expect, test } from 'vitest';
import type { ReadContext } from '../format.ts';
import { ParsedRawDocument } from '../../text/raw-document.ts';
import { formats } from '../registry.ts';

/** Nothing that a format would know, and skeletons of what it does know with every member of the wrong kind. */
const garbage: readonly string[] = [
  '',
  '\n\n',
  'Hello world',
  '# A heading\n\nand a text',
  '{}',
  '[]',
  '[1, null, "x", [], {}]',
  'null',
  'a: [1, {b: c}]',
  '<html></html>',
  ...[
    1,
    '"x"',
    'null',
    '[]',
    '[null, 1, "x", {}, []]',
    '{}',
    '{"a": null, "b": 1, "c": [1], "": {}}',
  ].flatMap((value) => [
    `{"openapi": "3.1.0", "paths": ${value}, "info": ${value}, "components": ${value}, "servers": ${value}}`,
    `{"swagger": "2.0", "paths": {"/a": ${value}}, "definitions": ${value}, "schemes": ${value}}`,
    `{"info": {"schema": "https://schema.getpostman.com/"}, "item": [${value}, {"request": ${value}, "response": ${value}}], "auth": ${value}, "variable": ${value}}`,
    `{"log": {"entries": [${value}, {"request": ${value}, "response": ${value}}]}}`,
    `{"_type": "export", "__export_format": 4, "resources": [${value}, {"_type": "request", "url": ${value}}]}`,
    `{"v": 2, "name": "a", "folders": [${value}, {"folders": ${value}, "requests": ${value}}], "requests": [${value}, {"method": "GET", "endpoint": ${value}, "params": ${value}, "auth": ${value}, "body": ${value}, "responses": ${value}}]}`,
    `{"clientName": "Thunder Client", "folders": ${value}, "settings": ${value}, "requests": [${value}, {"url": ${value}, "params": ${value}, "auth": ${value}, "body": ${value}, "containerId": ${value}}]}`,
    `{"apifoxProject": "1.0.0", "apiCollection": [{"items": [${value}, {"api": ${value}}]}]}`,
    `[{"name": ${value}, "list": [${value}, {"path": "/a", "method": "GET", "req_query": ${value}, "req_headers": ${value}, "res_body": ${value}}, {"path": ${value}, "method": ${value}}]}]`,
    `{"data": {"__schema": ${value}}}`,
    `{"opencollection": "1.0.0", "request": ${value}, "config": {"environments": ${value}}, "items": [${value}, {"http": ${value}}, {"items": ${value}}, {"http": {"url": "/a", "body": ${value}, "params": ${value}, "auth": ${value}}, "examples": ${value}}]}`,
  ]),
];

/** Read by line, so that a skeleton of theirs has no members. */
const texts: ReadonlySet<string> = new Set(['bruno', 'http-file', 'curl', 'api-blueprint', 'markdown']);

const context: ReadContext = {
  signal: new AbortController().signal,
  load: (reference) =>
    Promise.resolve({
      level: 'error',
      code: 'file-not-found',
      message: 'does not exist',
      file: reference,
    }),
  list: () => Promise.resolve([]),
};

test('every format has a name of its own', () => {
  const kinds = formats.map(({ kind }) => kind);
  expect(new Set(kinds).size).toBe(kinds.length);
});

const ofData = formats.filter(({ kind }) => !texts.has(kind));

test.each(ofData)('$kind has a skeleton of its own in `garbage`, above', (format) => {
  expect(garbage.some((text) => format.detect(new ParsedRawDocument('x', text)) > 0)).toBe(true);
});

describe.each(formats)('the format $kind', (format) => {
  test('is sure of something between nothing and everything', () => {
    for (const text of garbage) {
      const certainty = format.detect(new ParsedRawDocument('x', text));
      expect(certainty).toBeGreaterThanOrEqual(0);
      expect(certainty).toBeLessThanOrEqual(1);
    }
  });

  test.each(garbage)('reads whatever it is given: %s', async (text) => {
    const { operations, problems } = await format.read(new ParsedRawDocument('x', text), context);
    expect(operations.every(({ key, path }) => key !== '' && path.startsWith('/'))).toBe(true);
    expect(Array.isArray(problems)).toBe(true);
  });

  test('claims no text that says nothing', () => {
    const claimed = garbage
      .slice(0, 10)
      .filter((text) => !text.startsWith('# ') && format.detect(new ParsedRawDocument('x', text)) > 0);
    expect(claimed).toEqual([]);
  });
});
