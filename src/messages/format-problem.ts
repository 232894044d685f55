import type { Problem } from '../model/problem.ts';
import { inEnglish } from './in-language.ts';

/** `file:line:column pointer: message (hint)` — the form of every problem on a terminal and in a log. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const where = [place, problem.pointer].filter((part) => part !== undefined && part !== '').join(' ');
  const hint = problem.hint === undefined ? '' : `\n  → ${inEnglish(problem.hint)}`;
  return `${where === '' ? '' : `${where}: `}${inEnglish(problem.message)}${hint}`;
}
