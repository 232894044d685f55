import { describe, expect, it } from 'vitest';
import { makeCheck } from '../../../test/support/check-harness.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import type { Result } from '../../model/result.ts';
import { type CheckRun, exitCodeOf, maskedRun, type CheckOutcome, type Standing } from '../check-run.ts';
import { wordsIn } from '../words.ts';
import { reporters } from './registry.ts';

const at = Date.UTC(2026, 10, 24, 8, 15);

function outcome(operation: string, standing: Standing, result: Partial<Result>): CheckOutcome {
  const check = { ...makeCheck('http://orders', '/x'), id: operation, operation };
  return {
    check,
    standing,
    result: {
      checkId: operation,
      at,
      verdict: 'pass',
      reason: { code: 'none', message: '' },
      bytes: 2,
      phases: { totalMs: 12.4 },
      attempts: 1,
      findings: [],
      ...result,
    },
  };
}

/** An answer of a stranger that tries whatever a report could be made of. */
const hostile = 'found "<script>alert(1)</script>" | `x` %0A ::error::\n\u0007\ud800';

const run: CheckRun = {
  at,
  failOn: 'fail',
  outcomes: [
    outcome('GET /orders', 'passed', {}),
    outcome('GET /orders/{id}', 'failed', {
      verdict: 'fail',
      reason: { code: 'schema', message: '/total: expected number, found "1" (string) (+1 more)' },
      findings: [
        { kind: 'schema', level: 'error', message: '/total: expected number', pointer: '/total' },
        { kind: 'schema', level: 'error', message: hostile, pointer: '/note' },
      ],
      evidence: { curl: "curl -sS -H 'authorization: ***' http://orders/x" },
    }),
    outcome('GET /stock', 'undecided', {
      verdict: 'blocked',
      reason: { code: 'credential', message: 'no token' },
    }),
    outcome('GET /old', 'known', { verdict: 'fail', reason: { code: 'status', message: 'HTTP 500' } }),
    outcome('GET /orders/{id}/log', 'undecided', {
      verdict: 'unknown',
      reason: { code: 'made-up-value', message: 'HTTP 404, but we made up id=1' },
    }),
  ],
  skipped: [
    {
      id: 'x',
      service: 'orders',
      documentId: 'd',
      operation: 'POST /orders',
      tags: [],
      code: 'unsafe-method',
      reason: 'POST may change data',
    },
  ],
  statistics: {
    cycleId: 1,
    outcome: 'complete',
    dueAt: at,
    startedAt: at,
    durationMs: 1500,
    latenessMs: 0,
    missed: 0,
    checked: 5,
    counts: { pass: 1, degraded: 0, fail: 2, blocked: 1, unknown: 1 },
    successRate: 1 / 3,
    byService: {},
  },
  problems: [],
};

const report = (kind: string, of: CheckRun = run): string =>
  reporters.find((reporter) => reporter.kind === kind)?.render(of, wordsIn('en')) ?? '';

