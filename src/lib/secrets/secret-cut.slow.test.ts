import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redactor } from './secret.ts';
import { cutBytes, ellipsize } from '../text/text.ts';

const secret = 'kQ7!vЯz9_Lm/2"wX8&pT4';
const redactor = new Redactor();
redactor.add(secret);
redactor.add('hunter2hunter2');

/** The longest run of the secret that stands in a text. */
function longestSeen(text: string, of = secret): number {
  let longest = 0;
  for (let from = 0; from < of.length; from++)
    while (text.includes(of.slice(from, from + longest + 1)) && from + longest < of.length) longest++;
  return longest;
}

describe('a secret that was cut in two', () => {
  const written: readonly (readonly [string, string])[] = [
    ['plain', secret],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in an address', encodeURIComponent(secret)],
    ['in base64', Buffer.from(secret).toString('base64')],
  ];
  it.each(written)('is not seen before the cut, wherever that is: %s', (_, form) => {
    const around = `{"name": "some value", "note": "${form}", "more": "${'x'.repeat(60)}"}`;
    for (let bytes = 8; bytes < Buffer.byteLength(around); bytes++) {
      const shown = redactor.scrub(ellipsize(around, bytes));
      expect([bytes, shown, longestSeen(shown, form) <= 3]).toEqual([bytes, shown, true]);
    }
  });

  it('is not seen at the end of a text that was cut without a word', () => {
    for (let bytes = 30; bytes < 60; bytes++)
      expect(
        longestSeen(redactor.scrub(cutBytes(`some text before it is ${secret} and more`, bytes))),
      ).toBeLessThan(6);
  });
});

it.each([
  ['payments-api-key-1', 'payments'],
  ['order.service.9f3kQ', 'order.service'],
  ['http://127.0.0.1:9001/cgi-bin/webhook/send?key=8f2', 'http://127.0.0.1:9'],
  ['https://hooks.example.com/services/T0/B0/x9', 'https://hooks.example.com'],
])('what a secret begins with stays when it is a name or a host: %s', (value, named) => {
  const own = new Redactor();
  own.add(value);
  expect([own.scrub(named), own.scrub(`service ${named}`)]).toEqual([named, `service ${named}`]);
  expect(own.scrub(`sent ${value.slice(0, -1)}`)).not.toContain(value.slice(named.length + 1, -1));
});

describe('a secret in disguise', () => {
  const short = 'hunter2hunter2';
  const disguises: readonly (readonly [string, (text: string) => string])[] = [
    ['with what cannot be seen', (text) => Array.from(text).join('\u200B')],
    ['with soft hyphens', (text) => text.replace('2h', '2\u00ADh')],
    ['with joiners and marks of direction', (text) => text.replace('2h', '2\u2060\u200E\uFE0Fh')],
    ['with a control character', (text) => text.replace('2h', '2\u0007h')],
    ['over two lines', (text) => text.replace('2h', '2\n   h')],
    ['over two lines in JSON', (text) => JSON.stringify(text.replace('2h', '2\r\nh'))],
    ['in capitals', (text) => text.toUpperCase()],
    ['in mixed letters', (text) => text.replace('h', 'H')],
    ['with escapes of JSON', (text) => text.replaceAll('u', '\\u0075').replace('h', '\\u0068')],
    [
      'with all of it in escapes',
      (text) =>
        Array.from(text)
          .map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
    ],
    ['as in an address', (text) => text.replaceAll('h', '%68')],
    ['twice as in an address', (text) => text.replaceAll('h', '%2568')],
    ['with entities', (text) => text.replace('h', '&#104;').replace('u', '&#x75;')],
  ];
  it.each(disguises)('is not seen: %s', (_, disguise) => {
    const shown = redactor.scrub(`before ${disguise(short)} behind`);
    const read = shown.replaceAll(/[\p{Cc}\p{Cf}\s\uFE0F]/gu, '').toLowerCase();
    expect(read).toBe(`before***behind`.replace('***', read.includes('"') ? '"***"' : '***'));
  });

  it('is not seen in base64 over lines', () => {
    const lines = Buffer.from(`name:${short}`).toString('base64').replaceAll(/.{6}/g, '$&\r\n');
    expect(redactor.scrub(lines)).toBe('bmFtZT\r\np***g==');
  });

  it('masks a token of a known shape with something in between', () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl';
    for (let at = 8; at < jwt.length; at++) {
      const shown = new Redactor().scrub(`got ${jwt.slice(0, at)}\u200B${jwt.slice(at)} there`);
      expect(shown).toBe('got *** there');
    }
    expect(new Redactor().scrub('Bearer abcdef123\u200Bghijk456, X')).toBe('Bearer ***, X');
    expect(new Redactor().scrub('x: Bearer abcdef123456\nHost: a\u200B')).toBe(
      'x: Bearer ***\nHost: a\u200B',
    );
  });

  it('leaves everything else as it is written', () => {
    const text = 'a\\u0041 %41 &amp; \u200B 👩‍👩‍👧 "line\\n" \r\n\t😀 eyes Hunter';
    expect(redactor.scrub(text)).toBe(text);
    expect(redactor.scrub(`${text} HUNTER2hunter2 ${text}`)).toBe(`${text} *** ${text}`);
  });

  it('leaves texts without a secret alone, whatever they are', () => {
    const pieces = fc.constantFrom(
      '%41',
      '\\u0041',
      '\\',
      '\n',
      '\u200B',
      '&lt;',
      'a',
      '…',
      '%',
      '\\n',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.array(pieces).map((parts) => parts.join('')),
        (text) => {
          expect(redactor.scrub(text)).toBe(text);
          expect(redactor.scrub(`${text} ${secret}`)).toBe(`${text} ***`);
        },
      ),
    );
  });
});

it('stays quick on what was made to be slow', () => {
  const started = performance.now();
  for (const piece of [
    'hun',
    'hunter2hunter',
    'kQ7',
    '%2525',
    '\\\\',
    '…',
    'hun…',
    '\u200B',
    'key',
    '\\"key',
  ])
    redactor.scrub(piece.repeat(100_000 / piece.length));
  // Each of them is a matter of milliseconds; squares of it would be minutes.
  expect(performance.now() - started).toBeLessThan(10_000);
});
