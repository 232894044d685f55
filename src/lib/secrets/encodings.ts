/**
 * What bytes look like inside base64 text, at each of the three positions where they may begin (`user:password` encoded as
 * one). Characters that depend on the neighbours are left out.
 */
export function base64Inside(bytes: Uint8Array): readonly string[] {
  return [0, 1, 2]
    .map((offset) => {
      const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
      return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    })
    .filter((form) => form.length >= 5);
}

export const alphabet32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 §7. */
export const alphabet32Hex = '0123456789ABCDEFGHIJKLMNOPQRSTUV';

/** What bytes look like inside base 32 (RFC 4648 §6), at each of the positions where they may begin, as `base64Inside`. */
export function base32Inside(bytes: Uint8Array, alphabet = alphabet32): readonly string[] {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return [0, 1, 2, 3, 4].map((offset) => {
    // Of the letter that it shares with what stands in front.
    const shared = (5 - ((offset * 8) % 5)) % 5;
    const groups = bits.slice(shared).match(/.{5}/g) ?? [];
    return groups.map((group) => alphabet[Number.parseInt(group, 2)]).join('');
  });
}

/** Of Adobe (`<~…~>`), of RFC 1924 as git and Python use it, and of ZeroMQ (https://rfc.zeromq.org/spec/32/). */
const alphabets85: readonly string[] = [
  Array.from({ length: 85 }, (_, digit) => String.fromCharCode(33 + digit)).join(''),
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~',
  '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#',
];

/** What bytes look like inside text in base 85: alone, and at each of the positions where they may begin, as `base64Inside`. */
export function base85Inside(bytes: Uint8Array): readonly string[] {
  return alphabets85.flatMap((alphabet) => [
    base85(bytes, alphabet),
    ...[1, 2, 3].map((offset) => {
      const end = bytes.length - ((bytes.length + offset) % 4);
      return base85(bytes.subarray(4 - offset, end), alphabet);
    }),
  ]);
}

function base85(bytes: Uint8Array, alphabet: string): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const group = Buffer.alloc(4);
    group.set(bytes.subarray(at, at + 4));
    const missing = Math.max(0, at + 4 - bytes.length);
    const digits = inBase(BigInt(group.readUInt32BE()), alphabet).padStart(5, alphabet[0]);
    text += digits.slice(0, 5 - missing);
  }
  return text;
}

const [firstPrintable, lastPrintable] = [33, 126];

/** With other letters in place of each, as games and mails hide texts: rot13, rot47, and the alphabet backwards (atbash). */
export function turned(text: string): readonly string[] {
  return [
    text.replace(/[a-z]/gi, (letter) => letterAt(letter, (at) => (at + 13) % 26)),
    text.replace(/[!-~]/g, (sign) => {
      const signs = lastPrintable - firstPrintable + 1;
      return String.fromCharCode(
        firstPrintable + ((sign.charCodeAt(0) - firstPrintable + signs / 2) % signs),
      );
    }),
    text.replace(/[a-z]/gi, (letter) => letterAt(letter, (at) => 25 - at)),
  ];
}

function letterAt(letter: string, turn: (at: number) => number): string {
  const first = letter >= 'a' ? 97 : 65;
  return String.fromCharCode(first + turn(letter.charCodeAt(0) - first));
}

const alphabet58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Bytes in base 58 (https://datatracker.ietf.org/doc/html/draft-msporny-base58): one number, so that neighbours change all of it. */
export function base58(bytes: Uint8Array): string {
  return inBase(BigInt(`0x0${Buffer.from(bytes).toString('hex')}`), alphabet58);
}

function inBase(number: bigint, alphabet: string): string {
  const base = BigInt(alphabet.length);
  let text = '';
  for (let rest = number; rest > 0n; rest /= base) text = `${alphabet[Number(rest % base)] ?? ''}${text}`;
  return text;
}
