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
    ...summary.map(([label, value]) => `${label}${colon}${value}`),
    ...sections.flatMap(({ title, columns, rows }) => [
      '',
      title,
      indented(rows.length === 0 ? words.none : draw(columns, rows)),
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
    ...summary.map(([label, value]) => `- **${label}** ${cell(value)}`),
    ...sections.flatMap((section) => ['', `## ${section.title}`, '', ...markdownTable(section, words.none)]),
    '',
  ].join('\n');
}

function markdownTable({ columns, rows }: ReportSection, none: string): readonly string[] {
  if (rows.length === 0) return [none];
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---|').join('')}`, ...rows.map(line)];
}

/** Text from documents and answers must not become markup. */
function cell(text: string): string {
  return text.replace(/[\\|<>*_`[\]]/g, String.raw`\$&`).replace(/\s+/g, ' ');
}

/** One line for each operation, for spreadsheets. */
export function reportCsv({ operations }: PeriodReport): string {
  const header = [
    'source',
    'operation',
    'results',
    ...verdicts,
    'success_rate',
    'p50_ms',
    'p95_ms',
    'p99_ms',
  ];
  const rows = operations.map(({ source, operation, results, counts, successRate, latency }) => [
    source,
    operation,
    results,
    ...verdicts.map((verdict) => counts[verdict]),
    successRate?.toFixed(6) ?? '',
    ...[latency?.p50Ms, latency?.p95Ms, latency?.p99Ms].map((ms) => ms?.toFixed(1) ?? ''),
  ]);
  return [header, ...rows]
    .map((row) => row.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n');
}

/** RFC 4180; what a spreadsheet would take for a formula is made text. */
function csvCell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
