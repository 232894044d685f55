/** What may stand next: a value, the name of a field, what follows either, or nothing more. */
type Next = 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'colon' | 'comma' | 'nothing';

const text = /"[^"\\]*(?:\\[^][^"\\]*)*"/y;
const plain = /(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const startedText = /"[^"\\]*(?:\\[^][^"\\]*)*\\?$/y;
const started =
  /(?:-?\d*(?:(?<=\d)\.\d*)?(?:(?<=\d)[eE][+-]?\d*)?|t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?)$/y;
const space = /\s*/y;

/**
 * Whether a text begins as an object or a list of JSON and ends before that is complete: cut anywhere, also within a name, an
 * escape, a number or `true`. What goes on as no JSON does is none.
 *
 * @param written Without a byte order mark; the half of a character at its end counts as a character.
 */
export function isCutOff(written: string): boolean {
  const body = written.trim();
  if (!/^[{[]/.test(body)) return false;
  const open: string[] = [];
  let next: Next = 'value';
  for (let at = 0; at < body.length; at = lengthOf(space, body, at) + at) {
    const character = body.charAt(at);
    const after = afterMark(character, next, open);
    if (after !== undefined) {
      next = after;
      at += 1;
      continue;
    }
    const isName: boolean = next === 'name' || next === 'nameOrEnd';
    if (!isName && next !== 'value' && next !== 'valueOrEnd') return false;
    const [whole, part] = character === '"' || isName ? [text, startedText] : [plain, started];
    if (lengthOf(part, body, at) > 0) return true;
    const length = lengthOf(whole, body, at);
    if (length === 0) return false;
    next = isName ? 'colon' : 'comma';
    at += length;
  }
  return next !== 'nothing';
}

/** What may stand behind a bracket, a comma or a colon; `undefined`: it is none, or may not stand here. */
function afterMark(character: string, next: Next, open: string[]): Next | undefined {
  const isValue = next === 'value' || next === 'valueOrEnd';
  const inside = open.at(-1);
  switch (character) {
    case '{':
    case '[':
      if (!isValue) return undefined;
      open.push(character);
      return character === '{' ? 'nameOrEnd' : 'valueOrEnd';
    case '}':
    case ']': {
      const isEnd = next === 'comma' || next === (character === '}' ? 'nameOrEnd' : 'valueOrEnd');
      if (!isEnd || inside !== (character === '}' ? '{' : '[')) return undefined;
      open.pop();
      return open.length === 0 ? 'nothing' : 'comma';
    }
    case ',':
      if (next !== 'comma') return undefined;
      return inside === '{' ? 'name' : 'value';
    case ':':
      return next === 'colon' ? 'value' : undefined;
    default:
      return undefined;
  }
}

function lengthOf(pattern: RegExp, body: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(body)?.[0].length ?? 0;
}
