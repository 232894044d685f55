import { flat } from '../../lib/text/clean.ts';
import { csv, escapeMarkdown } from '../../lib/text/text.ts';
import type { Language } from '../../model/settings.ts';
import { verdicts } from '../../model/result.ts';
import type { PeriodReport } from './period-report.ts';
import { type ReportSection, reportView } from './view.ts';

/** Draws a table under its heading, for a terminal. */
export type DrawTable = (header: readonly string[], rows: readonly (readonly string[])[]) => string;

export function reportText(report: PeriodReport, language: Language, draw: DrawTable): string {
  const { summary, sections, words } = reportView(report, language);
  const colon = language === 'zh' ? '：' : ': ';
  return [
    ...summary.map(([label, value]) => `${label}${colon}${flat(value)}`),
    ...sections.flatMap(({ title, note, columns, rows }) => [
      '',
      title,
      ...(note === undefined ? [] : [indented(note)]),
      indented(
        rows.length === 0
          ? words.none
          : draw(
              columns,
              rows.map((row) => row.map(flat)),
            ),
      ),
    ]),
  ].join('\n');
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}

export function reportMarkdown(report: PeriodReport, language: Language): string {
  const { title, summary, sections, words } = reportView(report, language);
  return [
    `# ${title}`,
    '',
    ...summary.map(([label, value]) => `- **${label}** ${escapeMarkdown(value)}`),
    ...sections.flatMap((section) => ['', `## ${section.title}`, '', ...markdownTable(section, words.none)]),
    '',
  ].join('\n');
}

function markdownTable({ note, columns, rows }: ReportSection, none: string): readonly string[] {
  if (rows.length === 0) return [none];
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const about = note === undefined ? [] : [escapeMarkdown(note), ''];
  return [...about, line(columns), `|${columns.map(() => '---|').join('')}`, ...rows.map(line)];
}

/** One line for each operation, for spreadsheets. */
export function reportCsv({ operations }: PeriodReport): string {
  const header = [
    'service',
    'operation',
    'results',
    ...verdicts,
    'success_rate',
    'p50_ms',
    'p95_ms',
    'p99_ms',
  ];
  const rows = operations.map(({ service, operation, results, counts, successRate, latency }) => [
    service,
    operation,
    results,
    ...verdicts.map((verdict) => counts[verdict]),
    successRate?.toFixed(6) ?? '',
    ...[latency?.p50Ms, latency?.p95Ms, latency?.p99Ms].map((ms) => ms?.toFixed(1) ?? ''),
  ]);
  return csv([header, ...rows]);
}
