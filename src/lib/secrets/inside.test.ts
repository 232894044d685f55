import { expect, it } from 'vitest';
import { Redactor } from './secret.ts';

const uuid = '01234567-89ab-cdef-0123-456789abcdef';

function scrubbed(secret: string, text: string): string {
  const redactor = new Redactor();
  redactor.add(secret);
  return redactor.scrub(text);
}

it.each([
  ['123456', 'SO2026123456x'],
  ['123456', '{"id":"20261234567"}'],
  ['a1b2c3', '{"id":"SOa1b2c3d4"}'],
  ['Abc123', '/orders/9abc1234'],
  ['abc', '{"id":"abc1234567"}'],
  [uuid, 'SO202601234567'],
  [uuid, '178234567890123456'],
])('%s is no part of a longer id: %s', (secret, text) => {
  expect(scrubbed(secret, text)).toBe(text);
});

it.each([
  ['123456', 'pwd 123456!', 'pwd ***!'],
  ['123456', '{"p":"123456"}', '{"p":"***"}'],
  ['123456', '/a%2F123456', '/a%2F***'],
  ['123456', String.raw`said:\n123456`, String.raw`said:\n***`],
  ['a1b2c3', 'user_a1b2c3_x', 'user_***_x'],
  ['P@ss2024', 'xP@ss2024x', 'x***x'],
  ['k3y4l5m6', 'idk3y4l5m6z', 'id***z'],
  [uuid, `x${uuid}y`, 'x***y'],
  [uuid, 'key=0123456', 'key=***'],
])('%s is still taken out where it stands by itself, or is long: %s', (secret, text, shown) => {
  expect(scrubbed(secret, text)).toBe(shown);
});
