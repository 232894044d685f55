/** Signs of a digit that Unicode counts as none of a script (`Nd`), with the value of the first of them. */
const ranges: readonly (readonly [first: string, last: string, value: number])[] = [
  ['⁰', '⁰', 0],
  ['¹', '¹', 1],
  ['²', '³', 2],
  ['⁴', '⁹', 4],
  ['₀', '₉', 0],
  ['①', '⑨', 1],
  ['⑴', '⑼', 1],
  ['⒈', '⒐', 1],
  ['⓪', '⓪', 0],
  ['⓵', '⓽', 1],
  ['⓿', '⓿', 0],
  ['❶', '❾', 1],
  ['➀', '➈', 1],
  ['➊', '➒', 1],
  ['〡', '〩', 1],
  ['㈠', '㈨', 1],
  ['㊀', '㊈', 1],
  ['\u{1F100}', '\u{1F100}', 0],
  ['\u{1F101}', '\u{1F10A}', 0],
  ['\u{1F10B}', '\u{1F10C}', 0],
];
/** Each at the place of its value. */
const numerals = ['零一二三四五六七八九', '〇壹贰叁肆伍陆柒捌玖', '〇壹貳參肆伍陸柒捌玖', '〇幺弐参'];

const signs: ReadonlyMap<string, string> = new Map([
  ...ranges.flatMap(([first, last, value]) => {
    const from = codeOf(first);
    const count = codeOf(last) - from + 1;
    return Array.from(
      { length: count },
      (_, at) => [String.fromCodePoint(from + at), String(value + at)] as const,
    );
  }),
  ...numerals.flatMap((row) => Array.from(row, (sign, value) => [sign, String(value)] as const)),
]);

/** Source of a regular expression (with `u`): a digit in whatever script or shape. */
export const anyDigit = `(?:\\p{Nd}|[${[...signs.keys()].join('')}])`;

/** `0`–`9` for what `anyDigit` matches. */
export function digitOf(sign: string): string {
  if (sign >= '0' && sign <= '9') return sign;
  const known = signs.get(sign);
  if (known !== undefined) return known;
  // Those of a script stand in a row from its zero on, as do several rows (Unicode §4.6).
  let zero = codeOf(sign);
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((codeOf(sign) - zero) % 10);
}

function codeOf(sign: string): number {
  return sign.codePointAt(0) ?? 0;
}
