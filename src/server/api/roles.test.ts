import { expect, it } from 'vitest';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { scopeNames, scopes } from './roles.ts';

const guarded = (Object.values(endpoints) as readonly Endpoint[]).filter(
  ({ role, tag }) => role !== 'public' && tag !== 'setup',
);

it('a scope and what takes it ask for the same role', () => {
  const wrong = guarded.filter(({ scope = 'read', role }) => scope !== 'any' && scopes[scope] !== role);
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

it('reading changes nothing, and every scope is of use', () => {
  const reading = guarded.filter(({ scope = 'read' }) => scope === 'read');
  expect(reading.map(({ method }) => method).filter((method) => method !== 'get')).toEqual([]);
  const used = new Set(guarded.map(({ scope = 'read' }) => scope));
  expect(scopeNames.filter((name) => !used.has(name))).toEqual([]);
});
