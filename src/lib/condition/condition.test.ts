import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../model/json.ts';
import { type Examined, holds, parseCondition } from './condition.ts';

const now = Date.UTC(2026, 0, 1);

const body = {
  code: 0,
  text: '0',
  msg: 'a == b',
  quoted: `it's "so"`,
  data: { token: 't', nothing: null },
  list: [{ id: 1, ok: true, of: [5] }],
  items: [{ id: 1 }, { id: 2 }],
  rows: [7],
  total: 12,
  price: '19.90',
  status: 'paid',
  at: '2025-12-31T23:55:00Z',
  version: 'v2.1',
  rest: { done: true },
  error: null,
};

const headers: Record<string, string> = { location: '/login?error', etag: '"1"' };

function answer(json: Json | undefined = body, status = 200): Examined {
  return {
    status,
    bytes: 300,
    header: (name) => headers[name],
    text: () => JSON.stringify(json) ?? 'no JSON',
    json: () => json,
    exact: () => json,
  };
}

const isTrue = (text: string, of = answer()): boolean => holds(parseCondition(text), of, now);

describe('a condition', () => {
  it.each<[string, boolean]>([
    ['$.code == 0', true],
    ['$.code==0', true],
    ['$.total>=12', true],
    ['$.code is 0', true],
    ['$.text == 0', true],
    ["$.code == '0'", true],
    ['$.code != 0', false],
    ['$.code == 40101', false],
    ['$.code in [0, 200]', true],
    ['$.code is one of 0, 200', true],
    ['$.code not in [0, 200]', false],
    ["$.text == '0'", true],
    ["$.text == '00'", false],
    ["$.code == '00'", false],
    ["$.text in ['1', '0']", true],
    ["$.msg == 'a == b'", true],
    [String.raw`$.quoted == 'it\'s "so"'`, true],
    [String.raw`$.quoted == "it's \"so\""`, true],
    ['$.msg == "a == b"', true],
    ['$.data.token == t', true],
    ['$.data.token exists', true],
    ['$.data.nothing exists', false],
    ['$.data.nothing does not exist', true],
    ['$.data.nothing is null', true],
    ['$.data.other does not exist', true],
    ['$.data.other is null', false],
    ['$.data.other != 5', false],
    ['$.data.other < 5', false],
    ['$.list[?(@.id == 1)].ok == true', true],
    ['$.list[?@.of[0] == 5].ok == true', true],
    ['some $.items[*].id is 2', true],
    ['every $.items[*].id is 2', false],
    ["$['data']['token'] == t", true],
    ['$["data"] == {"token":"t","nothing":null}', true],
    ['header Location contains "/login"', true],
    ['header location does not contain error', false],
    ['header x-other exists', false],
    ['$.list contains {"id":1,"ok":true,"of":[5]}', true],
    ['status == 200', true],
    ['status in [302, 419]', false],
    ['Status > 199', true],
    ['size < 1kb', true],
    ['body contains token', true],
  ])('%s is %s', (text, expected) => {
    expect(isTrue(text)).toBe(expected);
  });

  it('of a path finds nothing in an answer that is not JSON', () => {
    expect(isTrue('$.code == 0', { ...answer(), json: () => undefined, exact: () => undefined })).toBe(false);
    expect(
      isTrue('$.code does not exist', { ...answer(), json: () => undefined, exact: () => undefined }),
    ).toBe(true);
  });

  it('does not read the body when it is about the status', () => {
    const read = () => {
      throw new Error('the body was read');
    };
    expect(isTrue('status == 419', { ...answer({}, 419), text: read, json: read, exact: read })).toBe(true);
  });

  it('is not met where finding out would take too much work', () => {
    const many = Array.from({ length: 2000 }, (_, id) => ({ id }));
    expect(isTrue('$[?@.id == 1].id is 1', answer(many))).toBe(true);
    expect(isTrue('some $[?count($..[?@.id > 1]) > 1].id is 1', answer(many))).toBe(false);
  });

  it.each([
    ['', 'found another beginning, expected what it is about'],
    ['code == 0', 'found another beginning, expected what it is about'],
    ['header', 'found another beginning, expected what it is about'],
    ['$.code', 'found nothing behind $.code, expected what is to be true of it'],
    ['header etag', 'found nothing behind header etag, expected what is to be true of it'],
    ['$.code == ', 'found "==" behind $.code'],
    ['$.code is', 'found "is" behind $.code'],
    ['$.code ~ 5', 'found "~ 5" behind $.code'],
    ['$.code === 0', 'found "===" behind $.code, expected `==`, `!=`, `>=`, `<=`, `>` or `<`'],
    ['$.code !== 0', 'found "!==" behind $.code, expected `==`'],
    ['$.code=>0', 'found "=>" behind $.code, expected `==`'],
    ['$.code =< 0', 'found "=<" behind $.code, expected `==`'],
    ['$.code =! 0', 'found "=!" behind $.code, expected `==`'],
    ['$.code <> 0', 'found "<>" behind $.code, expected `==`'],
    ['$.code == = 0', 'found "= 0" behind ==, expected a value'],
    ['$.code != == 0', 'found "== 0" behind !=, expected a value'],
    ['$.code is == 0', 'found "== 0" behind is, expected a value'],
    ['$.code is not == 0', 'found "== 0" behind is not, expected a value'],
    ['status === 200', 'found "===" behind status'],
    ['header etag !== x', 'found "!==" behind header etag'],
    ['size => 1kb', 'found "=>" behind size'],
    ["$.text == '0", 'found "\'0", expected a quotation mark at the end'],
    ['$.[ == 1', 'found "$.[ == 1", expected a JSONPath (RFC 9535)'],
    ['$.total > two', 'found "two" behind >, expected a number or a size'],
    ['$.at is younger than soon', 'found "soon" behind younger than, expected a duration'],
    ['$.msg matches (', 'found "(", expected a regular expression'],
  ])('%j is refused, with what was found and expected', (text, message) => {
    expect(() => parseCondition(text)).toThrow(`is no condition: ${message}`);
  });
});

describe('the page about conditions', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/guide/conditions.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
    Array.from(cell.matchAll(/`([^`]+)`/g), ([, text = '']) => text),
  );

  it('has every subject and every comparison', () => {
    expect(rows.length).toBeGreaterThan(30);
  });

  it.each(rows)('shows what can be read, and is true of its own example: %s', (text) => {
    expect(isTrue(text)).toBe(true);
  });
});
