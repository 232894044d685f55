/**
 * Text from a monitored system on one line and without tricks: no control characters (WeCom refuses a body with
 * `\u0001` escapes, code 40033), no lone surrogates, nothing that turns the direction of reading around.
 */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu, '')
    .trim();
}
