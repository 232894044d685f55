import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasDotSegments, normalForm } from './normal-form.ts';

describe('the normal form of an address', () => {
  it.each([
    'd%65lete',
    'd%2565lete',
    '%64%65%6c%65%74%65',
    'd%25252565lete',
    'ｄｅｌｅｔｅ',
    '%EF%BD%84elete',
    'de%00lete',
    'de\u200Blete',
    'de\tlete',
    'd%u0065lete',
    '\u{1D41D}elete',
  ])('of %s is delete', (text) => {
    expect(normalForm(text)).toBe('delete');
  });

  it('of what is plain is the same', () => {
    expect(normalForm('/orders/{id}/库存?page=1&q=100%')).toBe('/orders/{id}/库存?page=1&q=100%');
  });

  it('is there at once, however many layers there are', () => {
    expect(normalForm(`%${'25'.repeat(100_000)}65`).length).toBeLessThan(300_000);
  });

  it('never fails, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => typeof normalForm(`%${text}%e`) === 'string'),
      { numRuns: 25 },
    );
  });
});

describe('dot segments', () => {
  it.each([
    '/orders/../admin',
    '/orders/./1',
    '/orders/%2e%2e/admin',
    '/orders/%252e%252e/admin',
    '/orders/..%2fadmin',
    '/orders/..\\admin',
    '/orders/..%5cadmin',
    '/orders/..;/admin',
    '/orders/..;a=b/admin',
    '/orders/．．/admin',
    '/orders/..%c0%afadmin',
    '/orders/%c0%ae%c0%ae/admin',
    '/orders/%u002e./admin',
    '/orders/.%00./admin',
    '/orders/..',
  ])('are seen in %s', (path) => {
    expect(hasDotSegments(path)).toBe(true);
  });

  it.each(['/orders', '/orders/.well-known', '/a..b/c', '/v1.0/x', '/orders/...', '/{a}..{b}'])(
    'are none in %s',
    (path) => {
      expect(hasDotSegments(path)).toBe(false);
    },
  );
});
