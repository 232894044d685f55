import { expect, it } from 'vitest';
import { asksForPassword } from './page.ts';

it.each([
  ['<form><input name="user"><input type="password" name="p"></form>', true],
  [`<INPUT class=wide Type = 'password'>`, true],
  ['<input name=a type=password>', true],
  ['<input type="text" name="password"><p>type="password"</p>', false],
  ['<p>Your password has ended</p>', false],
])('%s', (html, asks) => {
  expect(asksForPassword(html)).toBe(asks);
});

it('goes once through two million characters that only begin like a field', () => {
  expect(asksForPassword('<input '.repeat(300_000))).toBe(false);
});
