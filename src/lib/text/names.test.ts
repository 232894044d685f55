import { describe, expect, it } from 'vitest';
import { readAlike, scriptsMixed } from './names.ts';

describe('names that read alike', () => {
  it.each([
    ['in capitals', 'Admin'],
    ['in wide letters', 'ａｄｍｉｎ'],
    ['with a blank behind it', 'admin '],
    ['with something unseen', 'ad\u200Bmin\uFEFF'],
    ['with a Cyrillic letter', 'аdmin'],
    ['with a Greek letter', 'admιn'],
    ['with a dotless letter', 'admın'],
    ['with letters of mathematics', '𝐚𝐝𝐦𝐢𝐧'],
  ])('are the same: %s', (_, name) => expect(readAlike(name)).toBe(readAlike('admin')));

  it.each([
    ['José', 'Jose\u0301'],
    ['straße', 'STRASSE'],
    ['ﬁona', 'fiona'],
    ['сосо', 'coco'],
    ['ΣΟΦΟΣ', 'σοφος'],
    ['rᴏᴏt', 'root'],
    ['ʀᴏᴏᴛ', 'root'],
    ['r00t', 'root'],
    ['RO0T', 'root'],
    ['v0', 'vo'],
    ['a1', 'al'],
  ])('are the same: %s and %s', (one, other) => expect(readAlike(one)).toBe(readAlike(other)));

  it.each([
    ['zhang', 'zheng'],
    ['张三', '张叁'],
    ['li.si', 'lisi'],
    ['ops-1', 'ops-2'],
    ['José', 'Jose'],
  ])('are not: %s and %s', (one, other) => expect(readAlike(one)).not.toBe(readAlike(other)));
});

describe('scripts', () => {
  it.each([
    'zhangsan',
    '张三',
    'zhang三',
    'tanakaたなか',
    '김 Kim',
    'Иван',
    'Σοφία',
    'li.si-2@example.com',
    '42',
    'محمد',
  ])('of %s are written together', (name) => expect(scriptsMixed(name)).toBeUndefined());
  it.each([
    ['аdmin', ['scriptCyrillic', 'scriptLatin']],
    ['admιn', ['scriptGreek', 'scriptLatin']],
    ['Иван三', ['scriptCyrillic', 'scriptEastAsian']],
    ['Ꭺdmin', ['scriptCherokee', 'scriptLatin']],
    ['adm\u{1D27}n ꓮ', ['scriptGreek', 'scriptLatin', 'scriptOther']],
  ])('of %s are not', (name, scripts) => expect(scriptsMixed(name)).toEqual(scripts));
});
