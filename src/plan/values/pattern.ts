import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { RE2JS } from 're2js';
import { isHugePattern } from '../../lib/text/pattern.ts';

/** Longest text that is ever written for a pattern. */
const maxLength = 1024;
/** Longer patterns are generated lists of words, and cost more than a person who gives one value. */
const maxPattern = 2000;

/**
 * The shortest text that matches a pattern from a stranger, at least `minLength` long where the pattern can grow.
 * It is written along the pattern's syntax tree and matches by construction: the pattern itself is never run, so it
 * cannot hang. Look-aheads at its beginning are tried on a few texts. `undefined` for what cannot be built that way: other
 * look-around, back references, word boundaries.
 */
export function textMatching(pattern: string, minLength = 0, longest = maxLength): string | undefined {
  const parsed = pattern.length > maxPattern ? undefined : parse(pattern);
  if (parsed === undefined) return undefined;
  const ahead = aheadIn(parsed);
  if (ahead !== undefined) return textAhead(ahead, minLength, longest);
  const missing = minLength - (built(parsed, 0)?.length ?? 0);
  for (let extra = 0; extra <= Math.max(0, missing); extra = extra === 0 ? 1 : extra * 2) {
    for (const grow of [extra, Math.max(0, missing)]) {
      const text = padded(built(parsed, grow), minLength);
      if (text !== undefined && text.length >= minLength && text.length <= longest) return text;
    }
  }
  return undefined;
}

/** Whether `text` contains a match, as JSON Schema's `pattern` means it; linear in time whatever the pattern. */
export function matcher(pattern: string): ((text: string) => boolean) | undefined {
  if (isHugePattern(pattern)) return undefined;
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
    return (text) => compiled.matcher(text).find();
  } catch {
    return undefined;
  }
}

interface Ahead {
  readonly conditions: readonly AST.LookaheadAssertion[];
  /** The pattern without them. */
  readonly rest: string;
}

/** `^(?!sys)(?=.*[a-z]).*$`, as passwords and names are described. */
function aheadIn({ alternatives }: Parsed): Ahead | undefined {
  const [only, other] = alternatives;
  if (only === undefined || other !== undefined) return undefined;
  const isStart = (element: AST.Element): boolean => element.type === 'Assertion' && element.kind === 'start';
  const inside = only.elements.filter((element) => !isStart(element));
  const end = inside.findIndex((element) => !isLookAhead(element));
  const conditions = inside.slice(0, end === -1 ? inside.length : end).filter(isLookAhead);
  const rest = end === -1 ? [] : inside.slice(end);
  return conditions.length === 0
    ? undefined
    : { conditions, rest: `^${rest.map(({ raw }) => raw).join('')}` };
}

function isLookAhead(element: AST.Element): element is AST.LookaheadAssertion {
  return element.type === 'Assertion' && element.kind === 'lookahead';
}

/** Of many kinds of characters, as such conditions ask for. */
const varied = ['a', '1', 'A1', 'a1', 'default', 'Aa1@Aa1@', 'Aa1Aa1Aa1Aa1'];

function textAhead({ conditions, rest }: Ahead, minLength: number, longest: number): string | undefined {
  const matches = matcher(rest);
  const tests = conditions.map(({ alternatives, negate }) => {
    const found = matcher(`^(?:${alternatives.map(({ raw }) => raw).join('|')})`);
    return found === undefined ? undefined : (text: string): boolean => found(text) !== negate;
  });
  if (matches === undefined || tests.includes(undefined)) return undefined;
  const built = [minLength, minLength + 8].flatMap((length) => textMatching(rest, length, longest) ?? []);
  const long = varied.map((text) => text.padEnd(Math.min(minLength, maxLength), text));
  return [...built, ...long].find(
    (text) =>
      text !== '' &&
      text.length >= minLength &&
      text.length <= longest &&
      matches(text) &&
      tests.every((test) => test?.(text) === true),
  );
}

