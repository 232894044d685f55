import { expect, it } from 'vitest';
import { cleanJson } from '../lib/text/clean.ts';
import { forTerminal } from './paint.ts';

it.each([
  ['a colour', '\u001B[31mred\u001B[0m', '[31mred[0m'],
  ['a colour with a guessed seal', '\u001B[31;1mred', '[31;1mred'],
  ['a link', '\u001B]8;;https://evil.example\u001B\\x\u001B]8;;\u0007', ']8;;https://evil.example\\x]8;;'],
  ['a title', '\u001B]0;root@host\u0007', ']0;root@host'],
  ['sequences of one byte', '\u009B2J\u009D0;x\u009C', '2J0;x'],
  ['a bell and a backspace', 'a\u0007\b\bb', 'ab'],
  ['the beginning of the line', 'fail\rpass', 'fail pass'],
  ['a turned direction', '\u202Egnp.exe\u2066', 'gnp.exe'],
  ['lines of ours', 'one\n  two\r\nthree', 'one\n  two\r\nthree'],
  ['Chinese and emoji', '订单 👩‍👩‍👧‍👦 🔴', '订单 👩‍👩‍👧‍👦 🔴'],
])('a terminal is sent no %s', (_, text, shown) => {
  expect(forTerminal(text)).toBe(shown);
});

it('JSON means the same and moves nothing', () => {
  const value = { a: '\u001B[31m\u009B2J\u202E\u2028\u{E0041}', '\u0085': '👩‍👧' };
  const json = cleanJson(JSON.stringify(value));
  expect(JSON.parse(json)).toEqual(value);
  // oxlint-disable-next-line no-control-regex
  expect(json).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u202E]|\u{E0041}/u);
});
