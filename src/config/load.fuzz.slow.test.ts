import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../messages/in-language.ts';
import { loadConfig } from './load.ts';

const whole = `
x-common: &common { owners: [zhangsan], interval: 5m }
services:
  - <<: *common
    name: orders
    docs: [./a.yaml, "https://x.example/v3/api-docs"]
    headers: { Authorization: "Bearer c@nary-1" }
    expect: { status: [200, 2xx], envelope: $.code == 0, that: "$.a > 0" }
    operations:
      - { match: GET /a, params: { id: [1, null] }, timeout: { total: 5s } }
credentials:
  sso: { scheme: login, url: "https://x.example/login", json: { password: c@nary-2 }, token: $.data.token }
  key: { scheme: bearer, token: "\${env:SECRET}", uses: [sso] }
channels:
  ops: { kind: wecom-robot, webhook: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=c@nary-4" }
routes: [{ to: [ops], severity: critical }]
limits: { body: 1MiB }
timeZone: Asia/Shanghai
`;

const scraps = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ' ',
  '\n',
  '\t',
  '- ',
  '*',
  '&a ',
  '"',
  "'",
  '#',
  '|',
  '!',
  '${env:',
  '}}',
  '0',
  '~',
  '<<: ',
  '\u0000',
];

/** Cuts a piece out, puts another one in. */
const mutation = fc.record({
  at: fc.nat(whole.length),
  cut: fc.nat(12),
  put: fc.array(fc.constantFrom(...scraps), { maxLength: 4 }).map((parts) => parts.join('')),
});

const load = (text: string) =>
  loadConfig('a.yaml', {
    env: { SECRET: 'c@nary-3' },
    readFile: () => Promise.resolve(text),
    hostTimeZone: 'UTC',
  });

describe('whatever stands in the file', { timeout: 60_000 }, () => {
  it('is a configuration or a list of problems that show no secret, never an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        const text = mutations.reduce(
          (now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut),
          whole,
        );
        const loaded = await load(text);
        if (loaded.ok) return;
        expect(loaded.problems.length).toBeGreaterThan(0);
        for (const problem of loaded.problems) {
          expect(problem.line ?? 1).toBeLessThanOrEqual(text.split('\n').length);
          expect(formatProblem(problem)).not.toContain('nary-');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('may be any data at the place of any other', async () => {
    const anything = fc.json({ maxDepth: 3 });
    const keys = [
      'services',
      'credentials',
      'channels',
      'routes',
      'limits',
      'store',
      'docs',
      'webhook',
      'interval',
      'expect',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...keys), anything, async (key, json) => {
        const loaded = await load(`${key}: ${json}\n`);
        expect(loaded.ok || loaded.problems.length > 0).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
