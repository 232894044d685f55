import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReadContext } from '../format.ts';
import { ParsedRawDocument } from '../../text/raw-document.ts';
import { formats } from '../registry.ts';

/** Documents come from strangers: whatever they hold, a reader answers, soon. */

const context: ReadContext = {
  signal: new AbortController().signal,
  load: async (reference) => ({
    level: 'error',
    code: 'file-not-found',
    message: 'does not exist',
    file: reference,
  }),
  list: async () => [],
};

const samples: readonly string[] = [
  '# A\n\n## 查询\n\n**请求方式：** GET\n\n**请求URL：**\n- `/a/{id}?x=1`\n\n| 参数名 | 必选 | 类型 | 说明 |\n|:--|:--|:--|--|\n|a.b[].c|是|string|x|\n|&emsp;d|否|int|y|\n\n```json\n{"a": 1, // x\n "b": [..., {}]}\n```\n<table><tr><td>请求方式</td><td>POST</td></tr></table>\n',
  "# T\n\n```bash\ncurl -X POST 'https://a.example.com/x' \\\n  -H 'A: b' -d '{\"a\": 1}'\n```\n",
  '@x = 1\n### T\nGET {{x}}/a?b=1\nA: b\n\n{"a": 1}\n',
  'meta {\n  name: x\n}\n\nget {\n  url: /x\n}\n',
  'FORMAT: 1A\n# G [/a/{b}{?c}]\n## A [GET]\n+ Parameters\n    + b: `1` (required, number) ... x\n+ Response 200 (application/json)\n    + Attributes (array[X])\n        + a: 1 (enum)\n    + Body\n\n            {"a": 1}\n',
  'schema { query: Q }\ntype Q { a(b: I!): [A!] }\ninput I { c: I }\ntype A { a: A b: Int }\n',
  '{"log":{"entries":[{"request":{"method":"GET","url":"https://a.example.com/x?y=1","headers":[{"name":"A","value":"b"}]},"response":{"status":200,"content":{"mimeType":"application/json","text":"{\\"a\\":1}"}}}]}}',
  '{"_type":"export","__export_format":4,"resources":[{"_id":"a","_type":"request","parentId":"b","method":"GET","url":"{{ _.x }}/a"},{"_id":"b","_type":"request_group","parentId":"b"},{"_type":"environment","_id":"e","data":{"x":"{{ _.x }}"}}]}',
  '[{"name":"a","list":[{"method":"GET","path":"/a/:b","req_query":[{"name":"c","required":"1"}],"res_body":"{\\"a|1-2\\": \\"@x\\"}"}]}]',
  '{"apifoxProject":"1","apiCollection":[{"items":[{"api":{"method":"get","path":"/a/{b}","responses":[{"code":200,"jsonSchema":{"x-apifox-refs":{"a":{"$ref":"#/definitions/1"}}}}]}}]}]}',
];

const splinters = [
  '`',
  '```',
  '|',
  '**',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '"',
  "'",
  '\n',
  '\n\n',
  '    ',
  '+ ',
  '# ',
  '{{',
  '}}',
  ':',
  '\\',
  '\u0000',
  '&#99999999;',
  'GET /',
  '请求方式：',
  '$ref',
];

describe.each(formats.map((format) => [format.kind, format] as const))('%s', (_, format) => {
  test('survives documents that were broken anywhere', async () => {
    const mutation = fc.record({
      sample: fc.constantFrom(...samples),
      cuts: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          drop: fc.nat(30),
          put: fc.constantFrom(...splinters),
        }),
        { maxLength: 6 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ sample, cuts }) => {
        let text = sample;
        for (const { at, drop, put } of cuts) {
          const start = Math.floor(at * text.length);
          text = text.slice(0, start) + put + text.slice(start + drop);
        }
        const raw = new ParsedRawDocument('x', text);
        format.detect(raw);
        const { operations } = await format.read(raw, context);
        expect(new Set(operations.map(({ key }) => key)).size).toBe(operations.length);
        expect(operations.every(({ path }) => path.startsWith('/'))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

const many = 20_000;
const floods: readonly (readonly [string, string])[] = [
  ['quotes in quotes', '>'.repeat(many)],
  ['lists in lists', `${'- '.repeat(many)}x`],
  ['emphasis that never ends', `# a\n${'*a_'.repeat(many)}`],
  ['links in links', `# a\n${'['.repeat(many)}${']('.repeat(many)}`],
  ['tags that never end', `# a\n${'<a '.repeat(many)}`],
  ['comments that never end', `# a\n${'<!--'.repeat(many)}`],
  ['comments that never end, a line each', `# a\n${'<!-- \n'.repeat(many)}`],
  ['fences that never end', '```x\n# a\n'.repeat(many)],
  ['brackets that never end', '{\n'.repeat(many)],
  ['tables of nothing', `${'|   '.repeat(many)}\n|-${'|  '.repeat(many)}x`],
  ['rows without end', '| GET | /a |\n'.repeat(many)],
  ['hashes', `${'#'.repeat(many)} x`],
  ['colons', `a${':'.repeat(many)}`],
  ['dashes', `${'-'.repeat(many)}x`],
  ['spaces', `# a${' '.repeat(many)}x`],
  ['digits with dots', `# ${'1.'.repeat(many)}x`],
  ['methods', `# ${'GET/'.repeat(many)}`],
  ['placeholders', `GET ${'{{'.repeat(many)}`],
  ['quotation marks', `curl ${"'".repeat(many)}`],
  ['commands', 'curl x\n'.repeat(many / 10)],
  ['operations', Array.from({ length: 4000 }, (_, index) => `## GET /a${index}\n`).join('')],
  ['blocks', 'get {\n'.repeat(many)],
  ['items', `FORMAT: 1A\n# A [GET /a]\n${'+ a\n'.repeat(many)}`],
  [
    'items in items',
    `FORMAT: 1A\n# A [GET /a]\n${Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth * 2)}+ Attributes\n`).join('')}`,
  ],
  ['types', `type Query { ${'a: [Int] '.repeat(many / 10)} }`],
  ['types in types', `type Query { a: ${'['.repeat(many)}Int${']'.repeat(many)} }`],
  ['request lines', 'GET /a\n'.repeat(many)],
  ['separators', '###\n'.repeat(many)],
  ['sections of HTML', '<h1>'.repeat(many)],
  ['tables of HTML', `# a\n\n<table>${'<tr><td>'.repeat(many)}`],
];

test.each(floods)('a flood of %s is read in time by every format', async (_, text) => {
  const before = process.cpuUsage();
  const raw = new ParsedRawDocument('x', text);
  for (const format of formats) {
    expect(format.detect(raw)).toBeLessThanOrEqual(1);
    if (['openapi', 'swagger', 'postman'].includes(format.kind)) continue;
    expect((await format.read(raw, context)).operations.length).toBeLessThanOrEqual(200_000);
  }
  // CPU and not time: another program may keep this one waiting.
  expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
});
