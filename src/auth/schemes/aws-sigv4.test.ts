import { describe, expect, it } from 'vitest';
import { credential, harness, never } from '../../../test/support/auth-harness.ts';
import type { OutgoingRequest } from '../../model/check.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const scope = 'Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request';

/** Signs at the moment of AWS's test suite, 2015-08-30 12:36:00 UTC. */
async function sign(request: Partial<OutgoingRequest>, more: object = {}) {
  const written = { ...keys, region: 'us-east-1', service: 'service', ...more };
  const test = harness([credential('c', 'aws-sigv4', written)]);
  test.clock.jump(Date.UTC(2015, 7, 30, 12, 36) - test.clock.now());
  const signed = await test.sign('c', { url: 'https://example.amazonaws.com/', ...request });
  return signed.ok ? signed.request : undefined;
}

describe('the examples of the AWS Signature Version 4 test suite', () => {
  it.each<[string, Partial<OutgoingRequest>, string, string]>([
    [
      'get-vanilla',
      {},
      'host;x-amz-date',
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    [
      'get-vanilla-query-order-key-case',
      { url: 'https://example.amazonaws.com/?Param2=value2&Param1=value1' },
      'host;x-amz-date',
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'post-vanilla',
      { method: 'POST' },
      'host;x-amz-date',
      '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    ],
  ])('%s', async (_, request, signedHeaders, signature) => {
    const signed = await sign(request);
    expect(signed?.headers['authorization']).toBe(
      `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
    );
    expect(signed?.headers['x-amz-date']).toBe('20150830T123600Z');
  });
});

it('carries the token of temporary credentials, and takes region and service from the address', async () => {
  const test = harness([credential('c', 'aws-sigv4', { ...keys, sessionToken: 'session-token' })]);
  const signed = await test.sign('c', {
    method: 'POST',
    url: 'https://abc.execute-api.eu-west-1.amazonaws.com/orders',
    headers: { accept: 'application/json' },
    body: '{}',
  });
  expect(signed).toMatchObject({
    ok: true,
    request: {
      body: '{}',
      headers: {
        accept: 'application/json',
        'x-amz-security-token': 'session-token',
        authorization: expect.stringContaining('/eu-west-1/execute-api/aws4_request'),
      },
    },
  });
});

it('follows the clock of the server that refused it', async () => {
  const { manager, sign, clock } = harness([
    credential('c', 'aws-sigv4', { ...keys, region: 'r', service: 's' }),
  ]);
  const date = () => new Date(clock.now() + 86_400_000).toUTCString();
  expect(await manager.rejected('c', 0, never, date)).toBe(true);
  expect(await sign('c')).toMatchObject({ request: { headers: { 'x-amz-date': '20260102T000000Z' } } });
});
