import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takenApart } from '../../../test/support/taken-apart.ts';
import { atOnce } from '../yielder.ts';
import { KnownScattered } from './known-scattered.ts';
import { readingsOf } from './readings.ts';
import { Redactor } from './secret.ts';

const tokens = ['k9Zr3vQm8LtYx2WbN5cJf7Hs4Dg', 'Tq7vLm2zR9pXw4Ks', '9f86d081884c7d65'];
const withSigns = ['Rt$7u&Kq!9vW#e2', 'Hq4@vN*8zL%c6W', 'aG7.kP-29x_Lq~Zt4+Wv/8nR'];

/** How many letters of the secret stand in a text in runs of three and more. */
function lettersSeen(text: string, of: string): number {
  let seen = 0;
  for (let at = 0; at < of.length; ) {
    let length = 0;
    while (at + length < of.length && text.includes(of.slice(at, at + length + 1))) length++;
    if (length >= 3) seen += length;
    at += Math.max(1, length);
  }
  return seen;
}

describe.each([...tokens, ...withSigns])('a secret that was taken apart: %s', (token) => {
  const redactor = new Redactor();
  redactor.add(token);
  it.each(takenApart(token))('is not shown %s', (_, echo) => {
    for (const written of [echo, JSON.stringify(echo), JSON.stringify(JSON.stringify(echo))])
      for (const [lead, end] of [
        ['', ''],
        ['{"code":5001,"msg":"denied ', '"}'],
        ['sent <b>to</b> us at 12:30: ', ' and more behind'],
      ] as const) {
        const shown = redactor.scrub(`${lead}${written}${end}`);
        expect(shown).toContain('***');
        expect(lettersSeen(shown, token)).toBeLessThanOrEqual(4);
        // Letter by letter little is left as well: lines in front of it and behind.
        expect(shown.length).toBeLessThan(lead.length + end.length + 120);
      }
  });
});

it.each(
  takenApart('Mango.River-77!').filter(([name]) =>
    /letter by letter|in SQL|var_dump|order|fraction/.test(name),
  ),
)('words that were taken apart letter by letter are not shown %s', (_, echo) => {
  const redactor = new Redactor();
  redactor.add('Mango.River-77!');
  expect(redactor.scrub(`denied ${echo} at 12:30`).length).toBeLessThan(120);
  expect(redactor.scrub('the mango of the river; M A N G O, [77], 77!')).toBe(
    'the mango of the river; M A N G O, [77], 77!',
  );
});

it('words and numbers that happen to stand in such an order are none', () => {
  const redactor = new Redactor();
  for (const secret of ['order-service-2024', 'Orders2Admin7Prod', 'sk-live-51H8xQz7Lm2', 'P4ssw0rdOrders7'])
    redactor.add(secret);
  const text =
    'the orders of 2 admins on 7 prod: order service 2024; sk live; {"a":1,"b":2,"c":3,"d":4}; P4 ssw; [51, 70, 8]';
  expect(redactor.scrub(text)).toBe(text);
});

it('texts without it are left alone, whatever is in them', () => {
  const known = new KnownScattered();
  for (const token of [...tokens, ...withSigns]) known.add(token);
  const word = fc.oneof(
    fc.string({ unit: fc.constantFrom(...Array.from('kK9ZzrRTq7vL2mfdb086')), maxLength: 3 }),
    fc.integer({ min: 0, max: 255 }).map(String),
    fc.integer({ min: 0, max: 65_535 }).map((code) => code.toString(16)),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), fc.constantFrom(' ', ', ', '","', '=>'), (words, by) => {
      expect(atOnce(known.inSteps(words.join(by)))).toEqual([]);
    }),
    { seed: 14 },
  );
});

it('what quotes a part of a text hides what that text hides', () => {
  const redactor = new Redactor();
  redactor.add(tokens[0] ?? '');
  const source = JSON.stringify({ code: 5001, chunks: [{ a: 'k9Zr' }, { a: '3vQm' }, { a: '8LtYx2Wb' }] });
  const quote = (text: string, of: Redactor, answer: string): string =>
    atOnce(atOnce(of.quoting(answer))(text));
  const quoting = (text: string): string => quote(text, new Redactor(redactor), source);
  expect(quoting('code is 5001 ("3vQm"), 8LtY too; "k9Zr…"')).toBe('code is 5001 ("***"), 8LtY too; "***…"');
  expect(quoting('"line 0:\\\\n3vQm"')).toBe('"line 0:\\\\n***"');
  expect(quote('code is 5001 ("3vQm")', redactor, '{"code":5001}')).toBe('code is 5001 ("3vQm")');
});

it('what was taken back is looked for no more', () => {
  const known = new KnownScattered();
  const text = 'k9Zr 3vQm 8LtY x2Wb';
  known.add(tokens[0] ?? '');
  expect(atOnce(known.inSteps(text)).map(({ stretch }) => stretch)).toEqual([[0, text.length]]);
  known.remove(tokens[0] ?? '');
  expect(atOnce(known.inSteps(text))).toEqual([]);
});

it('a megabyte is read in hundreds of steps, however much of it looks like a piece', () => {
  const known = new KnownScattered();
  for (const token of tokens) for (let i = 0; i < 10; i++) known.add(`${token}${i}`);
  const started = performance.now();
  for (const piece of ['k 9 ', '84 113 ', '6b39 ', 'k9Zr ', 'k9Zr3v...4Dg ', '\\u{6b}']) {
    let steps = 0;
    const reading = known.inSteps(piece.repeat(1_000_000 / piece.length));
    while (reading.next().done !== true) steps++;
    expect([piece, steps > 400]).toEqual([piece, true]);
  }
  // A second or so each; squares of it would be hours.
  expect(performance.now() - started).toBeLessThan(60_000);
}, 120_000);

it('of a text that repeats a token without end everything is hidden, and no more is kept than of a thousand', () => {
  const known = new KnownScattered();
  known.add(tokens[0] ?? '');
  const text = `${Array.from(tokens[0] ?? '').join(' ')} `.repeat(40_000);
  const found = atOnce(known.inSteps(text));
  expect(found.length).toBeLessThan(1100);
  expect(found.at(-1)?.stretch[1]).toBe(text.length);
});

it.each([
  ['0x54', 'T'],
  ['0054', 'T'],
  ['H6b', 'k'],
  ['6bh', 'k'],
  ['84', 'T'],
  ['0b01010100', 'T'],
  ['124', 'T'],
  ['6b39', 'k9'],
  ['396b', 'k9'],
  ['034553', 'k9'],
])('%s may stand for %s', (run, text) => {
  expect(readingsOf(run)).toContain(text);
});
