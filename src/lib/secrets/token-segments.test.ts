import { describe, expect, it } from 'vitest';
import { pathWithoutTokens, pathWithTokens, tokensOfPath } from './token-segments.ts';

const token = 'tK9vQ2mZx7LpR4sW8nYb3HcD6f';

describe('a path', () => {
  it.each([
    ['/t/abcdef123456/openapi.json', '/t/abc***/openapi.json'],
    [`/export/${token}/openapi.json`, '/export/tK9***/openapi.json'],
    [`/export/${token}.json`, '/export/tK9***.json'],
    ['/shared-0b7c3f7e-1d2a-4c3b-9e8f-a1b2c3d4e5f6/api.yaml', '/sha***/api.yaml'],
    ['/webhooks/T02A8BQ/openapi', '/webhooks/T02A8BQ/openapi'],
    ['/webhooks/T02A8BQX1/openapi', '/webhooks/T02***/openapi'],
    ['/hook/kJhGfDsAqWeRtYuIoP', '/hook/kJh***'],
  ])('%s is shown as %s, and meant again', (pathname, shown) => {
    expect(pathWithoutTokens(pathname)).toBe(shown);
    expect(pathWithTokens(shown, ['/other', pathname])).toBe(pathname);
  });

  it.each([
    '/v3/api-docs/order-service',
    '/OrderManagementService/swagger/v1/swagger.json',
    '/api/2026-01-02/openapi3.1.json',
    '/k8s-cluster-1/oauth2/v2.0/.well-known/openapi.yaml',
    '/project/1234567/interface/api',
    '/%E6%8E%A5%E5%8F%A3/文档.md',
    '/share/orders/openapi.json',
    '/t/team-orders/openapi.json',
  ])('%s is made of names', (pathname) => {
    expect(pathWithoutTokens(pathname)).toBe(pathname);
    expect(tokensOfPath(pathname)).toEqual([]);
  });

  it('below an address is meant as well, and one of another address stays', () => {
    expect(pathWithTokens('/t/abc***/v1/orders.yaml', ['/t/abcdef123456/openapi.json'])).toBe(
      '/t/abcdef123456/v1/orders.yaml',
    );
    expect(pathWithTokens('/t/xyz***/orders.yaml', ['/t/abcdef123456/openapi.json'])).toBe(
      '/t/xyz***/orders.yaml',
    );
  });
});
