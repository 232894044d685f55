/** Longer runs of letters and digits are no piece of anything that was taken apart. */
const longest = 64;

/** `0x54`, `u0054`, `H54`; two digits and more, of which as many as a byte has stand in front of nothing else. */
const hex = /^(?:0?[xuh](?<open>[0-9a-f]{1,8})|(?<bytes>(?:[0-9a-f]{2})+)h?|(?<padded>0[0-9a-f]{2,7}))$/i;
const decimal = /^0{0,3}(\d{2,3})$/;
const octal = /^(?:0?o)?([01]?[0-7]{2}|0[01][0-7]{2})$/i;
/** Two bytes, the last one first, as `od` shows them. */
const octalWord = /^[01][0-7]{5}$/;
const binary = /^(?:0?b)?([01]{7}|(?:[01]{8})+)b?$/i;
const [firstPrintable, lastPrintable] = [33, 126];

/**
 * What a run of letters and digits says besides itself when it is a number: of a character, or of bytes in a dump. Each
 * reading is a text.
 */
export function readingsOf(run: string): readonly string[] {
  if (run.length < 2 || run.length > longest) return [];
  const readings: string[] = [];
  const add = (codes: readonly number[]): void => {
    const text = String.fromCharCode(...codes.filter((code) => code > 0));
    if (text !== '') readings.push(text);
  };
  const { open, bytes, padded } = hex.exec(run)?.groups ?? {};
  const digits = open ?? bytes ?? padded;
  if (digits !== undefined) {
    const read = [...Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')];
    add(read);
    // Numbers of two and four bytes, in the order in which machines keep them.
    if (read.length === 2 || read.length === 4) add(read.toReversed());
  }
  for (const code of [Number(decimal.exec(run)?.[1] ?? 0), Number.parseInt(octal.exec(run)?.[1] ?? '0', 8)])
    if (code >= firstPrintable && code <= lastPrintable) add([code]);
  if (octalWord.test(run)) {
    const word = Number.parseInt(run, 8);
    add([word & 0xff, word >> 8]);
  }
  const bits = binary.exec(run)?.[1];
  if (bits !== undefined) add((bits.match(/.{7,8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  return readings;
}

/** Whether a run may be a number of any of these kinds, told by two of its units. */
export function mayBeNumber(first: number, last: number): boolean {
  return (isHexDigit(first) || isPrefix(first)) && (isHexDigit(last) || (last | 32) === 104);
}

function isHexDigit(code: number): boolean {
  const letter = code | 32;
  return (code >= 48 && code <= 57) || (letter >= 97 && letter <= 102);
}

/** x, u, h, o */
function isPrefix(code: number): boolean {
  const letter = code | 32;
  return letter === 120 || letter === 117 || letter === 104 || letter === 111;
}
