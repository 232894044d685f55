import { describe, expect, it } from 'vitest';
import type { Incident } from '../../model/incident.ts';
import { histogramOf, type HourRollup } from '../../model/histogram.ts';
import { countVerdicts } from '../../model/cycle.ts';
import { check, World } from '../world.fixture.ts';
import { reportHtml } from './html.ts';
import { type PeriodInput, type PeriodReport, periodReport } from './period-report.ts';
import { reportCsv, reportMarkdown, reportText } from './text.ts';

const hourMs = 3_600_000;
const to = Date.UTC(2026, 0, 6);
const from = to - 24 * hourMs;
const nasty = 'GET /<script>alert(1)</script>|`x`';

async function* hours(count = 24): AsyncGenerator<HourRollup> {
  for (let no = 0; no < count; no++) {
    const sums = (checkId: string, fail: number, ms: number) => {
      const counts = { ...countVerdicts([]), pass: 4 - fail, fail };
      return { checkId, counts, latency: histogramOf([ms, ms, ms, ms * 2]) };
    };
    const hour = from + no * hourMs;
    yield { hour, service: 'orders', checks: [sums('a', Number(no === 7), 100), sums('b', 0, 400)] };
    yield { hour, service: 'pay', checks: [sums('c', 0, 50)] };
  }
}

/** An incident as the analysis makes it. */
function incident(): Incident {
  const world = new World([check('a')]);
  world.play({ results: { a: 'fail 500' } });
  const { transitions } = world.play({ results: { a: 'ok' } });
  return {
    ...(transitions[0]?.incident as Incident),
    openedAt: from + 7 * hourMs,
    resolvedAt: from + 8 * hourMs,
  };
}

function input(more: Partial<PeriodInput> = {}): PeriodInput {
  return {
    range: { from, to },
    timeZone: 'Asia/Shanghai',
    cycles: [],
    incidents: [incident()],
    hours: hours(),
    checks: [
      { id: 'a', service: 'orders', operation: nasty },
      { id: 'b', service: 'orders', operation: 'GET /b' },
      { id: 'c', service: 'pay', operation: 'GET /c' },
      { id: 'd', service: 'pay', operation: 'GET /never-called' },
    ],
    tagsOf: ({ id }) => (id === 'a' ? ['读', '写'] : id === 'b' ? ['读'] : []),
    flaky: new Map([['b', 3]]),
    changes: [],
    setUp: [],
    ...more,
  };
}

const made = (more: Partial<PeriodInput> = {}): Promise<PeriodReport> => periodReport(input(more));
const draw = (header: readonly string[], rows: readonly (readonly string[])[]) =>
  [header, ...rows].map((row) => row.join(' | ')).join('\n');

describe('a report', () => {
  it('adds up hours: all, by service, by operation, and over time', async () => {
    const report = await made();
    expect(report).toMatchObject({
      counts: { pass: 287, fail: 1 },
      successRate: 287 / 288,
      latency: { count: 288 },
      services: [
        { service: 'orders', results: 192, successRate: 191 / 192 },
        { service: 'pay', results: 96, successRate: 1 },
      ],
      tags: [
        { service: 'orders', tag: '写', results: 96, successRate: 95 / 96 },
        { service: 'orders', tag: '读', results: 192, successRate: 191 / 192 },
      ],
      failing: [{ operation: nasty, counts: { fail: 1 } }],
      slow: [{ operation: 'GET /b' }, { operation: nasty }, { operation: 'GET /c' }],
    });
    expect(report.course).toHaveLength(24);
    expect(report.course[7]).toMatchObject({ from: from + 7 * hourMs, results: 12, counts: { fail: 1 } });
    expect(report.operations.map(({ operation }) => operation)).toEqual([nasty, 'GET /b', 'GET /c']);
  });

  it('of a month shows half-days, not 720 bars', async () => {
    const report = await made({ range: { from, to: from + 720 * hourMs }, hours: hours(720) });
    expect(report.course).toHaveLength(60);
  });

  it('names what began more than once', async () => {
    const report = await made({ incidents: [incident(), { ...incident(), id: 'ZZZZ' }] });
    expect(report.recurring).toEqual([{ label: 'GET /a', services: ['orders'], times: 2 }]);
  });

  it('of nothing is a report, too', async () => {
    const report = await made({ hours: hours(0), incidents: [], checks: [] });
    expect(report).toMatchObject({ counts: { pass: 0 }, course: [], operations: [] });
    expect(report.successRate).toBeUndefined();
    expect(reportText(report, 'en', draw)).toContain('response time: no answers');
    expect(reportHtml(report, 'zh')).toContain('没有响应');
  });
});

