import type { Finding } from '../model/result.ts';
import { isSaid } from './sentence.ts';

/**
 * Whether what was answered cannot be read by anybody: it breaks off, or is not encoded as it says. Whatever the document promises,
 * the service or what stands in front of it is broken.
 */
export function isUnreadable(findings: readonly Finding[]): boolean {
  return findings.some(
    ({ level, message }) => level === 'error' && isSaid(message, 'bodyBreaksOff', 'bodyNotEncoded'),
  );
}
