import type { Sentence } from '../../model/sentence.ts';
import { inEnglish, inLanguage } from '../../messages/in-language.ts';
import type { Verdict } from '../../model/result.ts';
import type { Language } from '../../model/settings.ts';

/** What a report says of itself, in one language. */
export interface ReportWords {
  readonly language: Language;
  /** What is stored in English, said in this language. */
  readonly say: (told: Sentence) => string;
  readonly title: string;
  readonly period: string;
  readonly cycles: string;
  readonly results: string;
  readonly success: string;
  readonly latency: string;
  readonly quantiles: Readonly<Record<'avg' | 'p50' | 'p95' | 'p99' | 'max', string>>;
  readonly coverage: string;
  readonly noAnswers: string;
  readonly none: string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  cyclesText(complete: number, interrupted: number, missed: number): string;
  coverageText(called: number, documented: number, certain: number): string;
  readonly charts: { readonly results: string; readonly latency: string };
  readonly objectives: string;
  readonly objectivesNote: string;
  readonly objective: string;
  readonly kinds: { readonly availability: string; readonly latency: string };
  readonly reached: string;
  readonly target: string;
  readonly window: string;
  readonly left: string;
  readonly spent: string;
  readonly services: string;
  readonly tags: string;
  readonly tag: string;
  readonly service: string;
  readonly incidents: string;
  readonly what: string;
  readonly why: string;
  readonly since: string;
  readonly lasted: string;
  openNow(count: number): string;
  stillOpen(duration: string): string;
  readonly recurring: string;
  readonly flaky: string;
  readonly slowed: string;
  readonly times: string;
  readonly failing: string;
  readonly operation: string;
  readonly failures: string;
  readonly slowest: string;
  readonly changes: string;
  readonly setUp: string;
  readonly document: string;
  readonly when: string;
  readonly added: string;
  readonly removed: string;
  readonly changed: string;
  readonly breaking: string;
}

const zh: ReportWords = {
  language: 'zh',
  say: (told) => inLanguage(told, 'zh'),
  title: '接口巡检报告',
  period: '时段',
  cycles: '轮次',
  results: '结果',
  success: '成功率',
  latency: '响应时间',
  quantiles: { avg: '平均', p50: 'p50', p95: 'p95', p99: 'p99', max: '最长' },
  coverage: '覆盖',
  noAnswers: '没有响应',
  none: '无',
  verdicts: { pass: '正常', degraded: '降级', fail: '失败', blocked: '受阻', unknown: '未知' },
  cyclesText: (complete, interrupted, missed) => `完成 ${complete}，中断 ${interrupted}，错过 ${missed}`,
  coverageText: (called, documented, certain) =>
    `文档中的 ${documented} 个接口已调用 ${called} 个，其中 ${certain} 个结论可靠`,
  charts: { results: '各时段结果', latency: '响应时间（毫秒）：P50 与 P95' },
  objectives: '服务目标（SLO）',
  objectivesNote:
    '按各自的统计窗口（截至报告结束时）计算，不计维护窗口内的结果；成功率则计入所选时段的全部结果。',
  objective: '目标',
  kinds: { availability: '可用性', latency: '延迟' },
  reached: '实际',
  target: '要求',
  window: '窗口',
  left: '剩余预算',
  spent: '已用尽',
  services: '服务',
  tags: '标签',
  tag: '标签',
  service: '服务',
  incidents: '故障',
  what: '对象',
  why: '原因',
  since: '开始',
  lasted: '历时',
  stillOpen: (duration) => `已 ${duration}，未恢复`,
  openNow: (count) => `${count} 起未恢复`,
  recurring: '反复故障',
  flaky: '重试后才成功的接口',
  slowed: '降低了访问速度的主机',
  times: '次数',
  failing: '失败最多的接口',
  operation: '接口',
  failures: '失败次数',
  slowest: '最慢的接口',
  changes: '文档变更',
  setUp: '待配置的接口',
  document: '文档',
  when: '时间',
  added: '新增',
  removed: '删除',
  changed: '修改',
  breaking: '不兼容的接口',
};

const en: ReportWords = {
  language: 'en',
  say: inEnglish,
  title: 'API Patrol report',
  period: 'period',
  cycles: 'cycles',
  results: 'results',
  success: 'success rate',
  latency: 'response time',
  quantiles: { avg: 'avg', p50: 'p50', p95: 'p95', p99: 'p99', max: 'max' },
  coverage: 'coverage',
  noAnswers: 'no answers',
  none: 'none',
  verdicts: { pass: 'pass', degraded: 'degraded', fail: 'fail', blocked: 'blocked', unknown: 'unknown' },
  cyclesText: (complete, interrupted, missed) =>
    `${complete} complete, ${interrupted} interrupted, ${missed} missed`,
  coverageText: (called, documented, certain) =>
    `${called} of ${documented} operations called, ${certain} of them certain (apipatrol scan --coverage)`,
  charts: { results: 'Results over time', latency: 'Response time (ms): P50 and P95' },
  objectives: 'Objectives',
  objectivesNote:
    'Counted over a window of their own, up to the end of the report, without results of maintenance windows; success rates count all results of the period.',
  objective: 'objective',
  kinds: { availability: 'availability', latency: 'latency' },
  reached: 'reached',
  target: 'target',
  window: 'over',
  left: 'budget left',
  spent: 'used up',
  services: 'Services',
  tags: 'Tags',
  tag: 'tag',
  service: 'service',
  incidents: 'Incidents',
  what: 'what',
  why: 'why',
  since: 'since',
  lasted: 'lasted',
  stillOpen: (duration) => `${duration}, still open`,
  openNow: (count) => `${count} open`,
  recurring: 'Comes and goes',
  flaky: 'Flaky operations (good only when asked again)',
  slowed: 'Hosts that were called more slowly',
  times: 'times',
  failing: 'Failing operations',
  operation: 'operation',
  failures: 'failures',
  slowest: 'Slowest operations',
  changes: 'Changed documents',
  setUp: 'To set up',
  document: 'document',
  when: 'when',
  added: 'added',
  removed: 'removed',
  changed: 'changed',
  breaking: 'breaking',
};

export const reportWords: Readonly<Record<Language, ReportWords>> = { zh, en };
