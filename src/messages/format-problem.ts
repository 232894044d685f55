import type { Problem } from '../model/problem.ts';
import type { Language } from '../model/settings.ts';
import { inLanguage } from './in-language.ts';

/** `file:line:column pointer: message (hint)` — the form of every problem in a log. */
export function formatProblem(problem: Problem): string {
  return problemInLanguage(problem, 'en');
}

/** The same for whoever reads it on a terminal. */
export function problemInLanguage(problem: Problem, language: Language): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const where = [place, problem.pointer].filter((part) => part !== undefined && part !== '').join(' ');
  const hint = problem.hint === undefined ? '' : `\n  → ${inLanguage(problem.hint, language)}`;
  return `${where === '' ? '' : `${where}: `}${inLanguage(problem.message, language)}${hint}`;
}
