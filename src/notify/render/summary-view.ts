import { spokenDuration } from '../../lib/time/duration.ts';
import type { Summary } from '../../model/message.ts';
import type { Language } from '../../model/settings.ts';
import type { RenderContext } from '../channels/channel.ts';
import { oneLine } from '../../lib/text/clean.ts';
import type { ItemView, MessageView } from './item.ts';
import { timeFormat } from './time.ts';

/** What a summary of a day or a week says, free of markup as any message. */
export function summaryView(summary: Summary, { language, timeZone }: RenderContext): MessageView {
  const said = words[language];
  const time = timeFormat(timeZone);
  const { incidents, successRate, counts, from, to } = summary;
  const name = said.names[summary.every];
  const waiting = summary.setUp?.waiting ?? 0;
  const wanted = waiting === 0 ? '' : `${said.comma}${said.toSetUp(waiting)}`;
  const success = successRate === undefined ? said.nothing : `${said.success} ${percent(successRate)}`;
  return {
    mark: incidents.open > 0 ? 'minor' : 'recovered',
    headline: `📊${said.bracket(name)}${success}${said.comma}${said.incidents(incidents.count, incidents.open)}${wanted}`,
    counts: `${time(from, to)} – ${time(to, from)} · ${said.counts(counts.pass + counts.degraded, counts.fail, counts.blocked + counts.unknown)}`,
    items: [
      item(
        said.longest,
        incidents.longest.map((one) => [
          `#${one.id}`,
          `${one.services.join(said.listComma)} ${one.label}${said.comma}${said.lasted(spokenDuration(one.lastedMs, language), one.open)}`,
        ]),
      ),
      item(
        said.recurring,
        summary.recurring.map(({ label, times }) => [said.times(times), label]),
      ),
      item(
        said.failing,
        summary.failing.map(({ label, service, fails, results }) => [
          `${fails}/${results}`,
          `${service} ${label}`,
        ]),
      ),
      item(
        said.slow,
        summary.slow.map(({ label, service, p95Ms }) => [
          `p95 ${Math.round(p95Ms)} ms`,
          `${service} ${label}`,
        ]),
      ),
      item(
        said.budgets,
        summary.budgets.map(({ objective, kind, left }) => [
          left <= 0 ? said.spent : percent(left),
          `${objective} ${said.kinds[kind]}`,
        ]),
      ),
      item(
        said.changes,
        summary.changes.documents === 0
          ? []
          : [
              [
                said.documents(summary.changes.documents),
                summary.changes.breaking.join(said.listComma) || said.nothingBreaks,
              ],
            ],
      ),
      item(
        said.setUp,
        summary.setUp === undefined
          ? []
          : [
              [said.waiting, said.operations(summary.setUp.waiting)],
              ...summary.setUp.differ.map(({ service, count }) => [service, said.differ(count)] as const),
            ],
      ),
      item(said.overall, [
        ...(summary.p50Ms === undefined || summary.p95Ms === undefined
          ? []
          : ([
              [said.latency, `p50 ${Math.round(summary.p50Ms)} ms · p95 ${Math.round(summary.p95Ms)} ms`],
            ] as const)),
        ...(summary.coverage === undefined
          ? []
          : ([[said.coverage, `${summary.coverage.called}/${summary.coverage.documented}`]] as const)),
      ]),
    ].filter(({ details }) => details.length > 0),
    beyond: 0,
  };
}

function item(title: string, lines: readonly (readonly [label: string, value: string])[]): ItemView {
  const details = lines.map(([label, value]) => ({ label: oneLine(label), value: oneLine(value) }));
  const brief = details.map(({ label, value }) => `${label} ${value}`).join(' · ');
  return { mark: 'minor', id: '', title, status: '', details, brief };
}

/** Rounded down: 100 % is when nothing failed. */
function percent(share: number): string {
  return `${(Math.floor(share * 10_000 + 1e-6) / 100).toFixed(2)}%`;
}

