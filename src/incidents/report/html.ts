import type { Language } from '../../model/settings.ts';
import { type Verdict, verdicts } from '../../model/result.ts';
import type { CourseStep, PeriodReport } from './period-report.ts';
import { inMs, minuteFormat, percent, type ReportSection, type ReportView, reportView } from './view.ts';
import type { ReportWords } from './words.ts';
import { oneLine } from '../../lib/text/clean.ts';
import { escapeMarkup } from '../../lib/text/text.ts';

/** A page that needs nothing from elsewhere: no script, no font, no picture; it prints on A4. */
export function reportHtml(report: PeriodReport, language: Language): string {
  const view = reportView(report, language);
  const { words } = view;
  const time = minuteFormat(report.timeZone);
  const labels = (title: string): ChartLabels => {
    return { title: escape(title), verdicts: words.verdicts, time: (at) => escape(time(at)), to: report.to };
  };
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(view.title)} ${escape(time(report.to))}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escape(view.title)}</h1>
${headline(report, words)}
${summary(view)}
<section><h2>${escape(words.charts.results)}</h2>
${resultBars(report.course, labels(words.charts.results))}
<p class="legend">${verdicts.map((verdict) => `<span class="key ${verdict}"></span>${escape(words.verdicts[verdict])}`).join(' ')}</p></section>
<section><h2>${escape(words.charts.latency)}</h2>
${latencyLines(report.course, labels(words.charts.latency))}
<p class="legend"><span class="key p50"></span>P50 <span class="key p95"></span>P95</p></section>
${view.sections.map((section) => sectionHtml(section, words.none)).join('\n')}
</main>
</body>
</html>
`;
}

/** What somebody with ten seconds reads. */
function headline({ successRate, incidents, counts, latency }: PeriodReport, words: ReportWords): string {
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === undefined).length;
  const tiles = [
    [words.success, percent(successRate), counts.fail > 0 ? 'bad' : ''],
    [
      words.incidents,
      open === 0 ? String(incidents.length) : `${incidents.length} · ${words.openNow(open)}`,
      open > 0 ? 'bad' : '',
    ],
    [words.failures, String(counts.fail), counts.fail > 0 ? 'bad' : ''],
    [`${words.latency} P95`, latency === undefined ? '–' : inMs(latency.p95Ms), ''],
  ] as const;
  const items = tiles.map(
    ([label, value, tone]) => `<div class="${tone}"><dt>${escape(label)}</dt><dd>${escape(value)}</dd></div>`,
  );
  return `<dl class="tiles">${items.join('')}</dl>`;
}

function summary({ summary: lines }: ReportView): string {
  const items = lines.map(
    ([label, value]) => `<div><dt>${escape(label)}</dt><dd>${escape(value)}</dd></div>`,
  );
  return `<dl>${items.join('')}</dl>`;
}

function sectionHtml({ title, note, columns, rows }: ReportSection, none: string): string {
  const about = note === undefined ? '' : `<p class="none">${escape(note)}</p>`;
  const heading = `<h2>${escape(title)}</h2>${about}`;
  if (rows.length === 0) return `<section>${heading}<p class="none">${escape(none)}</p></section>`;
  const head = columns.map((column) => `<th scope="col">${escape(column)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map(cellHtml).join('')}</tr>`);
  return `<section>${heading}<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div></section>`;
}

/** What is short stays on its line, and what is long gives way. */
function cellHtml(value: string): string {
  return `<td${value.length <= shortest ? ' class="short"' : ''}>${escape(value)}</td>`;
}

function escape(text: string): string {
  return escapeMarkup(oneLine(text)).replaceAll("'", '&#39;');
}

/** Characters of an id, a date, a name. */
const shortest = 18;

const style = `
:root{color-scheme:light dark;--ink:#1f2933;--soft:#5f6c7b;--line:#d9dfe6;--page:#fff;--pass:#3a8f5c;--degraded:#c78a12;--fail:#c8372d;--blocked:#8456b5;--unknown:#7b8794;--p50:#3b76c4;--p95:#c8603a}
@media (prefers-color-scheme:dark){:root{--ink:#e4e9ee;--soft:#9aa7b4;--line:#3a444f;--page:#161b21}}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.6rem;margin:0 0 1rem}
h2{font-size:1.05rem;margin:1.75rem 0 .5rem}
dl{margin:0;display:grid;gap:.25rem}
dl.tiles{grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin-bottom:1.25rem}
dl.tiles div{display:block;padding:.7rem .9rem;border:1px solid var(--line);border-radius:.5rem}
dl.tiles dt{font-size:.85rem}
dl.tiles dd{font-size:1.35rem;font-weight:600;line-height:1.4}
dl.tiles .bad dd{color:var(--fail)}
.wide{overflow-x:auto}
dl div{display:grid;grid-template-columns:8rem 1fr;gap:.75rem}
dt{color:var(--soft)}
dd{margin:0}
table{width:100%;border-collapse:collapse;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
.short{white-space:nowrap}
th{color:var(--soft);font-weight:500;white-space:nowrap}
svg{width:100%;height:auto;display:block}
svg text{font-size:11px;fill:var(--soft)}
.axis{stroke:var(--soft)}
.grid{stroke:var(--line);stroke-dasharray:3 3}
rect.pass,.key.pass{fill:var(--pass);background:var(--pass)}
rect.degraded,.key.degraded{fill:var(--degraded);background:var(--degraded)}
rect.fail,.key.fail{fill:var(--fail);background:var(--fail)}
rect.blocked,.key.blocked{fill:var(--blocked);background:var(--blocked)}
rect.unknown,.key.unknown{fill:var(--unknown);background:var(--unknown)}
.key.p50{background:var(--p50)}
.key.p95{background:var(--p95)}
path{fill:none;stroke-width:2}
path.p50{stroke:var(--p50)}
path.p95{stroke:var(--p95)}
.p50.dot{fill:var(--p50)}
.p95.dot{fill:var(--p95)}
.legend,.none{color:var(--soft);font-size:.9rem}
.key{display:inline-block;width:.8em;height:.8em;margin:0 .35em 0 .75em;print-color-adjust:exact;-webkit-print-color-adjust:exact}
@media print{main{padding:0;max-width:none}section,tr{break-inside:avoid}rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}@page{size:A4;margin:15mm}}
`;

const width = 760;
const height = 180;
const left = 48;
const bottom = 24;
const plot = { width: width - left - 8, height: height - bottom - 8 };

/** Draws with colours of the page's style sheet (`.pass`, `.p95` …); text is escaped by the caller. */
interface ChartLabels {
  readonly title: string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly time: (at: number) => string;
  /** When the report ends, epoch ms. */
  readonly to: number;
}

/** Results in each step as stacked bars: how much, and how much of it was not well. */
function resultBars(course: readonly CourseStep[], labels: ChartLabels): string {
  const most = Math.max(1, ...course.map(({ results }) => results));
  const step = plot.width / Math.max(1, course.length);
  const bars = course.map(({ counts, from }, index) => {
    let y = 8 + plot.height;
    const parts = verdicts.map((verdict) => {
      const tall = (counts[verdict] / most) * plot.height;
      y -= tall;
      if (tall === 0) return '';
      // What is not well must be seen, however little it is.
      const shown = verdict === 'pass' ? tall : Math.max(1.5, tall);
      return `<rect class="${verdict}" x="${fixed(left + index * step + step * 0.1)}" y="${fixed(y)}" width="${fixed(step * 0.8)}" height="${fixed(shown)}"/>`;
    });
    const seen = verdicts.filter((verdict) => counts[verdict] > 0);
    const words = seen.map((verdict) => `${labels.verdicts[verdict]} ${counts[verdict]}`).join(', ');
    return `<g><title>${labels.time(from)}: ${words}</title>${parts.join('')}</g>`;
  });
  return svg(labels.title, [axis(most, course, labels), ...bars]);
}

/** P50 and P95 of each step as two lines; steps without answers are gaps. */
function latencyLines(course: readonly CourseStep[], labels: ChartLabels): string {
  const most = Math.max(1, ...course.map(({ latency }) => latency?.p95Ms ?? 0));
  const step = plot.width / Math.max(1, course.length);
  const lines = (['p50Ms', 'p95Ms'] as const).map((name) => {
    const points = course.map(({ latency }, index) =>
      latency === undefined
        ? undefined
        : `${fixed(left + (index + 0.5) * step)} ${fixed(8 + plot.height * (1 - latency[name] / most))}`,
    );
    const path = points
      .map((point, index) =>
        point === undefined ? '' : `${points[index - 1] === undefined ? 'M' : 'L'}${point}`,
      )
      .join('');
    // A single answer between two gaps would be a line without a length.
    const dots = points.flatMap((point, index) =>
      point !== undefined && points[index - 1] === undefined && points[index + 1] === undefined
        ? [
            `<circle class="${name.slice(0, 3)} dot" cx="${point.split(' ')[0]}" cy="${point.split(' ')[1]}" r="2"/>`,
          ]
        : [],
    );
    return `<path class="${name.slice(0, 3)}" d="${path}"/>${dots.join('')}`;
  });
  return svg(labels.title, [axis(Math.round(most), course, labels), ...lines]);
}

function axis(most: number, course: readonly CourseStep[], { time, to }: ChartLabels): string {
  const base = 8 + plot.height;
  const [first, last] = [course[0], course.at(-1)];
  // A single step has no second beginning: it goes on to the end.
  const end = course.length === 1 ? to : (last?.from ?? to);
  const ends =
    first === undefined
      ? ''
      : `<text x="${left}" y="${height - 6}">${time(first.from)}</text><text x="${width - 8}" y="${height - 6}" text-anchor="end">${time(end)}</text>`;
  return [
    `<line class="axis" x1="${left}" y1="${base}" x2="${width - 8}" y2="${base}"/>`,
    `<line class="grid" x1="${left}" y1="8" x2="${width - 8}" y2="8"/>`,
    `<text x="${left - 6}" y="14" text-anchor="end">${most}</text><text x="${left - 6}" y="${base}" text-anchor="end">0</text>`,
    ends,
  ].join('');
}

function svg(title: string, parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}"><title>${title}</title>${parts.join('')}</svg>`;
}

function fixed(value: number): string {
  return Number(value.toFixed(1)).toString();
}
