import { describe, expect, it } from 'vitest';
import { anOperation, aParameter, planOf } from '../../../test/support/plan-inputs.ts';
import type { Parameter } from '../../model/document.ts';

describe('a value that nobody gives', () => {
  it.each<[name: string, given: Partial<Parameter>, expected: string]>([
    ['travel-date', {}, '2026-01-14'],
    ['year', { schema: { type: 'integer' } }, '2026'],
    ['year', { schema: { type: 'integer', maximum: 12 } }, '1'],
    ['contactEmail', {}, 'a@example.com'],
    ['redirectUrl', {}, 'https://example.com/'],
    ['site_uuid', {}, '00000000-0000-4000-8000-000000000001'],
    ['lang', {}, 'en'],
    ['currencyCode', { schema: { type: 'string', minLength: 3, maxLength: 3 } }, 'USD'],
    ['currency', { schema: { type: 'string', maxLength: 2 } }, 'a'],
    ['latitude', {}, '1'],
    ['format', {}, 'json'],
    ['namespace', {}, 'default'],
    ['from', { description: 'Currency to convert' }, 'a'],
    ['from', { description: 'Start date' }, '2026-01-14'],
    ['to', { schema: { type: 'string', format: 'date' } }, '2026-01-15'],
  ])('is one that the name calls for: %s %j', (name, given, expected) => {
    const url =
      planOf(anOperation('GET /orders', { parameters: [aParameter(name, 'query', given)] })).checks[0]
        ?.request.url ?? 'https://none';
    expect(new URL(url).searchParams.get(name)).toBe(expected);
  });
});
