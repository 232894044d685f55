import { z } from 'zod';
import { duration } from '../../lib/zod.ts';
import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/result.ts';
import { defineExpectation } from '../expectation.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Certificate } from '../http/certificate.ts';

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
  return {
    kind: 'certificate',
    level: leftMs < fail ? 'error' : 'warning',
    message: endOf(certificate, host, leftMs),
    expected: sentence('validForOrMore', { span: spanOf(leftMs < fail ? fail : warn) }),
    found: leftMs < 0 ? sentence('ended') : sentence('spanLeft', { span: spanOf(leftMs) }),
  };
}

function fitted(limits: CertificateLimits, { startsAt, expiresAt }: Certificate): CertificateLimits {
  const lifeMs = expiresAt - startsAt;
  if (lifeMs > longestOfMeshMs && lifeMs < shortestByAcmeMs) return limits;
  return { ...limits, warn: Math.min(limits.warn, lifeMs / 3), fail: Math.min(limits.fail, lifeMs / 9) };
}

function endOf({ isOwn, subject, issuer, expiresAt }: Certificate, host: string, leftMs: number): Sentence {
  const date = new Date(expiresAt).toISOString().slice(0, 10);
  const about = { host, left: spanOf(Math.abs(leftMs)), date, issuer };
  if (isOwn || subject === host) return sentence(leftMs < 0 ? 'certificateEnded' : 'certificateEnds', about);
  return sentence(leftMs < 0 ? 'sentCertificateEnded' : 'sentCertificateEnds', { ...about, subject });
}

/** Rounded as a person would: `3 days`, `17 hours`, `3 minutes`, `30 seconds`. */
function spanOf(ms: number): Sentence {
  const days = Math.round(ms / dayMs);
  if (ms >= 2 * dayMs || days > 1) return sentence('days', { n: days });
  if (ms >= hourMs) return sentence('hours', { n: Math.round(ms / hourMs) });
  return ms >= 2 * minuteMs
    ? sentence('minutes', { n: Math.round(ms / minuteMs) })
    : sentence('seconds', { n: Math.round(ms / secondMs) });
}

const usual = { warn: 21 * dayMs, fail: 7 * dayMs };

/**
 * Whether the chain is complete, trusted and for this host shows when connecting: such a connection fails. A patrol
 * that goes on watches certificates apart from calls: most of those go over connections that are kept or resumed.
 */
export const certificate = defineExpectation({
  kind: 'certificate',
  summary:
    'how long the certificate must be valid: `{ warn: 21d, fail: 7d }` or `off`; default: these, less for short-lived ones',
  code: 'certificate',
  settings: z.union([
    z.literal('off'),
    z.strictObject({ warn: duration.prefault('21d'), fail: duration.prefault('7d') }),
  ]),
  standing: usual,
  judge(answer, check, settings, context): readonly Finding[] {
    const { certificate } = answer;
    const limits = limitsOf(settings);
    if (certificate === undefined || limits === undefined) return [];
    const finding = judgeLife(certificate, new URL(check.origin).hostname, limits, context.now());
    return finding === undefined ? [] : [finding];
  },
});

function limitsOf(
  settings: 'off' | { readonly warn: number; readonly fail: number },
): CertificateLimits | undefined {
  return settings === 'off' ? undefined : { ...settings, isUsual: settings === usual };
}

/** What all the checks of an origin ask for together: the most careful of them; `undefined` when none asks. */
export function certificateLimits(checks: readonly Check[]): CertificateLimits | undefined {
  const all = checks.flatMap((check) => {
    const own = check.expectations.findLast(({ kind }) => kind === 'certificate')?.settings;
    return limitsOf(isUnset(own) ? usual : (own as 'off' | typeof usual)) ?? [];
  });
  if (all.length === 0) return undefined;
  const asked = all.filter(({ isUsual }) => !isUsual);
  const relevant = asked.length === 0 ? all : asked;
  return {
    warn: Math.max(...relevant.map(({ warn }) => warn)),
    fail: Math.max(...relevant.map(({ fail }) => fail)),
    isUsual: asked.length === 0,
  };
}

function isUnset(settings: unknown): boolean {
  return settings === undefined || (typeof settings === 'object' && Object.keys(settings ?? {}).length === 0);
}
