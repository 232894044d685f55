import { expect, it } from 'vitest';
import { shortId } from './short-id.ts';

it('the same incident has the same short id, and no two open ones share theirs', () => {
  const first = shortId('operation:a', 5, new Set());
  expect(first).toMatch(/^[A-HJ-NP-Z2-9]{4}$/);
  expect(shortId('operation:a', 5, new Set())).toBe(first);
  expect(shortId('operation:a', 6, new Set())).not.toBe(first);
  expect(shortId('operation:a', 5, new Set([first]))).not.toBe(first);
});
