import { expect, it } from 'vitest';
import { memoryCache, noHttp, serviceSettings } from '../../../test/support/scan.ts';
import { silentLogger } from '../../lib/logger.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { inEnglish } from '../../messages/in-language.ts';
import { createScanner } from '../scan.ts';

it.each([
  ['ftp://x/y', 'ftp', 'ftp://x/y'],
  ['sftp://user:secret@x/y.json', 'sftp', 'sftp://x/y.json'],
  ['S3://bucket/openapi.json', 's3', 'S3://bucket/openapi.json'],
])('%s is no file that is missing, but an address that nobody reads', async (docs, scheme, file) => {
  const scanner = createScanner({
    cache: memoryCache(),
    clock: systemClock,
    log: silentLogger,
    http: () => noHttp,
    root: '/',
  });
  const { problems } = await scanner.scan(
    [serviceSettings({ name: 's', docs: [docs], root: '/' })],
    new AbortController().signal,
  );
  const problem = problems.find(({ code }) => code === 'address-not-read');
  expect([problem?.file, inEnglish(problem?.message ?? '')]).toEqual([
    file,
    `is an address that begins with ${scheme}://; only http:// and https:// addresses, files, folders and git repositories are read`,
  ]);
});
