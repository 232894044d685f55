import { describe, expect, test } from 'vitest';
import { decodeText } from './raw-document.ts';

const text = '{"标题": "订单"}';
const gb18030 = Buffer.from('7b22b1eacce2223a2022b6a9b5a5227d', 'hex');

describe('the text of a document', () => {
  test.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16 little endian with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 little endian without one', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16 big endian with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), 'utf-16be'],
    ['UTF-16 big endian without one', Buffer.from(text, 'utf16le').swap16(), 'utf-16be'],
    ['GBK', gb18030, 'gb18030'],
  ])('is read from %s', (_, bytes, charset) => {
    expect(decodeText(bytes)).toEqual({ ok: true, text, charset });
  });

  test('is read in the declared charset when it is no UTF-8', () => {
    expect(decodeText(Buffer.from([0x63, 0x61, 0x66, 0xe9]), 'iso-8859-1')).toEqual({
      ok: true,
      text: 'café',
      charset: 'windows-1252',
    });
    expect(decodeText(gb18030, 'no-such-charset')).toMatchObject({ charset: 'gb18030' });
  });

  test.each([
    [
      'a NUL character',
      Buffer.from('{"a": "x\0y"}'),
      'binary-file',
      'is not text: a NUL character stands at position 8',
    ],
    [
      'UTF-32',
      Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]),
      'unknown-charset',
      'is written in UTF-32, expected UTF-8',
    ],
    [
      'no charset at all',
      Buffer.from([0x7b, 0xff, 0xff, 0x80]),
      'unknown-charset',
      'is written in an unknown encoding, expected UTF-8',
    ],
  ])('is refused with %s', (_, bytes, code, message) => {
    expect(decodeText(bytes)).toEqual({ ok: false, code, message });
  });

  test('may be empty', () => {
    expect(decodeText(new Uint8Array())).toEqual({ ok: true, text: '', charset: 'utf-8' });
  });
});
