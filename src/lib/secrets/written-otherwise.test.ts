import { describe, expect, it } from 'vitest';
import { alphabet32, alphabet32Hex } from './encodings.ts';
import { Redactor } from './secret.ts';

/** What servers write a text in that they repeat, and what programs between them and us make of it. */

const secrets = ['k9Zr3vQx7Hs4DgP2mW', '83917462', 'Rt$7u&Lp9vW#e2', 'hunter2-Correct.Horse'];

const bytes = (text: string): readonly number[] => [...Buffer.from(text)];
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const each = (text: string, write: (byte: number) => string): string => bytes(text).map(write).join('');
const base32 = (text: string, alphabet: string): string =>
  (
    bytes(text)
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('')
      .match(/.{1,5}/g) ?? []
  )
    .map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)])
    .join('');
const unicode = (text: string): string => each(text, (byte) => `\\u00${hex(byte)}`);
const rot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const first = letter >= 'a' ? 97 : 65;
    return String.fromCharCode(first + ((letter.charCodeAt(0) - first + 13) % 26));
  });

const encodings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  hex: (text) => each(text, hex),
  'hex in capitals': (text) => each(text, hex).toUpperCase(),
  'hex with colons': (text) => bytes(text).map(hex).join(':'),
  'hex escapes': (text) => each(text, (byte) => `\\x${hex(byte)}`),
  'octal escapes': (text) => each(text, (byte) => `\\${byte.toString(8).padStart(3, '0')}`),
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 of user and password': (text) => Buffer.from(`admin:${text}`).toString('base64'),
  'base64 of JSON': (text) => Buffer.from(JSON.stringify({ password: text })).toString('base64'),
  'base64 of base64': (text) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base 32': (text) => base32(text, alphabet32),
  'base 32 in small letters': (text) => base32(text, alphabet32).toLowerCase(),
  'base 32 with digits first': (text) => base32(text, alphabet32Hex),
  'percent-encoding': (text) => encodeURIComponent(text),
  'percent-encoding of all': (text) => each(text, (byte) => `%${hex(byte)}`),
  'percent-encoding twice': (text) => each(text, (byte) => `%25${hex(byte)}`),
  'a form': (text) => new URLSearchParams({ p: text }).toString(),
  'entities in decimal': (text) => each(text, (byte) => `&#${byte};`),
  'entities in hex': (text) => each(text, (byte) => `&#x${hex(byte)};`),
  'escapes of JSON': unicode,
  'escapes of JSON within JSON': (text) => JSON.stringify(unicode(text)),
  'JSON within JSON': (text) => JSON.stringify(JSON.stringify(text)),
  'quoted-printable': (text) =>
    text.replace(/[^A-Za-z0-9]/g, (sign) => `=${hex(sign.charCodeAt(0)).toUpperCase()}`),
  'quoted-printable of all': (text) => each(text, (byte) => `=${hex(byte).toUpperCase()}`),
  'a line of quoted-printable that is broken': (text) => `${text.slice(0, 5)}=\r\n${text.slice(5)}`,
  'the same in JSON': (text) => `${text.slice(0, 5)}=\\r\\n${text.slice(5)}`,
  'a word of a mail header': (text) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`,
  backwards: (text) => Array.from(text).toReversed().join(''),
  'rot 13': rot13,
  'numbers of its bytes': (text) => JSON.stringify(bytes(text)),
  'letter by letter': (text) => Array.from(text).join(' '),
  'two halves': (text) => {
    const middle = Math.ceil(text.length / 2);
    return `${text.slice(0, middle)} and ${text.slice(middle)}`;
  },
};

const within = (text: string): string => `{"error":"bad value ${text} given","at":"2026-11-30T10:00:00Z"}`;

describe('a secret that a server gives back', () => {
  it.each(
    Object.entries(encodings).flatMap(([name, write]) =>
      secrets.map((secret) => [name, secret, write(secret)] as const),
    ),
  )('in %s is hidden: %s', (_, secret, written) => {
    const redactor = new Redactor();
    redactor.add(secret);
    const shown = redactor.scrub(within(written));
    expect(shown).not.toContain(written);
    expect(shown).toContain('***');
  });
});

describe('a value of eight characters and more', () => {
  const shown = (secret: string, text: string): string => {
    const redactor = new Redactor();
    redactor.add(secret);
    return redactor.scrub(text);
  };

  it.each([
    ['ends 83****62', 'ends ***'],
    ['ends 8391…', 'ends ***…'],
    ['ends 839xx462, 8391746*, 839-462', 'ends ***, ****, ***'],
    ['first 8391, then 7462', 'first ***, then ***'],
    ['{"a":"8391","text":"something else","b":"7462"}', '{"a":"***","text":"something else","b":"***"}'],
    ['7462 stands in front of 8391', '*** stands in front of ***'],
    ['83-91-74-62', '***'],
    ['839 174 62', '***'],
    ['order 8391 of 2026', 'order 8391 of 2026'],
    ['7462', '7462'],
    ['83 of 91 or 74 of 62', '83 of 91 or 74 of 62'],
    ['83****99', '83****99'],
  ])('83917462 in %j', (text, expected) => {
    expect(shown('83917462', text)).toBe(expected);
  });

  it.each([
    ['aB3***6gH', '***'],
    ['aB****gH', '***'],
    ['aB-gH', '***'],
    ['a****H', 'a****H'],
    ['aB****ZZ', 'aB****ZZ'],
  ])('aB3dE6gH in %j', (text, expected) => {
    expect(shown('aB3dE6gH', text)).toBe(expected);
  });
});
