import { z } from 'zod';
import { duration } from '../../lib/zod.ts';
import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/result.ts';
import { type CertificateLimits, judgeLife } from '../certificate-life.ts';
import { defineExpectation } from '../expectation.ts';

const dayMs = 86_400_000;
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
