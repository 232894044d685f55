/** What a star stands for: nothing of these characters, or any number of them. */
interface Star {
  readonly stops: (character: string) => boolean;
}

/** `/**` before a slash or at the end: nothing, or a slash and anything. */
const below = Symbol('below');

/** One character, of those that fit. */
interface OneOf {
  readonly fits: (character: string) => boolean;
}

export type GlobPart = string | Star | OneOf | typeof below;

/** Any text. */
export const anything: Star = { stops: () => false };
/** Any text within one segment of a path. */
export const withinSegment: Star = { stops: (character) => character === '/' };
export const belowHere: GlobPart = below;

/** Patterns of silences are held against every incident, in every cycle. */
const compiled = new Map<string, (text: string) => boolean>();
const mostCompiled = 500;

/** A pattern whose `*` stands for any text; letters fit whatever their case. */
export function wildcard(pattern: string): (text: string) => boolean {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  if (compiled.size >= mostCompiled) compiled.clear();
  const matches = compileWildcard(pattern);
  compiled.set(pattern, matches);
  return matches;
}

function compileWildcard(pattern: string): (text: string) => boolean {
  const parts = pattern
    .toLowerCase()
    .split(/(\*+)/)
    .map((part): GlobPart => (part.startsWith('*') ? anything : part));
  const matches = compileGlob(parts);
  return (text) => matches(text.toLowerCase());
}

/** One step of a pattern: a character, or a star that stays where it is. */
type Token =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'one'; readonly fits: (character: string) => boolean }
  | { readonly kind: 'star'; readonly star: Star }
  | { readonly kind: 'below' };

/**
 * Follows all ways to fit at the same time: the time is the length of the pattern by that of the text, however many
 * stars there are. A regular expression tries the ways one after the other, which has no end with 30 stars.
 */
export function compileGlob(parts: readonly GlobPart[]): (text: string) => boolean {
  if (parts.every((part) => typeof part === 'string')) {
    const whole = parts.join('');
    return (text) => text === whole;
  }
  const isFixed = (part: GlobPart): boolean => typeof part === 'string';
  const isSet = parts.some((part) => typeof part === 'object' && 'fits' in part);
  if (!isSet && parts.filter((part) => !isFixed(part)).length === 1) return withOneStar(parts);
  const start = parts[0];
  const beginning = typeof start === 'string' ? start : '';
  const tokens = (beginning === '' ? parts : parts.slice(1)).flatMap(tokensOf);
  return (text) => text.startsWith(beginning) && run(tokens, text.slice(beginning.length));
}

/** Has nothing to try twice, and the built-in engine is many times as fast. */
function withOneStar(parts: readonly GlobPart[]): (text: string) => boolean {
  const source = parts.map((part) => {
    if (typeof part === 'string') return part.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
    if (part === below) return '(?:/.*)?';
    return part === withinSegment ? '[^/]*' : '.*';
  });
  const whole = new RegExp(`^${source.join('')}$`, 's');
  return (text) => whole.test(text);
}

function tokensOf(part: GlobPart): readonly Token[] {
  if (typeof part === 'string')
    return Array.from(part, (character): Token => ({ kind: 'character', character }));
  if (part === below) return [{ kind: 'below' }, { kind: 'star', star: anything }];
  return 'fits' in part ? [{ kind: 'one', fits: part.fits }] : [{ kind: 'star', star: part }];
}

function run(tokens: readonly Token[], text: string): boolean {
  let here = enter(tokens, [0]);
  for (const character of text) {
    const next: number[] = [];
    for (const at of here) {
      const token = tokens[at];
      if (token?.kind === 'character' && token.character === character) next.push(at + 1);
      else if (token?.kind === 'one' && token.fits(character)) next.push(at + 1);
      else if (token?.kind === 'star' && !token.star.stops(character)) next.push(at);
      else if (token?.kind === 'below' && character === '/') next.push(at + 1);
    }
    if (next.length === 0) return false;
    here = enter(tokens, next);
  }
  return here.includes(tokens.length);
}

/** Each place once, with those that are reached without a character: a star may stand for nothing. */
function enter(tokens: readonly Token[], from: readonly number[]): readonly number[] {
  const seen = new Uint8Array(tokens.length + 1);
  const places: number[] = [];
  const go = (at: number): void => {
    if (seen[at] === 1) return;
    seen[at] = 1;
    places.push(at);
  };
  for (const at of from) go(at);
  for (const at of places) {
    const kind = tokens[at]?.kind;
    if (kind === 'star') go(at + 1);
    else if (kind === 'below') go(at + 2);
  }
  return places;
}
