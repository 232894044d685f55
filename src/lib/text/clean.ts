/** Joiners and selectors have a meaning inside an emoji and nowhere else. */
const unseen =
  /\p{Cc}|(?!\u200D|\uFE0F)[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D|(?<!\p{Emoji})\uFE0F/gu;

/**
 * Text from a monitored system on one line and without tricks: no control characters (WeCom refuses a body with
 * `\u0001` escapes, code 40033), no lone surrogates, nothing that cannot be seen or turns the direction of reading
 * around.
 */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .replace(unseen, '')
    .trim();
}

/** As `oneLine`, but with the blanks that are in it: for texts in which they count. */
export function flat(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(unseen, '');
}

/** Several lines without tricks: whatever moves a cursor, rings, colours, links or cannot be seen is left out. */
export function cleanLines(text: string): string {
  return text
    .split(/(\r?\n)/)
    .map((part, index) => (index % 2 === 1 ? part : flat(part)))
    .join('');
}

/** Every text in a value on one line. */
export function cleanTexts<T>(value: T): T {
  return withTexts(value, flat);
}

/** A value of JSON with each of its texts, names of members included, as `change` makes it. */
export function withTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => withTexts(item, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, item]) => [change(name), withTexts(item, change)]);
  return Object.fromEntries(members) as T;
}

/** JSON as a terminal may show it: what it would act on is escaped, so that it means the same. */
export function cleanJson(json: string): string {
  return json.replace(/[\u007F-\u009F\u2028\u2029]|(?!\u200D|\uFE0F)\p{Cf}/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(''),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
