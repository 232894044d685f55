import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { echoesOf } from '../../../test/support/echoes.ts';
import { KnownParts } from './known-parts.ts';
import { Redactor } from './secret.ts';

const token = 'tK9vQ2mZx7LpR4sW8nYb3HcD6f';
const redactor = new Redactor();
redactor.add(token);

const echoes = echoesOf(token);

describe('a secret that a server repeats in other words', () => {
  it.each(echoes)('is not shown %s', (_, echo) => {
    for (const [lead, end] of [
      ['before ', ' behind'],
      ['{"you sent":"', '"}'],
      ['<p>', '</p>'],
    ] as const) {
      const shown = redactor.scrub(`${lead}${echo}${end}`);
      expect(shown).toContain('***');
      expect(shown.length).toBeLessThan(lead.length + end.length + 20);
    }
  });

  it.each(echoes)('is not shown where it was cut: %s', (_, echo) => {
    for (const length of [40, 60, 79]) {
      // Too little of it stands that early in a list or an object, or behind the head of what is packed.
      if (length >= echo.length || /^(?:[\s"]*[[{%]|<item|1f8b|ab56)/.test(echo)) continue;
      const shown = redactor.scrub(`"${echo.slice(0, length)}…`);
      expect([length, shown.length < 25]).toEqual([length, true]);
    }
  });

  it.each(echoes.filter(([, echo]) => /^(?:[\s"]*[[{]|<item)/.test(echo)))(
    'is not shown where half of it was cut: %s',
    (_, echo) => {
      const shown = redactor.scrub(`got ${echo.slice(0, echo.length / 2)}…`);
      expect(shown.length).toBeLessThan(30);
    },
  );

  it.each(['P@ss=0d;2024', 'Zk3+vT9/qL2+xW7mB4=', 'hunter22', 'p"a/ss\\wörd+2024!', 'it\'s"2024'])(
    'is not shown letter by letter whatever is in it: %s',
    (other) => {
      const of = new Redactor();
      of.add(other);
      const letters = Array.from(other);
      for (const value of [
        letters,
        Object.fromEntries(letters.entries()),
        letters.map((c) => ({ c })),
        [letters, 1],
      ])
        for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2)])
          for (const echo of quotedDeeper(text, 3)) expect(of.scrub(echo).length).toBeLessThan(120);
      const lines = letters.map((letter, at) => `    [${at}] => ${letter}\n`).join('');
      for (const echo of [lines, JSON.stringify(lines)]) expect(of.scrub(echo).length).toBeLessThan(30);
    },
  );

  it.each(['hunter2hunter', 'kX9"vQ2mZxT7', 'wT7pXz9Kq3Vb12Tm', 'p"a/ss\\wörd+2024!'])(
    'is not shown by halves of what it is in base64 or hex, nor in hex from its end: %s',
    (other) => {
      const of = new Redactor();
      of.add(other);
      const [url, hex] = (['base64url', 'hex'] as const).map((form) => Buffer.from(other).toString(form));
      for (const form of [url ?? '', hex ?? '', (hex ?? '').toUpperCase()]) {
        const half = Math.ceil(form.length / 2);
        const echo = JSON.stringify({ a: form.slice(0, half), b: form.slice(half) });
        expect(of.scrub(echo)).toBe('{"a":"***","b":"***"}');
      }
      expect(
        of.scrub(
          Array.from(hex ?? '')
            .toReversed()
            .join(''),
        ),
      ).toBe('***');
    },
  );

  it.each(['p"a/ss\\wörd+2024!', 'P@ssw0rd;2024'])(
    'is not shown in encodings whatever is in it: %s',
    (other) => {
      const of = new Redactor();
      of.add(other);
      const json = JSON.stringify({ you: other });
      const inAddress = Array.from(
        Buffer.from(other, 'utf16le'),
        (byte) => `%${byte.toString(16).padStart(2, '0')}`,
      );
      for (const text of [
        Buffer.from(json).toString('base64'),
        Buffer.from(json).toString('hex'),
        gzipSync(json).toString('base64url'),
        inAddress.join(''),
      ])
        expect(of.scrub(`got ${text} there`)).toMatch(/^got \*\*\*=* there$/);
    },
  );

  it.each(['zQ7-pass-4711', 'S3cret!pass', 'Sommer2026!'])(
    'is found turned and packed, though it is short: %s',
    (short) => {
      const of = new Redactor();
      of.add(short);
      const rot13 = short.replace(/[a-z]/gi, (one) => {
        const first = one >= 'a' ? 97 : 65;
        return String.fromCharCode(((one.charCodeAt(0) - first + 13) % 26) + first);
      });
      const packed = deflateRawSync(short).toString('base64');
      expect(of.scrub(`a ${rot13} b`)).toBe('a *** b');
      for (const text of [
        packed,
        packed.replace(/=+$/, ''),
        `x/${packed}`,
        `a/b?c=${encodeURIComponent(packed)}`,
      ])
        expect(of.scrub(`got ${text} there`)).toMatch(/\*\*\*(?:=|%3D)* there$/);
    },
  );

  it('is found behind a blank that was a plus', () => {
    const other = new Redactor();
    other.add('Zk3+vT9/qL2+xW7mB4=');
    expect(other.scrub('got Zk3 vT9/qL2 xW7mB4= there')).toBe('got *** there');
  });
});

describe('what is no secret stays as it is written', () => {
  const many = new Redactor();
  const secrets = [
    token,
    'correct horse battery staple',
    'MyCompanyProductionPassword2024',
    '550e8400-e29b-41d4-a716-446655440000',
    '4f9c2e7ab81d03566e2fa9d41c7b8e05',
    'order-service-2024',
    'P@ssw0rd2024',
    '13800138000',
    'demo-token-1',
  ];
  for (const secret of secrets) many.add(secret);
  // Where a text was cut, three characters may be those that a secret begins with.
  const beginsAtCut = (id: string): boolean =>
    Array.from({ length: id.length }, (_, at) => id.slice(at)).some(
      (end) => end.length > 2 && secrets.some((secret) => secret.startsWith(end)),
    );

  it.each([
    'My company keeps its production password in the safe; 2024 was the year of the order service.',
    'a demo of token 1: the correct horse has a battery',
    '订单服务在 2024 年 11 月 28 日 12:00 恢复,编号 20241128120000',
    '{"id":1234567890123456789,"phone":"138-0013-8001","time":"2024-11-28T12:00:00.000Z","list":[116,75,57,118]}',
    '<ul class="orders"><li data-id="17">&copy; 2024 Orders &amp; Co</li></ul>',
    'GET /orders/550e8401-e29b-41d4-a717-446655440001 answered 404 after 12 ms',
  ])('%s', (text) => {
    expect(many.scrub(text)).toBe(text);
  });

  it('whatever identifiers stand in it', () => {
    const id = fc.oneof(
      fc.uuid(),
      fc.stringMatching(/^[0-9a-f]{24,40}$/),
      fc.stringMatching(/^[A-Za-z0-9]{10,40}$/),
      fc.bigInt({ min: 10n ** 15n, max: 10n ** 20n }).map(String),
      fc.base64String({ minLength: 12, maxLength: 60 }).filter((text) => !text.startsWith('eyJ')),
    );
    const around = fc.constantFrom<(id: string) => string>(
      (one) => `The order ${one} was not found, see order ${one}.`,
      (one) => `订单 ${one} 不存在`,
      (one) => JSON.stringify({ data: { id: one, items: [{ ref: one }] } }),
      (one) => `<a href="/orders/${one}?page=2">order ${one}</a>`,
      (one) => `${one}…`,
    );
    fc.assert(
      fc.property(id, around, (one, write) => {
        fc.pre(!beginsAtCut(one));
        expect(many.scrub(write(one))).toBe(write(one));
      }),
    );
  });
});

it.each(['kQ7v2L', 'kQ7vX2m', 'k7Qx2vMz9', 'kQ7vX2mZ9aBt', 'Gh7&x2Lq9#Vz', 'kQ7vX2mZ9aBtR4pWkQ7vX2mZ'])(
  'masks %s in an address with what cannot be seen in between, and packed in base64 with escapes',
  (value) => {
    const redactor = new Redactor();
    redactor.add(value);
    const unseen = encodeURIComponent(Array.from(value).join('\u200b'));
    expect(redactor.scrub(`302 to /steal/${unseen}?t=${unseen}`)).toBe('302 to /steal/***?t=***');
    const twice = encodeURIComponent(encodeURIComponent(Array.from(value).join('\u2060')));
    expect(redactor.scrub(`302 to /steal/${twice}`)).toBe('302 to /steal/***');
    const packed = encodeURIComponent(gzipSync(`tok=${value}`).toString('base64'));
    expect(redactor.scrub(`302 to /steal?t=${packed}`)).toMatch(/^302 to \/steal\?t=\*{3}(?:%3D)*$/);
    expect(redactor.scrub(`302 to /steal/${packed}`)).toMatch(/^302 to \S*\*{3}(?:%3D)*$/);
  },
);

it('finds a part wherever it begins in the value and in the text, and a beginning wherever it was cut', () => {
  const value = 'tK9vQ2mZx7LpR4sW8nYb3HcD6fG1jM5k';
  const parts = new KnownParts();
  parts.add(value);
  const spaced = (text: string): string => Array.from(text).join('.');
  for (let pad = 0; pad < 5; pad++) {
    const before = '-'.repeat(pad) + 'z'.repeat(pad);
    for (let at = 0; at + 12 <= value.length; at++)
      expect(parts.in(`${before} ${spaced(value.slice(at, at + 12))} z`)).toHaveLength(1);
    for (let length = 8; length < value.length; length++)
      expect(parts.in(`${before} ${spaced(value.slice(0, length))}…`).length).toBeGreaterThan(0);
  }
  parts.remove(value);
  expect(parts.in(spaced(value))).toEqual([]);
});

/** A text, and the same quoted within JSON, within JSON in that, and so on. */
function quotedDeeper(text: string, times: number): readonly string[] {
  return times === 0 ? [text] : [text, ...quotedDeeper(JSON.stringify({ you: text }), times - 1)];
}
