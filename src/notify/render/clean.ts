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
