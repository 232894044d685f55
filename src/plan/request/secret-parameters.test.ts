import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { anOperation, aParameter, planOf } from '../../../test/support/plan-inputs.ts';

describe('a parameter that proves who calls', () => {
  it.each<[name: string, why: string]>([
    ...['password', 'captcha', 'smsCode', 'verify_code', 'otp'].map((name): [string, string] => [
      name,
      'a wrong one could lock an account',
    ]),
    ...[
      'X-Postmark-Server-Token',
      'apiKey',
      'api_secret',
      'AWSAccessKeyId',
      'oauth_signature',
      'user-key',
    ].map((name): [string, string] => [name, 'it is a secret that only its owner knows']),
  ])('does not make up a %s', (name, why) => {
    const operation = anOperation('GET /accounts', { parameters: [aParameter(name)], security: [] });
    expect(planOf(operation).skipped[0]).toMatchObject({
      code: 'no-value',
      reason: `${name} is not made up: ${why}`,
    });
    expect(planOf(operation, { params: { [name]: 'x' } }).checks).toHaveLength(1);
  });

  it('does not make up what was taken out of a path', () => {
    const operation = anOperation('GET /u/{masked-secret}/items', {});
    expect(planOf(operation).skipped[0]).toMatchObject({ code: 'no-value' });
    const [check] = planOf(operation, { params: { 'masked-secret': 'x1' } }).checks;
    expect(check?.request.url).toContain('/u/x1/items');
  });

  it.each([
    'nextToken',
    'page_token',
    'continuationToken',
    'ClientToken',
    'keyword',
    'key',
    'sortKey',
    'designAuthor',
  ])('makes up a %s', (name) => {
    const operation = anOperation('GET /orders', { parameters: [aParameter(name)] });
    expect(planOf(operation).checks).toHaveLength(1);
  });

  it('does not make up a key that the description calls one', () => {
    const parameters = [aParameter('key', 'query', { description: 'Your API key' })];
    expect(inEnglish(planOf(anOperation('GET /orders', { parameters })).skipped[0]?.reason ?? '')).toBe(
      'key is not made up: it is a secret that only its owner knows',
    );
  });
});
