import type { Language } from '../../model/settings.ts';
import { verdicts } from '../../model/result.ts';
import { type ChartLabels, latencyLines, resultBars } from './charts.ts';
import type { PeriodReport } from './period-report.ts';
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
    return { title: escape(title), verdicts: words.verdicts, time: (at) => escape(time(at)) };
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

function sectionHtml({ title, columns, rows }: ReportSection, none: string): string {
  const heading = `<h2>${escape(title)}</h2>`;
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
