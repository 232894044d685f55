import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formSentences } from '../../messages/catalogue/forms.ts';
import { inEnglish, inLanguage } from '../../messages/in-language.ts';
import { recogniser } from '../../messages/recognised.ts';
import type { Problem } from '../../model/problem.ts';
import { loadConfig } from '../load.ts';

const folder = path.resolve(import.meta.dirname, '../..');
const rooms = ['config', 'auth/schemes', 'auth/signature', 'notify/channels'];
/** The texts that schemas are given for what does not fit: of an option, or said by a check of their own. */
const complaint =
  /(?:\b(?:error|message): |\b(?:fail|add)\(|\brefine\([^'`\n]*, |\b(?:notADuration|notASize) = |const message =\s+)(?:\(\{ input \}\) => )?(?:'((?:[^'\\\n]|\\.)+)'|`((?:[^`\\\n]|\\.)+)`)/g;

function complaints(): readonly string[] {
  const files = rooms.flatMap((room) =>
    readdirSync(path.join(folder, room), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.join(room, file),
    ),
  );
  const sources = ['lib/zod.ts', ...files]
    .filter((file) => file.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .filter((source) => /from 'zod'/.test(source));
  return sources
    .flatMap((source) =>
      [...source.matchAll(complaint)].map(([, plain, template]) =>
        (plain ?? template?.replace(/\\`/g, '`').replace(/\$\{[^}]*\}/g, 'X') ?? '').replace(/\\'/g, "'"),
      ),
    )
    .filter((text) => /\w+ \S+ \w+/.test(text));
}

it('finds what schemas complain about', () => {
  expect(complaints().length).toBeGreaterThan(35);
});

it.each([...new Set(complaints())])(
  '%j is an entry of `src/messages/catalogue/forms.ts`, with its Chinese',
  (english) => {
    const said = recogniser(formSentences)(english);
    expect(inEnglish(said)).toBe(english);
    expect(inLanguage(said, 'zh')).toMatch(/\p{Script=Han}/u);
  },
);

async function inChinese(text: string): Promise<readonly string[]> {
  const loaded = await loadConfig('a.yaml', { env: {}, readFile: () => Promise.resolve(text) });
  const said = ({ pointer, message, hint }: Problem) =>
    [
      `${pointer ?? ''} ${inLanguage(message, 'zh')}`,
      ...(hint === undefined ? [] : [inLanguage(hint, 'zh')]),
    ].join(' → ');
  return (loaded.ok ? loaded.notices : loaded.problems).map(said);
}

describe('what is wrong is said in Chinese', () => {
  it.each([
    ['docs: a\nintervall: 5m\n', 'intervall 未知的键 "intervall"；可用的键：'],
    ['docs: a\ninterval: soon\n', 'interval "soon" 不是时长；应类似 15m、2s、250ms 或 1h30m'],
    ['docs: a\nwebhook: ftp://x\n', '不是渠道地址；渠道地址形如 https://'],
    ['docs: a\ninterval: 5s\n', 'interval "5s" 不在 10s 到 24h 之间'],
    ['docs: a\nretries: 9\n', 'retries 实际为 9，应为至多 5'],
    ['docs: a\nretries: many\n', 'retries 实际为 "many"，应为数字'],
    ['docs: a\nlimits: { ratePerOrigin: 0 }\n', 'limits.ratePerOrigin 实际为 0，应为大于 0'],
    [
      'docs: a\nstore: x\n',
      'store "x" 不是 PostgreSQL 数据库的地址；应写成 postgres://user:password@host/database',
    ],
    ['docs: a\nroutes: []\n', 'routes 实际为 0 项的列表，应为至少 1 项'],
    [
      'docs: a\nseverity: majr\n',
      'severity 实际为 "majr"；可用的值：critical、major、minor → 是否想写“major”？',
    ],
    ['docs: a\nlanguage: null\n', 'language 实际为空（null）；可用的值：zh、en'],
    ['services: [{ name: a }]\n', 'services[0].docs 缺少“docs”'],
    [
      'docs: a\ncredentials: { a: { scheme: api-key } }\n',
      '需要 `value`（一个密钥）或 `keys`（多个密钥）之一',
    ],
    ['docs: a\nservices: [{ docs: b }]\n', 'docs “docs”不能与“services”同时使用 → 请把“docs”移到'],
    ['docs: a\nbaseUrl: ${env:NOWHERE}\n', ' 环境变量 NOWHERE 未设置 → 请设置它，或给出默认值'],
    ['docs: "x\n', ' 不是合法的 YAML：缺少结尾的引号'],
    ['docs: a\n\tb: 1\n', ' 该行用制表符缩进 → YAML 只能用空格缩进。'],
    ['docs: a\nslo: [{ name: x }]\n', 'slo[0] “x”既没有“availability”也没有“latency”'],
    ['docs: a\nexpect: { that: $.a > x }\n', '不是条件：> 之后是 "x"，应为数字'],
    ['docs: a\n', ' 没有配置渠道：故障会记录，但不会通知任何人'],
  ])('of %j', async (text, expected) => {
    expect((await inChinese(text)).join('\n')).toContain(expected);
  });
});