interface Parsed {
  readonly alternatives: readonly AST.Alternative[];
  readonly flags: '' | 'u';
}

/** Old patterns with needless escapes are valid only without the `u` flag. */
function parse(pattern: string): Parsed | undefined {
  const parser = new RegExpParser();
  for (const flags of ['u', ''] as const) {
    try {
      const { alternatives } = parser.parsePattern(pattern, 0, pattern.length, { unicode: flags === 'u' });
      return { alternatives, flags };
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Private characters that stand for `^` and `$` until it is clear that nothing is before or after them. */
const [start, end] = ['\uE000', '\uE001'];

interface Built {
  readonly text: string;
  readonly length: number;
  readonly openStart: boolean;
  readonly openEnd: boolean;
}

function built({ alternatives, flags }: Parsed, extra: number): Built | undefined {
  for (const alternative of alternatives) {
    const raw = writeAll(alternative.elements, extra, flags);
    const [, before = '', text = '', after = ''] =
      /^(\uE000*)([^\uE000\uE001]*)(\uE001*)$/.exec(raw ?? end + start) ?? [];
    if (raw !== undefined && before.length + text.length + after.length === raw.length) {
      return { text, length: text.length, openStart: before === '', openEnd: after === '' };
    }
  }
  return undefined;
}

/** JSON Schema's patterns are not anchored: anything may stand where they leave an end open. */
function padded(match: Built | undefined, length: number): string | undefined {
  if (match?.openEnd === true) return match.text.padEnd(length, 'a');
  return match?.openStart === true ? match.text.padStart(length, 'a') : match?.text;
}

function writeAll(
  elements: readonly AST.Element[],
  extra: number,
  flags: Parsed['flags'],
): string | undefined {
  let text = '';
  for (const element of elements) {
    const part = write(element, extra, flags);
    if (part === undefined || text.length + part.length > maxLength) return undefined;
    text += part;
  }
  return text;
}

/** `extra` more repetitions wherever the pattern leaves their number open. */
function write(element: AST.Element, extra: number, flags: Parsed['flags']): string | undefined {
  switch (element.type) {
    case 'Character':
      return String.fromCodePoint(element.value);
    case 'CharacterSet':
    case 'CharacterClass':
      return memberOf(element, flags);
    case 'Group':
    case 'CapturingGroup': {
      const written = element.alternatives.map(({ elements }) => writeAll(elements, extra, flags));
      return written.find((text) => text !== undefined);
    }
    case 'Quantifier': {
      const count = Math.min(element.max, element.min + extra, maxLength);
      const once = count === 0 ? '' : write(element.element, 0, flags);
      return once === undefined || once.length * count > maxLength ? undefined : once.repeat(count);
    }
    case 'Assertion':
      return element.kind === 'start' ? start : element.kind === 'end' ? end : undefined;
    case 'Backreference':
    case 'ExpressionCharacterClass':
      return undefined;
  }
}

const familiar = 'a1A0-_. bz9Z'.split('');
const printable = Array.from({ length: 94 }, (_, index) => String.fromCodePoint(33 + index));

/** A character that the set admits, the plainest first; a set alone, tried on one character, cannot run long. */
function memberOf(set: AST.CharacterSet | AST.CharacterClass, flags: Parsed['flags']): string | undefined {
  const single = new RegExp(`^${set.raw}$`, flags);
  const own = set.type === 'CharacterClass' ? set.elements : [];
  return (
    familiar.find((character) => single.test(character)) ??
    own.flatMap(firstOf).find((character) => single.test(character)) ??
    printable.find((character) => single.test(character))
  );
}

function firstOf(element: AST.CharacterClass['elements'][number]): readonly string[] {
  if (element.type === 'Character') return [String.fromCodePoint(element.value)];
  return element.type === 'CharacterClassRange' ? [String.fromCodePoint(element.min.value)] : [];
}
