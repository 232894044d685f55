import { RE2JS } from 're2js';

/** What the validator needs of a regular expression; it takes two patterns with the same `toString()` for the same. */
export interface Pattern {
  test(text: string): boolean;
  toString(): string;
}

/**
 * A pattern from a document or an answer, run in linear time: whoever writes a document must not be able to hang
 * the patrol. One that the engine cannot read (look-ahead, back reference) accepts everything.
 */
export function safePattern(source: string): Pattern {
  try {
    return compilePattern(source);
  } catch {
    return { test: () => true, toString: () => `(anything) ${source}` };
  }
}

/** As `safePattern`, for patterns of the config: throws for what cannot be read. */
export function compilePattern(source: string): Pattern {
  if (isSimple(source)) return new RegExp(source);
  const compiled = RE2JS.compile(RE2JS.translateRegExp(source));
  return { test: (text) => compiled.matcher(text).find(), toString: () => source };
}

const atom = /\\[dDwWsS./-]|\[(?:[^\\[\]]|\\[dDwWsS./-])+\]/g;
const exactCount = /\{\d{1,3}\}/g;
const openCount = /[*+?]|\{\d{1,3},\d{0,3}\}/g;

/**
 * Anchored, without groups or alternatives, and with at most one part of open length: backtracking over such a
 * pattern is linear, and the built-in engine is many times as fast.
 */
function isSimple(source: string): boolean {
  if (!source.startsWith('^') || source.length > 200) return false;
  const plain = source.slice(1).replace(atom, 'x').replace(exactCount, '').replace(/\$$/, '');
  const open = plain.match(openCount)?.length ?? 0;
  return open <= 1 && !/[\\()[\]{}|*+?.$^]/.test(plain.replace(openCount, ''));
}
