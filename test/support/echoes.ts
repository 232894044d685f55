import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

/** How a server may repeat a secret of 26 characters that it was sent, each with a name. */
export function echoesOf(token: string): readonly (readonly [string, string])[] {
  const codes = Array.from(token).map((one) => one.charCodeAt(0));
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const every = (count: number, separator: string): string =>
    (token.match(new RegExp(`.{1,${count}}`, 'g')) ?? []).join(separator);

  return [
    ['in hex', Buffer.from(token).toString('hex')],
    ['in hex in capitals', Buffer.from(token).toString('hex').toUpperCase()],
    ['in hex with colons', codes.map((code) => code.toString(16)).join(':')],
    ['as the bytes of a dump', codes.map((code) => `0x${code.toString(16)}`).join(', ')],
    ['as a list of codes', JSON.stringify(codes)],
    ['backwards', Array.from(token).toReversed().join('')],
    ['in rot13', replaced(token, small, small.slice(13) + small.slice(0, 13))],
    ['in rot47', replaced(token, printable, printable.slice(47) + printable.slice(0, 47))],
    ['in the alphabet backwards', replaced(token, small, Array.from(small).toReversed().join(''))],
    ['packed without a head, in base64', deflateRawSync(token).toString('base64')],
    ['packed without a head, in base64 for addresses', deflateRawSync(token).toString('base64url')],
    ['packed without a head, in hex', deflateRawSync(JSON.stringify({ token })).toString('hex')],
    ['in wide letters', token.replace(/./g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))],
    [
      'in bold letters',
      token.replace(/[a-z]/g, (one) => String.fromCodePoint(0x1d41a + one.charCodeAt(0) - 97)),
    ],
    ['quoted-printable', codes.map((code) => `=${code.toString(16).toUpperCase()}`).join('')],
    ['quoted-printable over lines', `${token.slice(0, 9)}=\r\n${token.slice(9)}`],
    ['in entities', codes.map((code) => `&#${code};`).join('')],
    ['in entities without an end', codes.map((code) => `&#${code}`).join('')],
    ['in entities in hex', codes.map((code) => `&#x${code.toString(16)};`).join('')],
    ['in entities with zeros', codes.map((code) => `&#x00${code.toString(16).toUpperCase()};`).join('')],
    ['with hyphens', every(1, '-')],
    ['with blanks', every(4, ' ')],
    ['with colons', every(2, ':')],
    ['in a list', JSON.stringify(Array.from(token))],
    ['in an object', JSON.stringify(byPlace(Array.from(token)))],
    ['in an object in a text', JSON.stringify(JSON.stringify(byPlace(Array.from(token))))],
    ['in an object over lines', JSON.stringify(byPlace(Array.from(token)), null, 2)],
    ['in an object of codes', JSON.stringify(byPlace(codes))],
    ['in a list of objects', JSON.stringify(Array.from(token, (c, i) => ({ i, c })))],
    ['in a list of lists', JSON.stringify(Array.from(token, (c) => [c]))],
    ['in a list of pairs', JSON.stringify(token.match(/.{1,2}/g))],
    ['in a list over lines', JSON.stringify(Array.from(token), null, 2)],
    ['as Python prints it', `{${Array.from(token, (c, i) => `${i}: '${c}'`).join(', ')}}`],
    ['as PHP prints it', Array.from(token, (c, i) => `    [${i}] => ${c}\n`).join('')],
    ['as a list in YAML', Array.from(token, (c) => `- ${c}\n`).join('')],
    ['in XML', Array.from(token, (c) => `<item>${c}</item>`).join('')],
    ['in a query', Array.from(token, (c, i) => `${i}=${c}`).join('&')],
    ['in base64', base64(token)],
    ['twice in base64', base64(base64(token))],
    ['twice in base64 as a password', base64(base64(`user:${token}`))],
    ['in UTF-16 in base64', Buffer.from(token, 'utf16le').toString('base64')],
    ['in UTF-16 in base64, the other order', Buffer.from(token, 'utf16le').swap16().toString('base64')],
    ['in base64 of JSON', base64(JSON.stringify({ you: { sent: token } }))],
    ['three times in base64', base64(base64(base64(token)))],
    ['in hex in base64', base64(Buffer.from(token).toString('hex'))],
    ['in base64 in hex', Buffer.from(base64(token)).toString('hex')],
    ['in base64, backwards', Array.from(base64(token)).toReversed().join('')],
    ['in base32', base32(token)],
    ['in base32 in small letters, of JSON', base32(JSON.stringify({ token })).toLowerCase()],
    ['in octal', codes.map((code) => `\\${code.toString(8).padStart(3, '0')}`).join('')],
    ['in octal with blanks', codes.map((code) => code.toString(8)).join(' ')],
    ['in octal numbers', codes.map((code) => `0o${code.toString(8)}`).join(', ')],
    ['in base58', base58(token)],
    ['in ascii85', `<~${ascii85(token)}~>`],
    ['in ascii85 behind a name', ascii85(`user:${token}`)],
    ['packed, in base64', gzipSync(token).toString('base64')],
    ['packed in the other way, in an address', deflateSync(token).toString('base64url')],
    ['packed, in hex', gzipSync(JSON.stringify({ token })).toString('hex')],
    [
      'in UTF-16 in an address',
      Buffer.from(token, 'utf16le')
        .toString('hex')
        .replaceAll(/../g, (byte) => `%${byte}`),
    ],
    ['as in an address, over and over', codes.map((code) => `%252525252525${code.toString(16)}`).join('')],
    ['the beginning of it', token.slice(0, 20)],
    ['the end of it', token.slice(-21)],
    ['the middle of it', token.slice(7, 19)],
  ];
}

const small = 'abcdefghijklmnopqrstuvwxyz';
const printable = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).join('');

/** Each sign by the one that stands in its place in `to`; of an alphabet of small letters, capital ones as well. */
function replaced(text: string, from: string, to: string): string {
  const all = from === small ? [small + small.toUpperCase(), to + to.toUpperCase()] : [from, to];
  return Array.from(text, (one) => all[1]?.charAt(all[0]?.indexOf(one) ?? -1) || one).join('');
}

function byPlace(values: readonly unknown[]): object {
  return Object.fromEntries(values.map((value, index) => [index, value]));
}

/** RFC 4648 §6. */
function base32(text: string): string {
  const bits = Array.from(Buffer.from(text), (byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = bits.match(/.{1,5}/g) ?? [];
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const written = letters.map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '').join('');
  return written.padEnd(Math.ceil(written.length / 8) * 8, '=');
}

/** Leading zeros aside, which no text begins with. */
function base58(text: string): string {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let written = '';
  for (let rest = BigInt(`0x${Buffer.from(text).toString('hex')}`); rest > 0n; rest /= 58n)
    written = `${alphabet.charAt(Number(rest % 58n))}${written}`;
  return written;
}

/** As Adobe writes it. */
function ascii85(text: string): string {
  const groups =
    Buffer.from(text)
      .toString('hex')
      .match(/.{1,8}/g) ?? [];
  const written = groups.map((group) => {
    let number = Number.parseInt(group.padEnd(8, '0'), 16);
    let digits = '';
    for (let digit = 0; digit < 5; digit++) {
      digits = String.fromCharCode(33 + (number % 85)) + digits;
      number = Math.floor(number / 85);
    }
    return digits.slice(0, group.length / 2 + 1);
  });
  return written.join('');
}
