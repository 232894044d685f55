import { describe, expect, test } from 'vitest';
import { sampleIn, type Surroundings } from './samples.ts';

const answer: Surroundings = { role: 'responseExample', status: '200', parameters: new Set() };

describe('a block with several values is the first that does not fail', () => {
  test.each([
    ['captions', '登录失败：\n{\n  "code": 4\n}\n登录成功：\n{\n  "code": 0\n}\n', { code: 0 }],
    ['comments', '// 失败\n{\n  "code": 4\n}\n// 成功\n{\n  "code": 0\n}', { code: 0 }],
    ['"or"', '{\n  "a": 1\n}\n或者\n{\n  "a": 2\n}', { a: 1 }],
    ['lists', '成功\n[\n  1\n]\n失败\n{\n  "code": 4\n}', [1]],
  ])('%s', (_, text, value) => {
    expect(sampleIn(text, answer)?.answer).toEqual({ status: '200', value, exact: true });
  });

  test('none when all of them fail', () => {
    expect(sampleIn('登录失败：\n{\n  "code": 4\n}\n', answer)).toBeUndefined();
  });

  test('none when the text is something else', () => {
    expect(sampleIn('{\n  "code": 4\n', answer)).toBeUndefined();
    expect(sampleIn('Nothing is returned.', answer)).toBeUndefined();
  });
});

test("of OpenAPI's example objects the value counts", () => {
  const text = '{ "summary": "one", "value": { "id": 1 } }';
  expect(sampleIn(text, answer)?.answer?.value).toEqual({ id: 1 });
  expect(sampleIn('{ "value": { "id": 1 } }', answer)?.answer?.value).toEqual({ value: { id: 1 } });
});

describe('a sample without a label below a table of parameters', () => {
  const params: Surroundings = { role: 'params', status: '200', parameters: new Set(['phone']) };

  test('is the answer when it has none of them and looks like an envelope', () => {
    const text = '{ "code": 0, "message": "ok", "data": {} }';
    expect(sampleIn(text, params)).toMatchObject({ answer: { status: '200', value: { code: 0 } } });
  });

  test.each([
    ['names a parameter', '{ "phone": "1", "code": "2", "message": "3" }'],
    ['is no envelope', '{ "name": "1" }'],
  ])('is the request when it %s', (_, text) => {
    expect(sampleIn(text, params)).toEqual({ request: JSON.parse(text) });
  });
});

describe('a sample without any label', () => {
  const nowhere: Surroundings = { role: 'url', status: '200', parameters: new Set() };

  test('is the answer when it looks like an envelope', () => {
    expect(sampleIn('{ "code": 0, "msg": "ok", "data": {} }', nowhere)).toMatchObject({
      answer: { status: '200', value: { code: 0 } },
    });
  });

  test('is left to its surroundings when it may be anything', () => {
    expect(sampleIn('{ "id": 1 }', nowhere)).toMatchObject({ loose: { value: { id: 1 } } });
  });
});
