/** Letters in small, small capitals and digits that are drawn as Latin letters: UTS 39, confusables. */
export const lookAlikes: ReadonlyMap<string, string> = byLetter({
  a: 'аɑαᴀ',
  b: 'ьʙ',
  c: 'сϲᴄ',
  d: 'ԁᴅ',
  e: 'еҽᴇ',
  f: 'ꜰ',
  g: 'ɡɢ',
  h: 'һհʜ',
  i: 'іıιӏɪɩ',
  j: 'јϳᴊ',
  k: 'кκᴋ',
  l: 'ʟ1',
  m: 'мᴍ',
  n: 'пոɴ',
  o: 'оοօᴏ0',
  p: 'рρᴘ',
  q: 'ԛꞯ',
  r: 'гʀ',
  s: 'ѕꜱ',
  t: 'тτᴛ',
  u: 'υսцᴜ',
  v: 'ѵνᴠ',
  w: 'ԝωᴡ',
  x: 'хχ',
  y: 'уүγʏ',
  z: 'ᴢ',
});

/** Capitals that are drawn as a Latin one other than that of their small letter, Lisu and Cherokee ones too. */
const capitals = byLetter({
  A: 'ᎪꓮΑ',
  B: 'ВΒꓐᏴ',
  C: 'ꓚᏟ',
  D: 'ꓓᎠ',
  E: 'ΕꓰᎬ',
  F: 'ꓝ',
  G: 'ꓖᏀ',
  H: 'НΗꓧᎻ',
  I: 'ΙꓲᏆ',
  J: 'ꓙᎫ',
  K: 'ꓗᏦ',
  L: 'ꓡᏞ',
  M: 'ꓟᎷ',
  N: 'Νꓠ',
  O: 'ꓳ',
  P: 'ꓑᏢ',
  R: 'ꓣᎡᏒ',
  S: 'ꓢᏚᏕ',
  T: 'ꓔᎢ',
  U: 'ꓴ',
  V: 'ꓦᏙ',
  W: 'ꓪᎳᏔ',
  X: 'ꓫ',
  Y: 'ΥꓬᎩ',
  Z: 'ΖꓜᏃ',
});

/** Between Latin letters these stand for what they remind of. */
const reminders = byLetter({
  a: 'д',
  b: 'вбβ',
  d: 'δժ',
  e: 'зэεє',
  h: 'нђћ',
  l: 'ӏłƚλ',
  n: 'иηπ',
  o: 'σøө',
  r: 'я',
  w: 'шщ',
});

/** White letters in dark circles and squares, and those of flags: 26 each in the order of the alphabet. */
const enclosed = [0x1f1_50, 0x1f1_70, 0x1f1_e6];

/** Letters of one word, in scripts whose letters may be drawn as Latin ones. */
const runs =
  /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{M}\p{So}])+/gu;

/**
 * A text with the words in Latin letters that only look as if they were, or have accents (`dеlete`, `ꓓꓰꓡꓰꓔꓰ`, `délete`): a word
 * counts as such when each of its letters has one that it is drawn like. For judging, not for showing.
 */
export function inLatinLetters(text: string): string {
  return plainAscii.test(text) ? text : text.replace(runs, latinWord);
}

const plainAscii = /^[\0-\x7F]*$/;

function latinWord(word: string): string {
  if (plainAscii.test(word) || ownWords.test(word)) return word;
  const isMixed = /[a-z]/i.test(word);
  const letters = Array.from(word.normalize('NFKD').replace(/\p{M}/gu, ''), (letter) =>
    latinLetter(letter, isMixed),
  );
  const latin = letters.join('');
  return /^[a-z]+$/i.test(latin) ? latin : word;
}

/** Of languages that have the accents, where it would be another word without them. */
const ownWords = /^r[eé]sumés?$/iu;

function latinLetter(letter: string, isMixed: boolean): string {
  if (plainAscii.test(letter)) return letter;
  const own = capitals.get(letter) ?? enclosedLetter(letter);
  if (own !== undefined) return own;
  const small = letter.toLowerCase();
  const latin = lookAlikes.get(small) ?? (isMixed ? reminders.get(small) : undefined) ?? letter;
  return small === letter ? latin : latin.toUpperCase();
}

function enclosedLetter(letter: string): string | undefined {
  const code = letter.codePointAt(0) ?? 0;
  const first = enclosed.find((start) => code >= start && code < start + 26);
  return first === undefined ? undefined : String.fromCodePoint(0x61 + code - first);
}

function byLetter(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(table).flatMap(([letter, likes]) => Array.from(likes, (like) => [like, letter] as const)),
  );
}
