import { webcrypto } from 'node:crypto';
import { sha256 } from '../../lib/text/text.ts';

/** Above this the hash is made on another thread: 20 MB take tens of milliseconds. */
const largeBytes = 1024 * 1024;

/** SHA-256 (hex) that does not hold up the caller's thread, however long the content. */
export async function hashOf(bytes: Uint8Array): Promise<string> {
  if (bytes.length <= largeBytes) return sha256(bytes);
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}
