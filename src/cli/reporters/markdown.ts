import type { Words } from '../words.ts';
import { checkedIn, formatLatency, formatMs, formatRate } from '../output.ts';
import { escapeMarkdown } from '../../lib/text/text.ts';
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

function render({ outcomes, skipped, statistics, problems }: CheckRun, words: Words): string {
  const { say, inWords } = words;
  const failed = outcomes.filter(({ standing }) => standing === 'failed').length;
  const title =
    failed === 0 ? say('reporter.noneFailed') : say('reporter.someFailed', { failed, all: outcomes.length });
  const shown = worstFirst(outcomes).filter(({ standing }) => standing !== 'passed');
  const passed = outcomes.length - shown.length;
  return [
    `## API Patrol: ${title}`,
    '',
    say('reporter.checked', {
      checked: checkedIn({ ...statistics, checked: outcomes.length }, words),
      time: formatMs(statistics.durationMs),
      rate: formatRate(statistics.successRate),
      latency: formatLatency(statistics.latency, words),
    }),
    '',
    ...(shown.length === 0
      ? []
      : [
          `| | ${say('reporter.operation')} | ${say('reporter.service')} | ${say('reporter.why')} |`,
          '|---|---|---|---|',
          ...shown.map((outcome) => row(outcome, words)),
          '',
        ]),
    ...shown.filter(({ standing }) => standing === 'failed').flatMap((outcome) => details(outcome, words)),
    say('reporter.rest', { passed, n: skipped.length }),
    ...(problems.length === 0
      ? []
      : ['', ...problems.map(({ message }) => `- ${escapeMarkdown(inWords(message))}`)]),
    '',
  ].join('\n');
}

function row(outcome: CheckOutcome, words: Words): string {
  const { check, standing } = outcome;
  return `| ${marks[standing]} | ${code(check.operation)} | ${escapeMarkdown(check.service)} | ${escapeMarkdown(whyOf(outcome, words))} |`;
}

function details(outcome: CheckOutcome, words: Words): readonly string[] {
  const lines = linesOf(outcome, words);
  if (lines.length === 0) return [];
  const text = lines.join('\n');
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const name = `<b>${escapeMarkdown(outcome.check.operation)}</b>`;
  return [`<details><summary>${name}</summary>`, '', `${fence}text`, text, fence, '', '</details>', ''];
}

function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}
