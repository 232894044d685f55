import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownDigits } from './known-digits.ts';
import { Redactor } from './secret.ts';

const digits = Array.from('74918305');
const codes = digits.map((one) => one.charCodeAt(0));

describe('a secret of digits that was taken apart', () => {
  const redactor = new Redactor();
  redactor.add('74918305');

  it.each([
    ['with indexes', digits.map((c, i) => `char[${i}] = ${c}`).join('; ')],
    ['in SQL', codes.map((code) => `CHAR(${code})`).join('+')],
    ['in hex', codes.map((code) => `0x${code.toString(16)}`).join(', ')],
    ['as var_dump shows it', digits.map((c, i) => `  [${i}]=>\n  string(1) "${c}"`).join('\n')],
    ['in a log', digits.map((c, i) => `2026-11-30 08:00:0${i} DEBUG scan pos=${i} got '${c}'`).join('\n')],
    ['by its order', digits.map((c, i) => `the ${i + 1}th char is ${c}`).join(', ')],
    ['in elements', digits.map((c) => `<b class="x">${c}</b>`).join('')],
    ['as numbers with a fraction', `[${codes.map((code) => code.toFixed(1)).join(', ')}]`],
  ])('is not shown %s', (_, echo) => {
    for (const written of [echo, JSON.stringify(echo)]) {
      const shown = redactor.scrub(`denied 12 of 30: ${written} and more`);
      expect(shown).toContain('***');
      expect(shown.length).toBeLessThan(100);
    }
  });

  it('is not looked for where something else is counted', () => {
    const text = 'item 7 of 4, 9 in 1; 8 left, 3 sold, 0 back, 5 new; [7, 4, 9, 1, 8, 3, 1, 5]';
    expect(redactor.scrub(text)).toBe(text);
    redactor.add('12345678');
    redactor.add('10101010');
    const list = '1 2 3 4 5 6 7 8 9, 1 0 1 0 1 0 1 0';
    expect(new KnownDigits().in(list)).toEqual([]);
    const known = new KnownDigits();
    for (const value of ['12345678', '10101010']) known.add(value);
    expect(known.in(list)).toEqual([]);
  });

  it('is not found in numbers, whatever they are', () => {
    const known = new KnownDigits();
    known.add('74918305');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 200 }), (numbers) => {
        expect(known.in(numbers.join(', '))).toEqual([]);
      }),
      { seed: 14 },
    );
    const started = performance.now();
    known.in('7 4 '.repeat(250_000));
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe.each(['xk49tmzq', 'mw83kzpd'])('a secret of eight characters: %s', (secret) => {
  const redactor = new Redactor();
  redactor.add(secret);
  const [one, other] = [secret.slice(0, 4), secret.slice(4)];

  it.each([
    ['without its beginning', `tok …${secret.slice(2)}`],
    ['without its end', `tok ${secret.slice(0, 6)}…`],
    ['with a sign in it', `did you mean ${secret.slice(0, 5)}_${secret.slice(6)}?`],
    ['with another sign in it', `did you mean ${secret.slice(0, 2)}*${secret.slice(3)}?`],
    ['in rows of a table', `| part 0 | ${one} |\n| part 1 | ${other} |`],
    ['in sections', `<t><![CDATA[${one}]]><![CDATA[${other}]]></t>`],
  ])('is not shown %s', (_, said) => {
    const shown = redactor.scrub(JSON.stringify({ code: 5001, msg: said }));
    expect(shown).toContain('***');
    expect(shown).not.toContain(secret.slice(2, 5));
    expect(shown).not.toContain(other);
  });
});

it('what only looks like a shorter secret with a gap stays as it is written', () => {
  const redactor = new Redactor();
  for (const secret of ['patrol12', 'order-id', 'v2orders', 'admin123', 'sunflower', 'ab12cd34'])
    redactor.add(secret);
  const text = 'patrol 2, patrol-2, order_id, v3orders, admin-23, sun lower, ab12ef34, ab12/ef34';
  expect(redactor.scrub(text)).toBe(text);
});
