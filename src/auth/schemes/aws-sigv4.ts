import { AwsV4Signer } from 'aws4fetch';
import { z } from 'zod';
import { secretText } from '../../kit/zod.ts';
import { defineScheme } from '../scheme.ts';
import { formatTime } from '../template/time.ts';
import { shared } from './options.ts';

const options = z
  .strictObject({
    accessKeyId: z.string().min(1).describe('Access key id.'),
    secretAccessKey: secretText.describe('Secret access key.'),
    sessionToken: secretText.optional().describe('Session token of temporary credentials.'),
    region: z.string().optional().describe('Region. Default: from the address, else us-east-1.'),
    service: z.string().optional().describe('Service: `execute-api`, `s3` … Default: from the address.'),
    ...shared,
  })
  // A signing key is good for a day, and three of the five hashes of a signature go into it.
  .transform((written) => ({ ...written, signingKeys: new Map<string, ArrayBuffer>() }));

export const awsSigV4 = defineScheme({
  kind: 'aws-sigv4',
  summary: 'AWS Signature Version 4, as AWS services and S3-like stores demand.',
  satisfies: ['awsSigV4'],
  usesClock: true,
  options,
  async apply(request, { secretAccessKey, sessionToken, region, service, ...written }, _token, clock) {
    const signer = new AwsV4Signer({
      method: request.method,
      url: request.url,
      headers: request.headers,
      accessKeyId: written.accessKeyId,
      secretAccessKey: secretAccessKey.reveal(),
      datetime: formatTime(clock.now(), 'yyyyMMddTHHmmssZ'),
      cache: written.signingKeys,
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(sessionToken === undefined ? {} : { sessionToken: sessionToken.reveal() }),
      ...(region === undefined ? {} : { region }),
      ...(service === undefined ? {} : { service }),
    });
    const { url, headers } = await signer.sign();
    return { ...request, url: url.href, headers: Object.fromEntries(headers) };
  },
});
