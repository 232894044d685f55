import { expect, it } from 'vitest';
import { oneLine } from './clean.ts';

it.each([
  ['keeps ordinary text', 'GET /订单/{id} → 500 🙂', 'GET /订单/{id} → 500 🙂'],
  ['joins lines', ' a\r\n\tb\u2028c ', 'a b c'],
  ['takes control characters out', 'a\u0000b\u001b[31mc\u0085d', 'ab[31mcd'],
  ['takes marks out that turn the reading direction', 'a\u202Eb\u2066c\u200Fd', 'abcd'],
  ['takes invisible characters out', 'a\u200Bb\uFEFFc', 'ab c'],
  ['takes out what hides text or splits it', '<\u200D@\u00ADa\u{E0041}\u3164\uFE0Fll>', '<@all>'],
  ['keeps emojis together', '👩‍👩‍👧 ❤️ 1️⃣ 👍🏽', '👩‍👩‍👧 ❤️ 1️⃣ 👍🏽'],
  ['replaces half of a character', 'a\uD83Db', 'a\uFFFDb'],
])('%s', (_, text, clean) => {
  expect(oneLine(text)).toBe(clean);
});
