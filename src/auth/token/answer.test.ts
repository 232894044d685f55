import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { exactJsonOf } from '../../lib/json/json-of.ts';
import { dataOf, namesIn } from './answer.ts';

const answer = (body: string, type?: string) => {
  const headers: Readonly<Record<string, string>> = type === undefined ? {} : { 'content-type': type };
  return { headers, body };
};

describe('what an answer says', () => {
  it.each<[string, string, string | undefined, unknown]>([
    ['JSON, whatever it is called', '{"t":"a"}', 'text/html;charset=utf-8', { t: 'a' }],
    [
      'a form',
      'access_token=a%2Bb&scope=',
      'application/x-www-form-urlencoded',
      { access_token: 'a+b', scope: '' },
    ],
    [
      'a form without a label',
      'expires_in=4&access_token=a',
      undefined,
      { expires_in: '4', access_token: 'a' },
    ],
    ['XML', '<?xml version="1.0"?><o:r><o:t>a&amp;b</o:t><n/></o:r>', 'application/xml', { t: 'a&b' }],
    ['a page', '<!DOCTYPE html><html><p>access_token=a</p></html>', 'text/html', undefined],
    ['a text', 'eyJhbGciOiJub25lIn0.e30.', 'text/plain', undefined],
    ['a text that ends like a form', 'bG9uZy10b2tlbg==', 'text/plain', undefined],
  ])('is read from %s', (_, body, type, expected) => {
    expect(dataOf(answer(body, type))).toEqual(expected);
  });

  it('keeps every digit of long numbers', () => {
    expect(exactJsonOf('{"t":1234567890123456789,"n":-9007199254740993,"id":9007199254740991}')).toEqual({
      t: '1234567890123456789',
      n: '-9007199254740993',
      id: 9007199254740991,
    });
    const others = '{"f":0.125,"e":12e2,"s":"1234567890123456789 \\" 1"}';
    expect(exactJsonOf(others)).toEqual(JSON.parse(others));
  });
});

describe('an answer that is not quoted', () => {
  const secret = '3f0c9a7be1f64c6f9f1d7e2b11aa22bb';
  it.each<[string, string, string | undefined]>([
    [`{"code":0,"data":"${secret}"}`, 'it has code 0, data', undefined],
    [
      `{"errcode":40013,"error":"invalid_appid","msg":"${secret}"}`,
      'it has errcode 40013, error invalid_appid, msg',
      undefined,
    ],
    [
      `{"code":"${secret}","error":"${secret}","a":{"b":[{"c":"${secret}"}]}}`,
      'it has code, error, a.b[0].c',
      undefined,
    ],
    [`{"sessions":{"${secret}":1}}`, 'it has sessions.…', undefined],
    [`"${secret}"`, 'it is 34 bytes of application/json', 'application/json'],
    [secret, 'it is 32 bytes without a media type', undefined],
    [`${secret}=`, 'it has …', 'application/x-www-form-urlencoded'],
    [' ', 'it is empty', undefined],
  ])('%s', (body, expected, type) => {
    expect(inEnglish(namesIn(answer(body, type)))).toBe(expected);
  });
});
