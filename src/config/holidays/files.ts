import { sentence } from '../../messages/sentence.ts';
import path from 'node:path';
import { fileComplaint, fileHint, yamlComplaint } from '../../messages/syntax.ts';
import type { Problem } from '../../model/problem.ts';
import { dotted } from '../validation/issues.ts';
import type { YamlFile } from '../yaml-file.ts';
import {
  dateOf,
  datesFrom,
  datesOf,
  type ReadDates,
  type ReadDays,
  type Slip,
  soundsLikeWork,
  type SpecialDay,
} from './days.ts';
import { readIcs } from './ics.ts';
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Sentence } from '../../model/sentence.ts';

export interface HolidayFiles {
  /** In the order of the files: a later day stands for an earlier one. */
  readonly days: readonly SpecialDay[];
  readonly problems: readonly Problem[];
  /** Absolute paths of what was read: what to watch. */
  readonly files: readonly string[];
}

/** More of them say no more. */
const slipsShown = 10;

/**
 * Reads the files of `calendar.file`: iCalendar, lines, YAML or JSON, by their names.
 *
 * @param names As written, relative to `folder`.
 */
export async function readHolidayFiles(
  names: readonly string[],
  folder: string,
  readFile: (file: string) => Promise<string>,
  yaml: YamlFile,
): Promise<HolidayFiles> {
  const days: SpecialDay[] = [];
  const problems: Problem[] = [];
  for (const [index, name] of names.entries()) {
    try {
      const text = (await readFile(path.resolve(folder, name))).replace(/^\uFEFF/, '');
      const read = readAs(name, text);
      days.push(...read.days);
      problems.push(
        ...read.slips.slice(0, slipsShown).map((slip): Problem => {
          return { level: 'error', code: 'holidays-file', file: name, ...slip };
        }),
      );
    } catch (error) {
      const at = ['calendar', 'file', index];
      const place = { ...yaml.place(at), pointer: dotted(['calendar', 'file']) };
      const message = sentence('namedNotReadable', { file: name, why: fileComplaint(error) });
      problems.push({ level: 'error', code: 'not-readable', message, hint: fileHint(error), ...place });
    }
  }
  return { days, problems, files: names.map((name) => path.resolve(folder, name)) };
}

function readAs(name: string, text: string): ReadDays {
  if (/^\s*BEGIN:VCALENDAR/i.test(text)) return readIcs(text);
  switch (path.extname(name).toLowerCase()) {
    case '.ics':
      return { days: [], slips: [{ line: 1, column: 1, message: sentence('noCalendarBegin') }] };
    case '.csv':
    case '.txt':
      return readLines(text);
    default:
      return readTree(text);
  }
}

/**
 * Lines like `2026-10-01`, `2026-10-01..2026-10-07, 国庆节` or, for a day that is worked, `2026-10-10, workday`;
 * two dates in a line are a range. `#` begins a comment, and a first line without a digit is a heading.
 */
export function readLines(text: string): ReadDays {
  const days: SpecialDay[] = [];
  const slips: Slip[] = [];
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    const cells = written
      .replace(/#.*/, '')
      .split(/[,;\t]/)
      .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    if (cells.every((cell) => cell === '') || (index === 0 && !/\d/.test(written))) continue;
    const read = datesIn(cells);
    if ('wrong' in read) slips.push({ line: index + 1, column: 1, message: read.wrong });
    else days.push(...read.dates.map((date) => ({ date, works: cells.some(soundsLikeWork) })));
  }
  return { days, slips };
}

function datesIn(cells: readonly string[]): ReadDates {
  const [from, to] = cells.flatMap((cell) => dateOf(cell) ?? []);
  if (from !== undefined && to !== undefined && to >= from) return { dates: datesFrom(from, to) };
  return from === undefined ? datesOf(cells[0] ?? '') : { dates: [from] };
}

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
