import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { judgeLife } from './certificate.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 0, 1);
const usual = { warn: 21 * day, fail: 7 * day, isUsual: true };

/** A certificate that is valid for `life` days, of which `left` are left. */
function judged(life: number, left: number, limits = usual): string {
  const expiresAt = now + left * day;
  const certificate = {
    subject: 'a.example',
    issuer: 'CA',
    startsAt: expiresAt - life * day,
    expiresAt,
    isOwn: true,
  };
  const { level, message, expected, found } = judgeLife(certificate, 'a.example', limits, now) ?? {};
  return level === undefined
    ? 'well'
    : `${level}: ${inEnglish(message ?? '')} | ${inEnglish(expected ?? '')} | ${inEnglish(found ?? '')}`;
}

describe('how long a certificate is still valid', () => {
  it.each<[string, number, number, string]>([
    ['a year, a month left', 365, 30, 'well'],
    [
      'a year, three weeks left',
      365,
      20,
      'warning: the certificate of a.example ends in 20 days (2026-01-21, by CA) | valid for 21 days or more | 20 days left',
    ],
    [
      'a year, three days left',
      365,
      2.99,
      'error: the certificate of a.example ends in 3 days (2026-01-03, by CA) | valid for 7 days or more | 3 days left',
    ],
    ['three months, renewed a month before', 90, 30, 'well'],
    ['six weeks, in the middle', 45, 20, 'well'],
    ['nearly a week and new', 6, 6, 'well'],
    ['nearly a week, half of it left', 6, 3, 'well'],
    [
      'nearly a week, not renewed in time',
      6,
      1.5,
      'warning: the certificate of a.example ends in 2 days (2026-01-02, by CA) | valid for 2 days or more | 2 days left',
    ],
    [
      'nearly a week, hours left',
      6,
      0.25,
      'error: the certificate of a.example ends in 6 hours (2026-01-01, by CA) | valid for 16 hours or more | 6 hours left',
    ],
    ['a day and new', 1, 1, 'well'],
    [
      'a day, an hour left',
      1,
      1 / 24,
      'error: the certificate of a.example ends in 1 hour (2026-01-01, by CA) | valid for 3 hours or more | 1 hour left',
    ],
    [
      'a day, minutes left',
      1,
      190 / 86_400,
      'error: the certificate of a.example ends in 3 minutes (2026-01-01, by CA) | valid for 3 hours or more | 3 minutes left',
    ],
    [
      'three minutes, half a minute left',
      190 / 86_400,
      15 / 86_400,
      'error: the certificate of a.example ends in 15 seconds (2026-01-01, by CA) | valid for 21 seconds or more | 15 seconds left',
    ],
    [
      'three days and new, made by hand',
      3,
      3,
      'error: the certificate of a.example ends in 3 days (2026-01-04, by CA) | valid for 7 days or more | 3 days left',
    ],
    [
      'long ended',
      90,
      -5,
      'error: the certificate of a.example ended 5 days ago (2025-12-27, by CA) | valid for 7 days or more | ended',
    ],
  ])('%s', (_, life, left, expected) => {
    expect(judged(life, left)).toBe(expected);
  });

  it('is judged by the limits that somebody has asked for, whatever its life is', () => {
    const asked = { warn: 60 * day, fail: 30 * day, isUsual: false };
    expect(judged(90, 45, asked)).toMatch(/^warning: /);
    expect(judged(6, 6, asked)).toMatch(/^error: /);
  });

  it("names the one that ends when it is not the host's own", () => {
    const certificate = {
      subject: 'Middle CA',
      issuer: 'Root',
      startsAt: now - 900 * day,
      expiresAt: now + day,
      isOwn: false,
    };
    expect(inEnglish(judgeLife(certificate, 'a.example', usual, now)?.message ?? '')).toBe(
      'the certificate of Middle CA, which a.example sends along, ends in 24 hours (2026-01-02, by Root)',
    );
  });
});
