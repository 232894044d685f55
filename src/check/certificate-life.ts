import type { Finding } from '../model/result.ts';
import type { Certificate } from './http/certificate.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long a certificate must still be valid. */
export interface CertificateLimits {
  readonly warn: number;
  readonly fail: number;
  /** Nobody has asked for just these: no more than fits the certificate's own life. */
  readonly isUsual: boolean;
}

/**
 * Lives that only machines give, who renew in time: a day or two in meshes, nearly a week by ACME. In between are
 * certificates that somebody has made by hand.
 */
const longestOfMeshMs = 2 * dayMs;
const shortestByAcmeMs = 5 * dayMs;

/** What is wrong with how long a certificate is still valid; `undefined` when nothing is. `host` has sent it. */
export function judgeLife(
  certificate: Certificate,
  host: string,
  limits: CertificateLimits,
  now: number,
): Finding | undefined {
  const { warn, fail } = limits.isUsual ? fitted(limits, certificate) : limits;
  const leftMs = certificate.expiresAt - now;
  if (leftMs >= Math.max(warn, fail)) return undefined;
  const date = new Date(certificate.expiresAt).toISOString().slice(0, 10);
  const whose =
    certificate.isOwn || certificate.subject === host
      ? `the certificate of ${host}`
      : `the certificate of ${certificate.subject}, which ${host} sends along,`;
  return {
    kind: 'certificate',
    level: leftMs < fail ? 'error' : 'warning',
    message: `${whose} ${endOf(leftMs)} (${date}, by ${certificate.issuer})`,
    expected: `valid for ${spanOf(leftMs < fail ? fail : warn)} or more`,
    found: leftMs < 0 ? 'ended' : `${spanOf(leftMs)} left`,
  };
}

function fitted(limits: CertificateLimits, { startsAt, expiresAt }: Certificate): CertificateLimits {
  const lifeMs = expiresAt - startsAt;
  if (lifeMs > longestOfMeshMs && lifeMs < shortestByAcmeMs) return limits;
  return { ...limits, warn: Math.min(limits.warn, lifeMs / 3), fail: Math.min(limits.fail, lifeMs / 9) };
}

function endOf(leftMs: number): string {
  return leftMs < 0 ? `ended ${spanOf(-leftMs)} ago` : `ends in ${spanOf(leftMs)}`;
}

/** Rounded as a person would: `3 days`, `17 hours`, `3 minutes`, `30 seconds`. */
function spanOf(ms: number): string {
  const days = Math.round(ms / dayMs);
  if (ms >= 2 * dayMs || days > 1) return `${days} days`;
  if (ms >= hourMs) return counted(ms / hourMs, 'hour');
  return ms >= 2 * minuteMs ? counted(ms / minuteMs, 'minute') : counted(ms / secondMs, 'second');
}

function counted(amount: number, unit: string): string {
  const whole = Math.round(amount);
  return whole === 1 ? `1 ${unit}` : `${whole} ${unit}s`;
}
