import { RE2JS } from 're2js';

/** What the validator needs of a regular expression; it takes two patterns with the same `toString()` for the same. */
export interface Pattern {
  /** Steps (of some hundred nanoseconds) for each character of the text, at the worst. */
  readonly cost: number;
  test(text: string): boolean;
  toString(): string;
}

/**
 * A pattern from a document or an answer, run in linear time: whoever writes a document must not be able to hang
 * the patrol. One that the engine cannot read (look-ahead, back reference), or that is huge, accepts everything.
 */
export function safePattern(source: string): Pattern {
  try {
    return compilePattern(source);
  } catch {
    return { cost: 0, test: () => true, toString: () => `(anything) ${source}` };
  }
}

/** As `safePattern`, for patterns of the config: throws for what cannot be read. */
export function compilePattern(source: string): Pattern {
  if (isHugePattern(source)) throw new Error('has a pattern of more than 2000 characters or repetitions');
  if (isSimple(source)) {
    const expression = new RegExp(source);
    return { cost: 1 / 32, test: (text) => expression.test(text), toString: () => expression.toString() };
  }
  const compiled = RE2JS.compile(RE2JS.translateRegExp(source));
  // It follows as many states at the same time as the pattern has parts.
  const cost = compiled.programSize() / 2;
  return { cost, test: (text) => compiled.matcher(text).find(), toString: () => source };
}

const atom = /\\[dDwWsS./-]|\[(?:[^\\[\]]|\\[dDwWsS./-])+\]/g;
const exactCount = /\{\d{1,3}\}/g;
const openCount = /[*+?]|\{\d{1,3},\d{0,3}\}/g;

const mostCounted = 64;

/**
 * Anchored, without groups or alternatives, and with at most one part of open length: backtracking over such a
 * pattern is linear, and the built-in engine is many times as fast.
 */
function isSimple(source: string): boolean {
  if (!source.startsWith('^') || source.length > 200) return false;
  const plain = source.slice(1).replace(atom, 'x').replace(exactCount, '').replace(/\$$/, '');
  const open = plain.match(openCount)?.length ?? 0;
  const counted = source.match(exactCount)?.reduce((sum, count) => sum + Number(count.slice(1, -1)), 0) ?? 0;
  // What has a fixed length is tried again for each length of the open part.
  if (open === 1 && counted > mostCounted) return false;
  return open <= 1 && !/[\\()[\]{}|*+?.$^]/.test(plain.replace(openCount, ''));
}

/** In characters, and in repetitions of parts in all: the engine writes each of them out. */
const most = 2000;

/** Whether preparing a regular expression takes long, however fast it runs. */
export function isHugePattern(source: string): boolean {
  if (source.length > most) return true;
  const repeats = Array.from(
    source.matchAll(/\{(\d+)(?:,(\d*))?\}/g),
    ([, from, to]) => Number(to) || Number(from),
  );
  return repeats.reduce((sum, count) => sum + count, 0) > most;
}