interface SummaryWords {
  readonly names: Readonly<Record<Summary['every'], string>>;
  readonly nothing: string;
  readonly success: string;
  readonly comma: string;
  readonly listComma: string;
  readonly longest: string;
  readonly recurring: string;
  readonly failing: string;
  readonly slow: string;
  readonly budgets: string;
  readonly changes: string;
  readonly nothingBreaks: string;
  readonly setUp: string;
  readonly waiting: string;
  readonly overall: string;
  readonly latency: string;
  readonly coverage: string;
  readonly kinds: { readonly availability: string; readonly latency: string };
  readonly spent: string;
  bracket(text: string): string;
  incidents(count: number, open: number): string;
  counts(good: number, failed: number, other: number): string;
  lasted(duration: string, open: boolean): string;
  times(count: number): string;
  operations(count: number): string;
  documents(count: number): string;
  toSetUp(count: number): string;
  differ(count: number): string;
}

const words: Readonly<Record<Language, SummaryWords>> = {
  zh: {
    names: { day: '巡检日报', week: '巡检周报' },
    nothing: '没有巡检结果',
    success: '成功率',
    comma: '，',
    listComma: '、',
    longest: '最久的故障',
    recurring: '反复故障',
    failing: '失败最多的接口',
    slow: '最慢的接口',
    budgets: '剩余错误预算',
    spent: '已用尽',
    changes: '文档变更',
    nothingBreaks: '没有不兼容变更',
    setUp: '待配置',
    waiting: '从未调通或未调用',
    overall: '总体',
    latency: '响应时间',
    coverage: '已调用/有文档的接口',
    kinds: { availability: '可用性', latency: '延迟' },
    bracket: (text) => `【${text}】`,
    incidents: (count, open) =>
      count === 0 ? '无故障' : `${count} 起故障${open === 0 ? '' : `，${open} 起未恢复`}`,
    counts: (good, failed, other) => `成功 ${good} · 失败 ${failed} · 未计入 ${other}`,
    lasted: (duration, open) => (open ? `已 ${duration}，未恢复` : `历时 ${duration}`),
    times: (count) => `${count} 次`,
    operations: (count) => `${count} 个接口`,
    documents: (count) => `${count} 份文档`,
    toSetUp: (count) => `${count} 个接口待配置`,
    differ: (count) => `${count} 个接口始终与文档不符`,
  },
  en: {
    names: { day: 'Daily report', week: 'Weekly report' },
    nothing: 'no results',
    success: 'success rate',
    comma: ', ',
    listComma: ', ',
    longest: 'Longest incidents',
    recurring: 'Comes and goes',
    failing: 'Failing operations',
    slow: 'Slowest operations',
    budgets: 'Error budget left',
    spent: 'used up',
    changes: 'Changed documents',
    nothingBreaks: 'nothing that breaks callers',
    setUp: 'To set up',
    waiting: 'never worked, or not called',
    overall: 'Overall',
    latency: 'response time',
    coverage: 'called/documented operations',
    kinds: { availability: 'availability', latency: 'latency' },
    bracket: (text) => `[${text}] `,
    incidents: (count, open) =>
      count === 0
        ? 'no incidents'
        : `${count} incident${count === 1 ? '' : 's'}${open === 0 ? '' : `, ${open} still open`}`,
    counts: (good, failed, other) => `${good} good · ${failed} failed · ${other} not counted`,
    lasted: (duration, open) => (open ? `for ${duration}, still open` : `lasted ${duration}`),
    times: (count) => (count === 1 ? 'once' : `${count} times`),
    operations: (count) => `${count} operation${count === 1 ? '' : 's'}`,
    documents: (count) => `${count} document${count === 1 ? '' : 's'}`,
    toSetUp: (count) => `${count} operation${count === 1 ? '' : 's'} to set up`,
    differ: (count) => `${count} never as the document says`,
  },
};
