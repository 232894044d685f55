import { expect, test } from 'vitest';
import { isGraphqlEndpoint } from './graphql-endpoint.ts';

const answer = (status: number, text: string): boolean =>
  isGraphqlEndpoint({ status, bytes: Buffer.from(text) });

test.each<[number, string]>([
  [400, '{"errors":[{"message":"Must provide query string."}]}'],
  [400, 'GET query missing.'],
  [500, 'POST body missing. Did you forget use body-parser middleware?'],
  [405, '{"errors":[{"message":"GraphQL only supports GET and POST requests."}]}'],
  [
    400,
    '{"errors":[{"message":"This operation has been blocked as a potential Cross-Site Request Forgery (CSRF)."}]}',
  ],
  [200, '<!doctype html><html><head><title>GraphiQL</title></head></html>'],
  [200, '<!DOCTYPE html><html><title>Yoga GraphiQL</title></html>'],
])('HTTP %s %s is of a GraphQL endpoint', (status, text) => {
  expect(answer(status, text)).toBe(true);
});

test.each<[number, string]>([
  [404, '{"errors":[{"message":"Must provide query string."}]}'],
  [401, '{"errors":[{"message":"Must provide query string."}]}'],
  [400, '{"message":"bad request"}'],
  [200, '{"openapi":"3.0.0","info":{"title":"GraphQL to REST","version":"1"},"paths":{}}'],
  [200, '<!doctype html><html><title>Swagger UI</title></html>'],
])('HTTP %s %s is of none', (status, text) => {
  expect(answer(status, text)).toBe(false);
});
