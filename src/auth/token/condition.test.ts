import { describe, expect, it } from 'vitest';
import { parseCondition } from './condition.ts';

const body = {
  code: 0,
  text: '0',
  msg: 'a == b',
  quoted: `it's "so"`,
  data: { token: 't', nothing: null },
  list: [{ id: 1, ok: true }],
};

const headers: Record<string, string> = { location: '/login?error' };

describe('a condition', () => {
  it.each<[string, boolean]>([
    ['$.code == 0', true],
    ['$.code==0', true],
    ['$.text == 0', true],
    ['$.code != 0', false],
    ['$.code == 40101', false],
    ['$.code in [0, 200]', true],
    ["$.text == '0'", true],
    ["$.text == '00'", false],
    ["$.text in ['1', '0']", true],
    ["$.msg == 'a == b'", true],
    [String.raw`$.quoted == 'it\'s "so"'`, true],
    [String.raw`$.quoted == "it's \"so\""`, true],
    ['$.code in [40014, 42001]', false],
    ['$.msg == "a == b"', true],
    ['$.data.token == t', true],
    ['$.data.token exists', true],
    ['$.data.nothing exists', false],
    ['$.data.nothing missing', true],
    ['$.data.other missing', true],
    ['$.data.other != 5', false],
    ['$.data.other < 5', false],
    ['$.list[?(@.id == 1)].ok == true', true],
    ['$.list[0].id >= 1', true],
    ['$.list[0].id > 1', false],
    ['$.list[0].id <= 1', true],
    ['$.list[0].id < 1', false],
    ["$['data']['token'] == t", true],
    ['$["data"] == {"token":"t","nothing":null}', true],
    ['header:Location contains "/login"', true],
    ['header:location lacks error', false],
    ['header:location == "/login?error"', true],
    ['header:x-other exists', false],
    ['$.list contains {"id":1,"ok":true}', true],
    ['$.msg lacks b', false],
    ['$.code contains 0', false],
    ['status == 200', true],
    ['status in [302, 419]', false],
    ['status > 199', true],
  ])('%s is %s', (text, expected) => {
    expect(
      parseCondition(text)?.holds({ status: 200, json: () => body, header: (name) => headers[name] }),
    ).toBe(expected);
  });

  it('holds for nothing but `missing` when the answer is not JSON', () => {
    expect(parseCondition('$.code == 0')?.holds({ status: 200, json: () => undefined })).toBe(false);
    expect(parseCondition('$.code missing')?.holds({ status: 200, json: () => undefined })).toBe(true);
  });

  it('does not read the body when it is about the status', () => {
    const json = () => {
      throw new Error('the body was read');
    };
    expect(parseCondition('status == 419')?.holds({ status: 419, json })).toBe(true);
  });

  it.each([
    '',
    '$.code',
    'code == 0',
    '$.code == ',
    "$.text == '0",
    '$.code in 5',
    '$.[ == 1',
    '$.code ~ 5',
    'exists',
    'x exists',
  ])('refuses %j', (text) => {
    expect(parseCondition(text)).toBeUndefined();
  });
});
