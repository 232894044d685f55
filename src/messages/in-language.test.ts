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
          // By its whole address: the folder as it was when this was last transformed is kept otherwise.
          import(/* @vite-ignore */ new URL(`catalogue/${name}`, import.meta.url).href) as Promise<
            Readonly<Record<string, Catalogue>>
          >,
      ),
  );
  const codes = files.flatMap((file) => Object.values(file).flatMap((part) => Object.keys(part)));
  expect(codes.toSorted()).toEqual(Object.keys(catalogue).toSorted());
});

const refused = sentence('statusExpected', { status: 502, expected: '200' });
const made = (name: string, origin: Sentence): Sentence =>
  sentence('valueFrom', { value: `${name}=7`, origin });

it.each<readonly [Sentence, string, string]>([
  [
    sentence('notEvenWhenAskedAgain', {
      count: 9,
      of: 12,
      failing: 2,
      why: sentence('passedLater', { n: 2, why: refused }),
    }),
    '9 of 12 operations answer only when asked again, 2 not even then: passed on attempt 2, after: HTTP 502, expected: 200',
    '12 个接口中有 9 个再次调用才成功，另有 2 个仍失败：第 2 次才成功，此前：HTTP 502，期望：200',
  ],
  [
    sentence('refuseToken', { least: sentence('ofNotAll'), count: 8, of: 12, why: 'HTTP 403' }),
    'at least 8 of 12 operations refuse its token: HTTP 403',
    '12 个接口中至少有 8 个拒绝其令牌：HTTP 403',
  ],
  [
    sentence('answersForValues', {
      answer: 'HTTP 404',
      values: sentence('andValue', {
        one: made('id', sentence('fromExample')),
        other: made('page', sentence('madeUp')),
      }),
    }),
    "it answers HTTP 404 for id=7 (the document's example) and page=7 (made up)",
    '返回 HTTP 404；所用的值：id=7（文档示例）和 page=7（自动生成）',
  ],
  [
    sentence('ofCredential', {
      name: 'sso',
      why: sentence('requestUnanswered', { request: 'POST http://sso/token', time: '15 s' }),
    }),
    'credential "sso": POST http://sso/token did not answer within 15 s',
    '凭证“sso”：POST http://sso/token 在 15 s 内没有应答',
  ],
  [
    sentence('ofOthersToo', { what: sentence('theIncident', { id: 'A7F3' }) }),
    'incident #A7F3 belongs to other services as well',
    '故障 #A7F3 也属于其他服务',
  ],
  [
    sentence('openAre', { incidents: ['#A7F3 GET /orders', '#B001 GET /users'] }),
    'Open are #A7F3 GET /orders, #B001 GET /users.',
    '未恢复的故障：#A7F3 GET /orders、#B001 GET /users。',
  ],
  [
    sentence('documentsWrong', { n: 1 }),
    'something is wrong with those of one service',
    '1 个服务的文档有问题',
  ],
])('says %j as a person would', (told, english, chinese) => {
  expect([inEnglish(told), inLanguage(told, 'zh')]).toEqual([english, chinese]);
});

it('goes on behind a sentence of ours without its full stop, however deep that stands', () => {
  const more = sentence('goesOnBeingJudged', { n: 3 });
  const hint = sentence('serverFailsThere');
  const nested = sentence('saidBesides', { what: 'x', more: hint });
  for (const what of [hint, nested]) {
    const told = sentence('saidBesides', { what, more });
    expect(inLanguage(told, 'zh')).toMatch(/也可以改用文档文件；其 3 个接口/);
    expect(inEnglish(told)).toMatch(/given as a file; its operations/);
  }
  // At its end, and of others, it stays.
  expect(inLanguage(nested, 'zh')).toMatch(/文档文件。$/);
  expect(inLanguage(sentence('saidBesides', { what: '完。', more }), 'zh')).toMatch(/^完。；/);
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

it.each<[Sentence, string]>([
  [
    sentence('changeAt', {
      place: sentence('parameterAt', { place: 'query', name: 'page' }),
      what: sentence('changedFromTo', {
        what: sentence('keywordOf', { keyword: 'maximum', name: 'items[]' }),
        old: sentence('nothingThere'),
        new: '5',
      }),
    }),
    'query 参数“page”：“items[]”的 maximum 由无改为 5',
  ],
  [
    sentence('changedFromTo', {
      what: sentence('theType'),
      old: 'integer',
      new: sentence('eitherOf', { one: 'null', other: 'string' }),
    }),
    '类型由 integer 改为 null 或 string',
  ],
  [sentence('isNotReadableYet', { kind: sentence('aPdf') }), '是 PDF：暂不支持读取这种文档'],
  [
    sentence('countedInParts', {
      what: sentence('addressesWithoutMethod', { n: 31 }),
      part: 1,
      parts: 2,
      list: [
        sentence('callOnLine', { call: '/orders', lines: '4' }),
        sentence('callOnLines', { call: '/users', lines: '9, 12' }),
      ],
    }),
    '有 31 个地址没有写请求方式（第 1/2 条）：/orders（第 4 行）、/users（第 9, 12 行）',
  ],
  [
    sentence('twoHints', {
      one: sentence('giveDocumentCredential'),
      other: sentence('goesOnAsLastReadable'),
    }),
    '请为该服务设置 `docsCredential: 凭证名`，该凭证须有权读取文档。上次可读时的接口会继续巡检。',
  ],
  [
    sentence('answersForValues', {
      answer: 'HTTP 404',
      values: sentence('andValue', {
        one: sentence('valueFrom', { value: 'id=7', origin: sentence('fromExample') }),
        other: sentence('valueFrom', { value: 'page=1', origin: sentence('madeUp') }),
      }),
    }),
    '返回 HTTP 404；所用的值：id=7（文档示例）和 page=1（自动生成）',
  ],
  [
    sentence('remarkOnSeveral', {
      operation: 'GET /orders',
      n: 3,
      what: sentence('extensionIgnored', {
        key: 'retries',
        why: sentence('forConfigurationAlone', { what: sentence('howOftenRepeated') }),
      }),
    }),
    'GET /orders 等，另有 3 个接口：已忽略 x-patrol.retries：只能由配置决定（调用重试几次）',
  ],
])('%# is put together in Chinese', (said, chinese) => {
  expect(inLanguage(said, 'zh')).toBe(chinese);
});
