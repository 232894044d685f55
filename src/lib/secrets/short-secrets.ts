/** From so many characters on one that is no word is looked for wherever it stands by itself. */
const leastToken = 4;

/** Masked everywhere, parts of addresses and sentences would shred ordinary text. */
export function isShort(value: string): boolean {
  return value.length < 6;
}

/** Secrets that are too short to be looked for inside of anything. */
export class ShortSecrets {
  readonly #forms: readonly string[];
  readonly #alone: RegExp;

  /** @param formsOf How a value looks on its way. */
  constructor(values: readonly string[], formsOf: (value: string) => readonly string[]) {
    const ofAll = longestFirst(values.flatMap(formsOf));
    const isWhole = (value: string): boolean => value.length >= leastToken;
    const words = longestFirst(values.filter((one) => isWhole(one) && readsAsWord(one)).flatMap(formsOf));
    const tokens = values.filter((one) => isWhole(one) && !readsAsWord(one));
    const numbers = longestFirst(tokens.filter(isNumber));
    const others = longestFirst(tokens.flatMap((one) => formsOf(one).filter((form) => !isNumber(form))));
    this.#forms = ofAll;
    this.#alone = new RegExp(
      [...asValues(ofAll), ...inBrackets(words), ...asTokens(others), ...asNumbers(numbers)]
        .map((place) => `(?:${place})`)
        .join('|'),
      'g',
    );
  }

  hiddenIn(text: string, mask: string): string {
    return this.#forms.some((form) => text.includes(form)) ? text.replace(this.#alone, mask) : text;
  }
}

/** A form that begins another one must not cut it in two. */
function longestFirst(forms: readonly string[]): readonly string[] {
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length);
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

/** `admin`, `Test` and `ROOT` are parts of addresses and sentences; nobody can say `kxpqz`. */
function readsAsWord(value: string): boolean {
  return /^(?:[A-Z]?[a-z]+|[A-Z]+)$/.test(value) && /[aeiouy]/i.test(value) && !/[^aeiouy]{4}/i.test(value);
}

function oneOf(forms: readonly string[]): string {
  return `(?:${forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|')})`;
}

/**
 * All of a text, behind `=`, between quotes (but not as a key), a plain value in JSON, the rest of a header line, the password
 * of an address, the text of an element.
 */
function asValues(forms: readonly string[]): readonly string[] {
  const one = oneOf(forms);
  return [
    `^\\s*${one}\\s*$`,
    `(?<==)${one}(?=$|[&;,\\s"'\`)}\\]#<|\\\\])`,
    `(?<=")${one}(?=\\\\*"(?!\\s*:))`,
    `(?<=')${one}(?=\\\\*'(?!\\s*:))`,
    `(?<="\\s*:\\s*)${one}(?=\\s*(?:[,}\\]]|$))`,
    `(?<=[\\w.-]:[ \\t]+)${one}(?=[ \\t]*(?:$|[\\r\\n,;"'}\\]]))`,
    `(?<=[^\\s:]:)${one}(?=@)`,
    `(?<=>)${one}(?=<)`,
  ];
}

/** A word that somebody sets apart is a value. */
function inBrackets(forms: readonly string[]): readonly string[] {
  return forms.length === 0 ? [] : [`(?<=[(\\[{\`“‘（【「『])${oneOf(forms)}(?=[)\\]}\`”’）】」』])`];
}

/** Where an escape ends, something else begins. */
const behindEscape = '~[01]|%[\\da-fA-F]{2}|\\\\(?:[nrt]|u[\\da-fA-F]{4})';

/** Between anything that is no letter and no digit: slashes, blanks, quotes, signs, letters of other scripts. */
function asTokens(forms: readonly string[]): readonly string[] {
  return forms.length === 0 ? [] : [`(?<=^|[^A-Za-z\\d]|${behindEscape})${oneOf(forms)}(?![A-Za-z\\d])`];
}

/** A port, a year in a date and the digits of a longer number are none. */
function asNumbers(forms: readonly string[]): readonly string[] {
  if (forms.length === 0) return [];
  const one = oneOf(forms);
  const inFront = `(?<!(?:\\d[.,:-]|:\\/\\/[^\\s/?#"'<>@]{0,255}:)${one})`;
  return [`(?<=^|[^A-Za-z\\d]|${behindEscape})${one}${inFront}(?![A-Za-z\\d]|[.,:/-]\\d)`];
}
