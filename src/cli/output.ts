import { inLanguage, isKnownSentence, problemInLanguage } from '../messages/in-language.ts';
import { forTerminal, pc } from './paint.ts';
import stringWidth from 'string-width';
import { cleanJson, flat } from '../lib/text/clean.ts';
import { ellipsize } from '../lib/text/text.ts';
import type { Counts } from '../model/members.ts';
import type { Problem } from '../model/problem.ts';
import { calledIn, type LatencySummary, type ServiceStatistics } from '../model/cycle.ts';
import type { Verdict } from '../model/result.ts';
import type { Language } from '../model/settings.ts';
import { saidBy } from '../messages/said-error.ts';
import { isOwnSentence, mapTexts } from '../model/sentence.ts';
import { type Words, wordsIn } from './words.ts';
import { notWritten } from './written.ts';

/** Exit codes, the same for every command. */
export const exitCode = { pass: 0, failed: 1, cannotRun: 2, interrupted: 130 } as const;

/** Where a command writes, in the language of whoever reads: results to `out`, all else to `err`. */
export interface Terminal extends Words {
  readonly out: (line: string) => void;
  /** @param hint What can be done about it. */
  readonly err: (line: string, hint?: string) => void;
  readonly interactive: boolean;
}

/**
 * Whoever reads may stop reading (`| head`): what is left to say is said to nobody, what is left to do is done. An output that cannot
 * be written is told and ends a command, and no patrol.
 */
export function endureBrokenOutput(to: Terminal, isPatrol: boolean): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || isPatrol) return;
      if (stream === process.stdout) {
        const { said, hint } = notWritten(error);
        to.err(to.inWords(said), hint && to.inWords(hint));
      }
      process.exit(exitCode.cannotRun);
    });
  }
}

export function terminalIn(language: Language): Terminal {
  return {
    ...wordsIn(language),
    out: (line) => process.stdout.write(`${forTerminal(line)}\n`),
    err: (line, hint) => process.stderr.write(`${forTerminal(withHint(line, hint))}\n`),
    interactive: process.stdout.isTTY && process.stderr.isTTY,
  };
}

/** With what to do about it, where the error knows. */
export function explain(to: Terminal, error: unknown): void {
  const hint = error instanceof Error && 'hint' in error ? error.hint : undefined;
  const isSaid = typeof hint === 'string' || isOwnSentence(hint);
  to.err(to.inWords(saidBy(error)), isSaid ? to.inWords(hint) : undefined);
}

function withHint(line: string, hint: string | undefined): string {
  return hint === undefined ? line : `${line}\n  → ${hint}`;
}

/** Rows under a heading, columns as wide as their widest cell (Chinese counts double), two spaces between. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(oneRow));
  const widths = header.map((title, column) =>
    Math.max(stringWidth(title), ...shown.map((row) => stringWidth(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [pc.dim(line(header)), ...shown.map(line)].join('\n');
}

/** With blanks up to a width, in which Chinese counts double. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** A text with a line break in it would look like a row of its own. */
function oneRow(cell: string): string {
  return cell.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ');
}

const problemColor = { error: pc.red, warning: pc.yellow, info: pc.cyan };

export function printProblems(to: Terminal, problems: readonly Problem[]): void {
  for (const problem of problems) {
    const level = problemColor[problem.level](to.say(`level.${problem.level}`));
    to.err(`${level} ${problemInLanguage(onOneLine(problem), to.language)}`);
  }
}

/** Texts of documents stand in problems; only a hint is ours, and may have lines. */
function onOneLine(problem: Problem): Problem {
  const { message, file, pointer } = problem;
  return {
    ...problem,
    message: mapTexts(message, flat),
    ...(file === undefined ? {} : { file: flat(file) }),
    ...(pointer === undefined ? {} : { pointer: flat(pointer) }),
  };
}

export function printJson(to: Terminal, value: unknown): void {
  to.out(jsonText(value, to.language));
}

/** What one text in JSON may take: what comes from documents and answers has an end, wherever it stands. */
const longestField = 64 * 1024;

/** For programs, also when they print it; only the sentences in it are in a language. */
export function jsonText(value: unknown, language: Language): string {
  const bounded = (_: string, item: unknown): unknown => {
    const said = isKnownSentence(item) ? inLanguage(item, language) : item;
    return typeof said === 'string' ? ellipsize(said, longestField) : said;
  };
  return cleanJson(JSON.stringify(value, bounded, 2));
}

export const verdictColor: Record<Verdict, (text: string) => string> = {
  pass: pc.green,
  degraded: pc.yellow,
  fail: pc.red,
  blocked: pc.magenta,
  unknown: pc.cyan,
};

export function formatMs(ms: number): string {
  return ms >= 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`;
}

export function formatRate(rate: number | undefined): string {
  return rate === undefined ? '–' : `${(Math.floor(rate * 10_000) / 100).toFixed(2)} %`;
}

/** `19 checked`, or `called 12 of 19` where hosts are down. */
export function checkedIn(
  statistics: Pick<ServiceStatistics, 'checked' | 'unreached'>,
  { say }: Pick<Words, 'say'>,
): string {
  const { checked: all } = statistics;
  const n = calledIn(statistics);
  return n === all ? say('cycle.checked', { n }) : say('cycle.calledOf', { n, all });
}

/** `avg 12 ms · p50 8 ms · p95 40 ms · p99 61 ms · max 80 ms` */
export function formatLatency(latency: LatencySummary | undefined, { say }: Words): string {
  if (latency === undefined) return say('cli.noAnswers');
  const { avgMs, p50Ms, p95Ms, p99Ms, maxMs } = latency;
  return say('cli.latency', {
    avg: formatMs(avgMs),
    p50: formatMs(p50Ms),
    p95: formatMs(p95Ms),
    p99: formatMs(p99Ms),
    max: formatMs(maxMs),
  });
}

/** `3 fail`, in the colour of the verdict. */
export function countedVerdict(verdict: Verdict, n: number, { say }: Words): string {
  return verdictColor[verdict](say('verdict.counted', { n, verdict: say(`verdict.${verdict}`) }));
}

/** `12 of 30 operations`: the least that it may be where not all have been heard of. */
export function operationsIn({ count, of, heard = of }: Counts, { say }: Words): string {
  return say(heard < of ? 'members.atLeast' : 'members.some', { count, of });
}

const levelNames: Record<number, string> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };
const levelColor: Record<string, (text: string) => string> = {
  debug: pc.dim,
  info: pc.green,
  warn: pc.yellow,
  error: pc.red,
};

/** A JSON log line as a person reads it: `08:15:00 info  cycle closed  checked=42 pass=41`. */
export function readableLine(json: string): string {
  const { time, level, msg, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const name = levelNames[Number(level)] ?? 'info';
  const clock = typeof time === 'string' ? new Date(time).toTimeString().slice(0, 8) : '';
  const rest = Object.entries(fields)
    .map(
      ([key, value]) =>
        `${pc.dim(`${key}=`)}${flat(typeof value === 'string' ? value : JSON.stringify(value))}`,
    )
    .join(' ');
  const color = levelColor[name] ?? pc.green;
  return `${pc.dim(clock)} ${color(name.padEnd(5))} ${flat(String(msg))}${rest === '' ? '' : `  ${rest}`}\n`;
}