describe('its forms', () => {
  const rich: Partial<PeriodInput> = {
    cycles: [
      {
        cycleId: 1,
        outcome: 'complete',
        dueAt: to,
        startedAt: to,
        durationMs: 1,
        latenessMs: 0,
        missed: 2,
        checked: 3,
        counts: countVerdicts([]),
        byService: {},
        slowed: { 'https://orders.example': 'HTTP 429' },
        coverage: {
          orders: { documented: 9, called: 7, certain: 5, uncertain: 2, capturable: 0, skipped: {} },
        },
        budgets: [
          {
            objective: 'all',
            kind: 'availability',
            target: 0.999,
            windowMs: 30 * 24 * hourMs,
            good: 999,
            bad: 1,
            left: 0.25,
            sampled: true,
            burning: [],
          },
        ],
      },
    ],
    changes: [
      {
        at: to,
        service: 'orders',
        uri: 'orders.yaml',
        added: 1,
        removed: 1,
        changed: 2,
        breaking: ['GET /old'],
      },
    ],
  };

  it('text, in English', async () => {
    expect(
      reportText(await made(rich), 'en', draw),
    ).toBe(`period: 2026-01-05 08:00 – 2026-01-06 08:00 (Asia/Shanghai)
cycles: 1 complete, 0 interrupted, 2 missed
results: 287 pass, 0 degraded, 1 fail, 0 blocked, 0 unknown
success rate: 99.65 %
response time: avg 230 ms · p50 101 ms · p95 811 ms · p99 811 ms · max 811 ms
coverage: 7 of 9 operations called, 5 of them certain (apipatrol scan --coverage)

Objectives
  Counted over a window of their own, up to the end of the report, without results of maintenance windows; success rates count all results of the period.
  objective |  | reached | target | over | budget left
  all | availability | 99.90 % | 99.90 % | 30 d | 25.00 %

Services
  service | results | success rate | P50 | P95 | P99
  orders | 192 | 99.47 % | 198 ms | 811 ms | 811 ms
  pay | 96 | 100.00 % | 50 ms | 101 ms | 101 ms

Tags
  service | tag | results | success rate | P50 | P95 | P99
  orders | 写 | 96 | 98.95 % | 101 ms | 198 ms | 198 ms
  orders | 读 | 192 | 99.47 % | 198 ms | 811 ms | 811 ms

Incidents (1)
  # | service | what | why | since | lasted
  #${incident().id} | orders | GET /a | found 500 | 2026-01-05 15:00 | 1 h

Failing operations
  operation | service | failures | success rate
  ${nasty} | orders | 1 / 96 | 98.95 %

Flaky operations (good only when asked again)
  operation | service | times
  GET /b | orders | 3 / 96

Hosts that were called more slowly
  what | why
  https://orders.example | HTTP 429

Slowest operations
  operation | service | P50 | P95 | P99
  GET /b | orders | 400 ms | 811 ms | 811 ms
  ${nasty} | orders | 101 ms | 198 ms | 198 ms
  GET /c | pay | 50 ms | 101 ms | 101 ms

Changed documents
  document | when | added | removed | changed | breaking
  orders.yaml | 2026-01-06 08:00 | 1 | 1 | 2 | GET /old`);
  });

  it('Markdown, in Chinese, in which no text becomes markup', async () => {
    const text = reportMarkdown(await made(rich), 'zh');
    expect(text).toMatch(/^# 接口巡检报告\n\n- \*\*时段\*\* 2026-01-05 08:00/);
    expect(text).toContain('| all | 可用性 | 99.90 % | 99.90 % | 30 天 | 25.00 % |');
    expect(text).toContain(
      String.raw`| GET /&lt;script&gt;alert(1)&lt;/script&gt;\|\`x\` | orders | 1 / 96 |`,
    );
  });

  it('a page that needs nothing from elsewhere, and in which no text becomes markup', async () => {
    const page = reportHtml(await made(rich), 'zh');
    const single = reportHtml(await made({ hours: hours(1) }), 'en');
    const ends = [...single.matchAll(/<text [^>]*>(\d{4}-[^<]*)<\/text>/g)].map(([, text]) => text);
    expect(new Set(ends).size).toBe(2);
    expect(page).not.toMatch(/<script|(?:src|href)=|@import|url\(/);
    expect(page).toContain('&lt;script&gt;');
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect(page.match(/class="fail"/g)).toHaveLength(1);
    expect(page).toContain('<title>2026-01-05 15:00: 正常 11, 失败 1</title>');
    expect(page).toContain('<div class="bad"><dt>成功率</dt><dd>99.65 %</dd></div>');
    expect(page).toContain('<div class=""><dt>故障</dt><dd>1</dd></div>');
  });

  it('a time without answers is a gap in the lines, and a lone answer a dot', async () => {
    const report = await made();
    const course = report.course.map(({ latency, ...step }, no) =>
      latency === undefined || no === 5 || no === 7 ? step : { ...step, latency },
    );
    const page = reportHtml({ ...report, course }, 'en');
    expect(/<path class="p50" d="([^"]+)"/.exec(page)?.[1]?.match(/M/g)).toHaveLength(3);
    expect(page.match(/<circle class="p50 dot"/g)).toHaveLength(1);
  });

  it('CSV, one line for each operation, in which nothing is a formula', async () => {
    const checks = [{ id: 'a', service: '=cmd()', operation: 'GET /a,"b"' }];
    expect(reportCsv(await made({ checks }))).toBe(
      'service,operation,results,pass,degraded,fail,blocked,unknown,success_rate,p50_ms,p95_ms,p99_ms\r\n' +
        `'=cmd(),"GET /a,""b""",96,95,0,1,0,0,0.989583,101.5,197.6,197.6\r\n`,
    );
  });
});

it('is without marks that turn the direction of reading around, in whatever form', async () => {
  const checks = [{ id: 'a', service: 'orders', operation: 'GET /\u202Esredro\u2066' }];
  const turned = { ...incident(), subjectLabel: 'GET /\u202Esredro\u2066' };
  const report = await periodReport(input({ checks, incidents: [turned] }));
  const draw = (header: readonly string[], rows: readonly (readonly string[])[]) =>
    [header, ...rows].map((row) => row.join(' ')).join('\n');
  for (const text of [
    reportText(report, 'en', draw),
    reportMarkdown(report, 'en'),
    reportCsv(report),
    reportHtml(report, 'en'),
  ]) {
    expect(text).toContain('sredro');
    expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  }
});
