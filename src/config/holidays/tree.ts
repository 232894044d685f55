import { sentence } from '../../messages/sentence.ts';
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { yamlComplaint } from '../../messages/syntax.ts';
import type { Sentence } from '../../model/sentence.ts';
import { datesOf, type ReadDays, type Slip, type SpecialDay, soundsLikeWork } from './days.ts';

/**
 * YAML or JSON: a list of days, `holidays` and `workdays` as lists or as mappings of dates to names, or the `days` of
 * holiday-cn (https://github.com/NateScarlet/holiday-cn): `{ name, date, isOffDay }`.
 */
export function readTree(text: string): ReadDays {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const tree = new Tree(lines);
  const [error] = document.errors;
  if (error !== undefined)
    tree.slip(error.pos[0], sentence('notValidTree', { why: yamlComplaint(error.message) }));
  else tree.readRoot(document.contents);
  return tree;
}

class Tree implements ReadDays {
  readonly days: SpecialDay[] = [];
  readonly slips: Slip[] = [];
  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  slip(offset: number, message: Sentence): void {
    const { line, col } = this.#lines.linePos(offset);
    this.slips.push({ line, column: col, message });
  }

  readRoot(root: unknown): void {
    if (!isMap(root)) return this.#readList(root, false);
    const lists = root.items.filter((pair) => ['days', 'holidays', 'workdays'].includes(keyOf(pair)));
    if (lists.length === 0) this.slip(root.range?.[0] ?? 0, sentence('otherKeys'));
    for (const pair of lists) this.#readList(pair.value, keyOf(pair) === 'workdays');
  }

  #readList(list: unknown, works: boolean): void {
    if (isSeq(list)) for (const item of list.items) this.#readDay(item, works);
    else if (isMap(list)) for (const { key } of list.items) this.#readDay(key, works);
    else if (!isScalar(list) || list.value !== null) this.#slipAt(list, sentence('somethingElse'));
  }

  #readDay(item: unknown, works: boolean): void {
    if (!isMap(item)) return this.#add(item, works);
    const { isOffDay, name } = item.toJSON() as Readonly<Record<string, unknown>>;
    const isWork =
      typeof isOffDay === 'boolean'
        ? !isOffDay
        : works || soundsLikeWork(typeof name === 'string' ? name : '');
    this.#add(item.get('date', true) ?? item, isWork);
  }

  #add(node: unknown, works: boolean): void {
    const read = isScalar(node) ? datesOf(String(node.value)) : { wrong: sentence('entryWithoutDate') };
    if ('wrong' in read) this.#slipAt(node, read.wrong);
    else this.days.push(...read.dates.map((date) => ({ date, works })));
  }

  #slipAt(node: unknown, message: Sentence): void {
    this.slip((node as Node | null)?.range?.[0] ?? 0, message);
  }
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}
