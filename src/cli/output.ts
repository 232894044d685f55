import { inEnglish, isKnownSentence } from '../messages/in-language.ts';
import { forTerminal, pc } from './paint.ts';
import stringWidth from 'string-width';
import { cleanJson, flat } from '../lib/text/clean.ts';
import { ellipsize } from '../lib/text/text.ts';
import { formatProblem } from '../messages/format-problem.ts';
import type { Problem } from '../model/problem.ts';
import type { LatencySummary } from '../model/cycle.ts';
import type { Verdict } from '../model/result.ts';

/** Exit codes, the same for every command. */
export const exitCode = { pass: 0, failed: 1, cannotRun: 2, interrupted: 130 } as const;

/** Where a command writes: results to `out`, all else to `err`. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  readonly interactive: boolean;
}

/** Whoever reads may stop reading (`| head`): what is left to say is said to nobody, what is left to do is done. */
export function endureClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

export const terminal: Terminal = {
  out: (line) => process.stdout.write(`${forTerminal(line)}\n`),
  err: (line) => process.stderr.write(`${forTerminal(line)}\n`),
  interactive: process.stdout.isTTY && process.stderr.isTTY,
};

/** Rows under a heading, columns as wide as their widest cell (Chinese counts double), two spaces between. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(oneRow));
  const widths = header.map((title, column) =>
    Math.max(stringWidth(title), ...shown.map((row) => stringWidth(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(cell))))
      .join('  ')
      .trimEnd();
  return [pc.dim(line(header)), ...shown.map(line)].join('\n');
}

/** A text with a line break in it would look like a row of its own. */
function oneRow(cell: string): string {
  return cell.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ');
}

/** `1 service`, `3 services` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const problemColor = { error: pc.red, warning: pc.yellow, info: pc.cyan };

export function printProblems(to: Terminal, problems: readonly Problem[]): void {
  for (const problem of problems) {
    to.err(`${problemColor[problem.level](problem.level)} ${formatProblem(onOneLine(problem))}`);
  }
}

/** Texts of documents stand in problems; only a hint is ours, and may have lines. */
function onOneLine(problem: Problem): Problem {
  const { message, file, pointer } = problem;
  return {
    ...problem,
    message: flat(inEnglish(message)),
    ...(file === undefined ? {} : { file: flat(file) }),
    ...(pointer === undefined ? {} : { pointer: flat(pointer) }),
  };
}

export function printJson(to: Terminal, value: unknown): void {
  to.out(jsonText(value));
}

/** What one text in JSON may take: what comes from documents and answers has an end, wherever it stands. */
const longestField = 64 * 1024;

/** For programs, also when they print it. */
export function jsonText(value: unknown): string {
  const bounded = (_: string, item: unknown): unknown => {
    const said = isKnownSentence(item) ? inEnglish(item) : item;
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

/** `avg 12 ms · p50 8 ms · p95 40 ms · p99 61 ms · max 80 ms` */
export function formatLatency(latency: LatencySummary | undefined): string {
  if (latency === undefined) return 'no answers';
  return (['avg', 'p50', 'p95', 'p99', 'max'] as const)
    .map((name) => `${name} ${formatMs(latency[`${name}Ms`])}`)
    .join(' · ');
}
