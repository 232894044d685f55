import type { OutgoingHttpHeaders } from 'node:http';
import aws4 from 'aws4';
import { z } from 'zod';
import { secretText } from '../../lib/zod.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { defineScheme } from '../scheme.ts';
import { formatTime } from '../template/template.ts';
import { shared } from './options.ts';

const options = z.strictObject({
  accessKeyId: z.string().min(1).describe('Access key id.'),
  secretAccessKey: secretText.describe('Secret access key.'),
  sessionToken: secretText.optional().describe('Session token of temporary credentials.'),
  region: z.string().optional().describe('Region. Default: from the address, else us-east-1.'),
  service: z.string().optional().describe('Service: `execute-api`, `s3` … Default: from the address.'),
  ...shared,
});

export const awsSigV4 = defineScheme({
  kind: 'aws-sigv4',
  title: { en: 'AWS signature', zh: 'AWS 签名' },
  summary: 'AWS Signature Version 4, as AWS services and S3-like stores demand.',
  example: {
    accessKeyId: '${env:AWS_ACCESS_KEY_ID}',
    secretAccessKey: '${env:AWS_SECRET_ACCESS_KEY}',
    region: 'us-east-1',
    service: 'execute-api',
  },
  satisfies: ['awsSigV4'],
  usesClock: true,
  options,
  async apply(request, { accessKeyId, secretAccessKey, sessionToken, region, service }, _token, clock) {
    const { origin, host, pathname, search } = new URL(request.url);
    const signed = aws4.sign(
      {
        method: request.method,
        path: pathname + search,
        headers: {
          ...toSign(request.headers),
          host,
          'x-amz-date': formatTime(clock.now(), 'yyyyMMddTHHmmssZ'),
        },
        ...(request.body === undefined ? {} : { body: bytes(request.body) }),
        region,
        service,
      },
      {
        accessKeyId,
        secretAccessKey: secretAccessKey.reveal(),
        sessionToken: sessionToken?.reveal(),
      },
    );
    const { host: _, ...headers } = lowerCase(signed.headers);
    return { ...request, url: origin + signed.path, headers: { ...request.headers, ...headers } };
  },
});

/** What AWS demands to be signed if it is sent; a proxy on the way may change the others. */
function toSign(headers: OutgoingRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name === 'content-type' || name.startsWith('x-amz-')),
  );
}

function lowerCase(headers: OutgoingHttpHeaders = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

function bytes(body: string | Uint8Array): string | Buffer {
  return typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
