import { describe, expect, it } from 'vitest';
import { isForReaders, isUsable, isUsableFor } from './placeholder.ts';

describe('what stands in the place of a value', () => {
  it.each([
    'string',
    'String',
    'number',
    'integer',
    'boolean',
    'object',
    'null',
    'undefined',
    'example',
    'TODO',
    'tbd',
    'N/A',
    '示例',
    '略',
    '<id>',
    '<order id>',
    '{id}',
    '${id}',
    '{{orderId}}',
    '{id | name}',
    'a{{b}}c',
    ':id',
    '[id]',
    '[订单号]',
    '%id%',
    '$ORDER_ID',
    '__id__',
    'xxx',
    'XXXX',
    'xx-xx',
    'xxxxxxxx-xxxx',
    '138xxxx0000',
    'wx_xxxxxxxx',
    '***',
    '138****0000',
    '...',
    '…',
    '--',
    'eyJhbGciOi...',
    'yyyy-MM-dd',
    'YYYYMMDD',
    'yyyy-MM-dd HH:mm:ss',
    'HH:mm:ss',
    '',
    ' ',
  ])('%j', (text) => {
    expect(isUsable(text)).toBe(false);
    expect(isForReaders(text)).toBe(false);
  });

  it.each([
    'YOUR_TENANT_ID',
    'your-api-key',
    'yourDomain',
    'yourdomain.com',
    '<YOUR KEY>',
    'https://your-company.example.com',
    'X-YOUR-ID',
    'insert your id here',
    'Enter the name',
    '你的appid',
    '您的店铺ID',
    '请输入手机号',
    '<你的appid>',
    '填写订单号',
  ])('only its reader knows: %j', (text) => {
    expect(isUsable(text)).toBe(false);
    expect(isForReaders(text)).toBe(true);
  });

  it.each([
    'test123',
    'abc',
    'x',
    '*',
    '-',
    '1',
    'a-b',
    'demo',
    'yours',
    'youth',
    'exampleShop',
    'my-bucket',
    'none',
    'all',
    'strings',
    'xx',
    '[1,2]',
    '{"a":1} and more',
    'enter',
    'insert-1',
    '请求',
    'string-1',
    'Hello, world',
    'http://a/b?c=:d',
    0,
    false,
    ['a'],
    { a: 1 },
  ])('is not %j', (value) => {
    expect(isUsable(value)).toBe(true);
    expect(isForReaders(value)).toBe(false);
  });

  it.each([
    ['openid', 'openid', true, false],
    ['order_id', 'orderId', true, false],
    ['openid', 'o7', true, true],
    ['id', 0, true, false],
    ['id', 2_147_483_647, true, false],
    ['id', '9223372036854775807', true, false],
    ['id', 9_007_199_254_740_991, true, false],
    ['id', 1, true, true],
    ['id', '1775389422113955841', true, true],
    ['offset', 0, false, true],
  ])('%s=%j of an id (%j): %j', (name, value, isId, usable) => {
    expect(isUsableFor(name, value, isId)).toBe(usable);
  });
});

it('takes JSON in a text for a value', () => {
  expect(isUsable('{"status":"open"}')).toBe(true);
});
