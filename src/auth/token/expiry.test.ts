import { expect, it } from 'vitest';
import type { Json } from '../../model/json.ts';
import { lifeOf, statedByJwt, statedEnd, statedLife } from './expiry.ts';

const now = Date.UTC(2026, 0, 1);
const in1h = now + 3_600_000;

it.each<[Json | undefined, object]>([
  [3600, { expiresAt: in1h }],
  ['3600', { expiresAt: in1h }],
  [10, { expiresAt: now + 10_000 }],
  [10.5, { expiresAt: now + 10_500 }],
  [9.99, { unusableEnd: 'expires_in is less than 10 seconds ahead' }],
  ['1', { unusableEnd: 'expires_in is less than 10 seconds ahead' }],
  [1e15, { expiresAt: now + 3650 * 86_400_000 }],
  [0, { unusableEnd: 'expires_in is not above zero' }],
  [-1, { unusableEnd: 'expires_in is not above zero' }],
  ['soon', { unusableEnd: 'expires_in is not a number' }],
  ['0x10', { unusableEnd: 'expires_in is not a number' }],
  [true, { unusableEnd: 'expires_in is not a number' }],
  [{}, { unusableEnd: 'expires_in is not a number' }],
  [null, {}],
  ['', {}],
  [undefined, {}],
])('a life of %j', (value, expected) => {
  expect(lifeOf([statedLife('expires_in', value, 's', now)], now)).toEqual(expected);
});

it.each<[Json | undefined, object]>([
  [in1h / 1000, { expiresAt: in1h }],
  [in1h, { expiresAt: in1h }],
  ['2026-01-01T01:00:00Z', { expiresAt: in1h }],
  [7200, { unusableEnd: '$.expires lies in the past' }],
  ['7200', { unusableEnd: '$.expires lies in the past' }],
  [now + 9000, { unusableEnd: '$.expires is less than 10 seconds ahead' }],
  [now + 10_000, { expiresAt: now + 10_000 }],
  ['2020-01-01T00:00:00Z', { unusableEnd: '$.expires lies in the past' }],
  ['in an hour', { unusableEnd: '$.expires is no date' }],
  [false, { unusableEnd: '$.expires is no date' }],
])('an end at %j', (value, expected) => {
  expect(lifeOf([statedEnd('$.expires', value, 0)], now)).toEqual(expected);
});

it('takes what is usable, wherever it stands', () => {
  const stated = [statedLife('expires_in', 0, 's', now), undefined, statedEnd('end', in1h, 0)];
  expect(lifeOf(stated, now)).toEqual({ expiresAt: in1h });
});

it('reads the end of a JWT, unless it has passed', () => {
  const jwt = (exp: number) => `e30.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.x`;
  expect(lifeOf([statedByJwt(jwt(in1h / 1000), 0)], now)).toEqual({ expiresAt: in1h });
  expect(lifeOf([statedByJwt(jwt(now / 1000 - 60), 0)], now)).toEqual({
    unusableEnd: 'exp of the token lies in the past',
  });
});
