import { inEnglish } from '../../messages/in-language.ts';
import { formatLatency, formatMs, formatRate } from '../output.ts';
import { escapeMarkdown } from '../../lib/text/markdown.ts';
import type { CheckRun, CheckOutcome } from '../check-run.ts';
import { linesOf, type Reporter, whyOf, worstFirst } from './reporter.ts';

/** For a comment on a merge request, or a page of a wiki. */
export const markdown: Reporter = { kind: 'markdown', render };

const marks: Readonly<Record<CheckOutcome['standing'], string>> = {
  failed: '❌',
  undecided: '❔',
  known: '🔁',
  passed: '✅',
};

function render({ outcomes, skipped, statistics, problems }: CheckRun): string {
  const failed = outcomes.filter(({ standing }) => standing === 'failed').length;
  const title = failed === 0 ? 'no operation failed' : `${failed} of ${outcomes.length} operations failed`;
  const shown = worstFirst(outcomes).filter(({ standing }) => standing !== 'passed');
  const passed = outcomes.length - shown.length;
  return [
    `## API Patrol: ${title}`,
    '',
    `${outcomes.length} checked in ${formatMs(statistics.durationMs)} · success ${formatRate(statistics.successRate)} · ${formatLatency(statistics.latency)}`,
    '',
    ...(shown.length === 0
      ? []
      : ['| | operation | service | why |', '|---|---|---|---|', ...shown.map(row), '']),
    ...shown.filter(({ standing }) => standing === 'failed').flatMap(details),
    `${passed} passed, ${skipped.length} documented operations were not called.`,
    ...(problems.length === 0
      ? []
      : ['', ...problems.map(({ message }) => `- ${escapeMarkdown(inEnglish(message))}`)]),
    '',
  ].join('\n');
}

function row(outcome: CheckOutcome): string {
  const { check, standing } = outcome;
  return `| ${marks[standing]} | ${code(check.operation)} | ${escapeMarkdown(check.service)} | ${escapeMarkdown(whyOf(outcome))} |`;
}

function details(outcome: CheckOutcome): readonly string[] {
  const lines = linesOf(outcome);
  if (lines.length === 0) return [];
  const text = lines.join('\n');
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const name = `<b>${escapeMarkdown(outcome.check.operation)}</b>`;
  return [`<details><summary>${name}</summary>`, '', `${fence}text`, text, fence, '', '</details>', ''];
}

function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}
