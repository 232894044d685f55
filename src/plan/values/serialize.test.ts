import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../model/json.ts';
import { cookiePairs, headerText, pathText, queryPairs, safeHeader } from './serialize.ts';

const list = ['blue', 'black', 'brown'];
const color = { R: 100, G: 200, B: 150 };

describe('styles of parameters (OpenAPI 3.1, table in 4.8.12.4)', () => {
  it.each<[style: string, explode: boolean, value: Json, text: string]>([
    ['matrix', false, '', ';color='],
    ['matrix', false, 'blue', ';color=blue'],
    ['matrix', false, list, ';color=blue,black,brown'],
    ['matrix', false, color, ';color=R,100,G,200,B,150'],
    ['matrix', true, 'blue', ';color=blue'],
    ['matrix', true, list, ';color=blue;color=black;color=brown'],
    ['matrix', true, color, ';R=100;G=200;B=150'],
    ['label', false, '', '.'],
    ['label', false, 'blue', '.blue'],
    ['label', false, list, '.blue,black,brown'],
    ['label', false, color, '.R,100,G,200,B,150'],
    ['label', true, list, '.blue.black.brown'],
    ['label', true, color, '.R=100.G=200.B=150'],
    ['simple', false, 'blue', 'blue'],
    ['simple', false, list, 'blue,black,brown'],
    ['simple', false, color, 'R,100,G,200,B,150'],
    ['simple', true, color, 'R=100,G=200,B=150'],
  ])('%s in a path, explode %s, of %j is %s', (style, explode, value, text) => {
    expect(pathText({ name: 'color', in: 'path', style, explode }, value)).toBe(text);
  });

  it.each<[style: string | undefined, explode: boolean | undefined, value: Json, text: string]>([
    [undefined, undefined, 'blue', 'color=blue'],
    [undefined, undefined, list, 'color=blue&color=black&color=brown'],
    ['form', false, '', 'color='],
    ['form', false, list, 'color=blue,black,brown'],
    ['form', false, color, 'color=R,100,G,200,B,150'],
    ['form', true, color, 'R=100&G=200&B=150'],
    ['form', false, [], ''],
    ['form', true, [], ''],
    ['spaceDelimited', false, list, 'color=blue%20black%20brown'],
    ['spaceDelimited', undefined, list, 'color=blue%20black%20brown'],
    ['spaceDelimited', true, list, 'color=blue&color=black&color=brown'],
    ['pipeDelimited', false, list, 'color=blue%7Cblack%7Cbrown'],
    ['pipeDelimited', false, color, 'color=R%7C100%7CG%7C200%7CB%7C150'],
    ['tabDelimited', false, list, 'color=blue%09black%09brown'],
    ['deepObject', true, color, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
    ['deepObject', true, { a: { b: [1, 2] } }, 'color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2'],
  ])('%s in a query, explode %s, of %j is %s', (style, explode, value, text) => {
    const parameter = {
      name: 'color',
      in: 'query' as const,
      style,
      explode,
    };
    expect(queryPairs(parameter, value).join('&')).toBe(text);
  });

  it('writes a parameter with a media type as that type', () => {
    const parameter = { name: 'filter', in: 'query', contentType: 'application/json' } as const;
    expect(queryPairs(parameter, { a: 'x y' })).toEqual(['filter=%7B%22a%22%3A%22x%20y%22%7D']);
    expect(queryPairs(parameter, 'x')).toEqual(['filter=%22x%22']);
    expect(queryPairs({ ...parameter, contentType: 'text/plain' }, 'x')).toEqual(['filter=x']);
    expect(pathText({ ...parameter, in: 'path' }, { a: 1 })).toBe('%7B%22a%22%3A1%7D');
    expect(headerText({ ...parameter, in: 'header' }, { a: 1 })).toBe('{"a":1}');
  });

  it('leaves reserved characters alone where the document allows it, but for those that end a parameter', () => {
    const parameter = { name: 'path', in: 'query', allowReserved: true } as const;
    expect(queryPairs(parameter, 'a/b?c=d&e#f g%20h')).toEqual(['path=a/b?c=d%26e%23f%20g%20h']);
  });

  it('writes deeper structures as JSON and null as nothing', () => {
    expect(queryPairs({ name: 'a', in: 'query' }, [{ b: 1 }, null])).toEqual(['a=%7B%22b%22%3A1%7D', 'a=']);
  });

  it('writes cookies as pairs', () => {
    expect(cookiePairs({ name: 'session', in: 'cookie' }, 'a;b')).toEqual(['session=a%3Bb']);
  });

  it('keeps out of headers what HTTP cannot carry', () => {
    expect(headerText({ name: 'X-Name', in: 'header' }, ['a', '张三'])).toBe('a,%E5%BC%A0%E4%B8%89');
    expect(safeHeader(' a\r\nSet-Cookie: x=1 ')).toBe('a%0D%0ASet-Cookie: x=1');
  });
});

const anyText = fc.string({ unit: 'binary', maxLength: 40 });

describe('whatever the value', () => {
  it('comes out of the query as it went in', () => {
    fc.assert(
      fc.property(
        anyText,
        anyText.filter((name) => name !== ''),
        (value, name) => {
          const [pair] = queryPairs({ name, in: 'query' }, value);
          const back = new URL(`https://h/p?${pair ?? ''}`).searchParams;
          expect(back.get(name.replace(/\p{Surrogate}/gu, '\uFFFD'))).toBe(
            value.replace(/\p{Surrogate}/gu, '\uFFFD'),
          );
        },
      ),
    );
  }, 30_000);

  it('comes out of the path as it went in, as one segment', () => {
    fc.assert(
      fc.property(
        anyText.filter((text) => !/^\.{0,2}$/.test(text)),
        (value) => {
          const url = new URL(`https://h/a/${pathText({ name: 'id', in: 'path' }, value)}/b`);
          const segments = url.pathname.split('/');
          expect(segments).toHaveLength(4);
          expect(decodeURIComponent(segments[2] ?? '')).toBe(value.replace(/\p{Surrogate}/gu, '\uFFFD'));
        },
      ),
    );
  }, 30_000);

  it('makes a header that HTTP accepts', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(() => new Headers({ 'x-a': headerText({ name: 'x-a', in: 'header' }, value) })).not.toThrow();
      }),
    );
  }, 30_000);
});

it('writes names and values that are no well-formed text, in every place', () => {
  const parameter = { name: '\ud800x', in: 'query' } as const;
  expect(queryPairs(parameter, { '\udfff': 'a\ud83d' })).toEqual(['%EF%BF%BD=a%EF%BF%BD']);
  expect(queryPairs(parameter, 'b')).toEqual(['%EF%BF%BDx=b']);
  expect(pathText({ ...parameter, in: 'path' }, '\ud800')).toBe('%EF%BF%BD');
});
