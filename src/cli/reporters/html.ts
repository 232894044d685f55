import { inEnglish } from '../../messages/in-language.ts';
import type { CheckRun, CheckOutcome } from '../check-run.ts';
import { formatLatency, formatMs, formatRate } from '../output.ts';
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

function render({ at, outcomes, skipped, statistics }: CheckRun): string {
  const count = (standing: CheckOutcome['standing']): number =>
    outcomes.filter((outcome) => outcome.standing === standing).length;
  const time = new Date(at).toISOString();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API Patrol: ${count('failed')} failed, ${count('passed')} passed</title>
<style>${style}</style>
</head>
<body>
<h1>API Patrol</h1>
<p><time datetime="${time}">${time}</time> · ${outcomes.length} checked in ${formatMs(statistics.durationMs)} ·
<span class="failed">${count('failed')} failed</span>, <span class="known">${count('known')} known</span>,
<span class="undecided">${count('undecided')} undecided</span>, <span class="passed">${count('passed')} passed</span> ·
success ${formatRate(statistics.successRate)}</p>
<p>${escapeMarkup(formatLatency(statistics.latency))}</p>
<table>
<thead><tr><th scope="col">outcome</th><th scope="col">operation</th><th scope="col">service</th><th scope="col">why</th><th scope="col">time</th></tr></thead>
<tbody>
${worstFirst(outcomes).map(row).join('\n')}
</tbody>
</table>
<h2>Not called: ${skipped.length}</h2>
<table>
<thead><tr><th scope="col">because</th><th scope="col">operation</th><th scope="col">service</th><th scope="col">why</th></tr></thead>
<tbody>
${skipped.map(({ code, operation, service, reason }) => cells([code, operation, service, inEnglish(reason)])).join('\n')}
</tbody>
</table>
</body>
</html>`;
}

function row(outcome: CheckOutcome): string {
  const { check, result, standing } = outcome;
  const lines = linesOf(outcome);
  const more =
    lines.length === 0
      ? ''
      : `<details${standing === 'failed' ? ' open' : ''}><summary>details</summary><pre>${escapeMarkup(lines.join('\n'))}</pre></details>`;
  const name = standing === 'undecided' ? result.verdict : standing;
  return `<tr><td class="${standing}">${name}</td><td>${escapeMarkup(check.operation)}</td><td>${escapeMarkup(check.service)}</td><td>${escapeMarkup(whyOf(outcome))}${more}</td><td>${formatMs(result.phases.totalMs)}</td></tr>`;
}

function cells(texts: readonly string[]): string {
  return `<tr>${texts.map((text) => `<td>${escapeMarkup(text)}</td>`).join('')}</tr>`;
}
