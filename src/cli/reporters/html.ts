import type { Words } from '../words.ts';
import type { CheckRun, CheckOutcome } from '../check-run.ts';
import { checkedIn, formatLatency, formatMs, formatRate } from '../output.ts';
import { linesOf, type Reporter, whyOf, worstFirst } from './reporter.ts';
import { escapeMarkup } from '../../lib/text/text.ts';

/** One file that needs nothing else, to be opened, printed or kept as an artifact. */
export const html: Reporter = { kind: 'html', render };

const style = `
:root{color-scheme:light dark;font:15px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif}
body{max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #8884;vertical-align:top;overflow-wrap:anywhere}
td:nth-child(1){white-space:nowrap;font-weight:600}
td:nth-child(5){text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.failed{color:#c92a2a}.undecided{color:#9c6500}.known{color:#8a5a00}.passed{color:#2b8a3e}
@media (prefers-color-scheme:dark){.failed{color:#ff8787}.undecided,.known{color:#ffd43b}.passed{color:#69db7c}}
pre{white-space:pre-wrap;margin:.3rem 0 0;font-size:.85em}
@media print{details>*{display:block}body{margin:0}}`;

function render({ at, outcomes, skipped, statistics }: CheckRun, words: Words): string {
  const { language, say, inWords } = words;
  const count = (standing: CheckOutcome['standing']): number =>
    outcomes.filter((outcome) => outcome.standing === standing).length;
  const time = new Date(at).toISOString();
  const failed = say('reporter.failed', { n: count('failed') });
  const known = say('reporter.knownCount', { n: count('known') });
  const undecided = say('reporter.undecided', { n: count('undecided') });
  const passed = say('reporter.passed', { n: count('passed') });
  const checked = say('reporter.checkedIn', {
    checked: checkedIn({ ...statistics, checked: outcomes.length }, words),
    time: formatMs(statistics.durationMs),
  });
  const why = say('reporter.why');
  const about = [say('reporter.operation'), say('reporter.service'), why];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API Patrol: ${failed}, ${passed}</title>
<style>${style}</style>
</head>
<body>
<h1>API Patrol</h1>
<p><time datetime="${time}">${time}</time> · ${checked} ·
<span class="failed">${failed}</span>, <span class="known">${known}</span>,
<span class="undecided">${undecided}</span>, <span class="passed">${passed}</span> ·
${say('reporter.success', { rate: formatRate(statistics.successRate) })}</p>
<p>${escapeMarkup(formatLatency(statistics.latency, words))}</p>
<table>
<thead>${headings([say('reporter.outcome'), ...about, say('reporter.time')])}</thead>
<tbody>
${worstFirst(outcomes)
  .map((outcome) => row(outcome, words))
  .join('\n')}
</tbody>
</table>
<h2>${say('reporter.notCalled', { n: skipped.length })}</h2>
<table>
<thead>${headings([say('reporter.because'), ...about])}</thead>
<tbody>
${skipped.map(({ code, operation, service, reason }) => cells([code, operation, service, inWords(reason)])).join('\n')}
</tbody>
</table>
</body>
</html>`;
}

function row(outcome: CheckOutcome, words: Words): string {
  const { say } = words;
  const { check, result, standing } = outcome;
  const lines = linesOf(outcome, words);
  const more =
    lines.length === 0
      ? ''
      : `<details${standing === 'failed' ? ' open' : ''}><summary>${say('reporter.details')}</summary><pre>${escapeMarkup(lines.join('\n'))}</pre></details>`;
  const name = standing === 'undecided' ? say(`verdict.${result.verdict}`) : say(`standing.${standing}`);
  return `<tr><td class="${standing}">${name}</td><td>${escapeMarkup(check.operation)}</td><td>${escapeMarkup(check.service)}</td><td>${escapeMarkup(whyOf(outcome, words))}${more}</td><td>${formatMs(result.phases.totalMs)}</td></tr>`;
}

function headings(texts: readonly string[]): string {
  return `<tr>${texts.map((text) => `<th scope="col">${text}</th>`).join('')}</tr>`;
}

function cells(texts: readonly string[]): string {
  return `<tr>${texts.map((text) => `<td>${escapeMarkup(text)}</td>`).join('')}</tr>`;
}
