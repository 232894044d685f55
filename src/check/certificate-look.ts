import { groupBy } from '../lib/group-by.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { CertificateSighting, CertificateTrouble } from '../model/certificate.ts';
import type { Check } from '../model/check.ts';
import type { Finding } from '../model/result.ts';
import { certificateLimits, type CertificateLimits, judgeLife } from './expectations/certificate.ts';
import type { Handshake } from './http/handshake.ts';
import type { Route } from './http/pool.ts';

/** One of several instances behind an address may be wrong for a moment, in the middle of a deployment. */
const secondLookMs = 2000;

export interface LookOptions {
  readonly clock: Clock;
  /** How the calls of a check reach its origin. */
  readonly routeOf: (check: Check) => Route;
  readonly shake: (route: Route, check: Check) => Promise<Handshake>;
}

/**
 * What the certificate of an origin, of which `checks` are all that is called, looks like now: by each of the ways that
 * they take (names, proxies, authorities, client certificates), the worst counts. `undefined` when nothing is to be said:
 * nobody wants to know, or there was no handshake for reasons that have nothing to do with it.
 */
export async function lookAtCertificate(
  checks: readonly Check[],
  options: LookOptions,
  signal?: AbortSignal,
): Promise<CertificateSighting | undefined> {
  const limits = certificateLimits(checks);
  if (limits === undefined) return undefined;
  const looks = await Promise.all(
    waysOf(checks, options.routeOf).map(([route, check]) => lookBy(route, check, limits, options, signal)),
  );
  return looks.filter((one) => one !== undefined).toSorted((a, b) => gravityOf(b) - gravityOf(a))[0];
}

function waysOf(
  checks: readonly Check[],
  routeOf: LookOptions['routeOf'],
): readonly (readonly [Route, Check])[] {
  const configured = groupBy(checks, ({ network, credential }) => JSON.stringify([network, credential]));
  const ways = [...configured.values()].flatMap(([check]) =>
    check === undefined ? [] : [[routeOf(check), check] as const],
  );
  return [...groupBy(ways, ([route]) => JSON.stringify(route)).values()].flatMap(([way]) =>
    way === undefined ? [] : [way],
  );
}

function gravityOf({ trouble }: CertificateSighting): number {
  return trouble === undefined ? 0 : trouble.verdict === 'fail' ? 2 : 1;
}

async function lookBy(
  route: Route,
  check: Check,
  limits: CertificateLimits,
  { clock, shake }: LookOptions,
  signal: AbortSignal | undefined,
): Promise<CertificateSighting | undefined> {
  let handshake = await shake(route, check);
  if (!handshake.ok && handshake.byCertificate) {
    await clock.sleep(secondLookMs, signal);
    handshake = await shake(route, check);
  }
  const { origin } = check;
  const at = clock.now();
  if (!handshake.ok) {
    if (!handshake.byCertificate || signal?.aborted === true) return undefined;
    const { message, hasExpired } = handshake;
    return { origin, at, trouble: { verdict: 'fail', code: 'tls', message, hasExpired } };
  }
  if (handshake.certificate === undefined) return { origin, at };
  const finding = judgeLife(handshake.certificate, new URL(origin).hostname, limits, at);
  if (finding === undefined) return { origin, at };
  return { origin, at, trouble: troubleOf(finding, handshake.certificate.expiresAt < at) };
}

function troubleOf({ level, message, expected, found }: Finding, hasExpired: boolean): CertificateTrouble {
  return {
    verdict: level === 'error' ? 'fail' : 'degraded',
    code: hasExpired ? 'tls' : 'certificate',
    message,
    hasExpired,
    expected,
    found,
  };
}
