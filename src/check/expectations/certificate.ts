import { z } from 'zod';
import { duration } from '../../kit/zod.ts';
import type { Finding } from '../../model/result.ts';
import { defineExpectation } from '../expectation.ts';

const dayMs = 86_400_000;

/** Whether the chain is complete, trusted and for this host shows when connecting: such a connection fails. */
export const certificate = defineExpectation({
  kind: 'certificate',
  summary: 'how long the certificate must still be valid: `{ warn: 21d, fail: 7d }` (the default) or `off`',
  code: 'certificate',
  settings: z.union([
    z.literal('off'),
    z.strictObject({ warn: duration.prefault('21d'), fail: duration.prefault('7d') }),
  ]),
  standing: { warn: 21 * dayMs, fail: 7 * dayMs },
  judge(answer, _check, settings, context): readonly Finding[] {
    const { certificate } = answer;
    if (certificate === undefined || settings === 'off') return [];
    const leftMs = certificate.expiresAt - context.now();
    if (leftMs >= settings.warn) return [];
    const date = new Date(certificate.expiresAt).toISOString().slice(0, 10);
    const days = Math.max(0, Math.floor(leftMs / dayMs));
    const least = Math.round(settings.warn / dayMs);
    return [
      {
        kind: 'certificate',
        level: leftMs < settings.fail ? 'error' : 'warning',
        message: `the certificate of ${certificate.subject} (by ${certificate.issuer}) expires on ${date}`,
        expected: `valid for ${least} days or more`,
        found: `${days} days left`,
      },
    ];
  },
});