describe('a report of a run', () => {
  it('as JUnit has a case for every operation, called or not', () => {
    expect(report('junit')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="apipatrol" tests="6" failures="1" errors="1" skipped="3" time="1.500">
  <testsuite name="orders" tests="6" failures="1" errors="1" skipped="3" time="0.062" timestamp="2026-11-24T08:15:00">
    <testcase classname="orders" name="GET /orders" time="0.012"/>
    <testcase classname="orders" name="GET /orders/{id}" time="0.012"><failure type="schema" message="/total: expected number, found &quot;1&quot; (string) (+1 more)">/total: /total: expected number
/note: found &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot; | \`x\` %0A ::error:: \ufffd
curl -sS -H 'authorization: ***' http://orders/x</failure></testcase>
    <testcase classname="orders" name="GET /stock" time="0.012"><error type="credential" message="no token"></error></testcase>
    <testcase classname="orders" name="GET /old" time="0.012"><skipped message="known: HTTP 500"/></testcase>
    <testcase classname="orders" name="GET /orders/{id}/log" time="0.012"><skipped message="HTTP 404, but we made up id=1"/></testcase>
    <testcase classname="orders" name="POST /orders"><skipped message="unsafe-method: POST may change data"/></testcase>
  </testsuite>
</testsuites>`);
  });

  it('as annotations is one command a line, whatever a server answered', () => {
    expect(report('github').split('\n')).toEqual([
      expect.stringMatching(
        /^::error title=GET \/orders\/\{id\} \(orders\)::\/total: expected number.*%250A ::error:: \ufffd%0A/,
      ),
      '::warning title=GET /stock (orders)::no token',
      '::warning title=GET /orders/{id}/log (orders)::HTTP 404, but we made up id=1',
      '::notice title=GET /old (orders)::known: HTTP 500',
    ]);
  });

  it('as Markdown tells the worst first and lets no answer format it', () => {
    const text = report('markdown');
    expect(text).toMatch(/^## API Patrol: 1 of 5 operations failed\n/);
    expect(text).toContain('| ❌ | <code>GET /orders/{id}</code> | orders |');
    expect(text).toContain('1 passed, 1 documented operation was not called.');
    expect(text.replace(/```text[\s\S]*?```/g, '')).not.toContain('<script>');
  });

  it('as a page needs nothing else and runs nothing', () => {
    const text = report('html');
    expect(text).toContain('<title>API Patrol: 1 failed, 1 passed</title>');
    expect(text).toContain('&lt;script&gt;alert(1)');
    expect(text).not.toMatch(/<script|https?:\/\/(?!orders)/);
    expect(text.indexOf('GET /orders/{id}')).toBeLessThan(text.indexOf('GET /old'));
    expect(text).toContain('POST may change data');
  });

  it('as JSON is what a later run takes as its baseline', () => {
    const { results, skipped } = JSON.parse(report('json'));
    expect(results).toHaveLength(5);
    expect(results[1]).toMatchObject({ operation: 'GET /orders/{id}', standing: 'failed', verdict: 'fail' });
    expect(skipped).toHaveLength(1);
  });
});

describe('the exit code', () => {
  const without = (...standings: readonly Standing[]): CheckRun => ({
    ...run,
    outcomes: run.outcomes.filter(({ standing }) => !standings.includes(standing)),
  });

  it.each([
    ['is 1 when something failed', run, 1],
    ['is 2 when something could not be called for want of a token', without('failed'), 2],
    ['is 0 when all that is wrong is known', without('failed', 'undecided'), 0],
    ['is 2 when nothing was called', { ...run, outcomes: [] }, 2],
  ])('%s', (_, given, expected) => {
    expect(exitCodeOf(given)).toBe(expected);
  });
});

it('shows no value of ours that is secret, in no form of report', () => {
  const redactor = new Redactor();
  redactor.add('sess-AbCdEf123456');
  const value = { name: 'tokenId', in: 'path', value: 'sess-AbCdEf123456', origin: 'example' } as const;
  const unproven = outcome('GET /online/{tokenId}', 'undecided', {
    status: 500,
    verdict: 'unknown',
    reason: { code: 'never-passed', message: 'HTTP 500' },
  });
  const url = 'http://orders/online/sess-AbCdEf123456?password=pw-1&n=1';
  const request = { ...unproven.check.request, url };
  const found = maskedRun(
    { ...run, outcomes: [{ ...unproven, check: { ...unproven.check, request, values: [value] } }] },
    redactor,
  );
  for (const { render } of reporters) expect(render(found, wordsIn('en'))).not.toMatch(/sess-AbCdEf|pw-1/);
  const json = reporters.find(({ kind }) => kind === 'json')?.render(found, wordsIn('en'));
  expect(json).toContain('"url": "http://orders/online/***?password=***&n=1"');
  expect(json).toContain('tokenId=***');
});
