import type { Clock } from '../kit/clock.ts';
import type { CertificateSighting } from '../model/certificate.ts';
import type { Check } from '../model/check.ts';
import type { Finding } from '../model/result.ts';
import { judgeLife } from './certificate-life.ts';
import { certificateLimits } from './expectations/certificate.ts';
import type { Handshake } from './transports/http/handshake.ts';

/** One of several instances behind an address may be wrong for a moment, in the middle of a deployment. */
const secondLookMs = 2000;

export interface LookOptions {
  readonly clock: Clock;
  readonly shake: (check: Check) => Promise<Handshake>;
}

/**
 * What the certificate of an origin, of which `checks` are all that is called, looks like now. `undefined` when nothing
 * is to be said: nobody wants to know, or there was no handshake for reasons that have nothing to do with it.
 */
export async function lookAtCertificate(
  checks: readonly Check[],
  { clock, shake }: LookOptions,
  signal?: AbortSignal,
): Promise<CertificateSighting | undefined> {
  const [check] = checks;
  const limits = certificateLimits(checks);
  if (check === undefined || limits === undefined) return undefined;
  let handshake = await shake(check);
  if (!handshake.ok && handshake.byCertificate) {
    await clock.sleep(secondLookMs, signal);
    handshake = await shake(check);
  }
  const { origin } = check;
  const at = clock.now();
  if (!handshake.ok) {
    if (!handshake.byCertificate || signal?.aborted === true) return undefined;
    return { origin, at, trouble: { verdict: 'fail', code: 'tls', message: handshake.message } };
  }
  if (handshake.certificate === undefined) return { origin, at };
  const finding = judgeLife(handshake.certificate, new URL(origin).hostname, limits, at);
  return finding === undefined ? { origin, at } : { origin, at, trouble: troubleOf(finding) };
}

function troubleOf({
  level,
  message,
  expected,
  found,
}: Finding): NonNullable<CertificateSighting['trouble']> {
  return {
    verdict: level === 'error' ? 'fail' : 'degraded',
    code: 'certificate',
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
  };
}
