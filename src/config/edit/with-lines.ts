import {
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Pair,
  type Range,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/**
 * Puts lines of configuration, as the program proposes them, into the text of one: what stands there keeps its place, its
 * comments and its spelling. `undefined` where that is not possible: a part is written in one line (`{ … }`), or in the short form.
 *
 * @param services Names of the services in the order in which they are written: one may have got its name from its document.
 */
export function withLines(text: string, lines: string, services: readonly string[]): string | undefined {
  const target = parseDocument(text);
  const snippet = parseDocument(lines);
  if (target.errors.length > 0 || snippet.errors.length > 0) return undefined;
  if (!isMap(target.contents) || !isMap(snippet.contents)) return undefined;
  const edits: Edit[] = [];
  const merged = mergeMaps(target.contents, snippet.contents, { text, lines, services, edits });
  if (!merged) return undefined;
  // From the end; of what is added at one place the innermost stands first, the rest in its order.
  const changed = edits
    .toReversed()
    .toSorted((a, b) => b.from - a.from || a.indent - b.indent)
    .reduce((all, { from, to, insert }) => all.slice(0, from) + insert + all.slice(to), text);
  return parseDocument(changed).errors.length === 0 ? changed : undefined;
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  /** How far from the left it begins. */
  readonly indent: number;
}

interface Merging {
  readonly text: string;
  readonly lines: string;
  readonly services: readonly string[];
  readonly edits: Edit[];
}

/** Whether all of `given` has found its place. */
function mergeMaps(into: YAMLMap, given: YAMLMap, merging: Merging): boolean {
  if (into.flow === true) return false;
  return given.items.every((pair) => mergePair(into, pair, merging));
}

function mergePair(into: YAMLMap, pair: Pair, merging: Merging): boolean {
  const name = isScalar(pair.key) ? pair.key.value : undefined;
  const there = into.items.find(({ key }) => isScalar(key) && key.value === name);
  if (there === undefined) {
    // The short form has a service without a list of them.
    if (name === 'services') return false;
    const [first] = into.items;
    return insertAfter(
      into,
      column(startOf(first?.key), merging.text),
      sourceOf(pair, merging.lines),
      merging,
    );
  }
  const { value: own } = there;
  const { value } = pair;
  if (isMap(own) && isMap(value)) return mergeMaps(own, value, merging);
  if (isSeq(own) && isSeq(value)) return mergeLists(own, value, name === 'services', merging);
  if (!isScalar(own) || !isScalar(value) || !isPlaced(own.range) || !isPlaced(value.range)) return false;
  if (own.value !== value.value)
    merging.edits.push({
      from: own.range[0],
      to: own.range[1],
      insert: merging.lines.slice(value.range[0], value.range[1]),
      indent: 0,
    });
  return true;
}

function isPlaced(range: Range | null | undefined): range is Range {
  return range !== null && range !== undefined;
}

/** Services are known by name, operations by what they match. */
function mergeLists(into: YAMLSeq, given: YAMLSeq, isServices: boolean, merging: Merging): boolean {
  if (into.flow === true) return false;
  return given.items.every((item) => {
    if (!isMap(item)) return false;
    const key = isServices ? 'name' : 'match';
    const known = item.get(key);
    const place = isServices ? merging.services.indexOf(String(known)) : -1;
    const there = into.items.find((one, index) => isMap(one) && (one.get(key) === known || index === place));
    if (isMap(there)) {
      const rest = item.items.filter((pair) => !isScalar(pair.key) || pair.key.value !== key);
      return there.flow !== true && rest.every((pair) => mergePair(there, pair, merging));
    }
    if (isServices) return false;
    const [first] = into.items;
    const at = column(startOf(first), merging.text) - 2;
    return insertAfter(into, at, itemSource(item, merging.lines), merging);
  });
}

function startOf(node: unknown): number | undefined {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined;
}

/** How far from the left a place in a text is; -1: nowhere. */
function column(offset: number | undefined, text: string): number {
  return offset === undefined ? -1 : offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function insertAfter(
  node: YAMLMap | YAMLSeq,
  indent: number,
  source: readonly string[],
  { text, edits }: Merging,
): boolean {
  const end = node.range?.[1];
  if (end === undefined || indent < 0) return false;
  // A block may reach over the comments behind it: what is added stands directly below its last line.
  const used = text
    .slice(0, end)
    .replace(/(?:\s*(?:#[^\n]*)?\n)*\s*(?:#[^\n]*)?$/, (rest) => /^[^\n]*/.exec(rest)?.[0] ?? '');
  const lineEnd = text.indexOf('\n', used.length);
  const at = lineEnd === -1 ? text.length : lineEnd + 1;
  const lead = lineEnd === -1 && !text.endsWith('\n') ? '\n' : '';
  const written = source.map((line) => (line === '' ? '' : `${' '.repeat(indent)}${line}`)).join('\n');
  edits.push({ from: at, to: at, insert: `${lead}${written}\n`, indent });
  return true;
}

/** The lines of a pair, from the left. */
function sourceOf(pair: Pair, lines: string): readonly string[] {
  const from = startOf(pair.key) ?? 0;
  return outdented(from, endOf(pair.value) ?? lines.length, column(from, lines), lines);
}

/** The lines of an item with its dash, and the remark above it. */
function itemSource(item: YAMLMap, lines: string): readonly string[] {
  const from = startOf(item) ?? 0;
  const indent = column(from, lines) - 2;
  const dash = from - 2;
  const own = outdented(dash, endOf(item) ?? lines.length, indent, lines);
  const before = lines
    .slice(0, lines.lastIndexOf('\n', dash) + 1)
    .split('\n')
    .slice(0, -1);
  const isRemark = (line: string): boolean => /^\s*#/.test(line);
  const remarks = before.slice(before.findLastIndex((line) => !isRemark(line)) + 1);
  return [...remarks.map((line) => line.trim()), ...own];
}

function endOf(node: unknown): number | undefined {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) && typeof range[1] === 'number' ? range[1] : undefined;
}

function outdented(from: number, to: number, indent: number, lines: string): readonly string[] {
  const [first = '', ...others] = lines.slice(from, to).trimEnd().split('\n');
  return [first, ...others.map((line) => line.slice(indent))];
}
