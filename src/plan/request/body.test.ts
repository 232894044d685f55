import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { anOperation, planOf } from '../../../test/support/plan-inputs.ts';
import type { MediaType } from '../../model/document.ts';
import type { Json } from '../../model/json.ts';

function sent(media: readonly Partial<MediaType>[], body?: Json, required = true, key = 'POST /orders') {
  const full = media.map((entry) => ({ contentType: 'application/json', examples: [], ...entry }));
  const operation = anOperation(key, { body: { required, media: full } });
  const overrides = [{ match: '* /orders', allow: true, body }];
  const { checks, skipped } = planOf(operation, { overrides });
  const check = checks[0];
  if (check === undefined) return `${skipped[0]?.code}: ${inEnglish(skipped[0]?.reason ?? '')}`;
  if (check.request.body === undefined) return 'none';
  return [check.request.headers['content-type'], check.request.body, check.values.at(-1)?.origin].join(' | ');
}

const order = {
  type: 'object',
  required: ['id', 'items'],
  properties: { id: { type: 'integer' }, items: { type: 'array', items: {} } },
};

describe('the body of an operation that is allowed', () => {
  it.each<[says: string, media: readonly Partial<MediaType>[], body: Json | undefined, expected: string]>([
    ['from the config', [{ examples: [{ a: 1 }] }], { b: 2 }, 'application/json | {"b":2} | config'],
    ['text from the config', [{}], '{"b": 2}', 'application/json | {"b": 2} | config'],
    ['text that is no JSON', [{}], 'hello', 'text/plain | hello | config'],
    ['from the config where nothing is documented', [], { b: 2 }, 'application/json | {"b":2} | config'],
    [
      'an example',
      [{ examples: [{ a: 1 }], schema: order }],
      undefined,
      'application/json | {"a":1} | example',
    ],
    ['made up', [{ schema: order }], undefined, 'application/json | {"id":1,"items":[]} | generated'],
    [
      'JSON before forms',
      [{ contentType: 'application/x-www-form-urlencoded', schema: order }, { schema: order }],
      undefined,
      'application/json | {"id":1,"items":[]} | generated',
    ],
    [
      'JSON of a kind',
      [{ contentType: 'application/merge-patch+json', schema: order }],
      undefined,
      'application/merge-patch+json | {"id":1,"items":[]} | generated',
    ],
    [
      'JSON where anything goes',
      [{ contentType: '*/*', schema: order }],
      undefined,
      'application/json | {"id":1,"items":[]} | generated',
    ],
    [
      'a form',
      [{ contentType: 'application/x-www-form-urlencoded', examples: [{ a: 'x y', b: [1, 2] }] }],
      undefined,
      'application/x-www-form-urlencoded | a=x%20y&b=1&b=2 | example',
    ],
    [
      'a form of parts',
      [{ contentType: 'multipart/form-data', examples: [{ a: 'x' }] }],
      undefined,
      'multipart/form-data; boundary=apipatrol-7d81f0c3 | --apipatrol-7d81f0c3\r\ncontent-disposition: form-data; name="a"\r\n\r\nx\r\n--apipatrol-7d81f0c3--\r\n | example',
    ],
    ['text', [{ contentType: 'text/plain', examples: ['hello'] }], undefined, 'text/plain | hello | example'],
    [
      'not XML, which nobody here can write',
      [{ contentType: 'application/xml', schema: order }],
      undefined,
      'no-value: no value for the required application/xml body is documented, and none could be made up',
    ],
    [
      'not a list in a form',
      [{ contentType: 'application/x-www-form-urlencoded', examples: [[1]] }],
      undefined,
      'no-value: no value for the required application/x-www-form-urlencoded body is documented, and none could be made up',
    ],
    [
      'not anything undescribed',
      [],
      undefined,
      'no-value: no value for the required body is documented, and none could be made up',
    ],
  ])('is %s', (_, media, body, expected) => {
    expect(sent(media, body)).toBe(expected);
  });

  it('is left out where it may be and nobody knows one', () => {
    expect(sent([], undefined, false)).toBe('none');
    expect(sent([{ schema: order }], undefined, false, 'GET /orders')).toBe('none');
  });

  it('is asked for where a GET needs one', () => {
    expect(sent([{ schema: order }], undefined, true, 'GET /orders')).toBe(
      'no-value: its document asks for a body with GET, which is sent only when it is configured',
    );
  });
});
