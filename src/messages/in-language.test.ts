import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mapTexts, type Sentence } from '../model/sentence.ts';
import { inEnglish, inLanguage, localised } from './in-language.ts';
import type { Catalogue } from './catalogue/entry.ts';
import { catalogue, sentence } from './sentence.ts';

const places = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([place]) => place);

it.each(Object.entries(catalogue))('%s names the same in both languages', (_code, [english, chinese]) => {
  const [whole, one] = typeof english === 'string' ? [english] : [english.other, english.one];
  expect(new Set(places(whole))).toEqual(new Set(places(chinese)));
  // Of one the number need not be said.
  expect(places(chinese)).toEqual(expect.arrayContaining([...places(one ?? whole)]));
});

it('gives every code to one sentence only', async () => {
  const files = await Promise.all(
    readdirSync(new URL('catalogue/', import.meta.url))
      .filter((name) => name !== 'entry.ts')
      .map(
        (name) =>
          import(`./catalogue/${name.slice(0, -'.ts'.length)}.ts`) as Promise<
            Readonly<Record<string, Catalogue>>
          >,
      ),
  );
  const codes = files.flatMap((file) => Object.values(file).flatMap((part) => Object.keys(part)));
  expect(codes.toSorted()).toEqual(Object.keys(catalogue).toSorted());
});

it('keeps what others have said as they said it', () => {
  expect(inLanguage('HTTP 500', 'zh')).toBe('HTTP 500');
});

it('puts every sentence of an answer into words, and leaves the rest', () => {
  const data = {
    at: 1,
    reason: { code: 'interrupted', message: sentence('stoppedBeforeSent') },
    list: [null, 'x'],
  };
  expect(localised(data, 'zh')).toEqual({
    at: 1,
    reason: { code: 'interrupted', message: '发出之前已停止' },
    list: [null, 'x'],
  });
});

it('puts no blank between Chinese and Chinese, but beside names and numbers', () => {
  const told = (expected: Sentence) =>
    inLanguage(sentence('violated', { where: '/a', expected, found: '无' }), 'zh');
  expect([told('number'), told(sentence('nothingHere')), told('订单')]).toEqual([
    '/a：期望 number，实际 无',
    '/a：期望此处没有内容，实际 无',
    '/a：期望 订单，实际 无',
  ]);
});

it('says what it can of a sentence that it does not know', () => {
  const later: Sentence = { $say: 'saidByALaterVersion', params: { why: 'x' } };
  expect(inEnglish(later)).toBe('saidByALaterVersion x');
});

it('changes every text of a sentence and no number', () => {
  const given: Sentence = { $say: 'x', params: { n: 1, a: 's3cret', b: ['s3cret', { $say: 'y' }] } };
  expect(mapTexts(given, (text) => text.replace('s3cret', '***'))).toEqual({
    $say: 'x',
    params: { n: 1, a: '***', b: ['***', { $say: 'y' }] },
  });
});

it('says what a plug-in brings along', () => {
  const given: Sentence = {
    $say: { en: 'WeCom is busy: {why}', zh: '企业微信繁忙：{why}' },
    params: { why: 'x' },
  };
  expect([inEnglish(given), inLanguage(given, 'zh')]).toEqual(['WeCom is busy: x', '企业微信繁忙：x']);
});

it.each([
  { $say: 'constructor' },
  { $say: '__proto__' },
  { $say: 'x' },
  { $say: 'stoppedBeforeSent', and: 1 },
  { $say: { en: 'a', zh: 'b', n: 1 } },
  { $say: { $say: 'x' } },
  { en: 'a', zh: 'b' },
])('leaves what only looks like a sentence: %j', (data) => {
  expect(localised({ data }, 'zh')).toEqual({ data });
});

it.each(['constructor', '__proto__', 'toString'])('says the code %s, which no catalogue has', (code) => {
  expect(inEnglish({ $say: code })).toBe(code);
});
