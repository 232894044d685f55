import { isOwnSentence, type OwnSentence, type Param, type Sentence } from '../model/sentence.ts';
import type { Language } from '../model/settings.ts';
import type { Entry } from './catalogue/entry.ts';
import { catalogue } from './sentence.ts';
import type { Problem } from '../model/problem.ts';

/** The sentence in words. What others have said stays as it was. */
export function inLanguage(told: Sentence, language: Language): string {
  if (typeof told === 'string') return told;
  const template = templateOf(told, language);
  const { params = {} } = told;
  return template.replace(places, (place, before = '', name: string, optional: string, after, at: number) => {
    const param = params[name];
    if (param === undefined) return optional === '' ? place : before;
    if (!isOwnSentence(param)) return `${before}${filled(param, language)}${after ?? ''}`;
    const goesOn = /^[；，。、：）;,.:)]/u.test(template.slice(at + place.length));
    const text = goesOn ? withoutStop(param, language) : filled(param, language);
    return `${beginsInChinese.test(text) ? '' : before}${text}${endsInChinese.test(text) ? '' : (after ?? '')}`;
  });
}

/** Where the sentence around it goes on, one of ours does not end; what others said is left as they said it. */
function withoutStop(told: OwnSentence, language: Language): string {
  const text = inLanguage(told, language);
  return isEndedByUs(told, language) ? text.replace(/(?<![.。])[.。]$/u, '') : text;
}

function isEndedByUs(told: OwnSentence, language: Language): boolean {
  const template = templateOf(told, language);
  if (/[.。]$/u.test(template)) return true;
  const [, last = ''] = /\{(\w+)\??\}$/.exec(template) ?? [];
  const param = told.params?.[last];
  return isOwnSentence(param) && isEndedByUs(param, language);
}

/** Places, each with the blank that stands between it and Chinese: right for a name or a number, wrong for Chinese of ours. */
const places = /((?<=\p{Script=Han}) )?\{(\w+)(\??)\}( (?=\p{Script=Han}))?/gu;
const beginsInChinese = /^[\p{Script=Han}“（]/u;
const endsInChinese = /[\p{Script=Han}”）]$/u;

export function inEnglish(told: Sentence): string {
  return inLanguage(told, 'en');
}

const entries: Readonly<Record<string, Entry>> = catalogue;

/** One that is kept may be of a version that said more: its code and what it was about are better than nothing. */
function templateOf({ $say, params = {} }: OwnSentence, language: Language): string {
  if (typeof $say !== 'string') return $say[language];
  const entry = Object.hasOwn(entries, $say) ? entries[$say] : undefined;
  if (entry === undefined) return [$say, ...Object.keys(params).map((name) => `{${name}}`)].join(' ');
  const [english, chinese] = entry;
  if (language === 'zh') return chinese;
  if (typeof english === 'string') return english;
  return params['n'] === 1 ? english.one : english.other;
}

function filled(param: Param, language: Language): string {
  if (typeof param === 'number') return String(param);
  if (typeof param === 'string' || isOwnSentence(param)) return inLanguage(param, language);
  return param.map((one) => inLanguage(one, language)).join(language === 'zh' ? '、' : ', ');
}

/** Data with every sentence in it put into words; what only looks like one stays as it is. */
export function localised(data: unknown, language: Language): unknown {
  if (isKnownSentence(data)) return inLanguage(data, language);
  if (Array.isArray(data)) return data.map((one) => localised(one, language));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, localised(value, language)]));
}

/** Whether data is a sentence that this version says, and does not only look like one. */
export function isKnownSentence(data: unknown): data is OwnSentence {
  if (!isOwnSentence(data)) return false;
  return typeof data.$say !== 'string' || Object.hasOwn(entries, data.$say);
}

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
