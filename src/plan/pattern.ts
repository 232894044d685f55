import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { RE2JS } from 're2js';

/** Longest text that is ever generated from a pattern. */
const maxLength = 1024;
/** Longer patterns are generated lists of words, and cost more than a person who gives one value. */
const maxPattern = 2000;

/**
 * The shortest text that matches a pattern from a stranger, at least `minLength` long where the pattern can grow.
 * The text is built from the pattern's syntax tree and then proved in linear time, so neither step can hang.
 * `undefined` for what cannot be proved: look-around, back references, bounds out of reach.
 */
export function textMatching(pattern: string, minLength = 0, longest = maxLength): string | undefined {
  const tree = parse(pattern);
  const matches = matcher(pattern);
  if (tree === undefined || matches === undefined) return undefined;
  for (let extra = 0; extra <= minLength; extra = extra === 0 ? 1 : extra * 2) {
    for (const grow of [extra, Math.max(0, minLength - write(tree.alternatives, 0).length)]) {
      const text = write(tree.alternatives, grow);
      for (const padded of [text, text.padEnd(minLength, 'a'), text.padStart(minLength, 'a')]) {
        if (padded.length >= minLength && padded.length <= longest && matches(padded)) return padded;
      }
    }
  }
  return undefined;
}

/** Whether `text` contains a match, as JSON Schema's `pattern` means it; linear in time whatever the pattern. */
export function matcher(pattern: string): ((text: string) => boolean) | undefined {
  if (pattern.length > maxPattern) return undefined;
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
    return (text) => compiled.matcher(text).find();
  } catch {
    return undefined;
  }
}

function parse(pattern: string): AST.Pattern | undefined {
  const parser = new RegExpParser();
  for (const flags of [{ unicode: true }, {}]) {
    try {
      return parser.parsePattern(pattern, undefined, undefined, flags);
    } catch {
      // Old patterns with needless escapes are valid only without the `u` flag: the next round tries that.
    }
  }
  return undefined;
}

/** The first alternative that can be written; `extra` more repetitions wherever the pattern leaves that open. */
function write(alternatives: readonly AST.Alternative[], extra: number): string {
  const first = alternatives[0];
  return first === undefined ? '' : first.elements.map((element) => writeElement(element, extra)).join('');
}

function writeElement(element: AST.Element | AST.QuantifiableElement, extra: number): string {
  switch (element.type) {
    case 'Character':
      return String.fromCodePoint(element.value);
    case 'CharacterSet':
      return writeSet(element);
    case 'CharacterClass':
      return writeClass(element);
    case 'Group':
    case 'CapturingGroup':
      return write(element.alternatives, extra);
    case 'Quantifier':
      return writeRepeated(element, extra);
    case 'Assertion':
    case 'Backreference':
    case 'ExpressionCharacterClass':
      return '';
  }
}

function writeRepeated({ min, max, element }: AST.Quantifier, extra: number): string {
  const count = Math.min(max, min + extra, maxLength);
  if (count === 0) return '';
  const once = writeElement(element, 0);
  return once.length * count > maxLength ? once : once.repeat(count);
}

function writeSet(set: AST.CharacterSet | AST.EscapeCharacterSet | AST.UnicodePropertyCharacterSet): string {
  if (set.kind === 'digit') return set.negate ? 'a' : '1';
  if (set.kind === 'space') return set.negate ? 'a' : ' ';
  if (set.kind === 'word') return set.negate ? '-' : 'a';
  return set.kind === 'property' && /^(?:N|Nd|Number)$/.test(set.value ?? set.key) ? '1' : 'a';
}

/** Tried first in a character class: the codes of `a1A0-_. bz9Z`. */
const familiar = [97, 49, 65, 48, 45, 95, 46, 32, 98, 122, 57, 90];

function writeClass(set: AST.CharacterClass): string {
  const admits = (code: number) => set.elements.some((element) => contains(element, code)) !== set.negate;
  const code = familiar.find((code) => admits(code)) ?? firstIn(set);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function contains(
  element: AST.ClassRangesCharacterClass['elements'][number] | AST.CharacterClass['elements'][number],
  code: number,
): boolean {
  if (element.type === 'Character') return element.value === code;
  if (element.type === 'CharacterClassRange') return element.min.value <= code && code <= element.max.value;
  if (element.type !== 'CharacterSet') return false;
  const character = String.fromCodePoint(code);
  if (element.kind === 'digit') return /\d/.test(character) !== element.negate;
  if (element.kind === 'space') return /\s/.test(character) !== element.negate;
  if (element.kind === 'word') return /\w/.test(character) !== element.negate;
  return element.kind === 'property' && writeSet(element) === character;
}

function firstIn(set: AST.CharacterClass): number | undefined {
  for (let code = 33; code < 127; code++) {
    if (set.elements.some((element) => contains(element, code)) !== set.negate) return code;
  }
  const first = set.elements[0];
  if (first?.type === 'Character') return first.value;
  return first?.type === 'CharacterClassRange' ? first.min.value : undefined;
}
