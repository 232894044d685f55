import { expect, it } from 'vitest';
import { isSameSite } from './target.ts';

it.each([
  ['http://a.example/x', 'http://a.example/x/', true],
  ['http://a.example/x', 'https://a.example/x', true],
  ['https://a.example/x', 'http://a.example/x', false],
  ['http://a.example/x', 'http://b.example/x', false],
  ['http://a.example:8080/x', 'http://a.example:8081/x', false],
  // Whoever has another port of the host may be somebody else.
  ['http://a.example:8080/x', 'https://a.example:8443/x', false],
  ['http://a.example:8080/x', 'https://a.example/x', false],
  ['http://a.example/x', 'https://a.example:8443/x', false],
])('what was meant for %s may go to %s: %s', (from, to, expected) => {
  expect(isSameSite(new URL(from), new URL(to))).toBe(expected);
});
